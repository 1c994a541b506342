"""What a text says, for tests that ask for its papers."""

from __future__ import annotations

from papers.importing.reading.door import read_document
from papers.importing.reading.drafts.understood import PaperDraft, Understood


def read(text: str, name: str = "notes/list.md") -> Understood:
    """Everything a text says."""
    return read_document(text.encode(), name)


def titles(found: Understood) -> list[str]:
    """The titles in order."""
    return [paper.title for paper in found.papers]


def only(found: Understood) -> PaperDraft:
    """The one paper."""
    assert len(found.papers) == 1, titles(found)
    return found.papers[0]
