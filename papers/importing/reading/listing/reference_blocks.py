"""Paragraphs that say title, authors, source and address line by line, as catalogs give them.

"Title / Lee A, Ek B / Biostatistics. 2013;14(1):1-9 / https://..." Where several paragraphs are
built so, each becomes a title with its address and labelled lines, which one reader follows.
"""

import re
from dataclasses import dataclass, field

from papers.importing.reading.headings.member_names import person_of_day
from papers.importing.reading.items.line_labels import read_label
from papers.importing.reading.labels.meanings import meaning_of
from papers.importing.reading.links.label_links import is_reference_link
from papers.importing.reading.outline.document import Block, Line, Outline, head_lines
from papers.importing.reading.outline.pieces import only_links, plain
from papers.text.dates import NUMBERED_TIME, day_end
from papers.text.names import split_names
from papers.text.sources import read_source
from papers.text.wording import ends_open, is_sentence, prose_score, words

LEAST, MOST = 2, 14
"""Paragraphs of this kind that show a habit, and lines of one at most."""
TITLE_LINES, SOURCE_LINES, WRAPPED = 3, 4, 40
"""Lines of a title and of a source at most, and the characters of a line from which on it wraps."""
_LABEL = re.compile(r"\s*([A-Z][\w() ]{2,20}?)\s*:\s*(.*)$")


@dataclass(slots=True)
class _Reference:
    """The lines of one paragraph by what they say."""

    title: list[Line] = field(default_factory=list)
    authors: list[Line] = field(default_factory=list)
    opening: Line | None = None
    source: list[Line] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)

    @property
    def is_told(self) -> bool:
        """Whether it says more than a title and an address, which others read as they are."""
        has_address = any(piece.is_web for line in self.rest for piece in line.pieces)
        is_usual = len(self.title) == 1 and not self.source
        return bool(self.title) and not is_usual and (has_address or bool(self.authors))


def titles_first(outline: Outline) -> None:
    """Put a title over its authors where several paragraphs and items name these first."""
    waiting = [block for section in outline.root.walk() for block in section.blocks]
    found: list[list[Line]] = []
    while waiting:
        block = waiting.pop()
        waiting += block.children
        if block.kind == "paragraph" and len(block.lines) > 1 and _is_turned(block.lines):
            found.append(block.lines)
    for lines in found if len(found) >= LEAST else ():
        lines[0], lines[1] = lines[1], lines[0]


def presenters_below(outline: Outline) -> None:
    """Put a title over the day and the person above it: "2025-10-17: Ann", "[Title](..)"."""
    waiting = [block for section in outline.root.walk() for block in section.blocks]
    found: list[Block] = []
    while waiting:
        block = waiting.pop()
        waiting += block.children
        head = head_lines(block) if block.kind == "item" else []
        if len(head) > 1 and day_end(plain(head[0].pieces)) and head[1].text.lstrip()[:1] in _OPENS:
            found += [block.children[0]] if person_of_day(plain(head[0].pieces)) else []
    for block in found if len(found) >= LEAST else ():
        first, title, *rest = block.lines
        text = plain(first.pieces)
        day = Line(first.number, f"Meeting: {text[: day_end(text)]}")
        block.lines = [title, Line(first.number, f"Presenter: {person_of_day(text)}"), day, *rest]


_OPENS = tuple('["“„«»「《*_<')


def _is_turned(lines: list[Line]) -> bool:
    """Names over a title that is bold, slanted, quoted or linked from end to end."""
    shown = [piece for piece in lines[1].pieces if words(piece.text)]
    text = plain(lines[1].pieces)
    is_marked = len(shown) == 1 and (shown[0].strong or shown[0].slanted or shown[0].is_web)
    is_title = (is_marked or text[:1] in _OPENING_MARKS) and len(words(text)) >= TITLE_WORDS
    above = [piece for piece in lines[0].pieces if words(piece.text)]
    is_reference = bool(above) and all(is_reference_link(p, is_placed=False) for p in above)
    is_named = is_reference or bool(split_names(plain(lines[0].pieces)))
    return is_title and not shown[0].bare and is_named


_OPENING_MARKS = tuple('"“„«»「《')
TITLE_WORDS = 3


