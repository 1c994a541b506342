"""Drafts as JSON for the tables of imports, and back."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from papers.importing.reading.drafts.correcting import AS_READ
from papers.importing.reading.drafts.review_text import ReviewDraft, Section, Unit
from papers.importing.reading.drafts.understood import (
    ClaimDraft,
    LinkDraft,
    ListingDraft,
    MeetingDraft,
    MemberDraft,
    PaperDraft,
    PlaceDraft,
    SaidDraft,
    TopicDraft,
    Understood,
)

_USUAL = {
    kind: [(one.name, one.default) for one in fields(kind)]
    for kind in (PaperDraft, LinkDraft, ListingDraft, ClaimDraft, Unit, PlaceDraft, SaidDraft)
}
"""The fields of each draft, and what stands there when nothing is said."""

_TUPLES = ("urls", "authors", "venue_tags", "tags", "meetings", "cited")


def pack_paper(draft: PaperDraft) -> dict[str, Any]:
    """A paper's draft as JSON; what says nothing is left out."""
    packed = _pack(draft)
    if draft.published_on:
        packed["published_on"] = draft.published_on.isoformat()
    for name in ("links", "listings", "claims", "places", "said"):
        if name in packed:
            packed[name] = [_pack(one) for one in packed[name]]
    if draft.review:
        units = [_pack(unit) for unit in draft.review.units]
        packed["review"] = {"units": units, "is_note": draft.review.is_note}
    return packed


def _pack(draft: Any) -> dict[str, Any]:
    usual = _USUAL[type(draft)]
    return {name: value for name, other in usual if (value := getattr(draft, name)) != other}


def unpack_paper(data: dict[str, Any]) -> PaperDraft:
    """The draft that `pack_paper` packed."""
    given = {name: value for name, value in data.items() if name != AS_READ}
    for name in _TUPLES:
        if name in data:
            given[name] = tuple(data[name])
    if on := data.get("published_on"):
        given["published_on"] = date.fromisoformat(on)
    given["links"] = tuple(LinkDraft(**one) for one in data.get("links", ()))
    given["listings"] = tuple(_unpack_place(ListingDraft, one) for one in data.get("listings", ()))
    given["claims"] = tuple(_unpack_place(ClaimDraft, one) for one in data.get("claims", ()))
    given["places"] = tuple(_unpack_record(one) for one in data.get("places", ()))
    given["said"] = tuple(SaidDraft(**one) for one in data.get("said", ()))
    review = data.get("review")
    given["review"] = _unpack_review(review) if review else None
    return PaperDraft(**given)


def _unpack_place[T](kind: Callable[..., T], data: dict[str, Any]) -> T:
    return kind(**{**data, "topic": tuple(data.get("topic", ()))})


def _unpack_record(data: dict[str, Any]) -> PlaceDraft:
    tuples = ("authors", "venues", "urls", "members")
    return PlaceDraft(**{**data, **{name: tuple(data[name]) for name in tuples if name in data}})


def _unpack_review(data: dict[str, Any]) -> ReviewDraft:
    return ReviewDraft(tuple(Unit(**one) for one in data["units"]), data["is_note"])


def move_unit(draft: PaperDraft, number: int, section: Section) -> PaperDraft:
    """The draft with one bullet in another section. Raises IndexError for a bullet that is not."""
    if draft.review is None or not 0 <= number < len(draft.review.units):
        raise IndexError(number)
    units = list(draft.review.units)
    units[number] = replace(units[number], section=section)
    return replace(draft, review=replace(draft.review, units=tuple(units)))


def pack_plan(found: Understood) -> dict[str, Any]:
    """What a document says beyond its papers."""
    return {
        "title": found.title,
        "description": found.description,
        "repairs": list(found.repairs),
        "topics": [[list(one.path), one.line, one.description] for one in found.topics],
        "members": [[one.name, one.line, one.evidence] for one in found.members],
        "meetings": [_pack_meeting(one) for one in found.meetings],
    }


def _pack_meeting(one: MeetingDraft) -> list[Any]:
    on = one.on.isoformat() if one.on else None
    return [one.said, on, one.line, list(one.papers), list(one.members), one.topic]


def unpack_meetings(plan: Mapping[str, Any]) -> list[MeetingDraft]:
    """The days of a plan on which papers are discussed."""
    return [
        MeetingDraft(
            said,
            date.fromisoformat(on) if on else None,
            line,
            tuple(papers),
            tuple(members),
            *topic,
        )
        for said, on, line, papers, members, *topic in plan.get("meetings", [])
    ]


def pack_account(found: Understood) -> dict[str, Any]:
    """The patterns of a document, and what became of its lines.

    `fates` and `left_out` are lists, not objects: a long document has ten thousand of each.
    """
    return {
        "patterns": [
            {
                "id": one.id,
                "kind": one.kind,
                "example": one.example,
                "count": one.count,
                "role": one.role,
                "roles": list(one.roles),
                "score": one.scores.get("paper"),
                "is_chosen": one.is_chosen,
                "lines": list(one.lines),
            }
            for one in found.patterns
        ],
        "fates": [[o.line, o.last_line, o.role, o.paper, o.ref] for o in found.fates],
        "left_out": [[o.line, o.column, o.end_column, o.reason] for o in found.left_out],
        "starts": [paper.line for paper in found.papers],
        "joined": list_joined(found),
    }


def list_joined(found: Understood) -> list[int]:
    """The lines of entries that only their title puts to another."""
    places = (place for paper in found.papers for place in paper.places)
    return [place.line for place in places if place.basis == "title"]


def unit_key(unit: Unit) -> str:
    """What a bullet is known by when its document is read again."""
    return f"{unit.line} {unit.text[:60]}"


def move_units(draft: PaperDraft, moved: Mapping[str, Section]) -> PaperDraft:
    """The draft with the bullets in the sections that a member put them into before."""
    if not moved or draft.review is None:
        return draft
    units = tuple(
        replace(unit, section=moved.get(unit_key(unit), unit.section))
        for unit in draft.review.units
    )
    return replace(draft, review=replace(draft.review, units=units))


def unpack_topics(plan: dict[str, Any]) -> list[TopicDraft]:
    """The topics of a plan, outermost first."""
    return [TopicDraft(tuple(path), line, text) for path, line, text in plan.get("topics", [])]


def unpack_members(plan: dict[str, Any]) -> list[MemberDraft]:
    """The members of a plan."""
    return [MemberDraft(*one) for one in plan.get("members", [])]
