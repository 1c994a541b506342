"""The addresses of the installation: the app, the accounts library and the admin panel."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("papers.urls")),
]
