"""CSV for spreadsheets: UTF-8 with the mark by which Excel knows it, and no cell that acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from papers.exporting.formats.paper_records import PaperRecord

COLUMNS = (
    "key", "title", "authors", "year", "published", "venue", "group", "arxiv", "doi",
    "openreview", "link", "other links", "topics", "note", "abstract", "added", "page",
)  # fmt: skip

BYTE_ORDER_MARK = "\ufeff"
_ACTING = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet takes for a formula; full-width signs do so too
(https://owasp.org/www-community/attacks/CSV_Injection)."""


def write_csv(records: Iterable[PaperRecord]) -> Iterator[str]:
    """A row for each paper below the names of the columns."""
    yield BYTE_ORDER_MARK + _write_row(COLUMNS)
    for record in records:
        yield _write_row(map(make_safe, _list_cells(record)))


def make_safe(cell: str) -> str:
    """The cell behind an apostrophe if a spreadsheet would run it."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_ACTING) else cell


def _write_row(cells: Iterable[str]) -> str:
    """Every cell in quotation marks, as RFC 4180 has them."""
    quoted = ('"' + cell.replace('"', '""') + '"' for cell in cells)
    return f"{','.join(quoted)}\r\n"


def _list_cells(record: PaperRecord) -> Iterator[str]:
    first = record.first_url
    yield from (record.key, record.title, "; ".join(record.authors), str(record.year or ""))
    yield record.published_on.isoformat() if record.published_on else ""
    yield from (record.venue, record.group)
    yield from (record.named("arxiv"), record.named("doi"), record.named("openreview"), first)
    yield " ".join(url for url in record.urls if url != first)
    yield from ("; ".join(record.topics), record.note, record.abstract)
    yield record.added_on.isoformat() if record.added_on else ""
    yield record.page
