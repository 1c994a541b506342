"""python-markdown as we use it: without raw HTML, with tables, footnotes and struck-out text."""

import re
from html import unescape
from itertools import pairwise
from typing import cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import AUTOMAIL_RE, ENTITY_RE, DelimiterProcessor, InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from papers.text.rendering.postprocess import as_shown, postprocess
from papers.text.rendering.prose import is_wrapped
from papers.text.rendering.stash import MARK, Stashed


def read(text: str, stashed: list[Stashed], name: str) -> str:
    """Return the HTML of a text whose stashed are taken out; `name` keeps its footnotes apart."""
    markdown = Markdown(
        extensions=[
            TableExtension(use_align_attribute=True),
            SaneListExtension(),
            NumberedFootnotes(name),
            House(stashed),
        ]
    )
    return markdown.convert(text)


class House(Extension):
    """Our own rules in one place."""

    def __init__(self, stashed: list[Stashed]) -> None:
        super().__init__()
        self._stashed = stashed

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        """Switch raw HTML off and our rules on; the numbers are the library's priorities."""
        md.ESCAPED_CHARS += ["@", "~"]
        md.preprocessors.deregister("html_block")
        md.postprocessors.deregister("raw_html")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.deregister("backtick")  # code is an item
        md.inlinePatterns.register(Entity(ENTITY_RE, md), "entity", 80)
        md.inlinePatterns.register(Mail(AUTOMAIL_RE, md), "automail", 110)
        emphasis = cast("DelimiterProcessor", md.inlinePatterns["em_strong"])
        emphasis.add("~", "del", double=True)
        md.parser.blockprocessors.register(Heading(md.parser), "hashheader", 70)
        md.treeprocessors.register(Headings(md), "closing-hashes", 30)
        md.treeprocessors.register(TypedLines(md), "typed-lines", 25)
        md.treeprocessors.register(Postprocessing(md, self._stashed), "postprocess", 12)


class Entity(InlineProcessor):
    """Reads `&lt;` as the character it names, which is escaped again when written."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        """Return the character in place of the entity, once: `&amp;lt;` is shown as `&lt;`."""
        return as_shown(unescape(m[1])), m.start(), m.end()


class Mail(InlineProcessor):
    """Makes `<ada@example.org>` a link, its address written plainly."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        """Return the link."""
        link = Element("a", {"href": f"mailto:{m[1].removeprefix('mailto:')}"})
        link.text = AtomicString(m[1])
        return link, m.start(), m.end()


class Heading(HashHeaderProcessor):
    """Asks for a blank after the hashes: `#12` at the head of a line is a paper."""

    RE = re.compile(r"(?:^|\n)[ ]{0,3}(?P<level>#{1,6}+)(?P<header>(?:[ ][^\n]*+)?)(?:\n|$)")


class Headings(Treeprocessor):
    """Drops the hashes that close a heading."""

    def run(self, root: Element) -> None:
        """Change the headings' texts, before anything in them is read."""
        for level in range(1, 7):
            for heading in root.iter(f"h{level}"):
                text = (heading.text or "").rstrip(" ")
                without = text.rstrip("#")
                heading.text = without.rstrip() if without.endswith(" ") else text


class TypedLines(Treeprocessor):
    """Keeps lines that were typed below each other; text wrapped at a column runs on."""

    def run(self, root: Element) -> None:
        """Put a hard break at the end of each line, before anything in it is read."""
        for element in root.iter():
            lines = [line.strip(" ") for line in (element.text or "").strip("\n").split("\n")]
            if element.tag in {"p", "li"} and len(lines) > 1 and not is_wrapped(lines):
                broken = [line + _end(line, after) for line, after in pairwise(lines)]
                element.text = "".join([*broken, lines[-1]])


def _end(line: str, after: str) -> str:
    """No break beside a formula that has a line to itself: it is set apart anyway."""
    is_apart = any(MARK.fullmatch(one.strip()) for one in (line, after))
    return "\n" if is_apart else "  \n"


class Postprocessing(Treeprocessor):
    """Hands the tree to `dress`, after Markdown has read it and before its escapes are undone."""

    def __init__(self, md: Markdown, stashed: list[Stashed]) -> None:
        super().__init__(md)
        self._stashed = stashed

    def run(self, root: Element) -> None:
        """Dress the tree."""
        postprocess(root, self._stashed)


class NumberedFootnotes(FootnoteExtension):
    """Names footnotes by text and number, so that many texts can stand on one page."""

    def __init__(self, name: str) -> None:
        super().__init__(PLACE_MARKER="\ufdd2", BACKLINK_TITLE="Back to footnote %d in the text")
        self._name = name
        self._numbers: dict[str, int] = {}

    def makeFootnoteId(self, id: str) -> str:  # noqa: A002, N802
        """Return the id of the footnote itself."""
        return f"fn:{self._name}-{self._number(id)}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, N802
        """Return the id of a place that refers to the footnote."""
        return self.unique_ref(f"fnref:{self._name}-{self._number(id)}", found)

    def _number(self, label: str) -> int:
        return self._numbers.setdefault(label, len(self._numbers) + 1)
