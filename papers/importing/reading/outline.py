"""A Markdown document as sections and blocks, each with its lines, and which lines were used."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from markdown_it.token import Token

from papers.importing.reading.drafts import Problem
from papers.importing.reading.pieces import Piece, make_parser, read_pieces

Kind = Literal["paragraph", "item", "list", "quote", "code", "table", "rule"]

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE = re.compile(r"\s*(?:[>\-*+]\s*)*(?:`{3,}|~{3,})\s*$")
_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TAGS = re.compile(r"\s*(?:</?(?:details|div|p|br|hr|center|ul|ol|span|summary|font)\b[^<>]*>\s*)+")
LARGEST_FRONT = 2_000_000
"""Characters of front matter that are looked at."""


@dataclass(slots=True)
class Line:
    """One line of text within a block; `number` counts from 1 in the document."""

    number: int
    text: str
    _read: tuple[str, tuple[Piece, ...]] | None = None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The line as inline Markdown, read once as long as its text stays the same."""
        if self._read is None or self._read[0] != self.text:
            self._read = self.text, read_pieces(self.text)
        return self._read[1]


@dataclass(slots=True)
class Row:
    """One row of a table."""

    number: int
    cells: list[str]


@dataclass(slots=True)
class Block:
    """A paragraph, list, item, quote, code, table or rule; lines count from 1, end included."""

    kind: Kind
    start: int
    end: int
    lines: list[Line] = field(default_factory=list)
    children: list["Block"] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    ordered: bool = False
    evidence: int | None = None

    @property
    def text(self) -> str:
        """Its own lines of text joined."""
        return "\n".join(line.text for line in self.lines)


@dataclass(slots=True)
class Section:
    """A heading with the blocks under it; the root has no heading (level 0)."""

    level: int
    number: int
    heading: str
    parent: "Section | None" = None
    blocks: list[Block] = field(default_factory=list)
    subs: list["Section"] = field(default_factory=list)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The heading as inline Markdown."""
        return read_pieces(self.heading)

    def walk(self) -> Iterator["Section"]:
        """The section and all below it in source order, without recursion."""
        waiting = [self]
        while waiting:
            section = waiting.pop()
            yield section
            waiting.extend(reversed(section.subs))


@dataclass(slots=True)
class Outline:
    """A whole document; `used` says of each line (from 1) whether something was made of it."""

    lines: list[str]
    root: Section
    front: str = ""
    front_start: int = 1
    used: bytearray = field(default_factory=bytearray)
    problems: list[Problem] = field(default_factory=list)

    def use(self, start: int, end: int | None = None) -> None:
        """Record that the lines from start to end are accounted for."""
        for number in range(max(start, 1), min((end or start), len(self.lines)) + 1):
            self.used[number] = 1

    def give_back(self, start: int, end: int) -> None:
        """Nothing was made of these lines after all: they are told of."""
        for number in range(start, min(end, len(self.lines)) + 1):
            self.used[number] = 0

    def source(self, start: int, end: int) -> str:
        """The lines as written."""
        return "\n".join(self.lines[start - 1 : end]).strip("\n")

    def unused(self) -> list[tuple[int, str]]:
        """Lines with text that nothing was made of."""
        return [
            (number, line)
            for number, line in enumerate(self.lines, 1)
            if line.strip() and not self.used[number]
        ]


def read_outline(text: str) -> Outline:
    """The outline of a document with "\\n" line ends. Never raises, in time linear in the text."""
    lines = text.split("\n")
    outline = Outline(lines, Section(0, 0, ""), used=bytearray(len(lines) + 2))
    body = _cut_front(text, outline)
    body = _blank_tags(_blank_comments(body, outline), outline)
    tokens = _parse(body, outline)
    _Builder(outline).build(tokens)
    if not outline.root.subs:
        _promote_bold_lines(outline)
    return outline


def _promote_bold_lines(outline: Outline) -> None:
    """In a document without headings, lines that are bold from end to end stand for them."""
    blocks = outline.root.blocks
    bold = [block for block in blocks if _is_bold_line(block)]
    if len(bold) < 2:
        return
    kept: list[Block] = []
    section = outline.root
    for block in blocks:
        if _is_bold_line(block):
            section = Section(1, block.start, block.text.strip(), outline.root)
            outline.root.subs.append(section)
        else:
            (kept if section is outline.root else section.blocks).append(block)
    outline.root.blocks = kept


def _is_bold_line(block: Block) -> bool:
    if block.kind != "paragraph" or len(block.lines) != 1:
        return False
    pieces = block.lines[0].pieces
    text = "".join(piece.text for piece in pieces).strip()
    return bool(text) and not text.endswith((":", "：")) and all(piece.strong for piece in pieces)


def _cut_front(text: str, outline: Outline) -> str:
    """Set the YAML between two lines of three hyphens aside, leaving blank lines for it."""
    found = _FRONT.match(text)
    if not found or not re.search(r"^\w[\w -]*:", found[1], re.MULTILINE):
        return text
    outline.front = found[1][:LARGEST_FRONT]
    outline.front_start = text[: found.start(1)].count("\n") + 1
    height = found[0].count("\n")
    outline.use(outline.front_start - 1, outline.front_start - 1)
    outline.use(outline.front_start + found[1].count("\n") + 1)
    return "\n" * height + text[found.end() :]


def _blank_comments(text: str, outline: Outline) -> str:
    """Comments are nobody's text; their lines stay, empty."""

    def blank(found: re.Match[str]) -> str:
        first = text.count("\n", 0, found.start()) + 1
        height = found[0].count("\n")
        before = text.rfind("\n", 0, found.start()) + 1
        outline.use(first + bool(text[before : found.start()].strip()), first + height)
        return "\n" * height

    if text.count("<!--") > 2000:
        return text
    return _COMMENT.sub(blank, text) if "<!--" in text else text


