"""Addresses of this room."""

from django.urls import path

from papers.search.views import saved, search

urlpatterns = [
    path("help/search/", search.search_help, name="search-help"),
    path("help/shortcuts/", search.shortcut_list, name="shortcut-list"),
    path("search/completions/", search.search_completions, name="search-completions"),
    path("search/palette/", search.palette, name="palette"),
    path("search/mentions/", search.mention_list, name="mention-list"),
    path("searches/", saved.search_list, name="search-list"),
    path("searches/<key:pk>/", saved.search_detail, name="search-detail"),
    path("searches/<key:pk>/removal/", saved.search_removal, name="search-removal"),
]
