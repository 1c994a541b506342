"""What a list says: papers under topics, on reading lists, and with their reviews. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from papers.exporting.formats.paper_records import PaperRecord


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """A paper under a topic, and what is said of it there (Markdown)."""

    paper: int
    note: str = ""


@dataclass(slots=True)
class TopicRecord:
    """A topic with its papers and the topics below it, both in the lab's order."""

    name: str
    description: str = ""
    entries: list[EntryRecord] = field(default_factory=list)
    below: list[TopicRecord] = field(default_factory=list)

    @property
    def has_papers(self) -> bool:
        """Here or anywhere below."""
        return any(topic.entries for topic, _ in self.walk())

    def walk(self, depth: int = 0) -> Iterator[tuple[TopicRecord, int]]:
        """The topic and all below it with their depths."""
        yield self, depth
        for topic in self.below:
            yield from topic.walk(depth + 1)


@dataclass(frozen=True, slots=True)
class ShelfRecord:
    """Part of a reading list: the papers under one topic, or under none ("")."""

    topic: str
    papers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """A member's reading list in its order."""

    name: str
    handle: str
    shelves: tuple[ShelfRecord, ...]


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """A published review. `texts` are Markdown and `html` the same rendered, by section key."""

    paper: int
    reviewer: str
    handle: str
    texts: Mapping[str, str]
    html: Mapping[str, str] = field(default_factory=dict)
    verdict: str = ""
    depth: str = ""
    published_on: date | None = None
    orcid: str = ""

    @property
    def orcid_url(self) -> str:
        """The reviewer's ORCID record, where an ORCID sign-in confirmed that it is theirs."""
        return f"https://orcid.org/{self.orcid}" if self.orcid else ""


@dataclass(frozen=True, slots=True)
class OutcomeRecord:
    """A follow-up experiment of the lab that came to an end."""

    paper: int
    title: str
    state: str
    text: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class ListRecord:
    """Everything that a list can say of a part of the lab."""

    title: str
    papers: Mapping[int, PaperRecord]
    topics: Sequence[TopicRecord] = ()
    loose: Sequence[int] = ()
    """Papers under none of the topics."""

    members: Sequence[MemberRecord] = ()
    reviews: Mapping[int, Sequence[ReviewRecord]] = field(default_factory=dict)
    outcomes: Mapping[int, Sequence[OutcomeRecord]] = field(default_factory=dict)
    of_member: bool = False

    def walk(self) -> Iterator[tuple[TopicRecord, int]]:
        """Every topic with its depth, in the order of the tree."""
        for topic in self.topics:
            yield from topic.walk()

    def list_reviewers(self) -> dict[str, list[ReviewRecord]]:
        """The reviews by who wrote them, by handle."""
        found: dict[str, list[ReviewRecord]] = {}
        for paper in self.papers:
            for review in self.reviews.get(paper, ()):
                found.setdefault(review.handle, []).append(review)
        return found
