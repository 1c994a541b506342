"""The site map in one screen: each room brings its own paths."""

from django.urls import include, path

urlpatterns = [
    # First what is read most: addresses are tried one by one.
    path("", include("papers.pages.urls")),
    path("", include("papers.catalogue.urls")),
    path("", include("papers.topics.urls")),
    path("", include("papers.digest.urls")),
    path("", include("papers.accounts.urls")),
    path("", include("papers.writing.urls")),
    path("", include("papers.files.urls")),
    path("", include("papers.claims.urls")),
    path("", include("papers.lookups.urls")),
    path("", include("papers.reviews.urls")),
    path("", include("papers.experiments.urls")),
    path("", include("papers.discussion.urls")),
    path("", include("papers.search.urls")),
    path("", include("papers.help.urls")),
    path("", include("papers.importing.adding.urls")),
    path("", include("papers.importing.trackers.urls")),
    path("", include("papers.chat.urls")),
    path("", include("papers.importing.intake.urls")),
    path("", include("papers.exporting.archives.urls")),
    path("", include("papers.exporting.urls")),
    path("", include("papers.meetings.urls")),
    path("", include("papers.undo.urls")),
    path("", include("papers.activity.urls")),
    path("", include("papers.notifications.urls")),
    path("", include("papers.feeds.urls")),
    path("", include("papers.curation.urls")),
    path("", include("papers.leaving.urls")),
    path("", include("papers.api.urls")),
    path("", include("papers.records.urls")),
    path("", include("papers.zotero.urls")),
]
