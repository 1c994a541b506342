"""Writes of papers: adding one, changing its facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from papers.catalogue.actions.citation_keys import assign_citation_keys
from papers.events import record
from papers.models import Event, Identifier, Link, Member, Paper, Topic
from papers.search.index.actions import refresh
from papers.text import markdown
from papers.text.identifiers import normal_url
from papers.text.series import read_series
from papers.text.titles import TAKEN_SLUGS, near_titles, title_key, title_slug
from papers.topics.actions.listings import put_under

RESERVED_SLUGS = TAKEN_SLUGS
"""Rooms have pages under these names beside the paper's own."""

SAME_START = 12
"""Letters of the key with which likely duplicates begin alike."""

MOST_COMPARED = 300


class PaperExists(Exception):
    """Another paper carries one of the identifiers: it is the same work."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(
            _("This paper is already in the library: %(title)s") % {"title": paper.title}
        )
        self.paper = paper


class PaperLooksKnown(Exception):
    """Papers with the same or nearly the same title are here; nothing was made."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        super().__init__(_("We already have a paper with this title."))
        self.papers = papers


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """What is known of a paper. `identifiers` as (kind, value), `links` as (kind, url)."""

    title: str
    authors: Sequence[str] = ()
    abstract: str = ""
    venue: str = ""
    year: int | None = None
    published_on: date | None = None
    group: str = ""
    note: str = ""
    slots: int | None = None
    identifiers: Sequence[tuple[str, str]] = ()
    links: Sequence[tuple[str, str]] = field(default=())


COLUMNS = (
    "title", "authors", "abstract", "venue", "year", "published_on", "group", "note", "slots",
)  # fmt: skip


def add_paper(
    *,
    facts: PaperFacts,
    by: Member,
    at: datetime,
    topics: Iterable[Topic] = (),
    although_alike: bool = False,
) -> Paper:
    """Add a paper, list it under the topics, and announce it once.

    Raises PaperExists when an identifier is taken, and PaperLooksKnown when the title is that of
    papers already here, unless `although_alike`.
    """
    _refuse_taken(facts.identifiers)
    if not although_alike:
        _refuse_alike(facts.title)
    try:
        with transaction.atomic():
            paper = Paper(added_by=by, added_at=at)
            _fill(paper, facts)
            paper.year = paper.year or read_series(facts.venue).year
            paper.save()
            _put_identifiers(paper, facts.identifiers)
            _put_links(paper, facts.links)
            for topic in topics:
                put_under(topic, paper, by=by, at=at)
            assign_citation_keys([paper.pk])
            record(Event.Kind.PAPER_ADDED, paper, by=by, at=at)
            refresh([paper.pk])
    except IntegrityError:
        # Somebody added it in the same moment: the constraint decided who was first.
        _refuse_taken(facts.identifiers)
        raise
    return paper


def change_paper(
    *,
    paper: Paper,
    facts: PaperFacts,
    by: Member | None,
    at: datetime,
    topics: Iterable[Topic] | None = None,
    kind: Event.Kind = Event.Kind.PAPER_CHANGED,
    data: Mapping[str, str] | None = None,
) -> Paper:
    """Put a paper's facts right, and its topics where they are given.

    Without a difference nothing is written. `by` is None, and `kind` another, for what was filled
    in from a service. Raises PaperExists.
    """
    _refuse_taken(facts.identifiers, but=paper)
    try:
        with transaction.atomic():
            paper = Paper.objects.select_for_update(no_key=True).get(pk=paper.pk)
            changed = _list_differences(paper, facts)
            if topics is not None and by and _put_under_topics(paper, topics, by, at):
                changed.append("topics")
            if not changed:
                return paper
            _fill(paper, facts)
            paper.save()
            _put_identifiers(paper, _with_own_addresses(paper, facts))
            _put_links(paper, facts.links)
            record(kind, paper, by=by, at=at, data={**(data or {}), "fields": changed})
            refresh([paper.pk])
    except IntegrityError:
        _refuse_taken(facts.identifiers, but=paper)
        raise
    return paper


def make_slug(title: str) -> str:
    """The title for the paper's address; never a name that a page beside it has."""
    slug = title_slug(title)
    return f"{slug}-paper" if slug in RESERVED_SLUGS else slug


