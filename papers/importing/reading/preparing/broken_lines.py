"""Lines that break off, joined with those that end them: within a link, bold text or a quotation,
in a title over its address, and in headings.
"""

import re

from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.links.paper_links import is_of_paper
from papers.importing.reading.outline.document import Block, Line, Outline, Section, head_lines
from papers.importing.reading.outline.pieces import only_addresses, only_links, plain, read_pieces
from papers.text.citation_parts import cut_names
from papers.text.citations import read_citation
from papers.text.dates import day_end
from papers.text.names import split_names
from papers.text.wording import is_sentence, words

MOST = 3
"""Lines that such a piece is wrapped over at most."""
WIDE, MOST_WRAPPED = 45, 8
"""Characters of a wrapped line of a reference at least, and lines of one at most."""
LONG, FEW = 50, 4
"""Characters of a line from which on it is wrapped, and words of a heading that are no title."""

_DATED = re.compile(r"(.{4,600}?)[\s,.]*\((?:19|20)\d\d[a-z]?\)\s*[.:]\s*")
""" "A. Lee, B. Ek (2019):" and its title below."""
_DAY_ALONE = re.compile(r"\[?(?P<day>[^\[\]]{6,20}?)(?:\]\((?P<url>[^()\s]+)\))?\s*[:：]")
""" "2023-03-09:", "[2023-03-09](notes.md):"."""
_PAIRS = (("«", "»"), ("“", "”"), ("「", "」"))


def join_broken_lines(outline: Outline) -> None:
    """Join headings with the line that ends them, and such lines of paragraphs."""
    for section in outline.root.walk():
        _join_heading(section, outline)
    waiting: list[Block] = [block for section in outline.root.walk() for block in section.blocks]
    while waiting:
        block = waiting.pop()
        waiting += block.children
        if block.kind == "item" and (dated := _below_day(head_lines(block), outline)):
            block.children[0].lines = [dated]
        if block.kind == "paragraph" and len(block.lines) > 1:
            block.lines = _joined(block.lines, outline)
            if _is_wrapped(block.lines):
                block.lines = [_one(block.lines, outline)]


def _join_heading(section: Section, outline: Outline) -> None:
    """A heading goes on in small letters right below, or is a citation together with that line."""
    first = section.blocks[0] if section.blocks and section.level else None
    if first is None or first.kind != "paragraph" or first.start != section.number + 1:
        return
    below = first.lines[0]
    if _holds_title(section, below):
        section.heading = f"{below.text.strip()} {section.heading.strip()}"
        outline.use(below.number)
        first.lines = first.lines[1:]
        section.blocks = section.blocks if first.lines else section.blocks[1:]
        return
    if len(first.lines) > 1 or any(piece.is_link for piece in below.pieces):
        return
    whole = f"{section.heading.rstrip()} {below.text.strip()}"
    cited = None if read_citation(section.heading) else read_citation(whole)
    head = plain(section.pieces)
    is_cited = cited is not None and len(words(head)) > FEW and cited.title.startswith(head)
    if is_cited or _goes_on(section.heading, below.text):
        section.heading = whole
        outline.use(below.number)
        del section.blocks[0]


def _holds_title(section: Section, below: Line) -> bool:
    """A heading of links that only say where they lead, over a title in bold letters."""
    links = [piece for piece in section.pieces if piece.is_link]
    is_led = only_links(section.pieces) and any(map(is_of_paper, links))
    shown = [piece for piece in below.pieces if words(piece.text)]
    is_title = len(words(plain(shown))) >= 3 and all(p.strong and not p.is_link for p in shown)
    return is_led and is_label_link(links[0]) and is_title


def _goes_on(text: str, below: str) -> bool:
    """A long line that ends with a word, over one in small letters that says no more."""
    is_long = len(text) >= LONG and text.rstrip()[-1:].isalpha()
    return is_long and below.lstrip()[:1].islower() and below.isascii() and not is_sentence(below)


def _below_day(lines: list[Line], outline: Outline) -> Line | None:
    """An item that begins with a day alone and goes on below with one linked title: one line.

    A link of the day leads to somebody's notes; it goes behind.
    """
    found = _DAY_ALONE.fullmatch(lines[0].text.strip()) if len(lines) > 1 else None
    links = [line.text.lstrip().startswith("[") for line in lines[1:]]
    is_titled = links[:1] == [True] and links.count(True) == 1
    if found is None or not is_titled or day_end(found["day"]) != len(found["day"]):
        return None
    whole = _one(lines, outline)
    notes = f" [notes]({found['url']})" if found["url"] else ""
    whole.text = f"{found['day']}: {whole.text.strip()[found.end() :].strip()}{notes}"
    return whole


def _joined(lines: list[Line], outline: Outline) -> list[Line]:
    found: list[Line] = []
    position = 0
    while position < len(lines):
        first = lines[position]
        end = position + 1
        while end < min(len(lines), position + MOST) and _breaks_off(first.text, lines[end:]):
            end += 1
        parts = lines[position:end]
        if len(parts) > 1 and all(line.given is None for line in parts):
            text = " ".join(line.text for line in parts)
            first = Line(first.number, text, last=parts[-1].number)
            outline.use(first.number + 1, first.last)
        else:
            end = position + 1
        found.append(first)
        position = end
    return found


def _is_wrapped(lines: list[Line]) -> bool:
    """Lines that are one reference from its authors on, which the first alone does not tell."""
    text = " ".join(line.text.strip() for line in lines)
    is_wide = len(lines) > 1 and all(len(line.text) >= WIDE for line in lines[:-1])
    is_linked = any(piece.is_link for line in lines[:-1] for piece in line.pieces)
    if not is_wide or is_linked or len(lines) > MOST_WRAPPED or not _names_authors(lines[0].text):
        return False
    cited = read_citation(_said(text))
    alone = read_citation(_said(lines[0].text))
    if cited is None or not cited.authors:
        return False
    return alone is None or alone.title != cited.title or not (alone.venue or alone.year)


def _names_authors(text: str) -> bool:
    """Whether a line begins with who wrote a work."""
    return bool(cut_names(_said(text))[0])


def _said(text: str) -> str:
    return plain(piece for piece in read_pieces(text) if not piece.is_link).strip(" ()[]")


def _one(lines: list[Line], outline: Outline) -> Line:
    text = " ".join(line.text.strip() for line in lines)
    whole = Line(lines[0].number, text, last=lines[-1].last or lines[-1].number)
    outline.use(whole.number + 1, whole.last)
    return whole


def _breaks_off(text: str, below: list[Line]) -> bool:
    """Whether "[A title" or "**A title" goes on in the lines below: "that ends](..)"."""
    is_over_address = len(below) > 1 and only_addresses(below[1].pieces)
    if is_over_address and _goes_on(text, below[0].text):
        return True
    if (dated := _DATED.fullmatch(text)) and split_names(dated[1]):
        return True
    rest = " ".join(line.text for line in below[: MOST - 1])
    if text.count("**") % 2 == 1 and "**" in rest:
        return True
    if re.search(r"\[[^\[\]]*$", text) and re.match(r"[^\[\]]*\]\(", rest):
        return True
    return any(text.count(one) > text.count(other) and other in rest for one, other in _PAIRS)
