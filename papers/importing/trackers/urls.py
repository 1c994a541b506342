"""Addresses of imports from repositories."""

from django.urls import path

from papers.importing.trackers import views

urlpatterns = [
    path("import/issues/", views.issues_new, name="issues-new"),
    path("import/issues/<key:pk>/", views.issues_detail, name="issues-detail"),
]
