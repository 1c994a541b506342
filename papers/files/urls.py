"""Addresses of files."""

from django.urls import path

from papers.files import views

urlpatterns = [
    path("files/new/", views.picture_new, name="picture-new"),
    path("files/<str:key>/", views.file, name="file"),
    path("files/<str:key>/line/", views.picture_line, name="picture-line"),
    path("files/<str:key>/removal/", views.file_removal, name="file-removal"),
    path("files/<str:key>/return/", views.file_return, name="file-return"),
    path("papers/<key:pk>/files/", views.paper_files, name="paper-files"),
    path("curation/files/", views.file_room, name="curation-files"),
]
