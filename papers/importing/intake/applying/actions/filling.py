"""The facts of papers that entries of documents fill, and how they are emptied again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from operator import attrgetter
from typing import Any

from papers.bulk_copy import update_rows
from papers.catalogue.actions.papers import make_slug
from papers.importing.intake.matching.queries.comparing import FILLED, facts_of
from papers.importing.intake.matching.queries.matching import key_of
from papers.importing.reading.drafts.understood import PaperDraft
from papers.models import Member, Paper
from papers.text.markdown import RENDERER_VERSION, render_once

LONGEST_MARK = 1_000
"""Characters of a fact that is kept as it is for undoing."""

EMPTY: dict[str, Any] = {"year": None, "published_on": None, "authors": []}
"""Facts of a paper that are not text when nothing is known."""

COLUMNS = ("id", "title", "title_key", "slug", *FILLED, "abstract_html", "renderer")

Marks = dict[str, Any]
"""What was filled into a paper, by field, as far as it takes to know it again."""


def make_paper(draft: PaperDraft, *, by: Member | None, at: datetime) -> Paper:
    """The paper that a draft describes, not written yet."""
    paper = Paper(
        title=draft.title,
        title_key=key_of(draft),
        slug=make_slug(draft.title),
        added_by=by,
        added_at=at,
        **facts_of(draft),
    )
    paper.abstract_html, paper.renderer = render_text(draft.abstract)
    return paper


def fill(paper: Paper, draft: PaperDraft, fields: Collection[str] = FILLED) -> Marks:
    """Give a paper those of these facts that it lacks; the caller writes it. What was filled."""
    facts = facts_of(draft)
    lacking = {n: facts[n] for n in FILLED if n in fields and facts[n] and not getattr(paper, n)}
    for name, value in lacking.items():
        setattr(paper, name, value)
    if "abstract" in lacking:
        paper.abstract_html, paper.renderer = render_text(draft.abstract)
    return {name: mark_of(value) for name, value in lacking.items()}


def empty(paper: Paper, marks: Mapping[str, Any]) -> set[str]:
    """Take back what was filled where it is still the same; the caller writes it. Which fields."""
    gone = {name for name, mark in marks.items() if mark_of(getattr(paper, name)) == mark}
    for name in gone:
        setattr(paper, name, EMPTY.get(name, ""))
    if not paper.abstract:
        paper.abstract_html = ""
    return gone


def inherit(paper: Paper, before: PaperDraft, heir: PaperDraft) -> None:
    """Put an heir's facts where those of the draft that made the paper still are."""
    mine, theirs = facts_of(before), facts_of(heir)
    for name in FILLED:
        if getattr(paper, name) == mine[name]:
            setattr(paper, name, theirs[name])
    paper.abstract_html, paper.renderer = render_text(paper.abstract)
    if paper.title == before.title:
        paper.title, paper.title_key = heir.title, key_of(heir)
        paper.slug = make_slug(heir.title)


def write_facts(papers: Iterable[Paper]) -> None:
    """Write the facts of these papers in one statement."""
    if rows := list(papers):
        update_rows(Paper, COLUMNS, map(attrgetter(*COLUMNS), rows))


def mark_of(value: Any) -> Any:
    """What is kept of a fact that was filled in, to know it again: long text by its digest."""
    if isinstance(value, date):
        return value.isoformat()
    is_long = isinstance(value, str) and len(value) > LONGEST_MARK
    return sha256(value.encode()).hexdigest() if is_long else value


def marks_of(made: Sequence[Sequence[Any]], paper: int, draft: PaperDraft) -> int:
    """Where among the rows of an import stands what this draft filled into a paper; -1 if it did
    not.
    """
    facts = {name: mark_of(value) for name, value in facts_of(draft).items()}
    for number, (kind, pk, *rest) in enumerate(made):
        is_here = kind == "filled" and pk == paper
        if is_here and all(facts.get(name) == mark for name, mark in rest[0].items()):
            return number
    return -1


def render_text(text: str) -> tuple[str, int]:
    """The HTML of a Markdown text and the renderer's version, 0 where it should try again."""
    made = render_once(text)
    return made.html, RENDERER_VERSION if made.is_final else 0
