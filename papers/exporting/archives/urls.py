"""URLs of archives."""

from django.urls import path

from papers.exporting.archives import views

urlpatterns = [
    path("archives/", views.archive_list, name="archive-list"),
    path("archives/<key:pk>/file/", views.archive_file, name="archive-file"),
    path("archives/<key:pk>/removal/", views.archive_removal, name="archive-removal"),
    path("export/mine/", views.own_archive, name="own-archive"),
]
