"""Which papers may be one work: by identifiers and links, by title, authors and year, or because
a member says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext

from papers import access
from papers.importing.reading.collecting.identity import Side, are_alike, oppose, words_of_names
from papers.models import Identifier, Paper, PaperPair
from papers.people import Person, join_names, make_person

MOST = 200
"""Pairs on the curators' page; more come up when these are settled."""

SAME_START = 20
"""Letters of the title key with which nearly equal titles begin alike."""

_SAME_TITLE = """
    SELECT a.id, b.id FROM papers_paper a JOIN papers_paper b
      ON b.title_key = a.title_key AND a.id < b.id AND a.title_key <> ''
    ORDER BY 2 DESC LIMIT %(most)s
"""
_NEAR_TITLE = """
    SELECT a.id, b.id FROM papers_paper a JOIN papers_paper b
      ON left(b.title_key, %(start)s) = left(a.title_key, %(start)s) AND a.id < b.id
     AND a.title_key <> b.title_key AND length(a.title_key) > %(start)s
     AND abs(length(a.title_key) - length(b.title_key)) <= 40
    ORDER BY 2 DESC LIMIT %(most)s
"""
_LINKED = """
    SELECT least(l.paper_id, i.paper_id), greatest(l.paper_id, i.paper_id)
    FROM papers_link l JOIN papers_identifier i ON i.paper_id <> l.paper_id
     AND l.url = CASE i.kind WHEN 'arxiv' THEN 'https://arxiv.org/abs/'
                             WHEN 'doi' THEN 'https://doi.org/'
                             WHEN 'openreview' THEN 'https://openreview.net/forum?id='
                             ELSE '' END || i.value
    WHERE l.kind IN ('paper', 'pdf') LIMIT %(most)s
"""

type Keys = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Likely:
    """Two papers that may be one: why, who says so, and what speaks against it."""

    one: Paper
    other: Paper
    ground: str
    against: str = ""
    by: Person | None = None
    reason: str = ""

    @property
    def sides(self) -> list[Paper]:
        """Both, the older record first."""
        return [self.one, self.other]


def list_likely(viewer: access.Viewer) -> list[Likely]:
    """Pairs for curators: what members suggest first, then what the rules find. At most MOST."""
    rows = access.pairs_visible_to(viewer).select_related("suggested_by")
    said = {(row.one_id, row.other_id): row for row in rows}
    found: dict[Keys, str] = {}
    for ground, statement in (
        ("link", _LINKED), ("title", _SAME_TITLE), ("near", _NEAR_TITLE)
    ):  # fmt: skip
        for pair in _run(statement):
            found.setdefault(pair, ground)
    open_ones = [keys for keys, row in said.items() if not row.answer]
    pairs = [*open_ones, *(keys for keys in found if keys not in said)][: 3 * MOST]
    papers = Paper.objects.in_bulk({key for pair in pairs for key in pair})
    sides = _read_sides(papers.values())
    likely = (_judge(papers, sides, keys, said.get(keys), found.get(keys, "")) for keys in pairs)
    return [one for one in likely if one is not None][:MOST]


def list_likely_of(paper: Paper, viewer: access.Viewer, alike: Iterable[Paper]) -> list[Likely]:
    """What may be the same work as this paper, among those of like titles; less settled pairs."""
    others = {one.pk: one for one in alike if one.pk != paper.pk}
    settled = PaperPair.objects.exclude(answer="").filter(
        Q(one=paper, other__in=others) | Q(other=paper, one__in=others)
    )
    apart = {key for row in settled for key in (row.one_id, row.other_id)}
    papers = {paper.pk: paper} | {key: one for key, one in others.items() if key not in apart}
    sides = _read_sides(papers.values())
    pairs = [(min(paper.pk, key), max(paper.pk, key)) for key in papers if key != paper.pk]
    likely = (_judge(papers, sides, keys, None, "near") for keys in pairs)
    return [one for one in likely if one is not None]


def weigh(one: Paper, other: Paper) -> str:
    """What speaks against two papers being one, in words; empty if nothing does."""
    sides = _read_sides([one, other])
    return _say_against(oppose(sides[one.pk], sides[other.pk]))


def _run(statement: str) -> list[Keys]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"most": 2 * MOST, "start": SAME_START})
        return [(one, other) for one, other in cursor.fetchall()]


def _judge(
    papers: dict[int, Paper],
    sides: dict[int, Side],
    keys: Keys,
    said: PaperPair | None,
    ground: str,
) -> Likely | None:
    """The pair with its ground; None where the rules alone propose it and something opposes."""
    one, other = papers[keys[0]], papers[keys[1]]
    why = oppose(sides[one.pk], sides[other.pk])
    if said is None and (why or not are_alike(one.title, other.title)):
        return None
    by = make_person(said.suggested_by) if said and said.suggested_by else None
    return Likely(
        one,
        other,
        _say_ground(ground, one, other, bool(sides[one.pk].people & sides[other.pk].people)),
        _say_against(why),
        by,
        said.reason if said else "",
    )


def _say_ground(ground: str, one: Paper, other: Paper, share_people: bool) -> str:
    if ground == "link":
        return gettext("A link of one is the identifier of the other")
    if one.title_key == other.title_key:
        return gettext("Same title and authors") if share_people else gettext("Same title")
    if ground == "near":
        return (
            gettext("Similar title and same authors") if share_people else gettext("Similar title")
        )
    return gettext("Suggested by a member")


def _say_against(why: str) -> str:
    return {
        "identifiers": gettext("They have different identifiers."),
        "authors": gettext("They have different authors."),
        "years": gettext("Their years are far apart."),
    }.get(why, "")


def _read_sides(papers: Collection[Paper]) -> dict[int, Side]:
    names: dict[int, dict[str, frozenset[str]]] = {}
    rows = Identifier.objects.filter(paper__in=[paper.pk for paper in papers])
    for key, kind, value in rows.values_list("paper", "kind", "value"):
        mine = names.setdefault(key, {})
        mine[kind] = mine.get(kind, frozenset()) | {value}
    return {
        paper.pk: Side(names.get(paper.pk, {}), words_of_names(paper.authors), _year(paper))
        for paper in papers
    }


def _year(paper: Paper) -> int | None:
    return paper.year or (paper.published_on.year if paper.published_on else None)


def line_of(paper: Paper) -> str:
    """Authors, venue and year of a paper on one line."""
    parts: Sequence[str] = [join_names(paper.authors), paper.venue, str(paper.year or "")]
    return " · ".join(part for part in parts if part)
