"""Tables of the catalogue: papers with their names, topics, listings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from papers.admin.site import ActionPanel, Inline, ReadPanel, Rows, get_viewer
from papers.catalogue.actions.papers import (
    PaperExists,
    PaperFacts,
    PaperLooksKnown,
    add_paper,
    change_paper,
)
from papers.models import Identifier, Link, Listing, Member, Paper, Topic
from papers.text.numbers import read_number
from papers.topics.actions.listings import change_listing, list_paper, unlist_paper
from papers.topics.actions.nodes import TopicCycle, TopicExists, TopicTooDeep, add_topic
from papers.topics.placing.actions import edit_topic

FACTS = (
    "title", "authors", "abstract", "venue", "year", "published_on", "group", "note", "slots",
)  # fmt: skip
MOST_SLOTS = 50
LONGEST_AUTHORS = 200_000


class LinesField(forms.CharField):
    """A list as lines: names hold commas."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            strip=False,
            max_length=LONGEST_AUTHORS,
            widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            help_text=_("One per line, in order."),
        )

    def prepare_value(self, value: Any) -> Any:
        """A list as lines; what was typed as it was."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """Lines that say something."""
        lines = [" ".join(line.split()) for line in str(super().clean(value)).splitlines()]
        return [line for line in lines if line]


class PaperForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """The facts of a paper."""

    authors = LinesField()

    class Meta:
        model = Paper
        fields = FACTS
        widgets = {"title": forms.TextInput(attrs={"class": "vTextField", "dir": "auto"})}


class SlotsForm(ActionForm):
    """Which number the action "set reviewers at a time" gives."""

    slots = forms.CharField(
        required=False,
        label=_("Reviewer slots"),
        widget=forms.NumberInput(attrs={"min": 1, "max": MOST_SLOTS}),
    )


class ReadInline(Inline):
    """Rows beside a paper that its own page changes."""

    extra = 0
    can_delete = False
    max_num = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """On the paper's page."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """On the paper's page."""
        return False


class IdentifierInline(ReadInline):
    """Names under which the paper is known elsewhere."""

    model = Identifier
    fields = ["kind", "value"]


class LinkInline(ReadInline):
    """What to open beside it."""

    model = Link
    fields = ["kind", "url", "label"]


@admin.register(Paper)
class PaperPanel(ActionPanel):
    """Papers; key, address and rendered abstract follow from the facts, so an action writes."""

    form = PaperForm
    action_form = SlotsForm
    list_display = ["short_title", "venue", "year", "slots", "added_by", "added_at"]
    list_display_links = ["short_title"]
    list_filter = [("abstract", admin.EmptyFieldListFilter), ("slots", admin.EmptyFieldListFilter)]
    list_select_related = ["added_by"]
    search_fields = ["title", "venue", "=identifiers__value"]
    date_hierarchy = "added_at"
    ordering = ["-added_at", "-pk"]
    readonly_fields = ["slug", "added_by", "added_at"]
    fields = [*FACTS, "slug", "added_by", "added_at"]
    inlines = [IdentifierInline, LinkInline]
    actions = ["set_slots"]
    refusals = (PaperExists, PaperLooksKnown)

    @admin.display(description=_("title"), ordering="title")
    def short_title(self, paper: Paper) -> str:
        """A line of it."""
        return paper.title if len(paper.title) <= 110 else f"{paper.title[:109]}…"

    def write(self, request: HttpRequest, obj: Any, data: dict[str, Any]) -> Paper:
        """Add or change; identifiers and links stay as they are."""
        by, now = get_viewer(request), timezone.now()
        if obj.pk is None:
            return add_paper(facts=PaperFacts(**data), by=by, at=now)
        return _change_facts(obj, data, by)

    @admin.action(description=_("Set reviewer slots"), permissions=["change"])
    def set_slots(self, request: HttpRequest, queryset: Rows) -> None:
        """The number beside the action; empty gives the lab's number."""
        typed, by = request.POST.get("slots", "").strip(), get_viewer(request)
        slots = read_number(typed, most=MOST_SLOTS) or 0
        if typed and not 1 <= slots <= MOST_SLOTS:
            said = gettext(
                "Enter a number of reviewer slots from 1 to %(most)s, or leave it empty."
            )
            said %= {"most": MOST_SLOTS}
            self.message_user(request, said, messages.ERROR)
            return
        rows = list(queryset.prefetch_related("identifiers", "links"))
        for paper in rows:
            _change_facts(paper, {**_read_facts(paper), "slots": slots or None}, by)
        n = len(rows)
        self.message_user(
            request, ngettext("%(n)s paper changed.", "%(n)s papers changed.", n) % {"n": n}
        )


