"""URLs of exports."""

from django.urls import path

from papers.exporting.views import bibliographies, files

urlpatterns = [
    path("export/", files.export, name="export"),
    path("export/<str:name>/", files.export_file, name="export-file"),
    path(
        "profile/bibliographies/", bibliographies.bibliography_link_list, name="bibliography-list"
    ),
    path(
        "profile/bibliographies/<key:pk>/revocation/",
        bibliographies.bibliography_revocation,
        name="bibliography-revocation",
    ),
    path(
        "bibliographies/<str:token>/references.bib",
        bibliographies.bibliography,
        name="bibliography",
    ),
]
