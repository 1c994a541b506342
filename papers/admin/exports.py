"""Tables of exports and of the API: keys, secret addresses without their secrets, archives."""

from __future__ import annotations

from django.contrib import admin

from papers.admin.lab import MachineryPanel
from papers.admin.notifications import OwnPanel
from papers.admin.site import ReadPanel
from papers.models import (
    ApiAnswer,
    ArchiveJob,
    BibliographyLink,
    CitationKey,
    File,
    FormerWebhook,
    IssueFetch,
    RemovedListing,
    ReviewLink,
)


@admin.register(CitationKey)
class CitationKeyPanel(ReadPanel):
    """Keys of papers in bibliographies: given once, the same for good."""

    list_display = ["stem", "number", "paper"]
    list_select_related = ["paper"]
    search_fields = ["stem", "paper__title"]


@admin.register(BibliographyLink)
class BibliographyLinkPanel(OwnPanel):
    """One's own secret addresses of bibliographies; the secrets are kept nowhere."""

    owner = "by"
    list_display = ["topic", "search", "format", "created_at"]
    list_select_related = ["topic"]
    fields = ["topic", "search", "format", "created_at"]


@admin.register(ReviewLink)
class ReviewLinkPanel(OwnPanel):
    """One's own reviews that have a secret address."""

    owner = "review__member"
    list_display = ["review", "created_at"]
    list_select_related = ["review__paper", "review__member"]
    fields = ["review", "created_at"]


@admin.register(ApiAnswer)
class ApiAnswerPanel(MachineryPanel):
    """Answers that programs may ask for again; their words are shown to nobody."""

    list_display = ["id", "status", "made_at"]
    fields = ["status", "made_at"]


@admin.register(ArchiveJob)
class ArchiveJobPanel(MachineryPanel):
    """Archives that were asked for."""

    list_display = ["name", "state", "by", "asked_at", "finished_at", "size"]
    list_filter = ["state"]
    list_select_related = ["by"]


@admin.register(File)
class FilePanel(MachineryPanel):
    """Files by size. What they show is shown to nobody: some are of drafts and hidden reviews."""

    list_display = ["id", "kind", "media_type", "size", "by", "made_at", "deleted_at"]
    fields = ["kind", "media_type", "size", "by", "made_at", "deleted_at"]


@admin.register(RemovedListing)
class RemovedListingPanel(MachineryPanel):
    """What an undo of a removal from a topic needs."""

    list_display = ["event", "position", "added_at"]
    list_select_related = ["event"]


@admin.register(FormerWebhook)
class FormerWebhookPanel(MachineryPanel):
    """What an undo of an act on a webhook needs; addresses and secrets are shown to nobody."""

    list_display = ["event"]
    list_select_related = ["event"]
    fields = ["event"]


@admin.register(IssueFetch)
class IssueFetchPanel(OwnPanel):
    """One's own imports of issues, without their tokens."""

    owner = "by"
    list_display = ["repository", "state", "asked_at", "problem"]
    fields = ["server", "repository", "state", "problem", "asked_at", "job"]
