"""Taking a document in: a constant number of statements for each table, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db.models import Max, Model
from django.utils.translation import gettext as _

from papers.bulk_copy import copy_rows, reserve_keys
from papers.catalogue.actions.citation_keys import assign_citation_keys
from papers.importing.intake.actions.filling import fill, make_paper, render_text, write_facts
from papers.importing.intake.actions.reviews import Written, read_texts, write_reviews
from papers.importing.intake.actions.said import (
    find_credit,
    list_said,
    read_time,
    write_comments,
    write_notes,
)
from papers.importing.intake.queries.comparing import Left, left_of, show
from papers.importing.intake.queries.matching import find_members, free_handles, names_of
from papers.importing.intake.queries.sameness import Choice, Known, Match, find_known
from papers.importing.intake.spelling.actions import respell
from papers.importing.reading.drafts.understood import (
    ClaimDraft,
    MemberDraft,
    PaperDraft,
    Problem,
    TopicDraft,
    TopicPath,
)
from papers.models import Claim, Identifier, Link, Listing, Member, Paper, Topic
from papers.text.link_kinds import link_kind
from papers.topics.actions.bulk_create import create_topics

LISTED = ("topic", "paper", "note")
"""Columns by which a listing is known again."""

PAPER = (
    "id", "title", "title_key", "slug", "added_by_id", "added_at", "renderer", "authors",
    "abstract", "abstract_html", "venue", "year", "published_on", "group", "note",
)  # fmt: skip
"""Columns of a new paper, in the order in which they are written."""


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
    meetings: int = 0
    problems: list[Problem] = field(default_factory=list)
    made: list[list[Any]] = field(default_factory=list)
    uses: dict[str, list[int]] = field(default_factory=dict)
    touched: list[int] = field(default_factory=list)

    def numbers(self) -> dict[str, int]:
        """The counts alone."""
        every = ((one.name, getattr(self, one.name)) for one in fields(self))
        return {name: value for name, value in every if isinstance(value, int)}

    def made_rows(self, kind: str, keys: Iterable[int]) -> None:
        """Remember rows for undoing."""
        self.made.extend([kind, key] for key in keys)


@dataclass(slots=True)
class Document:
    """What is to be taken in."""

    drafts: Sequence[PaperDraft]
    topics: Sequence[TopicDraft]
    members: Sequence[MemberDraft]


class Intake:
    """One document on its way into the tables; the caller opens the transaction."""

    def __init__(
        self,
        document: Document,
        *,
        by: Member,
        at: datetime,
        choices: Mapping[str, Choice] | None = None,
    ) -> None:
        self.document = document
        self.choices = choices or {}
        self.by = by
        self.at = at
        self.outcome = Outcome()
        self.papers: dict[str, Paper] = {}
        self.topics: dict[TopicPath, Topic] = {}
        self.members: dict[str, Member] = {}
        self.fresh: set[int] = set()
        self.left: dict[str, Left] = {}
        """What drafts say otherwise than the papers that were there, by their keys."""

    def run(self) -> Outcome:
        """Write everything that is not here yet."""
        self._bring_topics()
        self._bring_members()
        self._bring_papers()
        self._bring_links()
        self._bring_listings()
        authored = self._authored()
        written = write_reviews([one for __, one in authored], at=self.at)
        self._note_left_reviews(authored)
        self.outcome.reviews = len(written)
        self.outcome.made_rows("review", [one.pk for one in written])
        self._bring_said()
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
        brought = create_topics((path, described.get(path, "")) for path in paths)
        self.topics = brought.topics
        self.outcome.topics = len(brought.made)
        self.outcome.made_rows("topic", brought.made)

    def _bring_members(self) -> None:
        names = {claim.member for draft in self.document.drafts for claim in draft.claims}
        # A heading that names a member counts, also over an empty list; a file's name alone not.
        names |= {one.name for one in self.document.members if one.evidence == "heading"}
        names |= {one.member for draft in self.document.drafts for one in draft.said if one.member}
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
        Member.objects.bulk_create(rows, 1_000)
        self.members |= {row.name.casefold(): row for row in rows}
        self.outcome.members = len(rows)
        self.outcome.made_rows("member", [row.pk for row in rows])

    def _bring_papers(self) -> None:
        drafts = self.document.drafts
        known = find_known(drafts, self.choices.values())
        new: list[Paper] = []
        for draft in drafts:
            match = known.find(draft, self.choices.get(draft.key))
            self._report(draft, match)
            paper = match.same
            if paper is None:
                paper = make_paper(draft, by=self.by, at=self.at)
                new.append(paper)
                paper.pk = -len(new)  # until it is written
                known.add(paper, draft)
            else:
                known.join(paper, draft)
                self.left[draft.key] = {}
            self.papers[draft.key] = paper
        self._write_papers(new)
        self.outcome.papers = len(new)
        self.outcome.known = len(drafts) - len(new)
        self.fresh = {paper.pk for paper in new}
        self._join([draft for draft in drafts if draft.key in self.left], known)
        self._bring_identifiers(known.by_name)

    def _join(self, drafts: Sequence[PaperDraft], known: Known) -> None:
        """Give known papers what they lack, and note what they say otherwise."""
        self._fill(drafts)
        for draft in drafts:
            self.left[draft.key] = left_of(draft, self.papers[draft.key], known.by_name)

    def _write_papers(self, papers: Sequence[Paper]) -> None:
        for key, paper in zip(reserve_keys(Paper, len(papers)), papers, strict=True):
            paper.pk = key
        copy_rows(Paper, PAPER, map(attrgetter(*PAPER), papers))
        assign_citation_keys([paper.pk for paper in papers])
        self.outcome.made_rows("paper", [paper.pk for paper in papers])

    def _write(self, model: type[Model], columns: Sequence[str], rows: Sequence[Any]) -> None:
        """Write new rows, and remember them for undoing."""
        keys = reserve_keys(model, len(rows))
        copy_rows(model, ("id", *columns), ((k, *row) for k, row in zip(keys, rows, strict=True)))
        self.outcome.made_rows(model.__name__.lower(), keys)

    def _older(self, papers: Iterable[int]) -> list[int]:
        """Those that were here before: only they can have what is brought already."""
        return [key for key in papers if key not in self.fresh]

    def _report(self, draft: PaperDraft, match: Match) -> None:
        if match.clash is not None and match.clash is not match.same:
            said = _say_clash(match) % {
                "title": draft.title,
                "line": draft.line,
                "other": match.clash.title,
            }
            self.outcome.problems.append(Problem(draft.line, said))

    def _fill(self, drafts: Sequence[PaperDraft]) -> None:
        """Give known papers the facts that they lack, and remember which."""
        changed: dict[int, Paper] = {}
        for draft in drafts:
            paper = self.papers[draft.key]
            if marks := fill(paper, draft):
                changed[paper.pk] = paper
                self.outcome.made.append(["filled", paper.pk, marks])
            if spelled := respell(paper, draft):
                changed[paper.pk] = paper
                self.outcome.made.append(["respelled", paper.pk, *spelled])
        write_facts(changed.values())

    def _bring_identifiers(self, owners: dict[tuple[str, str], Paper]) -> None:
        """Each name belongs to one paper: the first that carries it."""
        wanted = {
            name: self.papers[draft.key]
            for draft in reversed(self.document.drafts)
            for name in names_of(draft)
            if owners.get(name, self.papers[draft.key]).pk == self.papers[draft.key].pk
        }
        papers = self._older({paper.pk for paper in wanted.values()})
        here = set(Identifier.objects.filter(paper__in=papers).values_list("kind", "value"))
        rows = [(paper.pk, *name) for name, paper in wanted.items() if name not in here]
        self._write(Identifier, ("paper", "kind", "value"), rows)

    def _bring_links(self) -> None:
        wanted = {
            (self.papers[draft.key].pk, link.url): link
            for draft in self.document.drafts
            for link in draft.links
            if len(link.url) <= 2000
        }
        papers = self._older({pk for pk, _ in wanted})
        here = set(Link.objects.filter(paper__in=papers).values_list("paper", "url"))
        places = Counter(pk for pk, _ in here)
        kinds = frozenset(Link.Kind.values)
        rows = []
        for (pk, url), link in wanted.items():
            if (pk, url) not in here:
                kind = link.kind if link.kind in kinds else link_kind(url)
                rows.append((pk, url, kind, link.label[:200], places[pk]))
                places[pk] += 1
        self._write(Link, ("paper", "url", "kind", "label", "position"), rows)

    def _bring_listings(self) -> None:
        wanted: dict[tuple[int, int], tuple[int, str]] = {}
        for draft in self.document.drafts:
            for topic, (position, note) in _notes_by_topic(draft).items():
                place = (self.topics[topic].pk, self.papers[draft.key].pk)
                wanted.setdefault(place, (position, note))
        topics = {topic for topic, _ in wanted}
        rows = Listing.objects.filter(topic__in=topics)
        here = {(topic, paper): note for topic, paper, note in rows.values_list(*LISTED)}
        self._note_left_listings({place: note for place, (_, note) in wanted.items()} | here)
        last = _last(Listing.objects.filter(topic__in=topics), "topic")
        new = [
            (*place, last.get(place[0], 0) + at, self.by.pk, self.at, note, *render_text(note))
            for place, (at, note) in wanted.items()
            if place not in here
        ]
        columns = ("topic", "paper", "position", "added_by", "added_at", "note")
        self._write(Listing, (*columns, "note_html", "renderer"), new)
        self.outcome.listings = len(new)

    def _note_left_listings(self, notes: Mapping[tuple[int, int], str]) -> None:
        """What is said of a paper in its topic stays where something was said already."""
        for draft in self.document.drafts:
            if draft.key not in self.left:
                continue
            for topic, (__, note) in _notes_by_topic(draft).items():
                here = notes[self.topics[topic].pk, self.papers[draft.key].pk]
                if note and note != here:
                    self.left[draft.key]["listing"] = [show(note), show(here)]

    def _note_left_reviews(self, authored: Sequence[tuple[str, Written]]) -> None:
        """A member has one review of a paper: another text of theirs is not taken over."""
        joined = [(key, one) for key, one in authored if key in self.left]
        stand = read_texts(one.paper.pk for __, one in joined)
        for key, one in joined:
            said, here = one.texts(), stand.get((one.paper.pk, one.author.pk), {})
            if said != here:
                texts = [show("\n\n".join(filter(None, each.values()))) for each in (said, here)]
                self.left[key]["review"] = texts

    def _authored(self) -> list[tuple[str, Written]]:
        """Whose review each text is: the first member beside the paper, else who brings it."""
        return [
            (
                draft.key,
                Written(
                    self.papers[draft.key],
                    self._author(draft),
                    draft.review,
                    draft.line,
                    self._date(draft),
                ),
            )
            for draft in self.document.drafts
            if draft.review is not None and not draft.review.is_note
        ]

    def _bring_said(self) -> None:
        drafts = self.document.drafts
        comments = list_said(drafts, self.papers, "comment")
        rows = write_comments(comments, self.members, by=self.by, at=self.at)
        self.outcome.made_rows("comment", [row.pk for row in rows])
        notes = write_notes(list_said(drafts, self.papers, "note"), by=self.by, at=self.at)
        self.outcome.made_rows("reviewdraft", [row.pk for row in notes])

    def _date(self, draft: PaperDraft) -> datetime | None:
        credit = find_credit(draft)
        return read_time(credit.at, self.at) if credit and credit.at else None

    def _author(self, draft: PaperDraft) -> Member:
        if (credit := find_credit(draft)) and credit.member:
            return self.members[credit.member.casefold()]
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
        for place, claim in wanted.items():
            if place in here:
                continue
            under = self.topics.get(claim.topic)
            position = last.get(place[1], 0) + claim.position
            ended = (self.at, Claim.Ending.REVIEWED.value) if place in reviewed else (None, "")
            rows.append((*place, self.at, position, under.pk if under else None, *ended))
        columns = ("paper", "member", "claimed_at", "position", "topic", "ended_at", "ending")
        self._write(Claim, columns, rows)
        self.outcome.claims = len(rows)


def _notes_by_topic(draft: PaperDraft) -> dict[TopicPath, tuple[int, str]]:
    """The draft's place under each topic, and all that is said of it there."""
    found: dict[TopicPath, tuple[int, str]] = {}
    for one in draft.listings:
        if one.topic:
            position, note = found.get(one.topic, (one.position, ""))
            parts = [note, "" if one.note in note else one.note]
            found[one.topic] = (position, "\n\n".join(part for part in parts if part))
    return found


def _say_clash(match: Match) -> str:
    """What became of a draft one of whose identifiers another paper has."""
    if match.basis == "identifier":
        return _(
            "“%(title)s” (line %(line)s) has an ID of “%(other)s”, which is already in the "
            "library. You said they're different papers, so it was added without that ID."
        )
    if match.same is not None:
        return _(
            "“%(title)s” (line %(line)s) has the link of “%(other)s”, which is already in the "
            "library under a different title. That ID was left where it is. Fix the link on the "
            "paper's page."
        )
    return _(
        "“%(title)s” (line %(line)s) has the link of “%(other)s”, which is already in "
        "the library under a different title. It was added as a new paper without "
        "that ID. Fix the link on its page."
    )


def _last(rows: Any, by: str) -> dict[int, int]:
    """The last position in each group."""
    return dict(rows.order_by().values_list(by).annotate(last=Max("position")))
