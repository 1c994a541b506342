"""Addresses of a member's sessions."""

from django.urls import path

from papers.accounts.sessions import views

PLACE = "profile/sessions/"

urlpatterns = [
    path(PLACE, views.session_list, name="session-list"),
    path(f"{PLACE}others/closing/", views.others_closing, name="session-others-closing"),
    path(f"{PLACE}<key:number>/closing/", views.session_closing, name="session-closing"),
]
