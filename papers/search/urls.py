"""Addresses of this room."""

from django.urls import path

from papers.search import views

urlpatterns = [
    path("help/search/", views.search_help, name="search-help"),
    path("search/completions/", views.search_completions, name="search-completions"),
    path("search/palette/", views.palette, name="palette"),
    path("search/mentions/", views.mention_list, name="mention-list"),
]
