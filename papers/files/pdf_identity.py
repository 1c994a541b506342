"""What a PDF says of the paper that it is: an identifier if it has one, else its title."""

from __future__ import annotations

import re

from papers.files.found_in_file import Document
from papers.text.identifiers import arxiv_id, arxiv_url, doi

HEAD = 6_000
"""Characters of the first page that are looked at; identifiers further on are of other papers."""

LONGEST_TITLE = 300
_OF_PROGRAMS = re.compile(
    r"(?i)^(?:microsoft word|powerpoint|untitled|paper|main|output)\b|\.\w{2,4}$"
)


def name_paper(found: Document) -> str:
    """An arXiv address, a DOI or a title, as it may be pasted into "Add a paper"; "" if none."""
    head = found.first_page[:HEAD]
    if said := arxiv_id(head):
        return arxiv_url(said)
    return doi(head) or _choose_title(found.title, head)


def _choose_title(title: str, head: str) -> str:
    """The title that the file was given, unless a program gave it; else the first long line."""
    given = " ".join(title.split())
    if len(given.split()) > 1 and not _OF_PROGRAMS.search(given):
        return given[:LONGEST_TITLE]
    lines = (" ".join(line.split()) for line in head.splitlines())
    return next((line for line in lines if len(line.split()) > 2), "")[:LONGEST_TITLE]
