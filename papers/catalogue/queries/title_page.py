"""What the head of a paper's page says: facts, names, links, topics and who reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from papers import access
from papers.caching.prepared import prepared
from papers.models import (
    CitationKey,
    Identifier,
    Lab,
    Link,
    Listing,
    Paper,
    PaperLookup,
    PaperUpdate,
)
from papers.people import People, Person, make_person
from papers.rows.queries import get_state, is_discussed
from papers.text import addresses
from papers.text.citing import make_bibtex
from papers.text.series import get_series, show_as_written


@dataclass(frozen=True, slots=True)
class Name:
    """An identifier or a link as the page shows it."""

    label: str
    value: str
    url: str

    @property
    def host(self) -> str:
        """Where a link leads, as people know it: `arxiv.org`."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")


@dataclass(frozen=True, slots=True)
class Place:
    """A topic under which the paper stands, and what is said of it there."""

    name: str
    url: str
    note_html: str
    listing: int


@dataclass(frozen=True, slots=True)
class Reader:
    """An open claim: who reads the paper, and until when (None: a standing claim)."""

    claim: int
    person: Person
    due_on: date | None
    is_extended: bool


@dataclass(frozen=True, slots=True)
class TitlePage:
    """A paper with all that one query gathers around it, as this viewer may see it."""

    paper: Paper
    identifiers: list[Name]
    links: list[Name]
    places: list[Place]
    readers: list[Reader]
    added_by: Person | None
    free_slots: int
    has_draft: bool
    has_reviewed: bool
    state: str
    may_review: bool
    may_edit: bool
    may_split: bool
    offers: list[dict[str, Any]]
    is_followed: bool
    lookup: dict[str, Any] | None
    updates: list[dict[str, Any]]
    citation_key: str = ""

    @property
    def mine(self) -> Reader | None:
        """The viewer's own open claim."""
        return next((reader for reader in self.readers if reader.person.is_me), None)

    @property
    def may_claim(self) -> bool:
        """A click would claim it; a standing claim becomes a lease by the same click."""
        is_leased = self.mine is not None and self.mine.due_on is not None
        return self.may_review and self.free_slots > 0 and not (is_leased or self.has_reviewed)

    @property
    def venue(self) -> str:
        """The series in which the paper appeared."""
        return get_series(self.paper.venue)

    @property
    def venue_as_written(self) -> str:
        """The venue in its own words, where they say more than series and year."""
        return show_as_written(self.paper.venue)

    @property
    def bibtex(self) -> str:
        """The paper as a BibTeX entry."""
        return make_paper_bibtex(
            self.paper,
            [(one.label.lower(), one.value) for one in self.identifiers],
            key=self.citation_key,
        )


def get_title_page(pk: int, viewer: access.Viewer, lab: Lab) -> TitlePage | None:
    """The paper and what stands around it, in one query; None where there is none."""
    found = _read_title_page(viewer, lab, pk)
    return _make_page(found[0], viewer, lab) if found else None


def make_paper_bibtex(paper: Paper, identifiers: list[tuple[str, str]], *, key: str = "") -> str:
    """The paper as a BibTeX entry."""
    return make_bibtex(
        title=paper.title,
        authors=paper.authors,
        venue=paper.venue,
        year=paper.year,
        identifiers=identifiers,
        key=key,
    )


