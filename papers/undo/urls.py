"""Addresses of undoing."""

from django.urls import path

from papers.undo import views

urlpatterns = [
    path("activity/undo/", views.undo_list, name="undo-list"),
    path("activity/<key:pk>/undo/", views.undo, name="undo"),
]
