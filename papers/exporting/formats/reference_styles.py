"""References as a style sets them, by citeproc-py and the styles of the CSL project."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from io import BytesIO
from pathlib import Path

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from papers.exporting.formats.csl import MOST_REFERENCES, make_item
from papers.exporting.formats.paper_records import PaperRecord

_NUMBER = re.compile(r"^(\[\d+\])(?=\S)")
FOLDER = Path(__file__).parents[1] / "styles"


def write_references(records: Iterable[PaperRecord], style: str) -> list[str]:
    """Each paper as a reference in plain text, in the order in which the style puts them."""
    return set_references(records, _get_style(style))


def read_style(data: bytes) -> CitationStylesStyle:
    """A style from its own file, for the sandbox alone. Raises what the library and lxml raise."""
    return CitationStylesStyle(BytesIO(data), validate=False)


def set_references(records: Iterable[PaperRecord], style: CitationStylesStyle) -> list[str]:
    """Each paper as the style sets it."""
    items = [_make_plain(record) for record in records][:MOST_REFERENCES]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # variables that the library does not know
        source = CiteProcJSON(items)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        bibliography.sort()
        written = bibliography.bibliography()
        return [_tidy(str(one)) for one in written]


def _tidy(written: str) -> str:
    """One line; the library leaves out the blank behind a number, and sets some stops twice."""
    text = _NUMBER.sub(r"\1 ", " ".join(unescape(written).split()))
    return text.replace(". . ", ". ").replace(".. ", ". ")


@lru_cache(maxsize=8)
def _get_style(name: str) -> CitationStylesStyle:
    return CitationStylesStyle(str(FOLDER / f"{name}.csl"), validate=False)


def _make_plain(record: PaperRecord) -> dict[str, object]:
    item = make_item(record)
    for name in ("abstract", "annote", "keyword", "custom", "archive", "archive_location"):
        item.pop(name, None)
    return item
