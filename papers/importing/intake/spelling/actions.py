"""Titles in capitals take the spelling of a later entry of the same paper."""

from __future__ import annotations

from papers.catalogue.actions.papers import make_slug
from papers.importing.intake.matching.queries.matching import key_of
from papers.importing.reading.drafts.understood import PaperDraft
from papers.models import Paper


def respell(paper: Paper, draft: PaperDraft) -> tuple[str, str] | None:
    """Give a title in capitals the spelling of an entry that does not shout; the caller writes it.
    The new title and the one before, if anything changed."""
    before = paper.title
    is_better = _shouts(before) and not _shouts(draft.title)
    if not is_better or key_of(draft) != paper.title_key:
        return None
    spell(paper, draft.title)
    return paper.title, before


def spell(paper: Paper, title: str) -> None:
    """Another spelling of the same title; the caller writes it."""
    paper.title, paper.slug = title, make_slug(title)


def _shouts(title: str) -> bool:
    """More than one word, and not a small letter: "ADAM" is a name."""
    return " " in title.strip() and title.isupper()
