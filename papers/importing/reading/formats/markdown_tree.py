"""Markdown as it is written: headings, lists, tables with and without outer bars, HTML between."""

import re
from typing import Any

from django.utils.translation import gettext as _
from markdown_it.token import Token

from papers.importing.reading.drafts.understood import Problem
from papers.importing.reading.formats.cuts import (
    bare_numbers,
    blank_comments,
    blank_tags,
    cut_front,
    cut_html,
    cut_references,
    even_bullets,
    part_headings,
)
from papers.importing.reading.formats.data.data_files import grow_front
from papers.importing.reading.formats.html_tree import grow_html
from papers.importing.reading.formats.inline_html import inline_html
from papers.importing.reading.formats.mails import cut_mail
from papers.importing.reading.outline.document import Block, Line, Outline, Row
from papers.importing.reading.outline.grower import Grower, new_outline
from papers.importing.reading.outline.pieces import make_parser, unwrap

_FENCE = re.compile(r"\s*(?:[>\-*+]\s*)*(?:`{3,}|~{3,})\s*$")
_PLACE = re.compile("\ue000(\\d+)\ue000")
_BREAK = re.compile(r"</?(?:br|p|div|center)\b[^<>]*>", re.IGNORECASE)
_SUMMARY = re.compile(
    r"<summary\b[^<>]*>\s*(?:<[^<>]+>\s*)*([^<>]+?)\s*(?:<[^<>]+>\s*)*</summary\s*>", re.IGNORECASE
)
_CHECKBOX = re.compile(r"^\[[ xX✓✔-]\]\s+")
_CALLOUT = re.compile(r"^\[![\w-]+\][+-]?\s*")
_ATTRIBUTES = re.compile(r"\s*\{:[^{}]*\}|\s*\{[#.][\w\s.#=\"-]*\}\s*$")
_WIKI = re.compile(r"!?\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\](?![(\[])")
_FOOTNOTE = re.compile(r"^\[\^[^\[\]\s]+\]:\s*|\[\^[^\[\]\s]+\]")
_REFERENCE = re.compile(r"(?<![!\\\]])\[([^\[\]]{1,500})\](?:[ ]?\[([^\[\]]*)\])?(?![\[(:])")


def read_outline(text: str, marked: str = "") -> Outline:
    """The outline of a document with "\n" line ends. Never raises, in time linear in the text.

    `marked` is the same text, line by line, with the marks of Markdown where the source has others.
    """
    outline = new_outline(text, "text" if marked else "Markdown")
    body = cut_front(marked or text, outline)
    body = cut_mail(body, outline)
    body = blank_comments(body, outline)
    body, inserts = cut_html(body)
    body = blank_tags(body, outline)
    body, named = cut_references(body, outline)
    tokens, links = _parse(even_bullets(bare_numbers(part_headings(body))), outline)
    links |= {name: unwrap(url) for name, url in named.items()}
    builder = _Builder(outline, inserts, links)
    grow_front(outline, builder)
    builder.build(tokens)
    return outline


def _parse(text: str, outline: Outline) -> tuple[list[Token], dict[str, str]]:
    """Tokens, and the addresses of links by reference by their names in capitals."""
    parser = make_parser()
    env: dict[str, Any] = {}
    tokens = parser.parse(text, env)
    open_fence = next((t for t in tokens if t.type == "fence" and not _is_closed(t, outline)), None)
    if open_fence and open_fence.map:
        outline.problems.append(
            Problem(
                open_fence.map[0] + 1,
                _(
                    "The code block starting on line %(line)s is never closed, so it was read as "
                    "ordinary text. Close it with a line of three backticks."
                )
                % {"line": open_fence.map[0] + 1},
            )
        )
        parser.disable("fence")
        env = {}
        tokens = parser.parse(text, env)
    for reference in env.get("references", {}).values():
        outline.use(reference["map"][0] + 1, reference["map"][1])
    links = {name: unwrap(one["href"]) for name, one in env.get("references", {}).items()}
    return tokens, links


def _is_closed(token: Token, outline: Outline) -> bool:
    if token.map is None or token.map[1] - token.map[0] < 2:
        return False
    return bool(_FENCE.match(outline.lines[token.map[1] - 1]))


