"""Addresses of join links on the curator's desk."""

from django.urls import path

from papers.curation.join_links import views

PLACE = "curation/join-links/"

urlpatterns = [
    path(PLACE, views.join_link_list, name="curation-join-links"),
    path(f"{PLACE}<key:pk>/", views.join_link, name="join-link"),
    path(f"{PLACE}<key:pk>/revocation/", views.join_link_revocation, name="join-link-revocation"),
]
