"""What is exported: a paper, picked papers, a topic, a member, a search, or the whole lab."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import Q
from django.utils.http import urlencode

from papers import access
from papers.models import Claim, Lab, Member, Paper, Topic
from papers.search.queries import list_matches
from papers.text.numbers import read_number
from papers.text.titles import title_slug

MOST_FOUND = 100_000
"""Papers of a search that are exported."""

LONGEST_SEARCH = 300

MOST_PICKED = 300
"""Papers of a hand-picked list: their keys fit into an address."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of the lab; at most one of the five is given, and without any it is the whole."""

    paper: Paper | None = None
    picked: tuple[int, ...] = ()
    topic: Topic | None = None
    member: Member | None = None
    search: str = ""

    @property
    def kind(self) -> str:
        """paper, picked, topic, member, search or lab."""
        named = (
            ("paper", self.paper), ("picked", self.picked),
            ("topic", self.topic), ("member", self.member),
        )  # fmt: skip
        return next((kind for kind, one in named if one), "search" if self.search else "lab")

    @property
    def title(self) -> str:
        """What the part is called; "" for the whole."""
        return str(self.paper or self.topic or self.member or self.search)

    @property
    def url(self) -> str:
        """The page of the part."""
        one = self.paper or self.topic or self.member
        if one:
            return one.get_absolute_url()
        return f"/papers/?{urlencode({'q': self.search})}" if self.search else "/papers/"

    @property
    def query(self) -> str:
        """How addresses of exports name it."""
        if self.paper:
            return urlencode({"paper": self.paper.pk})
        if self.picked:
            return f"papers={','.join(map(str, self.picked))}"
        if self.topic:
            return urlencode({"topic": self.topic.path})
        if self.member:
            return urlencode({"member": self.member.handle})
        return urlencode({"q": self.search}) if self.search else ""

    @property
    def file_name(self) -> str:
        """What a file of it is called, without its ending."""
        return title_slug(self.title) if self.title else "papers"


def find_scope(asked: Mapping[str, str], viewer: access.Viewer, lab: Lab) -> Scope | None:
    """What an address names, as far as this viewer may see it; None where there is no such part."""
    if name := asked.get("paper"):
        key = read_number(name)
        papers = access.papers_visible_to(viewer, lab)
        paper = papers.filter(pk=key).first() if key is not None else None
        return Scope(paper=paper) if paper else None
    if names := asked.get("papers"):
        picked = read_picks([names], viewer, lab)
        return Scope(picked=picked) if picked else None
    if path := asked.get("topic"):
        topic = access.topics_visible_to(viewer, lab).filter(path=path.strip("/")).first()
        return Scope(topic=topic) if topic else None
    if handle := asked.get("member"):
        member = access.members_visible_to(viewer).filter(handle__iexact=handle).first()
        return Scope(member=member) if member else None
    return Scope(search=asked.get("q", "").strip()[:LONGEST_SEARCH])


def read_picks(texts: Iterable[str], viewer: access.Viewer, lab: Lab) -> tuple[int, ...]:
    """The keys of papers as addresses and boxes name them ("7,9"), as far as there are such."""
    numbers = (read_number(part.strip()) for text in texts for part in text.split(","))
    keys = dict.fromkeys(number for number in numbers if number is not None)
    some = list(islice(keys, MOST_PICKED))
    there = access.papers_visible_to(viewer, lab).filter(pk__in=some)
    seen = set(there.values_list("pk", flat=True))
    return tuple(key for key in some if key in seen)


def list_scope_papers(scope: Scope, viewer: access.Viewer, lab: Lab, today: date) -> list[int]:
    """The keys of its papers, each once: a topic's and a member's in the order of their lists, a
    search's the newest first, the lab's by when they were added.

    Raises search.queries.SearchTooLong.
    """
    if scope.search:
        found = list_matches(scope.search, by=viewer, lab=lab, today=today, most=MOST_FOUND)
        return found[0]
    papers = access.papers_visible_to(viewer, lab)
    if scope.paper:
        return [scope.paper.pk]
    if scope.picked:
        return list(scope.picked)
    if scope.topic:
        listings = access.listings_visible_to(viewer, lab).filter(
            Q(topic=scope.topic) | Q(topic__path__startswith=f"{scope.topic.path}/")
        )
        rows = listings.order_by("topic__path", "position", "pk").values_list("paper", flat=True)
        return list(dict.fromkeys(rows))
    if scope.member:
        on_list = Q(ended_at__isnull=True) | Q(ending=Claim.Ending.REVIEWED)
        claims = access.claims_visible_to(viewer).filter(on_list, member=scope.member)
        claimed = claims.order_by("position", "pk").values_list("paper", flat=True)
        return list(dict.fromkeys(claimed))
    return list(papers.order_by("pk").values_list("pk", flat=True))
