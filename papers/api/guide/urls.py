"""URLs of the guide to the API."""

from django.urls import path

from papers.api.guide import views

urlpatterns = [
    path("api/", views.api_guide, name="api-guide"),
    path("api/openapi.json", views.openapi, name="openapi"),
]
