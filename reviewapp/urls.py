"""The addresses of the installation: the app and the admin panel."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("papers.urls")),
]

handler500 = "reviewapp.outages.server_error"
