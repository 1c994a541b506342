"""Tables of connected Zotero libraries; their pages stand under curation."""

from __future__ import annotations

from django.contrib import admin

from papers.admin.lab import MachineryPanel
from papers.models import (
    ZoteroChange,
    ZoteroCollection,
    ZoteroItem,
    ZoteroLibrary,
    ZoteroNote,
    ZoteroQuestion,
)


@admin.register(ZoteroLibrary)
class ZoteroLibraryPanel(MachineryPanel):
    """Connected groups, without their keys."""

    list_display = ["name", "group", "connected_by", "synced_at", "problem"]
    list_select_related = ["connected_by"]
    fields = [
        "name", "group", "topic", "sends_changes", "sends_reviews", "connected_by",
        "connected_at", "version", "synced_at", "next_at", "problem",
    ]  # fmt: skip


admin.site.register(
    [ZoteroCollection, ZoteroItem, ZoteroQuestion, ZoteroChange, ZoteroNote], MachineryPanel
)
