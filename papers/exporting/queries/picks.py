"""Papers that somebody names line by line: by title, identifier, citation key or address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from papers import access
from papers.catalogue.recognition import recognise
from papers.exporting.queries.scopes import MOST_PICKED, Scope
from papers.models import CitationKey, Identifier, Lab, Paper
from papers.text.numbers import read_number
from papers.text.titles import title_key

_OWN = re.compile(r"^(?:(?:https?://[^/\s]+)?/papers/|#)(\d{1,18})(?:[/?#]|$)")
_CITED = re.compile(r"^@?([\w-]+?)(?:-(\d{1,9}))?$")
_MARKS = re.compile(r"^(?:[-*+\u2022]|\d{1,4}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Picks:
    """Papers in the order in which they were named, and the lines that name none."""

    papers: tuple[int, ...]
    unknown: tuple[str, ...]


def find_picks(text: str, viewer: access.Viewer, lab: Lab) -> Picks:
    """Read one paper a line, of at most 300 lines; four queries."""
    lines = [_MARKS.sub("", line.strip()) for line in text.splitlines() if line.strip()]
    finders = (_by_number, _by_name, _by_key, _by_title)
    found: dict[str, int] = {}
    for find in finders:
        left = [line for line in lines[:MOST_PICKED] if line not in found]
        found |= find(left, viewer, lab) if left else {}
    named = dict.fromkeys(found[line] for line in lines if line in found)
    return Picks(tuple(named), tuple(dict.fromkeys(line for line in lines if line not in found)))


def list_choices(scope: Scope, keys: Sequence[int]) -> list[Paper]:
    """The first 300 of a part of the lab, to choose from; all of one that is picked already."""
    rows = Paper.objects.filter(pk__in=keys[:MOST_PICKED]).only("title", "authors", "year")
    by_key = {paper.pk: paper for paper in rows}
    return [by_key[key] for key in keys[:MOST_PICKED] if key in by_key]


def _by_number(lines: Sequence[str], viewer: access.Viewer, lab: Lab) -> dict[str, int]:
    numbers = {line: int(said[1]) for line in lines if (said := _OWN.match(line))}
    rows = access.papers_visible_to(viewer, lab).filter(pk__in=set(numbers.values()))
    there = set(rows.values_list("pk", flat=True))
    return {line: number for line, number in numbers.items() if number in there}


def _by_name(lines: Sequence[str], viewer: access.Viewer, lab: Lab) -> dict[str, int]:
    named = {line: recognise(line).identifiers for line in lines if " " not in line}
    every = {pair for pairs in named.values() for pair in pairs}
    if not every:
        return {}
    rows = Identifier.objects.filter(
        kind__in={kind for kind, _ in every}, value__in={value for _, value in every},
        paper__in=access.papers_visible_to(viewer, lab),
    )  # fmt: skip
    papers = {(kind, value): pk for kind, value, pk in rows.values_list("kind", "value", "paper")}
    return {line: papers[pair] for line, pairs in named.items() for pair in pairs if pair in papers}


def _by_key(lines: Sequence[str], viewer: access.Viewer, lab: Lab) -> dict[str, int]:
    said = {line: found for line in lines if (found := _CITED.match(line))}
    wanted = Q()
    for found in said.values():
        wanted |= Q(stem=found[0].lstrip("@"), number=1)
        if number := read_number(found[2] or "", 999_999_999):
            wanted |= Q(stem=found[1], number=number)
    if not said:
        return {}
    rows = CitationKey.objects.filter(wanted, paper__in=access.papers_visible_to(viewer, lab))
    keys = {str(one): one.paper_id for one in rows}
    return {line: keys[line.lstrip("@")] for line in said if line.lstrip("@") in keys}


def _by_title(lines: Sequence[str], viewer: access.Viewer, lab: Lab) -> dict[str, int]:
    keys = {line: title_key(line)[:500] for line in lines}
    rows = access.papers_visible_to(viewer, lab).filter(title_key__in=set(keys.values()))
    papers = dict(rows.order_by("-pk").values_list("title_key", "pk"))
    return {line: papers[key] for line, key in keys.items() if key in papers}
