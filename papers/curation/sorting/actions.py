"""Acts on many papers of the catalogue: which papers are meant, and doing it.

Papers are meant one by one, by their keys, or as the whole result of a search, by its text: then
the search is run again when the act is done, and a result that changed since is shown first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from papers import access
from papers.catalogue.actions.bulk_edits import (
    list_papers,
    set_slots,
    set_venue,
    undo_selection,
    unlist_papers,
)
from papers.catalogue.actions.topic_splits import split_topic, undo_split
from papers.catalogue.paper_list.queries.catalogue_page import USUAL_SIZE, CatalogueRequest
from papers.meetings.agenda.actions.bulk_nominations import nominate_papers, undo_nominations
from papers.models import Event, Lab, Listing, Member, Paper, Topic
from papers.search.language.remarks import Remark
from papers.search.queries import list_matches
from papers.topics.queries.tree import list_topic_choices

MOST = 10_000
SHOWN = 10
"""Titles on the page; the number of the others stands below."""

MOST_VENUES = 20

MOST_LISTED = 1_000
"""Papers of a topic on the page that splits it."""

ACTS = {
    "list": gettext_lazy("Add to topic"),
    "unlist": gettext_lazy("Remove from topic"),
    "split": gettext_lazy("Move to a new topic"),
    "slots": gettext_lazy("Set reviewer slots"),
    "venue": gettext_lazy("Set venue"),
    "nominate": gettext_lazy("Nominate"),
}

type Choices = list[tuple[int, str]]


class NothingSelected(Exception):
    """Neither papers nor a search."""

    def __init__(self) -> None:
        super().__init__(_("No papers selected. Select some, or all results."))


class TooManyPapers(Exception):
    """More than one act should touch."""

    def __init__(self) -> None:
        super().__init__(
            _("Select at most %(n)s papers at once. Try a filter.") % {"n": f"{MOST:,}"}
        )


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
    if act == "list":
        return choices
    rows = Listing.objects.filter(paper__in=selection.papers).order_by().values_list("topic")
    numbers = dict(rows.annotate(Count("pk")))
    return [(pk, f"{name.strip()} ({numbers[pk]:,})") for pk, name in choices if pk in numbers]


def list_listed(topic: Topic) -> list[Paper]:
    """The papers of a topic in their order, those below it left out; one more than are shown."""
    papers = Paper.objects.filter(listings__topic=topic).only(
        "pk", "title", "venue", "year", "slug"
    )
    return list(papers.order_by("listings__position", "listings__pk")[: MOST_LISTED + 1])


def list_venues(selection: Selection) -> list[str]:
    """The venues of the selection as they are spelled, the most frequent first."""
    rows = Paper.objects.filter(pk__in=selection.papers).exclude(venue="").order_by()
    counted = rows.values_list("venue").annotate(number=Count("pk"))
    return [venue for venue, _number in counted.order_by("-number", "venue")[:MOST_VENUES]]


def sort_papers(
    *,
    act: str,
    papers: Collection[int],
    by: Member,
    at: datetime,
    topic: Topic | None = None,
    slots: int | None = None,
    venue: str = "",
    name: str = "",
    parent: Topic | None = None,
) -> Event | None:
    """Do one of ACTS. None when nothing was to be done. Raises what the act raises."""
    if act == "nominate":
        return nominate_papers(papers=papers, by=by, at=at)
    if act == "slots":
        return set_slots(papers=papers, slots=slots, by=by, at=at)
    if act == "venue":
        return set_venue(papers=papers, venue=venue, by=by, at=at)
    assert topic is not None  # noqa: S101 (the form asks for it)
    if act == "split":
        return split_topic(topic=topic, papers=papers, name=name, parent=parent, by=by, at=at)
    change = list_papers if act == "list" else unlist_papers
    return change(papers=papers, topic=topic, by=by, at=at)


def undo_sorting(*, event: Event, by: Member, at: datetime) -> Event:
    """Take such an act back. Raises AlreadyUndone, TopicIsGone."""
    if event.data["act"] == "nominated":
        return undo_nominations(event=event, by=by, at=at)
    if event.data["act"] == "split":
        return undo_split(event=event, by=by, at=at)
    return undo_selection(event=event, by=by, at=at)


def say_done(event: Event) -> str:
    """What the act did, as a sentence."""
    n, slots = event.data["number"], event.data.get("slots")
    match event.data["act"]:
        case "listed":
            said = ngettext(
                "Added %(n)s paper to %(topic)s.", "Added %(n)s papers to %(topic)s.", n
            )
        case "unlisted":
            said = ngettext(
                "Removed %(n)s paper from %(topic)s.", "Removed %(n)s papers from %(topic)s.", n
            )
        case "split":
            said = ngettext(
                "Moved %(n)s paper to %(topic)s.", "Moved %(n)s papers to %(topic)s.", n
            )
        case "slots" if slots is None:
            said = ngettext(
                "Reviewer slots of %(n)s paper set to the lab's default.",
                "Reviewer slots of %(n)s papers set to the lab's default.",
                n,
            )
        case "slots":
            said = ngettext(
                "Reviewer slots of %(n)s paper set to %(slots)s.",
                "Reviewer slots of %(n)s papers set to %(slots)s.",
                n,
            )
        case "venue":
            said = ngettext(
                "Venue of %(n)s paper set to %(venue)s.",
                "Venue of %(n)s papers set to %(venue)s.",
                n,
            )
        case "nominated":
            said = ngettext("Nominated %(n)s paper.", "Nominated %(n)s papers.", n)
        case _other:
            said = ngettext("Undone for %(n)s paper.", "Undone for %(n)s papers.", n)
    values = {
        "n": f"{n:,}",
        "topic": event.data.get("name") or event.topic,
        "slots": slots,
        "venue": event.data.get("venue"),
    }
    return said % values


def say_left(act: str, selection: Selection, event: Event | None) -> str:
    """Why fewer papers were changed than were meant; empty when all were."""
    left = selection.number - (event.data["number"] if event else 0)
    why = {
        "list": _("%(n)s unchanged: already there."),
        "unlist": _("%(n)s unchanged: not there, or with a curator's note."),
        "split": _("%(n)s unchanged: not in this topic."),
        "slots": _("%(n)s unchanged: already set."),
        "venue": _("%(n)s unchanged: already set."),
        "nominate": _("%(n)s unchanged: already nominated by you."),
    }
    said = [why[act] % {"n": f"{left:,}"}] if left else []
    if selection.gone:
        gone = ngettext("%(n)s no longer exists.", "%(n)s no longer exist.", selection.gone)
        said.append(gone % {"n": f"{selection.gone:,}"})
    return " ".join(said)