def find_alike(title: str) -> list[Paper]:
    """Papers that carry this title or nearly this title, however it is written; at most five."""
    key = title_key(title)[:500]
    if not key:
        return []
    # The start of the key is indexed; what begins alike is then compared with care.
    same = Paper.objects.filter(title_key__startswith=key[:SAME_START]).order_by("pk")[
        :MOST_COMPARED
    ]
    papers = sorted(same, key=lambda paper: paper.title_key != key)
    near = {position for position, _ in near_titles(title, [paper.title for paper in papers])}
    return [one for n, one in enumerate(papers) if n in near or one.title_key == key][:5]


def _fill(paper: Paper, facts: PaperFacts) -> None:
    for name in COLUMNS:
        value = getattr(facts, name)
        setattr(paper, name, list(value) if name == "authors" else value)
    paper.title_key = title_key(facts.title)[:500]
    paper.slug = make_slug(facts.title)
    paper.abstract_html = markdown.render(facts.abstract)
    paper.renderer = markdown.RENDERER_VERSION


def _refuse_taken(identifiers: Iterable[tuple[str, str]], but: Paper | None = None) -> None:
    for kind, value in identifiers:
        taken = Identifier.objects.filter(kind=kind, value=value).select_related("paper")
        found = taken.exclude(paper=but).first() if but else taken.first()
        if found:
            raise PaperExists(found.paper)


def _refuse_alike(title: str) -> None:
    if alike := find_alike(title):
        raise PaperLooksKnown(alike)


def _list_differences(paper: Paper, facts: PaperFacts) -> list[str]:
    changed = [name for name in COLUMNS if _is_changed(getattr(paper, name), getattr(facts, name))]
    kept = _with_own_addresses(paper, facts)
    if set(paper.identifiers.values_list("kind", "value")) != set(kept):
        changed.append("identifiers")
    if list(paper.links.values_list("url", flat=True)) != [url for _, url in facts.links]:
        changed.append("links")
    return changed


def _put_under_topics(paper: Paper, topics: Iterable[Topic], by: Member, at: datetime) -> bool:
    """Whether a listing was made or taken away; those that stay keep place and note."""
    wanted = list(topics)
    gone, _ = paper.listings.exclude(topic__in=wanted).delete()
    made = [put_under(topic, paper, by=by, at=at)[1] for topic in wanted]
    return bool(gone) or any(made)


def _is_changed(before: Any, after: Any) -> bool:
    return bool(list(before) != list(after)) if isinstance(before, list) else before != after


def _with_own_addresses(paper: Paper, facts: PaperFacts) -> list[tuple[str, str]]:
    """The wanted identifiers, and those addresses whose link stays: a later import meets them."""
    stay = {normal_url(url) for _, url in facts.links}
    addresses = paper.identifiers.filter(kind=Identifier.Kind.URL, value__in=stay)
    return list(dict.fromkeys([*facts.identifiers, *((a.kind, a.value) for a in addresses)]))


def _put_identifiers(paper: Paper, wanted: Iterable[tuple[str, str]]) -> None:
    there = {(one.kind, one.value): one for one in paper.identifiers.all()}
    wanted = list(dict.fromkeys(wanted))
    gone = [one.pk for key, one in there.items() if key not in wanted]
    Identifier.objects.filter(pk__in=gone).delete()
    Identifier.objects.bulk_create(
        Identifier(paper=paper, kind=kind, value=value)
        for kind, value in wanted
        if (kind, value) not in there
    )


def _put_links(paper: Paper, wanted: Iterable[tuple[str, str]]) -> None:
    """Links that stay are kept as they are: they have labels that the form does not show."""
    there = {link.url: link for link in paper.links.all()}
    kinds = {url: kind for kind, url in wanted}
    paper.links.exclude(url__in=kinds).delete()
    links = [there.get(url) or Link(paper=paper, kind=kind, url=url) for url, kind in kinds.items()]
    for position, link in enumerate(links):
        link.position = position
    Link.objects.bulk_create([link for link in links if link.pk is None])
    Link.objects.bulk_update([link for link in links if link.url in there], ["position"])
