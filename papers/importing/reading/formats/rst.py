"""reStructuredText, read by docutils: nothing is included from files, no raw text passes, no
setting is read.
"""

import re
from typing import Any

from papers.importing.reading.outline.document import Block, Line, Outline, Row
from papers.importing.reading.outline.grower import Grower, new_outline
from papers.importing.reading.outline.pieces import Piece, markdown_of, split_pieces

_UNDERLINE = re.compile(r"^[^\n]*\S[^\n]*\n(=+|-+|~+|\^+|\"+|\++|#+)[ \t]*$", re.MULTILINE)
_SIGNS = re.compile(r"^\.\. [\w|:_-]+::|`[^`\n]+ <[^>\n]+>`_|^\.\. _[^:\n]+:", re.MULTILINE)


def is_rst(text: str, name: str) -> bool:
    """By its name, or by directives and links that no other format has."""
    if name.lower().endswith((".rst", ".rest")):
        return True
    return (
        len(_SIGNS.findall(text[:100_000])) >= 2
        and bool(_UNDERLINE.search(text[:100_000]))
        and "](" not in text[:100_000]
    )


_SILENT = {
    "system_message",
    "comment",
    "target",
    "substitution_definition",
    "raw",
    "image",
}


class _Walker:
    def __init__(self, outline: Outline) -> None:
        self.outline, self.grower = outline, Grower(outline)
        self.at = 1

    def find(self, node: Any) -> int:
        """The line of a node: docutils' own where it knows one, else the next that says
        the same.
        """
        if node.line and node.tagname == "paragraph":
            self.at = max(self.at, node.line)
            return int(node.line)
        probe = node.astext().strip().split("\n")[0][:30]
        for number in range(self.at, len(self.outline.lines) + 1):
            if probe and probe in self.outline.lines[number - 1].replace("\\", ""):
                self.at = number
                return number
        return self.at

    def walk(self, node: Any, depth: int) -> None:
        for child in node.children:
            self.visit(child, depth)

    def visit(self, node: Any, depth: int) -> None:
        """Hang one node of docutils' tree where ours grows."""
        kind = node.tagname
        if kind in _SILENT or (kind == "topic" and "contents" in node.get("classes", ())):
            return
        if kind == "section":
            self.walk(node, depth + 1)
        elif kind in ("title", "subtitle", "rubric"):
            self._title(node, depth)
        elif kind in ("paragraph", "line", "attribution", "caption"):
            self.grower.paragraph(self._text(node, self.find(node)))
        elif kind in ("bullet_list", "enumerated_list", "definition_list"):
            self._list(node, depth)
        else:
            self._special(node, depth)

    def _special(self, node: Any, depth: int) -> None:
        kind = node.tagname
        if kind in ("field_list", "docinfo"):
            self._fields(node)
        elif kind == "block_quote":
            self.grower.enter("quote", self.at)
            self.walk(node, depth)
            self.grower.leave(self.at)
        elif kind in ("literal_block", "doctest_block", "math_block"):
            number, text = self.find(node), node.astext()
            self.grower.add(Block("code", number, number + text.count("\n"), [Line(number, text)]))
        elif kind == "table":
            self._table(node)
        else:
            self.walk(node, depth)

    def _title(self, node: Any, depth: int) -> None:
        number = self.find(node)
        first = number - 1 if _is_rule(self.outline, number - 1) else number
        self.outline.use(first, number + 1)
        self.grower.heading(max(depth, 1), number, self._text(node, number)[0].text)

    def _list(self, node: Any, depth: int) -> None:
        if node.tagname == "definition_list":
            self._definitions(node, depth)
            return
        self.grower.enter("list", self.at, ordered=node.tagname == "enumerated_list")
        for item in node.children:
            self.grower.enter("item", self.at + 1)
            block = self.grower.open[-1]
            self.walk(item, depth)
            if block.children:
                block.start = block.children[0].start
            if self.grower.open:
                self.grower.leave(self.at)
        self.grower.leave(self.at)

    def _definitions(self, node: Any, depth: int) -> None:
        self.grower.enter("list", self.at)
        for item in node.children:
            self.grower.enter("item", self.at)
            self.walk_definition(item, depth)
            self.grower.leave(self.at)
        self.grower.leave(self.at)

    def walk_definition(self, item: Any, depth: int) -> None:
        """A term is the item's first line."""
        for child in item.children:
            if child.tagname == "term":
                self.grower.paragraph(self._text(child, self.find(child)))
            else:
                self.walk(child, depth)

    def _fields(self, node: Any) -> None:
        lines = []
        for one in node.children:
            number = self.find(one)
            if one.tagname == "field":
                name, body = one.children[0].astext(), one.children[-1]
                said = " ".join(line.text for line in self._text(body, number))
                lines.append(Line(number, f"{name}: {said}"))
            else:
                lines.append(Line(number, f"{one.tagname.capitalize()}: {one.astext()}"))
        self.grower.paragraph(lines)

    def _table(self, node: Any) -> None:
        rows = []
        for row in node.findall(lambda one: one.tagname == "row"):
            number = self.find(row.children[0]) if row.children else self.at
            cells = [
                " ".join(line.text for line in self._text(entry, number)) for entry in row.children
            ]
            rows.append(Row(number, cells))
        self.grower.table(rows)

    def _text(self, node: Any, number: int) -> list[Line]:
        """The inline text of a node, line by line."""
        runs: list[list[Piece]] = [[]]
        _collect(node, runs, Piece(""))
        lines = []
        for offset, pieces in enumerate(runs):
            whole = split_pieces(pieces)
            if text := markdown_of(whole).strip():
                lines.append(Line(number + offset, text, tuple(whole)))
        self.at = max(self.at, number + len(runs) - 1)
        return lines or [Line(number, "")]


def _is_rule(outline: Outline, number: int) -> bool:
    line = outline.lines[number - 1].strip() if 1 <= number <= len(outline.lines) else ""
    return len(line) > 2 and len(set(line)) == 1 and not line[0].isalnum()


def _collect(node: Any, runs: list[list[Piece]], style: Piece) -> None:
    if node.tagname == "#text":
        for position, part in enumerate(node.astext().split("\n")):
            if position:
                runs.append([])
            runs[-1].append(Piece(part, style.url, style.strong, style.slanted, style.code))
        return
    if node.tagname in ("system_message", "footnote_reference", "target", "image"):
        return
    url, strong, slanted, code = style.url, style.strong, style.slanted, style.code
    if node.tagname == "reference":
        url = node.get("refuri") or url
    strong = strong or node.tagname == "strong"
    slanted = slanted or node.tagname in ("emphasis", "title_reference")
    code = code or node.tagname == "literal"
    for child in node.children:
        _collect(child, runs, Piece("", url, strong, slanted, code))
    if node.tagname in ("paragraph", "list_item") and runs[-1]:
        runs[-1].append(Piece(" "))


def read_rst(text: str) -> Outline:
    """The tree of a reStructuredText document."""
    from docutils.core import publish_doctree  # it loads slowly, and few documents need it

    outline = new_outline(text, "reStructuredText")
    tree = publish_doctree(
        text,
        settings_overrides={
            "file_insertion_enabled": False,
            "raw_enabled": False,
            "_disable_config": True,
            "halt_level": 5,
            "report_level": 5,
            "doctitle_xform": False,
            "docinfo_xform": False,
            "smart_quotes": False,
            "line_length_limit": 100_000,
            "input_encoding": "unicode",
            "warning_stream": False,
        },
    )
    _Walker(outline).walk(tree, 0)
    return outline
