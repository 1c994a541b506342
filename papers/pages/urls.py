"""Addresses of this room."""

from django.urls import path

from papers.pages import paper

urlpatterns = [
    path("papers/<int:pk>/", paper.paper_detail, name="paper-detail"),
    path("papers/<int:pk>/<str:slug>/", paper.paper_detail, name="paper-detail"),
]
