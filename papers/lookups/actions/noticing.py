"""Noticing what appeared about a paper since it was added: versions, publication, retractions.

An answer is compared with what is recorded. What a paper had when its first answer came is the
state to compare with, and no news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from papers.events import record
from papers.lookups.found_work import Amendment, Found
from papers.lookups.queries import list_names, list_under_discussion
from papers.lookups.subjects import AMENDMENTS, ARXIV, DOI, Subject, list_subjects
from papers.models import Event, Identifier, Lookup, Paper, PaperLookup, PaperUpdate
from papers.reviews.actions.critique import note_paper_version
from papers.text.identifiers import doi, doi_url, is_web_url
from papers.text.series import get_series

Kind = PaperUpdate.Kind

WEEK = timedelta(days=7)

KINDS = {
    "retraction": Kind.RETRACTED, "removal": Kind.RETRACTED, "withdrawal": Kind.RETRACTED,
    "partial_retraction": Kind.RETRACTED, "expression_of_concern": Kind.CONCERN,
    "concern": Kind.CONCERN, "correction": Kind.CORRECTED, "corrigendum": Kind.CORRECTED,
    "erratum": Kind.CORRECTED,
}  # fmt: skip
"""Crossref's words for updates (https://www.crossref.org/documentation/crossmark/)."""


def list_weekly_subjects(*, at: datetime) -> list[Subject]:
    """Works to ask for because their papers are under discussion, each once."""
    wanted: dict[Subject, None] = {}
    for paper in list_under_discussion(at):
        names = {one.kind: one for one in list_subjects(list_names(paper))}
        subjects = [names[kind] for kind in (ARXIV, DOI) if kind in names]
        published = paper.updates.filter(kind=Kind.PUBLISHED).values_list("name", flat=True)
        dois = [*published, *([names[DOI].value] if DOI in names else [])]
        subjects += [Subject(AMENDMENTS, name) for name in dict.fromkeys(dois)]
        wanted |= dict.fromkeys(subjects)
    return list(wanted)


def note_updates(*, lookup: Lookup, found: Found, at: datetime) -> int:
    """Record what an answer tells of papers that are here; the number of news."""
    subject = Subject(lookup.kind, lookup.value)
    with transaction.atomic():
        new = lookup.papers.filter(state=PaperLookup.State.WAITING).values("paper")
        papers = list(_list_papers(subject).exclude(pk__in=new))
        return sum(_note(paper, subject, found, lookup.service, at) for paper in papers)


def note_first_state(*, paper: Paper, found: Found, service: str, at: datetime) -> None:
    """Record what is out already when a paper comes in: no news."""
    for update in _list_updates(paper, found, service, at):
        _put(update)


def _list_papers(subject: Subject) -> QuerySet[Paper]:
    if subject.kind in (DOI, AMENDMENTS):
        found = Paper.objects.filter(identifiers__kind=DOI, identifiers__value=subject.value)
        published = Paper.objects.filter(updates__kind=Kind.PUBLISHED, updates__name=subject.value)
        return (found | published).distinct().order_by("pk")
    if subject.kind in Identifier.Kind.values:
        return Paper.objects.filter(
            identifiers__kind=subject.kind, identifiers__value=subject.value
        ).order_by("pk")
    return Paper.objects.none()


def _note(paper: Paper, subject: Subject, found: Found, service: str, at: datetime) -> int:
    paper = Paper.objects.select_for_update(no_key=True).get(pk=paper.pk)
    news = 0
    for update in _list_updates(paper, found, service, at):
        is_news = _is_news(paper, update)
        if _put(update) and is_news:
            _announce(update, at)
            news += 1
    return news


def _list_updates(paper: Paper, found: Found, service: str, at: datetime) -> Iterator[PaperUpdate]:
    """All that an answer tells, recorded before or not."""

    def make(kind: PaperUpdate.Kind, name: str, url: str, on: str, venue: str = "") -> PaperUpdate:
        return PaperUpdate(
            paper=paper, kind=kind, name=name[:300], url=url if len(url) <= 1000 else "",
            venue=venue, published_on=date.fromisoformat(on) if on else None, service=service,
            noticed_at=at,
        )  # fmt: skip

    number = paper.identifiers.filter(kind=Identifier.Kind.ARXIV).values_list("value", flat=True)
    if found.version and number:
        url = f"https://arxiv.org/abs/{number[0]}{found.version}"
        yield make(Kind.VERSION, found.version, url, found.versioned_on)
    if name := doi(found.published_as):
        venue = "" if get_series(found.venue) == "arXiv" else found.venue
        yield make(Kind.PUBLISHED, name, doi_url(name), "", venue)
    for amendment in found.amendments:
        if kind := KINDS.get(amendment.kind.replace("-", "_").replace(" ", "_")):
            yield make(kind, amendment.name or amendment.kind, _write_url(amendment), amendment.on)


def _write_url(amendment: Amendment) -> str:
    name = doi(amendment.name)
    return doi_url(name) if name else amendment.name if is_web_url(amendment.name) else ""


def _is_news(paper: Paper, update: PaperUpdate) -> bool:
    """Whether members should hear of this: it came after what the paper was when it came here."""
    before = paper.updates.filter(kind=update.kind)
    if update.kind == Kind.VERSION:
        numbers = [_number(name) for name in before.values_list("name", flat=True)]
        if numbers:
            return _number(update.name) > max(numbers)
        return bool(update.published_on and update.published_on > paper.added_at.date())
    if update.kind == Kind.PUBLISHED:
        own = paper.identifiers.filter(kind=Identifier.Kind.DOI, value=update.name)
        return not (before.exists() or own.exists())
    return True


def _number(version: str) -> int:
    found = re.search(r"\d+", version)
    return int(found[0]) if found else 0


def _put(update: PaperUpdate) -> bool:
    """Whether it was not recorded before."""
    _row, is_new = PaperUpdate.objects.get_or_create(
        paper=update.paper,
        kind=update.kind,
        name=update.name,
        defaults={
            name: getattr(update, name)
            for name in ("url", "venue", "published_on", "service", "noticed_at")
        },
    )
    return is_new


def _announce(update: PaperUpdate, at: datetime) -> None:
    """Tell followers and reviewers, and ask reviewers whether their critique still holds."""
    data = {"update": str(update.kind), "name": update.name}
    record(Event.Kind.PAPER_UPDATED, update.paper, by=None, at=at, data=data)
    if update.kind in (Kind.VERSION, Kind.PUBLISHED):
        note_paper_version(paper=update.paper, version=update.name[:100], by=None, at=at)
