"""Addresses of adding one paper."""

from django.urls import path

from papers.importing.adding import views

urlpatterns = [
    path("papers/new/", views.paper_new, name="paper-new"),
    path("papers/new/browser/", views.bookmarklet, name="bookmarklet"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
