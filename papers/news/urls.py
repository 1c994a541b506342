"""Addresses of this room."""

from django.urls import path

from papers.news import views

urlpatterns = [
    path("digest/", views.digest, name="digest"),
    path("digest/<str:name>/", views.digest_week, name="digest-week"),
    path("activity/", views.activity, name="activity"),
]
