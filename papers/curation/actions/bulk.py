"""Acts on many papers of the catalogue: which papers are meant, and doing it.

Papers are meant one by one, by their keys, or as the whole result of a search, by its text: then
the search is run again when the act is done, and a result that changed since is shown first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from papers import access
from papers.catalogue.actions.bulk_edits import (
    list_papers,
    set_slots,
    undo_selection,
    unlist_papers,
)
from papers.catalogue.queries.catalogue_page import USUAL_SIZE, CatalogueRequest
from papers.meetings.agenda.actions.bulk_nominations import nominate_papers, undo_nominations
from papers.models import Event, Lab, Listing, Member, Paper, Topic
from papers.search.language.remarks import Remark
from papers.search.queries import list_matches
from papers.topics.queries import list_topic_choices

MOST = 10_000
SHOWN = 10
"""Titles on the page; the number of the others stands below."""

ACTS = {
    "list": "Put under a topic",
    "unlist": "Take out of a topic",
    "slots": "Set the places for reviewers",
    "nominate": "Nominate for a meeting",
}

type Choices = list[tuple[int, str]]


class NothingSelected(Exception):
    """Neither papers nor a search."""

    def __init__(self) -> None:
        super().__init__("No paper is ticked. Tick some, or take the whole result.")


class TooManyPapers(Exception):
    """More than one act should touch."""

    def __init__(self) -> None:
        super().__init__(f"At most {MOST:,} papers at once, and these are more. Narrow them down.")


@dataclass(frozen=True, slots=True)
class Meant:
    """What a form says: these papers, or all that answers to the search; `asked` is the page of
    the catalogue on which they were chosen."""

    papers: Sequence[int]
    is_whole: bool
    typing: bool
    asked: CatalogueRequest

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What a form sends to mean the same again."""
        keys = "" if self.is_whole else ",".join(map(str, self.papers))
        flags = [("whole", self.is_whole), ("typing", self.typing)]
        size = "" if self.asked.size == USUAL_SIZE else str(self.asked.size)
        place = [("q", self.asked.text), ("after", self.asked.after), ("size", size)]
        fields = [("paper", keys), *((name, "1") for name, is_on in flags if is_on), *place]
        return [(name, value) for name, value in fields if value]

    @property
    def back(self) -> str:
        """The page on which they were chosen."""
        return self.asked.make_url(self.asked.text, after=self.asked.after)


@dataclass(frozen=True, slots=True)
class Selection:
    """The papers that are meant and may be sorted; `gone` says how many more were meant."""

    meant: Meant
    papers: list[int]
    gone: int
    remarks: tuple[Remark, ...]

    @property
    def number(self) -> int:
        """How many papers."""
        return len(self.papers)

    @property
    def more(self) -> int:
        """How many are not shown by their titles."""
        return max(self.number - SHOWN, 0)


def find_selection(meant: Meant, viewer: access.Viewer, lab: Lab, today: date) -> Selection:
    """The papers that a form means. Raises NothingSelected, TooManyPapers, SearchTooLong."""
    papers = list(meant.papers)
    remarks: tuple[Remark, ...] = ()
    if meant.is_whole:
        papers, remarks = list_matches(
            meant.asked.text, by=viewer, lab=lab, today=today, most=MOST + 1, typing=meant.typing
        )
    elif not papers:
        raise NothingSelected
    if len(papers) > MOST:
        raise TooManyPapers
    sortable = access.papers_sortable_by(viewer).filter(pk__in=papers)
    there = set(sortable.values_list("pk", flat=True))
    left = [pk for pk in papers if pk in there]
    return Selection(meant, left, len(papers) - len(left), remarks)


def list_shown(selection: Selection) -> list[Paper]:
    """The first papers of the selection, to look at before it is done."""
    shown = selection.papers[:SHOWN]
    by_key = Paper.objects.only("pk", "title", "slug").in_bulk(shown)
    return [by_key[pk] for pk in shown if pk in by_key]


def list_topics(act: str, selection: Selection, viewer: access.Viewer, lab: Lab) -> Choices:
    """The topics among which this act chooses: all, or those under which the papers stand."""
    choices = list_topic_choices(viewer, lab)
    if act != "unlist":
        return choices
    rows = Listing.objects.filter(paper__in=selection.papers).order_by().values_list("topic")
    numbers = dict(rows.annotate(Count("pk")))
    return [(pk, f"{name.strip()} ({numbers[pk]:,})") for pk, name in choices if pk in numbers]


def sort_papers(
    *,
    act: str,
    papers: Collection[int],
    by: Member,
    at: datetime,
    topic: Topic | None = None,
    slots: int | None = None,
) -> Event | None:
    """Do one of ACTS. None when nothing was to be done. Raises what the act raises."""
    if act == "nominate":
        return nominate_papers(papers=papers, by=by, at=at)
    if act == "slots":
        return set_slots(papers=papers, slots=slots, by=by, at=at)
    assert topic is not None  # noqa: S101 (the form asks for it)
    change = list_papers if act == "list" else unlist_papers
    return change(papers=papers, topic=topic, by=by, at=at)


def undo_sorting(*, event: Event, by: Member, at: datetime) -> Event:
    """Take such an act back. Raises AlreadyUndone."""
    if event.data["act"] == "nominated":
        return undo_nominations(event=event, by=by, at=at)
    return undo_selection(event=event, by=by, at=at)


def say_done(event: Event) -> str:
    """What the act did, as a sentence."""
    number, topic = event.data["number"], event.topic
    papers = f"{number:,} paper" if number == 1 else f"{number:,} papers"
    match event.data["act"]:
        case "listed":
            return f"{papers} put under {topic}."
        case "unlisted":
            return f"{papers} taken out of {topic}."
        case "slots":
            slots = event.data["slots"]
            return f"{papers} given {_say_slots(slots)}."
        case "nominated":
            return f"{papers} nominated for a meeting."
    return f"Taken back for {papers}."


def say_left(act: str, selection: Selection, event: Event | None) -> str:
    """Why fewer papers were changed than were meant; empty when all were."""
    left = selection.number - (event.data["number"] if event else 0)
    why = {
        "list": "there already",
        "unlist": "not there, or with a curator's note that would be lost",
        "slots": "so already",
        "nominate": "nominated by you already",
    }
    said = [f"{left:,} left as they were: {why[act]}."] if left else []
    said += [f"{selection.gone:,} gone meanwhile."] if selection.gone else []
    return " ".join(said)


def _say_slots(slots: int | None) -> str:
    if slots is None:
        return "as many places as the lab gives"
    return "1 place" if slots == 1 else f"{slots} places"
