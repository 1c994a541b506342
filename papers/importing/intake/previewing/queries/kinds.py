"""The patterns of a document in words, with the roles that each can have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from papers.models import ImportJob

MOST_SHOWN = 6
"""Patterns that are shown at once; the others are folded away."""

_ROLES: dict[str, Promise] = {
    "topic": gettext_lazy("Topic"), "paper": gettext_lazy("Paper"),
    "member": gettext_lazy("Member"), "meeting": gettext_lazy("Meeting date"),
    "label": gettext_lazy("General heading"), "title": gettext_lazy("Title"),
    "part": gettext_lazy("Part of a paper"), "text": gettext_lazy("Text or note"),
    "aside": gettext_lazy("Leave out"), "link": gettext_lazy("Link"),
    "authors": gettext_lazy("Authors"), "venue": gettext_lazy("Venue"),
    "date": gettext_lazy("Year or date"), "tags": gettext_lazy("Tags"),
    "subtopic": gettext_lazy("Subtopic"),
    "code": gettext_lazy("Code or notes"), "group": gettext_lazy("Research group"),
    "takeaway": gettext_lazy("Takeaway"), "summary": gettext_lazy("Summary"),
    "critique": gettext_lazy("Critique"), "follow_up": gettext_lazy("Follow-up"),
    "questions": gettext_lazy("Questions"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoleOption:
    """One role in a select; an empty value takes a choice back."""

    value: str
    name: str
    is_selected: bool


@dataclass(frozen=True, slots=True)
class PatternRow:
    """A kind of line as the page shows it."""

    id: str
    name: str
    example: str
    count: int
    options: tuple[RoleOption, ...]
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PatternRows:
    """All of them: those that matter, and the others."""

    first: tuple[PatternRow, ...]
    others: tuple[PatternRow, ...]


def describe_patterns(job: ImportJob) -> PatternRows:
    """What kinds of lines the document has; those that make papers, topics, members come first."""
    found = job.account.get("patterns", [])
    ranked = sorted(found, key=lambda one: (not one["is_chosen"], not _matters(one), -one["count"]))
    first = [one for one in ranked if _matters(one) or one["is_chosen"]][:MOST_SHOWN]
    others = [one for one in found if one not in first]
    return PatternRows(tuple(map(_describe, first)), tuple(map(_describe, others)))


def _matters(pattern: dict[str, Any]) -> bool:
    return pattern["role"] in ("paper", "topic", "member", "meeting", "link") or (
        pattern["kind"] in ("column", "key") and pattern["role"] == "title"
    )


def _describe(pattern: dict[str, Any]) -> PatternRow:
    example = pattern["example"]
    if pattern["kind"] in ("column", "key"):
        example = example.partition(": ")[2]
    role, roles = pattern["role"], pattern["roles"]
    options = make_options(roles, role, is_chosen=pattern["is_chosen"])
    return PatternRow(
        pattern["id"], _name(pattern), example, pattern["count"], options, pattern["is_chosen"]
    )


def make_options(roles: list[str], role: str, *, is_chosen: bool) -> tuple[RoleOption, ...]:
    """The roles of a select, and the way back to what the reader makes of it by itself."""
    options = [RoleOption(one, name_role(one), one == role) for one in roles]
    if is_chosen:
        options.append(RoleOption("", _("Back to automatic"), is_selected=False))
    elif role not in roles:
        options.insert(0, RoleOption("", name_role(role or "text"), is_selected=True))
    return tuple(options)


def name_role(role: str) -> str:
    """A role in words."""
    return str(_ROLES.get(role, role))


def _name(pattern: dict[str, Any]) -> str:
    kind, shape = pattern["kind"], pattern["id"]
    if kind in ("column", "key"):
        name = pattern["example"].partition(": ")[0]
        return (_("Column “%(name)s”") if kind == "column" else _("Field “%(name)s”")) % {
            "name": name
        }
    if kind == "heading":
        return _name_heading(shape)
    if kind == "item":
        return _name_item(shape)
    return _("Lines that begin with a link") if shape == "line-linked" else _("Lines like")


def _name_heading(shape: str) -> str:
    if "-date-" in shape:
        return _("Headings with a date")
    if "-person-" in shape:
        return _("Headings with a name")
    if shape.endswith("-papers"):
        return _("Headings with papers below")
    if shape.endswith("-link"):
        return _("Headings with a link below")
    if shape.endswith("-headings"):
        return _("Headings with more headings below")
    return _("Headings like")


def _name_item(shape: str) -> str:
    wording = shape.split("-", 2)[2]
    if wording == "linked":
        return _("List items that begin with a link")
    if wording in ("text-linked", "text-address"):
        return _("List items with a link in them")
    return _("List items with a quoted title") if wording == "quoted" else _("List items like")
