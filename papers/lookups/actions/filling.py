"""Filling in a paper from an answer: what is empty, and never what somebody typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from papers.catalogue.actions.papers import PaperFacts, change_paper
from papers.catalogue.recognition import Recognised, list_new_links, recognise
from papers.lookups.actions.noticing import note_first_state
from papers.lookups.found_work import Found
from papers.models import Event, Identifier, Lookup, Member, Paper, PaperLookup
from papers.text.series import read_series
from papers.text.titles import near_titles, title_key

FILLED = ("authors", "abstract", "venue", "year", "published_on")


def follow_lookup(
    *,
    paper: Paper,
    lookup: Lookup,
    by: Member,
    at: datetime,
    stand_in: str = "",
    fields: Sequence[str] = (),
) -> PaperLookup:
    """Fill this paper in as soon as the lookup is answered; at once if it is.

    `stand_in` is the title that stands for the unknown one. `fields` were filled in already,
    before the member's eyes: then nothing more is filled.
    """
    with transaction.atomic():
        row, _ = PaperLookup.objects.update_or_create(
            paper=paper,
            defaults={
                "lookup": lookup, "stand_in": stand_in, "state": PaperLookup.State.WAITING,
                "service": lookup.service, "fields": list(fields), "asked_by": by, "asked_at": at,
                "next_try_at": None, "filled_at": None,
            },
        )  # fmt: skip
        if fields and not stand_in and lookup.state == Lookup.State.FOUND:
            row.state, row.filled_at = PaperLookup.State.FILLED, at
            row.save()
            found = Found.from_json(lookup.facts)
            note_first_state(paper=paper, found=found, service=row.service, at=at)
        else:
            _settle(row, lookup, at)
    return row


def settle_papers(*, lookup: Lookup, at: datetime) -> None:
    """Bring the papers that wait for this lookup up to what it says now."""
    for row in lookup.papers.filter(state=PaperLookup.State.WAITING).select_related("paper"):
        _settle(row, lookup, at)


def _settle(row: PaperLookup, lookup: Lookup, at: datetime) -> None:
    row.service, row.next_try_at = lookup.service, lookup.next_try_at if lookup.tries else None
    if lookup.state == Lookup.State.FOUND:
        _fill(row, Found.from_json(lookup.facts), at)
    elif lookup.state != Lookup.State.WAITING:
        row.state = PaperLookup.State(lookup.state)
    row.save()


def _fill(row: PaperLookup, found: Found, at: datetime) -> None:
    paper = Paper.objects.select_for_update(no_key=True).get(pk=row.paper_id)
    has_title = not row.stand_in or paper.title != row.stand_in
    if has_title and not is_same_title(paper.title, found.title):
        row.state = PaperLookup.State.DIFFERS
        return
    note_first_state(paper=paper, found=found, service=row.service, at=at)
    facts, fields = _join(paper, found, has_title=has_title)
    if fields:
        change_paper(
            paper=paper, facts=facts, by=None, at=at, kind=Event.Kind.PAPER_FILLED,
            data={"service": row.service},
        )  # fmt: skip
    row.state, row.fields, row.filled_at = PaperLookup.State.FILLED, fields, at


def is_same_title(one: str, other: str) -> bool:
    """Whether two titles are the same or nearly so."""
    return title_key(one) == title_key(other) or bool(near_titles(one, [other]))


def _join(paper: Paper, found: Found, *, has_title: bool) -> tuple[PaperFacts, list[str]]:
    """The paper's facts with the empty ones filled, and the names of those."""
    here = read_facts(paper)
    offered = make_values(found)
    new = {name: offered[name] for name in FILLED if offered[name] and not here[name]}
    if not has_title:
        new["title"] = found.title
    names = recognise("\n".join(found.names))
    identifiers = [*here["identifiers"], *list_free_identifiers(names, paper)]
    links = [*here["links"], *list_new_links(here["links"], names.links)]
    if identifiers != here["identifiers"]:
        new["identifiers"] = identifiers
    if links != here["links"]:
        new["links"] = links
    return PaperFacts(**{**here, **new}), list(new)


def read_facts(paper: Paper) -> dict[str, Any]:
    """A paper as `PaperFacts` takes it; addresses that stand for it stay with its links."""
    kinds = ("title", "abstract", "venue", "year", "published_on", "group", "note", "slots")
    return {
        **{name: getattr(paper, name) for name in kinds},
        "authors": list(paper.authors),
        "identifiers": list(paper.identifiers.order_by("pk").values_list("kind", "value")),
        "links": list(paper.links.values_list("kind", "url")),
    }


def make_values(found: Found) -> dict[str, Any]:
    """What was found, as a paper's columns hold it."""
    return {
        "title": found.title,
        "authors": list(found.authors),
        "abstract": found.abstract,
        "venue": found.venue,
        "year": found.year or read_series(found.venue).year,
        "published_on": date.fromisoformat(found.published_on) if found.published_on else None,
    }


def list_free_identifiers(names: Recognised, paper: Paper) -> list[tuple[str, str]]:
    """Identifiers that neither this paper nor another one has."""
    free = []
    for kind, value in names.identifiers:
        is_address = kind == Identifier.Kind.URL
        if not is_address and not Identifier.objects.filter(kind=kind, value=value).exists():
            free.append((kind, value))
    return free
