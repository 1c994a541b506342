"""Paths of the guide; the search language and the shortcuts have pages of their own there."""

from django.urls import path

from papers.help import views

urlpatterns = [
    path("help/", views.help_index, name="help"),
    path("help/<slug:name>/", views.help_page, name="help-page"),
]
