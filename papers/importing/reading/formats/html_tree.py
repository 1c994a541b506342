"""HTML, a page or a piece within Markdown: text, links and emphasis, lists, tables and headings.

Read by the standard library's parser, which knows the line of every tag and text, follows no
reference and runs no script. Tags that people leave open (`<li>`, `<p>`, `<td>`) end where the next
one begins.
"""

import re
from dataclasses import replace
from html.parser import HTMLParser

from papers.importing.reading.formats.cell_spans import Span, read_span, spread_cells
from papers.importing.reading.outline.document import Line, Outline, Row
from papers.importing.reading.outline.grower import Grower, new_outline
from papers.importing.reading.outline.pieces import (
    Piece,
    markdown_of,
    read_pieces,
    split_pieces,
    unwrap,
)

_SILENT = frozenset(
    "script style template noscript svg head iframe object button select nav footer".split()  # noqa: SIM905
)
BULLET = "• "
"""What opens an item of a list within a cell."""
_BREAKS = frozenset(
    """p div section article header footer main aside nav center details summary figure figcaption
    dl dt dd form pre address hr body html fieldset""".split()  # noqa: SIM905
)
_EMPTY_LINE = re.compile(r"\n[ \t]*\n\s*")
_HEADING = re.compile(r"h[1-6]$")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
DEEPEST = 60
"""Lists within lists at most; what is nested deeper stays in the list that holds it."""


def read_html(text: str) -> Outline:
    """The tree of an HTML page."""
    outline = new_outline(text, "HTML")
    reader = HtmlReader(Grower(outline), 1)
    reader.feed(text)
    reader.finish()
    outline.title = " ".join(reader.title.split())
    return outline


