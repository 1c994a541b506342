"""Addresses of claiming."""

from django.urls import path

from papers.claims import views

urlpatterns = [
    path("papers/<int:pk>/claim/", views.claim, name="claim"),
    path("papers/<int:pk>/release/", views.claim_release, name="claim-release"),
    path("claims/<int:pk>/extension/", views.claim_extension, name="claim-extension"),
]
