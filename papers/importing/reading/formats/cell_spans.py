"""Cells of a table that span several columns or rows."""

from papers.importing.reading.outline.document import Row

MOST_SPANS, MOST_COLUMNS, TALLEST = 2_000, 60, 200
"""Cells that span others, columns, and rows spanned by one cell, that are looked at."""

Span = tuple[int, int, int, int]
"""Row, column, width and height of a cell."""


def read_span(said: str | None) -> int:
    """The value of a span, from 1."""
    return min(max(int(said), 1), TALLEST) if said and said.isdecimal() else 1


def spread_cells(rows: list[Row], spans: list[Span]) -> None:
    """Give the rows that a cell spans a copy of it, and empty cells where it is wide."""
    for at, column, width, height in spans[:MOST_SPANS]:
        for row in rows[at : at + height] if column < MOST_COLUMNS else ():
            if len(row.cells) + width > MOST_COLUMNS:
                continue
            if row is rows[at]:
                row.cells[column + 1 : column + 1] = [""] * (width - 1)
            elif len(row.cells) >= column:
                row.cells[column:column] = [rows[at].cells[column], *[""] * (width - 1)]
