"""Drafts as JSON for the tables of imports, and back."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from papers.importers.drafts import (
    ClaimDraft,
    LinkDraft,
    ListingDraft,
    MemberDraft,
    PaperDraft,
    ReviewDraft,
    Section,
    TopicDraft,
    Understood,
    Unit,
)


def pack_paper(draft: PaperDraft) -> dict[str, Any]:
    """A paper's draft as JSON."""
    packed = asdict(draft)
    packed["published_on"] = draft.published_on.isoformat() if draft.published_on else None
    return packed


def unpack_paper(data: dict[str, Any]) -> PaperDraft:
    """The draft that `pack_paper` packed."""
    review = data["review"]
    fields: dict[str, Any] = {
        **data,
        "published_on": date.fromisoformat(data["published_on"]) if data["published_on"] else None,
        "links": tuple(LinkDraft(**one) for one in data["links"]),
        "listings": tuple(ListingDraft(**_with_path(one)) for one in data["listings"]),
        "claims": tuple(ClaimDraft(**_with_path(one)) for one in data["claims"]),
        "review": _unpack_review(review) if review else None,
    }
    for name in ("urls", "authors", "venue_tags", "tags"):
        fields[name] = tuple(data[name])
    return PaperDraft(**fields)


def _with_path(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "topic": tuple(data["topic"])}


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
    }


def unpack_topics(plan: dict[str, Any]) -> list[TopicDraft]:
    """The topics of a plan, outermost first."""
    return [TopicDraft(tuple(path), line, text) for path, line, text in plan.get("topics", [])]


def unpack_members(plan: dict[str, Any]) -> list[MemberDraft]:
    """The members of a plan."""
    return [MemberDraft(*one) for one in plan.get("members", [])]
