"""Org files: headlines with keywords and tags, lists, tables, drawers and blocks.

A small reader, because the libraries for Org on the package index keep neither lists nor lines. The
grammar is https://orgmode.org/worg/org-syntax.html; a bullet directly before its text ("-word") is
read too.
"""

import re

from papers.importing.reading.outline.document import Block, Line, Outline, Row
from papers.importing.reading.outline.grower import Grower, new_outline

_HEAD = re.compile(r"^(\*+)\s+(?:(TODO|DONE|NEXT|WAITING|READ|READING|HOLD|CANCELED|CANCELLED|"
                   r"TOREAD)\s+)?"
                   r"(?:\[#[A-Z]\]\s*)?(.*?)(?:\s+(:(?:[\w@#%-]+:)+))?\s*$")  # fmt: skip
_SETTING = re.compile(r"^\s*#\+(\w+):\s*(.*)$")
_BLOCK = re.compile(r"^\s*#\+(BEGIN|END)_(\w+)", re.IGNORECASE)
_DRAWER = re.compile(r"^\s*:([\w-]+):\s*(.*)$")
_ITEM = re.compile(r"^(\s*)(?:([-+])(?!-)\s*|(\d+)[.)]\s+|\s(\*)\s+)(?:\[[ X-]\]\s+)?(?=\S)")
_ROW = re.compile(r"^\s*\|(.*?)\|?\s*$")
_TERM = re.compile(r"^([^:\[\]]{1,40}?)\s+::\s+")
"""A term with its description: "Presenter :: Ann"."""
_LINK = re.compile(r"\[\[([^\[\]]+)\](?:\[([^\[\]]*)\])?\]")
_CITE = re.compile(r"cite[a-z]*:", re.IGNORECASE)
"""A key of a bibliography that stands elsewhere: "[[cite:lee17][Lee 2017: Title]]"."""
_JOINED = "joined_"
"""What stands in for a line that was joined with the one above."""
_MARK = re.compile(r"(?<![\w*/_=~])([*/_=~])(\S(?:[^\n]{0,300}?\S)?)\1(?![\w*/_=~])")
_STYLES = {"*": "**", "/": "*", "_": "", "=": "`", "~": "`"}
_PLANNING = re.compile(r"^\s*(?:CLOSED|SCHEDULED|DEADLINE):|^\s*CLOCK:")


def inline(text: str) -> str:
    """Links and emphasis as Markdown."""
    parts, end = [], 0
    for found in _LINK.finditer(text):
        parts.append(_styled(text[end : found.start()]))
        url = found[1].removeprefix("file:")
        if _CITE.match(url):
            parts.append(found[2] or "")
            end = found.end()
            continue
        parts.append(f"[{found[2]}]({url})" if found[2] else url)
        end = found.end()
    return "".join([*parts, _styled(text[end:])])


def _styled(text: str) -> str:
    if "://" in text:
        return text
    return _MARK.sub(lambda m: f"{_STYLES[m[1]]}{m[2]}{_STYLES[m[1]]}", text)


class _Reader:
    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.grower = Grower(outline)
        self.lines: list[Line] = []
        self.rows: list[Row] = []
        self.items: list[int] = []
        self.block = ""

    def read(self) -> None:
        for number, line in enumerate(self._whole_lines(), 1):
            if found := _BLOCK.match(line):
                self._flush()
                self.block = found[2].lower() if found[1].upper() == "BEGIN" else ""
                self.outline.use(number)
            elif self.block:
                self.lines.append(Line(number, line))
            else:
                self._line(number, line)
        self._flush()
        self.grower.leave_all()

    def _whole_lines(self) -> list[str]:
        """The lines, with a link that breaks off in one line whole in that line."""
        lines = list(self.outline.lines)
        for at in range(len(lines) - 1):
            if lines[at].count("[[") > lines[at].count("]]") and "]]" in lines[at + 1]:
                end = lines[at + 1].index("]]") + 2
                lines[at] = f"{lines[at].rstrip()} {lines[at + 1][:end].strip()}"
                lines[at] += lines[at + 1][end:]
                lines[at + 1] = f"#+{_JOINED}:"
                self.outline.use(at + 2)
        return lines

    def _line(self, number: int, line: str) -> None:
        if found := _HEAD.match(line):
            self._head(number, found)
        elif found := _SETTING.match(line):
            self._setting(number, found)
        elif line.lstrip().startswith("# ") or _PLANNING.match(line):
            self._flush()
        elif found := _ROW.match(line):
            self._row(number, found[1])
        elif found := _DRAWER.match(line):
            self._drawer(number, found)
        elif found := _ITEM.match(line):
            self._item(number, found, _TERM.sub(r"\1: ", line[found.end() :], count=1))
        elif not line.strip():
            self._flush()
        else:
            if not line[0].isspace():
                self._leave_items(-1)
            self.lines.append(Line(number, inline(line.strip())))

    def _head(self, number: int, found: re.Match[str]) -> None:
        self._flush()
        self.items.clear()
        tags = tuple(tag for tag in (found[4] or "").split(":") if tag)
        self.grower.heading(len(found[1]) + 1, number, inline(found[3]), tags=tags)

    def _setting(self, number: int, found: re.Match[str]) -> None:
        if found[1] == _JOINED:
            return
        self._flush()
        if found[1].lower() == "title":
            self.outline.title = found[2].strip()
            self.outline.use(number)

    def _drawer(self, number: int, found: re.Match[str]) -> None:
        if found[2]:
            self._flush()
            name = found[1].replace("_", " ").capitalize()
            self.grower.paragraph([Line(number, f"{name}: {found[2]}")])
        else:
            self.outline.use(number)

    def _row(self, number: int, cells: str) -> None:
        if set(cells) <= set("-+| "):
            self.outline.use(number)
            return
        if not self.rows:
            self._flush()
        self.rows.append(Row(number, [inline(cell.strip()) for cell in cells.split("|")]))

    def _item(self, number: int, found: re.Match[str], text: str) -> None:
        self._flush_text()
        width = len(found[1])
        self._leave_items(width)
        if not self.items or self.items[-1] < width:
            self.grower.enter("list", number, ordered=bool(found[3]))
            self.items.append(width)
        self.grower.enter("item", number)
        self.lines.append(Line(number, inline(text)))

    def _leave_items(self, width: int) -> None:
        """Close the item before this one, and the lists that stand further right."""
        self._flush_text()
        while self.items:
            if self.grower.open and self.grower.open[-1].kind == "item":
                if self.items[-1] < width:
                    return
                self.grower.leave()
            if self.items[-1] == width:
                return
            if self.items[-1] < width:
                return
            self.grower.leave()
            self.items.pop()

    def _flush_text(self) -> None:
        if self.rows:
            self.grower.table(self.rows)
        if self.lines:
            kind = self.block
            if kind and kind != "quote":
                self.grower.add(
                    Block("code", self.lines[0].number, self.lines[-1].number, self.lines)
                )
            else:
                self.grower.paragraph(self.lines)
        self.lines, self.rows = [], []

    def _flush(self) -> None:
        self._flush_text()


def read_org(text: str) -> Outline:
    """The tree of an Org file."""
    outline = new_outline(text, "Org")
    _Reader(outline).read()
    return outline


def is_org(text: str, name: str) -> bool:
    """By its name, or by headlines and settings that no other format has."""
    if name.lower().endswith(".org"):
        return True
    heads = len(re.findall(r"^\*+ \S.*:\w+:\s*$", text, re.MULTILINE))
    return bool(re.match(r"\s*#\+\w+:", text)) or heads >= 2