@prepared
def _read_title_page(viewer: access.Viewer, lab: Lab, pk: int) -> QuerySet[Paper]:
    papers = access.papers_visible_to(viewer, lab).filter(pk=pk)
    here = OuterRef("pk")
    drafts = access.drafts_of(viewer).filter(paper=here, discarded_at__isnull=True)
    reviews = access.reviews_known_to(viewer, lab).filter(paper=here)
    me = access.get_member(viewer)
    return papers.select_related("added_by").annotate(
        names=_collect(
            Identifier.objects.filter(paper=here).order_by("pk"), kind="kind", value="value"
        ),
        addresses=_collect(
            Link.objects.filter(paper=here).order_by("position", "pk"),
            kind="kind", url="url", label="label",
        ),
        places=_collect(
            Listing.objects.filter(paper=here).order_by("topic__path"),
            name="topic__name", path="topic__path", note="note_html", listing="pk",
        ),
        offers=_collect(
            access.handovers_visible_to(viewer).filter(paper=here).order_by("offered_at"),
            pk="pk", giver_id="giver", giver="giver__name",
        ),
        is_followed=Exists(access.follows_of(viewer).filter(paper=here)),
        filled=_collect(
            PaperLookup.objects.filter(paper=here).order_by("pk"),
            state="state", service="service", next_try_at="next_try_at",
            subject="lookup__kind", value="lookup__value",
        ),
        news=_collect(
            PaperUpdate.objects.filter(paper=here).order_by("noticed_at", "pk"),
            kind="kind", label="name", url="url", venue="venue", on="published_on",
        ),
        cited=_collect(
            CitationKey.objects.filter(paper=here), stem="stem", number="number"
        ),
        readers=_collect(
            access.claims_visible_to(viewer).open().filter(paper=here).order_by("claimed_at", "pk"),
            claim="pk", due_on="due_on", slot="paper_slot", extended_at="extended_at",
            member="member", name="member__name", handle="member__handle", state="member__state",
        ),
        has_draft=Exists(drafts),
        is_discussed=is_discussed(),
        is_reviewed=Exists(reviews),
        has_reviewed=Exists(reviews.filter(member=me)),
        may_split=Exists(access.entries_splittable_by(viewer).filter(paper=here)),
        may_edit=Exists(access.papers_editable_by(viewer).filter(pk=here)),
    )  # fmt: skip


def _collect(rows: QuerySet[Any], **columns: str) -> ArraySubquery:
    """These columns of these rows as a list of objects, beside each paper."""
    fields = {key: F(name) for key, name in columns.items()}
    return ArraySubquery(rows.values(row=JSONObject(**fields)))


def _make_page(paper: Any, viewer: access.Viewer, lab: Lab) -> TitlePage:
    people = People(viewer)
    readers = [
        _make_reader(row, people) for row in paper.readers or []
    ]  # NULL where nobody may be seen
    leases = sum(row["slot"] is not None for row in paper.readers or [])
    adder = paper.added_by
    return TitlePage(
        paper=paper,
        identifiers=[_make_identifier(**row) for row in paper.names],
        links=[_make_link(**row) for row in paper.addresses],
        places=[
            Place(row["name"], addresses.topic(row["path"]), row["note"], row["listing"])
            for row in paper.places
        ],
        readers=readers,
        added_by=make_person(adder, viewer) if adder else None,
        free_slots=0 if paper.archived_at else max((paper.slots or lab.paper_slots) - leases, 0),
        has_draft=paper.has_draft,
        has_reviewed=paper.has_reviewed,
        state=get_state(paper.has_draft, paper.is_discussed, paper.is_reviewed, leases > 0),
        may_review=access.can_review(viewer),
        may_edit=paper.may_edit,
        may_split=paper.may_split,
        offers=[one | {"is_mine": one["giver_id"] == people.me} for one in paper.offers or []],
        is_followed=paper.is_followed,
        lookup=next(iter(paper.filled), None),
        updates=list(paper.news),
        citation_key=next((str(CitationKey(**row)) for row in paper.cited), ""),
    )


def _make_identifier(kind: str, value: str) -> Name:
    return Name(str(Identifier.Kind(kind).label), value, Identifier(kind=kind, value=value).url)


def _make_link(kind: str, url: str, label: str) -> Name:
    return Name(label or str(Link.Kind(kind).label), url, url)


def _make_reader(row: dict[str, Any], people: People) -> Reader:
    who = people.get(row["member"], row["name"], row["handle"], row["state"])
    due_on = date.fromisoformat(row["due_on"]) if row["due_on"] else None
    return Reader(row["claim"], who, due_on, bool(row["extended_at"]))
