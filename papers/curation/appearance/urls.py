"""Addresses of how the lab shows itself."""

from django.urls import path

from papers.curation.appearance import views

PLACE = "curation/appearance/"

urlpatterns = [
    path(PLACE, views.appearance, name="curation-appearance"),
    path(f"{PLACE}logo/", views.logo_change, name="logo-change"),
    path(f"{PLACE}logo/removal/", views.logo_removal, name="logo-removal"),
    path(f"{PLACE}announcement/", views.announcement, name="announcement"),
    path("announcement/dismissal/", views.announcement_dismissal, name="announcement-dismissal"),
    path("logo/<str:key>/", views.logo, name="logo"),
]
