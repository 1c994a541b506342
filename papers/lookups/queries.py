"""Reads of lookups: for the form of a new paper and for a paper's page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from papers.lookups.found_work import Found
from papers.lookups.service_registry import list_services
from papers.lookups.services.every import SERVICES
from papers.lookups.subjects import Subject, list_subjects
from papers.models import (
    AgendaItem,
    Claim,
    Comment,
    Identifier,
    Lookup,
    Meeting,
    Paper,
    PaperLookup,
    PaperUpdate,
    Review,
)


def find_subject(names: Iterable[str]) -> Subject | None:
    """The best of these names to ask for, among those that a service knows."""
    return next((one for one in list_subjects(names) if list_services(one)), None)


def find_lookup(subject: Subject) -> Lookup | None:
    """What was asked about this work so far."""
    return Lookup.objects.filter(kind=subject.kind, value=subject.value).first()


def get_found(lookup: Lookup | None) -> Found | None:
    """What the answer says, if there is one."""
    if lookup is None or lookup.state != Lookup.State.FOUND:
        return None
    return Found.from_json(lookup.facts)


def get_service_name(key: str) -> str:
    """What a service is called."""
    return SERVICES[key].name if key in SERVICES else key


@dataclass(frozen=True, slots=True)
class LookupNote:
    """Where a paper's details come from, or why they are not there yet."""

    state: str
    service: str
    next_try_at: str


@dataclass(frozen=True, slots=True)
class Update:
    """Something that appeared about a paper. `label` is "v3" or a DOI."""

    kind: str
    label: str
    url: str
    venue: str
    on: date | None


def find_note(paper: Paper) -> LookupNote | None:
    """How the lookup of a paper's details is going."""
    rows = PaperLookup.objects.filter(paper=paper).values(
        "state", "service", "next_try_at", subject=F("lookup__kind"), value=F("lookup__value")
    )
    row = rows.first()
    return make_note(**row) if row else None


def make_note(
    *, state: str, service: str, next_try_at: object, subject: str, value: str
) -> LookupNote:
    """The note of one row of PaperLookup; before the first answer it names whom we ask first."""
    about = Subject(subject, value)
    name = get_service_name(service) or next((s.name for s in list_services(about)), str(about))
    return LookupNote(state, name, str(next_try_at or ""))


def list_newest(
    rows: Iterable[Mapping[str, Any]], *, added_on: date, known: Collection[str]
) -> list[Update]:
    """Retractions and the like, then publication and the newest version; `rows` oldest first.

    The version that was out when the paper came in, and names among `known`, tell nothing new.
    """
    newest: dict[tuple[str, str], Update] = {}
    versions = 0
    for row in rows:
        update = Update(**{**row, "on": date.fromisoformat(row["on"]) if row["on"] else None})
        if update.kind == PaperUpdate.Kind.VERSION:
            versions += 1
            if versions > 1 or (update.on and update.on > added_on):
                newest[update.kind, ""] = update
        elif update.label not in known or update.kind != PaperUpdate.Kind.PUBLISHED:
            newest[update.kind, update.label] = update
    order = {kind: n for n, kind in enumerate(_SERIOUS)}
    return sorted(newest.values(), key=lambda one: order[one.kind])


_SERIOUS = ("retracted", "concern", "corrected", "published", "version")


def list_names(paper: Paper) -> list[str]:
    """A paper's identifiers and links, as addresses."""
    identifiers = paper.identifiers.order_by("pk").values_list("kind", "value")
    urls = [Identifier(kind=kind, value=value).url for kind, value in identifiers]
    return [*urls, *paper.links.values_list("url", flat=True)]


REVIEWED_WITHIN, COMMENTED_WITHIN = timedelta(days=365), timedelta(days=90)


def list_under_discussion(at: datetime) -> list[Paper]:
    """Papers that are claimed, on a coming agenda, or were reviewed or commented on lately."""
    here = OuterRef("pk")
    about = Q(paper=here) | Q(review__paper=here)
    coming = AgendaItem.objects.filter(paper=here, meeting__in=Meeting.objects.coming(at))
    reviewed = Review.objects.current().filter(paper=here, published_at__gte=at - REVIEWED_WITHIN)
    commented = Comment.objects.filter(about, created_at__gte=at - COMMENTED_WITHIN)
    return list(
        Paper.objects.filter(
            Exists(Claim.objects.open().filter(paper=here))
            | Exists(coming)
            | Exists(reviewed)
            | Exists(commented)
        ).order_by("pk")
    )