def _blank_tags(text: str, outline: Outline) -> str:
    """Lines of HTML tags alone ("<details>", "</div>") are layout, outside code."""
    if "<" not in text:
        return text
    lines = text.split("\n")
    in_code = False
    for number, line in enumerate(lines):
        in_code ^= line.lstrip().startswith(("```", "~~~"))
        if not in_code and _TAGS.fullmatch(line):
            outline.use(number + 1)
            lines[number] = ""
    return "\n".join(lines)


def _parse(text: str, outline: Outline) -> list[Token]:
    parser = make_parser()
    env: dict[str, dict[str, dict[str, list[int]]]] = {}
    tokens = parser.parse(text, env)
    open_fence = next((t for t in tokens if t.type == "fence" and not _is_closed(t, outline)), None)
    if open_fence and open_fence.map:
        outline.problems.append(
            Problem(
                open_fence.map[0] + 1,
                f"The code block that opens on line {open_fence.map[0] + 1} is never closed; it "
                "was read as ordinary text. Close it with a line of three back-ticks.",
            )
        )
        parser.disable("fence")
        env = {}
        tokens = parser.parse(text, env)
    for reference in env.get("references", {}).values():
        outline.use(reference["map"][0] + 1, reference["map"][1])
    return tokens


def _is_closed(token: Token, outline: Outline) -> bool:
    if token.map is None or token.map[1] - token.map[0] < 2:
        return False
    return bool(_FENCE.match(outline.lines[token.map[1] - 1]))


class _Builder:
    """Folds the flat token list into sections and blocks."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.section = outline.root
        self.open: list[Block] = []

    def build(self, tokens: list[Token]) -> None:
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "heading_open":
                self._heading(token, tokens[position + 1])
                position += 3
            elif token.type == "table_open":
                position = self._table(tokens, position)
            else:
                self._step(token)
                position += 1

    def _step(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self._enter("list", token, ordered=token.type.startswith("ordered"))
            case "list_item_open":
                self._enter("item", token)
            case "blockquote_open":
                self._enter("quote", token)
            case (
                "bullet_list_close" | "ordered_list_close" | "list_item_close" | "blockquote_close"
            ):
                if self.open:
                    self.open.pop()
            case "inline":
                self._add(self._lined("paragraph", token))
            case "fence" | "code_block":
                start, end = _span(token)
                rows = [Line(n, self.outline.lines[n - 1]) for n in range(start, end + 1)]
                self._add(Block("code", start, end, rows))
            case "hr":
                start, end = _span(token)
                self.outline.use(start, end)

    def _enter(self, kind: Kind, token: Token, *, ordered: bool = False) -> None:
        start, end = _span(token)
        block = Block(kind, start, end, ordered=ordered)
        self._add(block)
        self.open.append(block)

    def _add(self, block: Block) -> None:
        parent = self.open[-1] if self.open else None
        if parent is None:
            self.section.blocks.append(block)
        else:
            parent.children.append(block)

    def _lined(self, kind: Kind, token: Token) -> Block:
        start, end = _span(token)
        texts = token.content.split("\n")
        lines = [Line(start + offset, text.strip()) for offset, text in enumerate(texts)]
        return Block(kind, start, max(end, start + len(texts) - 1), lines)

    def _heading(self, token: Token, inline: Token) -> None:
        start, end = _span(token)
        if token.markup in ("-", "=") and "\n" in inline.content:
            # Several lines over a ruler are a paragraph and a rule, not a heading of that length.
            self._add(self._lined("paragraph", inline))
            self.outline.use(end)
            return
        # A heading within a list item opens a section like any other: "- ### Title".
        self.open.clear()
        level = int(token.tag[1:])
        parent = self.section
        while parent.level >= level and parent.parent is not None:
            parent = parent.parent
        section = Section(level, start, inline.content.strip(), parent)
        parent.subs.append(section)
        self.section = section
        self.outline.use(end)

    def _table(self, tokens: list[Token], position: int) -> int:
        start, end = _span(tokens[position])
        block = Block("table", start, end)
        cells: list[str] = []
        number = start
        position += 1
        while tokens[position].type != "table_close":
            token = tokens[position]
            if token.type == "tr_open":
                cells, number = [], (token.map[0] + 1 if token.map else number + 1)
            elif token.type == "inline":
                cells.append(token.content.strip())
            elif token.type == "tr_close":
                block.rows.append(Row(number, cells))
            position += 1
        self._add(block)
        self.outline.use(start, start + 1)
        return position + 1


def _span(token: Token) -> tuple[int, int]:
    start, end = token.map or (0, 1)
    return start + 1, max(end, start + 1)
