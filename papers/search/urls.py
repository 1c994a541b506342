"""Addresses of this room."""

from django.urls import path

from papers.search import saved_views, views

urlpatterns = [
    path("help/search/", views.search_help, name="search-help"),
    path("help/shortcuts/", views.shortcut_list, name="shortcut-list"),
    path("search/completions/", views.search_completions, name="search-completions"),
    path("search/palette/", views.palette, name="palette"),
    path("search/mentions/", views.mention_list, name="mention-list"),
    path("searches/", saved_views.search_list, name="search-list"),
    path("searches/<int:pk>/", saved_views.search_detail, name="search-detail"),
    path("searches/<int:pk>/removal/", saved_views.search_removal, name="search-removal"),
]
