"""Tables as spreadsheets save them: commas, semicolons or tabs, with a byte-order mark or not."""

import csv
import re
from collections import Counter

from papers.importing.reading.outline.document import Outline, Row
from papers.importing.reading.outline.grower import Grower, new_outline
from papers.importing.reading.outline.pieces import escape

csv.field_size_limit(10_000_000)
_SEPARATORS = ",;\t|"
ABOVE, MOST_NAMED = 8, 2
"""Rows within which the head stands, and cells that are too few for one."""


def separator_of(text: str) -> str:
    """The sign that cuts most lines into the same number of columns, "" if none does."""
    lines = [line for line in text[:50_000].split("\n")[:-1] or [text] if line.strip()][:40]
    best, score = "", 0.0
    for sign in _SEPARATORS:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if row)
        width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        if width > 1 and count / max(len(lines), 1) + width / 1000 > score:
            best, score = sign, count / max(len(lines), 1) + width / 1000
    return best if score >= 0.6 else ""


def is_sheet(text: str, name: str) -> bool:
    """By its name, or by a first line of at least three short names and lines of as many
    columns.
    """
    if name.lower().endswith((".csv", ".tsv", ".tab")):
        return True
    first = text.lstrip("\ufeff\n").split("\n", 1)[0]
    if name.lower().endswith((".md", ".markdown", ".rst", ".org", ".html", ".bib")) or "|" in first:
        return False
    sign = separator_of(text)
    cells = first.split(sign) if sign else []
    return len(cells) >= 3 and all(0 < len(cell.strip()) <= 30 for cell in cells) and bool(
        re.search(r"title|paper|论文|論文|제목|タイトル|标题", first, re.IGNORECASE)
    )  # fmt: skip


def read_sheet(text: str) -> Outline:
    """The tree of a sheet: one table."""
    outline = new_outline(text, "CSV")
    sign = separator_of(text) or ","
    reader = csv.reader(text.split("\n"), delimiter=sign)
    rows, number = [], 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            rows.append(Row(number, [_cell(cell) for cell in cells]))
        number = reader.line_num + 1
    if rows and rows[0].cells and rows[0].cells[0].strip().lower().startswith("sep="):
        del rows[0]
    if rows:
        Grower(outline).table(rows[_first(rows) :])
    return outline


def _first(rows: list[Row]) -> int:
    """The row of the head: what a sheet is called may stand above it, in a cell by itself."""
    filled = [sum(bool(cell.strip()) for cell in row.cells) for row in rows[:ABOVE]]
    head = next((number for number, count in enumerate(filled) if count > 1), 0)
    return head if head + 1 < len(filled) and filled[head] > MOST_NAMED else 0


def _cell(text: str) -> str:
    """A cell is no Markdown, unless it holds links as Markdown writes them."""
    text = " ".join(text.split())
    return text if "](" in text or "://" in text else escape(text)
