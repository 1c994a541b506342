"""URLs of exports."""

from django.urls import path

from papers.exporting.reviews import views as reviews
from papers.exporting.views import bibliographies, files, picks, styles

urlpatterns = [
    path("export/", files.export, name="export"),
    path("export/picks/", picks.export_picks, name="export-picks"),
    path("export/style/", styles.export_style, name="export-style"),
    path("reviews/<key:pk>/markdown/", reviews.review_markdown, name="review-markdown"),
    path("reviews/<key:pk>/sharing/", reviews.review_sharing, name="review-sharing"),
    path("reviews/<key:pk>/sharing/end/", reviews.review_sharing_end, name="review-sharing-end"),
    path("shared/<str:token>/", reviews.shared_review, name="shared-review"),
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
