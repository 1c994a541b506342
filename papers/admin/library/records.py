"""Tables of what was merged or deleted, of likely duplicates, and of topics' earlier addresses."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from papers.admin.site import ReadPanel, Rows
from papers.models import PaperPair, Removal, TopicAddress


@admin.register(Removal)
class RemovalPanel(ReadPanel):
    """Merges and deletions; their page under Curation undoes them. Journals are shown to nobody."""

    list_display = ["name", "kind", "paper", "topic", "by", "at", "undone_at"]
    list_filter = ["kind", ("undone_at", admin.EmptyFieldListFilter)]
    list_select_related = ["paper", "topic", "by"]
    search_fields = ["name", "reason"]
    date_hierarchy = "at"
    fields = [
        "kind", "name", "gone", "paper", "topic", "reason", "by", "at", "undone_at", "undone_by",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Without the journals, which hold drafts."""
        return super().get_queryset(request).defer("journal")


@admin.register(PaperPair)
class PaperPairPanel(ReadPanel):
    """Pairs that members suggested, and what curators answered."""

    list_display = ["one", "other", "suggested_by", "suggested_at", "answer"]
    list_filter = ["answer"]
    list_select_related = ["one", "other", "suggested_by"]
    search_fields = ["one__title", "other__title", "reason"]


@admin.register(TopicAddress)
class TopicAddressPanel(ReadPanel):
    """Addresses that topics had before."""

    list_display = ["path", "topic"]
    list_select_related = ["topic"]
    search_fields = ["path", "topic__name"]
