"""Addresses of a paper's lookups."""

from django.urls import path

from papers.lookups import views

urlpatterns = [
    path("papers/<key:pk>/facts/", views.paper_facts, name="paper-facts"),
    path("papers/<key:pk>/lookup/", views.paper_lookup, name="paper-lookup"),
]
