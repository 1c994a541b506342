"""Taking a document in: a constant number of statements for each table, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max

from papers.catalogue.actions import make_slug
from papers.catalogue.actions.bringing import bring_topics
from papers.importers.drafts import (
    ClaimDraft,
    MemberDraft,
    PaperDraft,
    Problem,
    TopicDraft,
    TopicPath,
)
from papers.importers.matching import (
    LONGEST_KEY,
    find_known,
    find_members,
    free_handles,
    key_of,
    names_of,
)
from papers.importers.reviewing import Written, write_reviews
from papers.models import Claim, Identifier, Link, Listing, Member, Paper, Topic
from papers.text.identifiers import link_kind
from papers.text.markdown import RENDERER_VERSION, render_once

BATCH = 1_000
"""Rows in one statement."""

FILLED = ("authors", "venue", "year", "published_on", "group", "note")
"""Facts that a document adds to a paper that lacks them."""


@dataclass(slots=True)
class Outcome:
    """What taking in did: numbers for the page, rows for undoing."""

    papers: int = 0
    known: int = 0
    topics: int = 0
    listings: int = 0
    members: int = 0
    claims: int = 0
    reviews: int = 0
    problems: list[Problem] = field(default_factory=list)
    made: list[list[Any]] = field(default_factory=list)
    uses: dict[str, list[int]] = field(default_factory=dict)
    touched: list[int] = field(default_factory=list)

    def numbers(self) -> dict[str, int]:
        """The counts alone."""
        return {name: value for name, value in asdict(self).items() if isinstance(value, int)}

    def made_rows(self, kind: str, rows: Iterable[Any]) -> None:
        """Remember rows for undoing."""
        self.made.extend([kind, row.pk] for row in rows)


@dataclass(slots=True)
class Document:
    """What is to be taken in."""

    drafts: Sequence[PaperDraft]
    topics: Sequence[TopicDraft]
    members: Sequence[MemberDraft]


class Intake:
    """One document on its way into the tables; the caller opens the transaction."""

    def __init__(self, document: Document, *, by: Member, at: datetime) -> None:
        self.document = document
        self.by = by
        self.at = at
        self.outcome = Outcome()
        self.papers: dict[str, Paper] = {}
        self.topics: dict[TopicPath, Topic] = {}
        self.members: dict[str, Member] = {}

    def run(self) -> Outcome:
        """Write everything that is not here yet."""
        self._bring_topics()
        self._bring_members()
        self._bring_papers()
        self._bring_links()
        self._bring_listings()
        written = write_reviews(self._authored(), at=self.at)
        self.outcome.reviews = len(written)
        self.outcome.made_rows("review", written)
        self._bring_claims({(one.paper_id, one.member_id) for one in written})
        self.outcome.touched = sorted({paper.pk for paper in self.papers.values()})
        self.outcome.uses = {
            "paper": self.outcome.touched,
            "topic": sorted({topic.pk for topic in self.topics.values()}),
            "member": sorted({member.pk for member in self.members.values()}),
        }
        return self.outcome

    def _bring_topics(self) -> None:
        wanted = [(one.path, one.description) for one in self.document.topics]
        drafts = self.document.drafts
        wanted += [(one.topic, "") for draft in drafts for one in draft.listings]
        wanted += [(one.topic, "") for draft in drafts for one in draft.claims]
        described = {path: text for path, text in wanted if text}
        paths = dict.fromkeys(path for path, _ in wanted if path)
        brought = bring_topics((path, described.get(path, "")) for path in paths)
        self.topics = brought.topics
        self.outcome.topics = len(brought.made)
        self.outcome.made.extend(["topic", pk] for pk in brought.made)

    def _bring_members(self) -> None:
        names = {claim.member for draft in self.document.drafts for claim in draft.claims}
        # A heading that names a member counts, also over an empty list; a file's name alone not.
        names |= {one.name for one in self.document.members if one.evidence == "heading"}
        self.members = find_members(names)
        new = sorted({name.casefold(): name for name in names}.items())
        missing = [name for key, name in new if key not in self.members]
        rows = [
            Member(
                handle=handle, name=name[:200], state=Member.State.PLACEHOLDER, joined_at=self.at
            )
            for name, handle in zip(missing, free_handles(missing), strict=True)
        ]
        for row in rows:
            row.set_unusable_password()
        Member.objects.bulk_create(rows, BATCH)
        self.members |= {row.name.casefold(): row for row in rows}
        self.outcome.members = len(rows)
        self.outcome.made_rows("member", rows)

    def _bring_papers(self) -> None:
        drafts = self.document.drafts
        known = find_known(drafts)
        new: list[tuple[PaperDraft, Paper]] = []
        for draft in drafts:
            paper, clash = known.find(draft)
            if clash is not None:
                self._report(draft, clash)
            if paper is None:
                paper = self._new_paper(draft)
                new.append((draft, paper))
                known.add(paper, names_of(draft) if clash is None else ())
            self.papers[draft.key] = paper
        Paper.objects.bulk_create([paper for _, paper in new], BATCH)
        self.outcome.papers = len(new)
        self.outcome.known = len(drafts) - len(new)
        self.outcome.made_rows("paper", [paper for _, paper in new])
        fresh = {paper.pk for _, paper in new}
        self._fill([draft for draft in drafts if self.papers[draft.key].pk not in fresh])
        self._bring_identifiers(known.by_name)

    def _report(self, draft: PaperDraft, other: Paper) -> None:
        self.outcome.problems.append(
            Problem(
                draft.line,
                f"“{draft.title}” (line {draft.line}) gives the address of “{other.title}”, which "
                "is here under a clearly different title. It became a paper of its own without "
                "that identifier; correct the address on its page.",
            )
        )

    def _new_paper(self, draft: PaperDraft) -> Paper:
        return Paper(
            title=draft.title,
            title_key=key_of(draft)[:LONGEST_KEY],
            slug=make_slug(draft.title),
            added_by=self.by,
            added_at=self.at,
            renderer=RENDERER_VERSION,
            **_facts(draft),
        )

    def _fill(self, drafts: Sequence[PaperDraft]) -> None:
        """Give known papers the facts that they lack, and remember which."""
        changed: dict[int, Paper] = {}
        for draft in drafts:
            paper = self.papers[draft.key]
            facts = _facts(draft)
            lacking = {n: facts[n] for n in FILLED if facts[n] and not getattr(paper, n)}
            for name, value in lacking.items():
                setattr(paper, name, value)
            if lacking:
                changed[paper.pk] = paper
                told = {n: v.isoformat() if n == "published_on" else v for n, v in lacking.items()}
                self.outcome.made.append(["filled", paper.pk, told])
        Paper.objects.bulk_update(list(changed.values()), FILLED, BATCH)

    def _bring_identifiers(self, owners: dict[tuple[str, str], Paper]) -> None:
        """Each name belongs to one paper: the first that carries it."""
        wanted = {
            name: self.papers[draft.key]
            for draft in reversed(self.document.drafts)
            for name in names_of(draft)
            if owners.get(name, self.papers[draft.key]).pk == self.papers[draft.key].pk
        }
        here = set(
            Identifier.objects.filter(paper__in=list(wanted.values())).values_list("kind", "value")
        )
        rows = [
            Identifier(paper=paper, kind=kind, value=value)
            for (kind, value), paper in wanted.items()
            if (kind, value) not in here
        ]
        Identifier.objects.bulk_create(rows, BATCH)
        self.outcome.made_rows("identifier", rows)

    def _bring_links(self) -> None:
        wanted = {
            (self.papers[draft.key].pk, link.url): link
            for draft in self.document.drafts
            for link in draft.links
            if len(link.url) <= 2000
        }
        papers = {pk for pk, _ in wanted}
        here = set(Link.objects.filter(paper__in=papers).values_list("paper", "url"))
        places = Counter(pk for pk, _ in here)
        rows = []
        for (pk, url), link in wanted.items():
            if (pk, url) not in here:
                kind = link.kind if link.kind in Link.Kind.values else link_kind(url)
                row = Link(paper_id=pk, url=url, kind=kind, label=link.label[:200])
                row.position = places[pk]
                places[pk] += 1
                rows.append(row)
        Link.objects.bulk_create(rows, BATCH)
        self.outcome.made_rows("link", rows)

    def _bring_listings(self) -> None:
        wanted: dict[tuple[int, int], tuple[int, str]] = {}
        for draft in self.document.drafts:
            for one in draft.listings:
                if one.topic:
                    place = (self.topics[one.topic].pk, self.papers[draft.key].pk)
                    wanted.setdefault(place, (one.position, one.note))
        topics = {topic for topic, _ in wanted}
        here = set(Listing.objects.filter(topic__in=topics).values_list("topic", "paper"))
        last = _last(Listing.objects.filter(topic__in=topics), "topic")
        rows = [
            Listing(
                topic_id=topic,
                paper_id=paper,
                position=last.get(topic, 0) + position,
                added_by=self.by,
                added_at=self.at,
                **rendered("note", note),
            )
            for (topic, paper), (position, note) in wanted.items()
            if (topic, paper) not in here
        ]
        Listing.objects.bulk_create(rows, BATCH)
        self.outcome.listings = len(rows)
        self.outcome.made_rows("listing", rows)

    def _authored(self) -> list[Written]:
        """Whose review each text is: the first member beside the paper, else who brings it."""
        return [
            Written(self.papers[draft.key], self._author(draft), draft.review, draft.line)
            for draft in self.document.drafts
            if draft.review is not None and not draft.review.is_note
        ]

    def _author(self, draft: PaperDraft) -> Member:
        return self.members[draft.claims[0].member.casefold()] if draft.claims else self.by

    def _bring_claims(self, reviewed: set[tuple[int, int]]) -> None:
        """Standing claims without a lease; with a review they have ended as reviewed."""
        wanted: dict[tuple[int, int], ClaimDraft] = {}
        for number, draft in enumerate(self.document.drafts, 1):
            paper = self.papers[draft.key].pk
            for claim in draft.claims:
                wanted.setdefault((paper, self.members[claim.member.casefold()].pk), claim)
            if draft.review and not draft.claims and (paper, self.by.pk) in reviewed:
                topic = draft.listings[0].topic if draft.listings else ()
                wanted.setdefault(
                    (paper, self.by.pk), ClaimDraft(self.by.handle, draft.line, number, topic)
                )
        people = {member for _, member in wanted}
        here = set(Claim.objects.filter(member__in=people).values_list("paper", "member"))
        last = _last(Claim.objects.filter(member__in=people), "member")
        rows = []
        for (paper, member), claim in wanted.items():
            if (paper, member) in here:
                continue
            row = Claim(paper_id=paper, member_id=member, claimed_at=self.at)
            row.position = last.get(member, 0) + claim.position
            row.topic = self.topics.get(claim.topic)
            if (paper, member) in reviewed:
                row.ended_at, row.ending = self.at, Claim.Ending.REVIEWED
            rows.append(row)
        Claim.objects.bulk_create(rows, BATCH)
        self.outcome.claims = len(rows)
        self.outcome.made_rows("claim", rows)


def _facts(draft: PaperDraft) -> dict[str, Any]:
    """The columns of a paper that a draft fills."""
    note = "; ".join(part for part in (draft.note, ", ".join(draft.tags)) if part)
    return {
        "authors": list(draft.authors),
        "venue": ", ".join(draft.venue_tags)[:300],
        "year": draft.year,
        "published_on": draft.published_on,
        "group": draft.group[:300],
        "note": note[:1000],
    }


def _last(rows: Any, by: str) -> dict[int, int]:
    """The last position in each group."""
    return dict(rows.order_by().values_list(by).annotate(last=Max("position")))


def rendered(name: str, text: str) -> dict[str, Any]:
    """A Markdown column, its HTML and the renderer's version."""
    made = render_once(text)
    version = RENDERER_VERSION if made.is_final else 0
    return {name: text, f"{name}_html": made.html, "renderer": version}