@admin.register(Topic)
class TopicPanel(ActionPanel):
    """The tree; slug, path and depth follow from name and parent, so an action writes."""

    list_display = ["name", "path", "depth", "position"]
    list_filter = ["depth"]
    search_fields = ["name", "path"]
    ordering = ["path"]
    autocomplete_fields = ["parent"]
    fields = ["name", "parent", "description", "slug", "path", "depth", "position"]
    readonly_fields = ["slug", "path", "depth", "position"]
    refusals = (TopicExists, TopicCycle, TopicTooDeep)

    def write(self, request: HttpRequest, obj: Any, data: dict[str, Any]) -> Topic:
        """Add, or name, describe and move."""
        by, now = get_viewer(request), timezone.now()
        if obj.pk is None:
            return add_topic(by=by, at=now, **data)
        return edit_topic(topic=obj, by=by, at=now, **data)


@admin.register(Listing)
class ListingPanel(ActionPanel):
    """Papers under topics; order is set on the topic's page."""

    list_display = ["paper", "topic", "position", "added_by", "added_at"]
    list_filter = [("note", admin.EmptyFieldListFilter)]
    list_select_related = ["paper", "topic", "added_by"]
    search_fields = ["paper__title", "topic__path"]
    autocomplete_fields = ["paper", "topic"]
    fields = ["paper", "topic", "note", "position", "added_by", "added_at"]
    readonly_fields = ["position", "added_by", "added_at"]
    actions = ["unlist"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """To move a paper, list it elsewhere and take it out here."""
        return [*self.readonly_fields, *(["paper", "topic"] if obj else [])]

    def write(self, request: HttpRequest, obj: Any, data: dict[str, Any]) -> Listing:
        """List, or change the note."""
        by, now = get_viewer(request), timezone.now()
        if obj.pk is None:
            return list_paper(by=by, at=now, **data)
        return change_listing(listing=obj, note=data["note"], by=by, at=now)

    @admin.action(description=_("Remove from topic"), permissions=["change"])
    def unlist(self, request: HttpRequest, queryset: Rows) -> None:
        """The papers stay."""
        rows, by, now = list(queryset), get_viewer(request), timezone.now()
        for listing in rows:
            unlist_paper(listing=listing, by=by, at=now)
        n = len(rows)
        self.message_user(
            request, ngettext("%(n)s listing removed.", "%(n)s listings removed.", n) % {"n": n}
        )


@admin.register(Identifier)
class IdentifierPanel(ReadPanel):
    """To find the paper of an identifier; the paper's page changes it."""

    list_display = ["value", "kind", "paper"]
    list_filter = ["kind"]
    list_select_related = ["paper"]
    search_fields = ["value", "paper__title"]


@admin.register(Link)
class LinkPanel(ReadPanel):
    """To find the paper of a link; the paper's page changes it."""

    list_display = ["url", "kind", "paper"]
    list_filter = ["kind"]
    list_select_related = ["paper"]
    search_fields = ["url", "paper__title"]


def _read_facts(paper: Paper) -> dict[str, Any]:
    return {name: getattr(paper, name) for name in FACTS}


def _change_facts(paper: Paper, data: dict[str, Any], by: Member) -> Paper:
    facts = PaperFacts(
        **data,
        identifiers=_pairs(paper.identifiers.all(), "kind", "value"),
        links=_pairs(paper.links.all(), "kind", "url"),
    )
    return change_paper(paper=paper, facts=facts, by=by, at=timezone.now())


def _pairs(rows: models.QuerySet[Any], *names: str) -> Sequence[tuple[str, str]]:
    return [(getattr(row, names[0]), getattr(row, names[1])) for row in rows]
