"""Tables of lookups: what other services were asked, and what it told of papers here."""

from __future__ import annotations

from django.contrib import admin

from papers.admin.lab import MachineryPanel
from papers.admin.site import ReadPanel
from papers.models import Lookup, LookupTurn, PaperLookup, PaperUpdate


@admin.register(PaperLookup)
class PaperLookupPanel(ReadPanel):
    """Papers whose details come from a service, and how that went."""

    list_display = ["paper", "state", "service", "asked_at", "filled_at"]
    list_select_related = ["paper"]
    list_filter = ["state", "service"]
    search_fields = ["paper__title"]
    ordering = ["-asked_at", "-pk"]


@admin.register(PaperUpdate)
class PaperUpdatePanel(ReadPanel):
    """Versions, publications and retractions that were noticed."""

    list_display = ["paper", "kind", "name", "published_on", "noticed_at"]
    list_select_related = ["paper"]
    list_filter = ["kind", "service"]
    search_fields = ["paper__title", "name"]
    ordering = ["-noticed_at", "-pk"]


@admin.register(Lookup)
class LookupPanel(MachineryPanel):
    """What services were asked, with their problems."""

    list_display = ["kind", "value", "state", "service", "tries", "asked_at", "problem"]
    list_filter = ["state", "service", "kind"]
    search_fields = ["value"]
    ordering = ["-asked_at", "-pk"]


@admin.register(LookupTurn)
class LookupTurnPanel(MachineryPanel):
    """When each service may be asked again."""

    list_display = ["service", "next_at", "failures"]
    ordering = ["service"]
