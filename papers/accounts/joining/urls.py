"""Addresses of joining by a link."""

from django.urls import path

from papers.accounts.joining import views

urlpatterns = [
    path("accounts/joining/sent/", views.join_sent, name="join-sent"),
    path("accounts/joining/<str:token>/", views.join, name="join"),
]