class HtmlReader(HTMLParser):
    """Feeds a grower; `first` is the number of the line that the text begins on.

    `marked` says that cells may hold Markdown, as tables within a Markdown document do.
    """

    def __init__(self, grower: Grower, first: int, *, marked: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self.marked = marked
        self.grower, self.first = grower, first
        self.title = ""
        self.silent: list[str] = []
        self.lines: list[Line] = []
        self.pieces: list[Piece] = []
        self.began = 0
        self.url: str | None = None
        self.strong = self.slanted = self.code = self.raised = 0
        self.level = 0
        self.lists: list[str] = []
        self.rows: list[Row] | None = None
        self.spans: list[Span] = []
        self.in_title = False

    @property
    def line(self) -> int:
        """The line in the whole document."""
        return self.first + self.getpos()[0] - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self.in_title = True
        elif tag in _SILENT:
            self.silent.append(tag)
        elif not self.silent:
            self._style(tag, 1, dict(attrs))
            self._open(tag)
            if tag in ("td", "th") and self.rows:
                self._span(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self.in_title = False
        elif tag in _SILENT:
            if tag in self.silent:
                del self.silent[self.silent.index(tag) :]
        elif not self.silent:
            self._style(tag, -1, {})
            self._close(tag)

    def handle_data(self, data: str) -> None:
        if self.in_title and not self.title.strip():
            self.title += data
        if self.silent or self.in_title:
            return
        blank = not data.strip()
        if blank and not self.pieces:
            return
        if not self.pieces:
            self.began = self.line + data[: len(data) - len(data.lstrip())].count("\n")
        if self.marked and self.rows and not self.url:
            self._mark(data)
            return
        text = re.sub(r"\s+", " ", data)
        if self.raised:
            text = text.translate(_RAISED)
        self.pieces.append(Piece(text, self.url, self.strong > 0, self.slanted > 0, self.code > 0))

    def _mark(self, data: str) -> None:
        """The Markdown within a cell; an empty line ends a line of it."""
        parts = [re.sub(r"\s+", " ", part) for part in _EMPTY_LINE.split(data)]
        for position, part in enumerate(parts):
            self.pieces += [Piece("\n")] if position else []
            for piece in read_pieces(part):
                strong, slanted = piece.strong or self.strong > 0, piece.slanted or self.slanted > 0
                self.pieces.append(replace(piece, strong=strong, slanted=slanted))

    def _style(self, tag: str, step: int, attrs: dict[str, str | None]) -> None:
        if tag in ("b", "strong"):
            self.strong = max(0, self.strong + step)
        elif tag in ("i", "em", "cite"):
            self.slanted = max(0, self.slanted + step)
        elif tag in ("code", "kbd", "tt"):
            self.code = max(0, self.code + step)
        elif tag == "sup":
            self.raised = max(0, self.raised + step)
        elif tag == "a":
            href = attrs.get("href")
            self.url = unwrap(href) if step > 0 and href else None

    def _open(self, tag: str) -> None:
        if _HEADING.match(tag):
            self._flush()
            self.level = int(tag[1])
        elif tag == "br":
            self._break()
        elif tag in ("table", "tr", "td", "th"):
            self._open_cell(tag)
        elif self.rows is not None and tag == "li":
            self._break()
            self.pieces.append(Piece(BULLET))
        elif self.rows is None and tag in ("ul", "ol", "li", "blockquote"):
            self._open_list(tag)
        elif tag in _BREAKS:
            self._flush()

    def _open_cell(self, tag: str) -> None:
        if tag == "table":
            self._flush()
            self.rows = self.rows if self.rows is not None else []
        elif self.rows is not None:
            self._cell_ends()
            if tag == "tr":
                self.rows.append(Row(self.line, []))
            elif self.rows:
                self.rows[-1].cells.append("")

    def _span(self, attrs: dict[str, str | None]) -> None:
        """Remember a cell that spans columns or rows: (row, column, width, height)."""
        width, height = (read_span(attrs.get(name)) for name in ("colspan", "rowspan"))
        if self.rows and (width > 1 or height > 1):
            row = self.rows[-1]
            self.spans.append((len(self.rows) - 1, len(row.cells) - 1, width, height))

    def _open_list(self, tag: str) -> None:
        if tag == "li":
            self._item()
            return
        self._flush()
        if len(self.lists) < DEEPEST:
            if tag == "blockquote":
                self.grower.enter("quote", self.line)
            else:
                self.grower.enter("list", self.line, ordered=tag == "ol")
            self.lists.append(tag)

    def _item(self) -> None:
        self._flush()
        if self.lists and self.lists[-1] == "li":
            self._pop()
        if self.lists:
            self.grower.enter("item", self.line)
            self.lists.append("li")

    def _close(self, tag: str) -> None:
        if _HEADING.match(tag):
            self._head()
        elif tag == "table":
            self._cell_ends()
            spread_cells(self.rows or [], self.spans)
            self.spans = []
            self.grower.table([row for row in self.rows or [] if any(row.cells)])
            self.rows = None
        elif tag in ("ul", "ol", "blockquote", "li"):
            self._flush()
            if tag in self.lists:
                while self.lists and self.lists[-1] != tag:
                    self._pop()
                self._pop()
        elif tag in _BREAKS:
            self._flush()

    def _pop(self) -> None:
        self.lists.pop()
        self.grower.leave(self.line)

    def _head(self) -> None:
        level, self.level = self.level, 0
        self._break()
        text = " ".join(line.text for line in self.lines)
        number = self.lines[0].number if self.lines else self.line
        self.lines = []
        if text.strip() and level:
            self.lists.clear()
            self.grower.heading(level, number, text)

    def _break(self) -> None:
        """A line ends."""
        if self.rows is not None and self.rows and self.pieces:
            self.pieces.append(Piece("\n"))
            return
        pieces = split_pieces(self.pieces)
        self.pieces = []
        if text := markdown_of(pieces).strip():
            self.lines.append(Line(self.began, text, tuple(pieces)))

    def _cell_ends(self) -> None:
        if self.rows and self.rows[-1].cells:
            text = markdown_of(split_pieces(self.pieces)).strip()
            self.rows[-1].cells[-1] = f"{self.rows[-1].cells[-1]} {text}".strip()
        self.pieces = []

    def _flush(self) -> None:
        """A paragraph ends."""
        if self.rows is not None and self.rows:
            if self.pieces:
                self.pieces.append(Piece("\n"))
            return
        self._break()
        self.grower.paragraph(self.lines)
        self.lines = []

    def finish(self) -> None:
        """The text is over."""
        self.close()
        if self.rows is not None:
            self._close("table")
        self._flush()
        while self.lists:
            self._pop()


def grow_html(text: str, first: int, grower: Grower) -> None:
    """Hang a piece of HTML within another format where the tree grows."""
    reader = HtmlReader(grower, first, marked=True)
    reader.feed(text)
    reader.finish()


def is_html(text: str) -> bool:
    """Whether a whole text is a page."""
    head = text[:4000].lower()
    return (
        "<html" in head
        or "<!doctype html" in head
        or bool(
            re.match(r"\s*<(?:body|head|ul|ol|table|h[1-6]|div|article|section)\b", head)
            and len(re.findall(r"</(?:li|tr|h[1-6]|p|div|table|ul|ol)>", text[:200_000])) >= 3
            and not re.search(r"^#{1,6} |\]\(http", text, re.MULTILINE)
        )
    )