def label_references(outline: Outline) -> None:
    """Put labels before the lines of such paragraphs, where the document has several."""
    blocks = [
        block
        for section in outline.root.walk()
        for block in section.blocks
        if block.kind == "paragraph" and 3 <= len(block.lines) <= MOST
    ]
    found = [(block, one) for block in blocks if (one := _read(block.lines)) is not None]
    for block, one in found if len(found) >= LEAST else ():
        block.lines = _labelled(one, outline)


def _read(lines: list[Line]) -> _Reference | None:
    """What the lines of a paragraph say, None if they are no reference."""
    found = _Reference()
    position = 0
    while position < len(lines) and not _ends_title(lines, position):
        position += 1
    found.title = lines[:position]
    if not _are_title(found.title):
        return None
    if position < len(lines) and _names(lines[position]):
        found.authors = [lines[position]]
        position += 1
    if position < len(lines) and _opens_source(lines[position]):
        found.opening = lines[position]
        position += 1
    while position < len(lines) and not _is_other(lines[position]):
        found.source.append(lines[position])
        position += 1
    found.rest = lines[position:]
    return found if found.is_told and _is_source(found.source) else None


def _ends_title(lines: list[Line], position: int) -> bool:
    line = lines[position]
    return position > 0 and (_names(line) or _is_other(line))


def _are_title(lines: list[Line]) -> bool:
    text = " ".join(plain(line.pieces) for line in lines)
    is_linked = any(piece.is_link for line in lines for piece in line.pieces)
    return (
        0 < len(lines) <= TITLE_LINES
        and not is_linked
        and not (day_end(text) or NUMBERED_TIME.match(text))
        and all(len(line.text) >= WRAPPED or ends_open(line.text) for line in lines[:-1])
        and 3 <= len(words(text)) <= 40
        and (prose_score(text.rstrip(". ")) < 0.9 or not is_sentence(text))
        and not any(map(_is_other, lines))
    )


def _names(line: Line) -> bool:
    """Who wrote it: names alone, or behind a label."""
    text = plain(line.pieces)
    label = _LABEL.match(text)
    if label is not None and meaning_of(label[1]) == "authors":
        return True
    return not any(piece.is_link for piece in line.pieces) and bool(split_names(text))


def _opens_source(line: Line) -> bool:
    """ "Source:" over the lines that say where it appeared."""
    label = _LABEL.match(plain(line.pieces))
    return label is not None and not label[2] and meaning_of(label[1]) in ("paper", "venue")


def _address_of(line: Line) -> Line | None:
    """A line that is an address, without the label before it: "Stable URL: https://..."."""
    label = _LABEL.match(line.text)
    value = Line(line.number, label[2]) if label and "://" in label[2] else line
    return value if only_links(value.pieces) else None


def _is_other(line: Line) -> bool:
    """An address, or a label with what it says."""
    if _address_of(line) is not None or _opens_source(line):
        return True
    label = _LABEL.match(plain(line.pieces))
    is_known = label is not None and read_label(line, bold_only=False) is not None
    return is_known and not _names(line)


def _is_source(lines: list[Line]) -> bool:
    if any(piece.is_link for line in lines for piece in line.pieces):
        return False
    if not lines:
        return True
    source = read_source(_joined(lines), is_sure=True)
    return len(lines) <= SOURCE_LINES and bool(source.venue or source.year)


def _joined(lines: list[Line]) -> str:
    return ", ".join(plain(line.pieces).strip(" ,") for line in lines)


def _labelled(one: _Reference, outline: Outline) -> list[Line]:
    """The same lines: the title in one, its address below it, then authors and source."""
    links = [found for line in one.rest if (found := _address_of(line)) is not None]
    rest = [line for line in one.rest if _address_of(line) is None]
    title = " ".join(line.text.strip() for line in one.title)
    first, last = one.title[0].number, one.title[-1].number
    outline.use(first, last)
    lines = [Line(first, title if links else f"Title: {title}", last=last), *links]
    for line in one.authors:
        is_labelled = read_label(line, bold_only=False) is not None
        lines.append(line if is_labelled else Line(line.number, f"Authors: {line.text.strip()}"))
    if one.opening is not None:
        outline.use(one.opening.number)
    if one.source:
        outline.use(one.source[0].number, one.source[-1].number)
        lines.append(Line(one.source[0].number, f"Venue: {_joined(one.source)}"))
    return [*lines, *rest]
