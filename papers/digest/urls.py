"""URLs of the weekly digest."""

from django.urls import path

from papers.digest.views import digest, editing

urlpatterns = [
    path("digest/", digest.digest, name="digest"),
    path("digest/<str:name>/", digest.digest_week, name="digest-week"),
    path("digest/<str:name>/note/", editing.digest_note, name="digest-note"),
    path("digest/<str:name>/closing/", editing.digest_closing, name="digest-closing"),
    path("curation/digest/", editing.digest_settings, name="digest-settings"),
    path("curation/digest/rooms/", editing.webhook_list, name="webhook-list"),
    path(
        "curation/digest/rooms/<key:pk>/removal/", editing.webhook_removal, name="webhook-removal"
    ),
]