class _Builder(Grower):
    """Folds the flat token list into sections and blocks."""

    def __init__(
        self, outline: Outline, inserts: list[tuple[int, str]], links: dict[str, str]
    ) -> None:
        super().__init__(outline)
        self.inserts, self.links = inserts, links

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
                self.enter("list", *_span(token), ordered=token.type.startswith("ordered"))
            case "list_item_open":
                self.enter("item", *_span(token))
            case "blockquote_open":
                self.enter("quote", *_span(token))
            case (
                "bullet_list_close" | "ordered_list_close" | "list_item_close" | "blockquote_close"
            ):
                self.leave()
            case "inline":
                self._inline(token)
            case "fence" | "code_block":
                start, end = _span(token)
                rows = [Line(n, self.outline.lines[n - 1]) for n in range(start, end + 1)]
                self.add(Block("code", start, end, rows))
            case "hr":
                self.outline.use(*_span(token))

    def _inline(self, token: Token) -> None:
        """A paragraph, in which a mark stands for a piece of HTML."""
        lines: list[Line] = []
        for line in self._lines(token):
            if found := _PLACE.fullmatch(line.text):
                self.paragraph(lines)
                lines = []
                number, html = self.inserts[int(found[1])]
                grow_html(html, number, self)
            else:
                lines.append(line)
        self.paragraph(lines)

    def _lines(self, token: Token) -> list[Line]:
        start, _ = _span(token)
        texts = token.content.split("\n")
        # A definition begins with a colon and a blank.
        texts[1:] = [text.removeprefix(": ") for text in texts[1:]]
        if self.open and self.open[-1].kind == "item" and not self.open[-1].children:
            texts[0] = _CHECKBOX.sub("", texts[0])
        elif self.open and self.open[-1].kind == "quote":
            texts[0] = _CALLOUT.sub("", texts[0])
        return [
            Line(start + offset, said)
            for offset, text in enumerate(texts)
            for part in (
                _BREAK.split(_SUMMARY.sub(r"<p>**\1**<p>", text)) if "<" in text else (text,)
            )
            if (said := self._plain(part))
        ]

    def _plain(self, text: str) -> str:
        """A line without what only its renderer needs; links by reference are given their
        address.
        """
        text = text.strip().removesuffix("\\")
        if "<" in text:
            text = inline_html(text)
        if "{:" in text or "{#" in text or "{." in text:
            text = _ATTRIBUTES.sub("", text)
        if "[[" in text:
            text = _WIKI.sub(_wiki_name, text)
        if "[^" in text:
            text = _FOOTNOTE.sub("", text)
        if self.links and "[" in text:
            text = _REFERENCE.sub(self._linked, text)
        return text.strip()

    def _linked(self, found: re.Match[str]) -> str:
        url = self.links.get(" ".join((found[2] or found[1]).split()).upper())
        return found[0] if url is None else f"[{found[1]}](<{url}>)"

    def _heading(self, token: Token, inline: Token) -> None:
        start, end = _span(token)
        lines = self._lines(inline)
        if token.markup in ("-", "=") and len(lines) > 1:
            # Several lines over a ruler are a paragraph and a rule, not a heading of that length.
            self.paragraph(lines)
            self.outline.use(end)
            return
        # A heading within a list item opens a section like any other: "- ### Title".
        text = " ".join(line.text for line in lines)
        self.heading(int(token.tag[1:]), start, text.rstrip("#").rstrip() if lines else "")
        self.outline.use(end)

    def _table(self, tokens: list[Token], position: int) -> int:
        rows: list[Row] = []
        number, _ = _span(tokens[position])
        position += 1
        while tokens[position].type != "table_close":
            token = tokens[position]
            if token.type == "tr_open":
                number = token.map[0] + 1 if token.map else number + 1
                rows.append(Row(number, []))
            elif token.type == "inline":
                rows[-1].cells.append(self._plain(token.content))
            position += 1
        self.table(rows)
        if rows:
            self.outline.use(rows[0].number + 1)
        return position + 1


def _wiki_name(found: re.Match[str]) -> str:
    """What a link to another note says; "[[A whole title|Short]]" names the note by its title."""
    target, alias = found[1].rpartition("/")[2].partition("#")[0], found[2] or ""
    is_title = len(target.split()) >= 4 and len(alias.split()) < 3
    return target if alias and is_title else alias or found[1]


def _span(token: Token) -> tuple[int, int]:
    start, end = token.map or (0, 1)
    return start + 1, max(end, start + 1)
