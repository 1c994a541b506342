"""Lines that tell several facts side by side, and signs that stand for labels.

"📅 2 March · 🎤 Ann · 📍 ICLR 2023" and "Presenter: Ann | Date: 2 March | Slides: [here](..)" are
one label a part. Such a line becomes one line for each fact before anything else is decided, so
that the readers of labels need to know nothing about them.
"""

import re
from collections.abc import Iterator

from papers.importing.reading.entries.who_reads import split_people
from papers.importing.reading.items.line_labels import read_label
from papers.importing.reading.labels.meanings import is_fact
from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.outline.document import Block, Line, Outline
from papers.importing.reading.outline.pieces import Piece, only_addresses, only_links, plain
from papers.text.dates import find_date, names_a_time
from papers.text.identifiers import is_paper_url
from papers.text.titles import without_emoji
from papers.text.venues import find_venue, is_venue_tag
from papers.text.wording import is_sentence, prose_score, says_itself, words

_PARTS = re.compile(r"\s+[·•∙‧|｜¦]\s+|\s*\t+\s*|(?:\s|&nbsp;|&emsp;|&ensp;){3,}|\s*<br\s*/?>\s*")
_SIGNS = {
    "Presenter": "🎤🎙👤🙋🗣👩👨🧑👥🤵💁",
    "Meeting": "📅🗓📆🕑🕒🕓🕔🕕⏰🕐🕙🕚🕛",
    "Venue": "📍🏛🏟🎓📰📓",
    "Tags": "🏷🔖",
    "Link": "📄📝🔗📎📃📜🧾📑🌐",
    "Authors": "✍🖊🖋✏",
}
"""What a sign before a value usually says of it; the value must agree."""

_LEAD = re.compile(r"^[*_\s]*([\U0001F300-\U0001FAFF\u2600-\u27BF\u2B50\u2B55])[^\w\s*_\[\(]*\s*")
_KEYCAP = re.compile(r"^\s*(?:\d\uFE0F?\u20E3|[\u2460-\u2473\u2776-\u277F])+\s*")
_WRITER = re.compile(
    r"^\W*([^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*)?)"
    r"[\s,\[(]+\d{1,2}:\d\d(?::\d\d)?\s*(?:[AP]M)?[\])]?:?\s*$",
    re.IGNORECASE,
)
""" "Ann  10:02": who wrote a message, and when."""
LONGEST = 400
"""Characters of such a line at most."""


def part_strips(outline: Outline) -> None:
    """Put one line for each fact where a line tells several, or a sign says what it tells."""
    waiting: list[Block] = [block for section in outline.root.walk() for block in section.blocks]
    while waiting:
        block = waiting.pop()
        waiting += block.children
        if block.kind == "paragraph":
            for line in block.lines[:1]:
                line.text = _KEYCAP.sub("", line.text)
            _turn(block.lines)
            block.lines = [one for line in block.lines for one in _parted(line)]


def _turn(lines: list[Line]) -> None:
    """Messages of a chat: who wrote, at what time; an address, and its title below."""
    for at in range(len(lines) - 1):
        said = _WRITER.match(lines[at].text) if len(lines[at].text) <= LONGEST else None
        if said and "://" in lines[at + 1].text and split_people(said[1]):
            lines[at] = Line(lines[at].number, f"Presenter: {said[1]}")
        is_first = at == 0 or _is_label(lines[at - 1]) or says_itself(lines[at - 1].text)
        if is_first and _is_address(lines[at]) and _is_title(lines[at + 1]):
            lines[at], lines[at + 1] = lines[at + 1], lines[at]


def _is_address(line: Line) -> bool:
    return only_addresses(line.pieces) and any(is_paper_url(p.url or "") for p in line.pieces)


def _is_title(line: Line) -> bool:
    is_bare = not any(piece.is_link for piece in line.pieces) and not _is_label(line)
    return is_bare and len(words(line.text)) > 1 and prose_score(line.text) < 0.5


def _parted(line: Line) -> Iterator[Line]:
    is_other = len(line.text) > LONGEST or line.given is not None or line.learned
    if is_other or not (_PARTS.search(line.text) or _LEAD.match(line.text)):
        yield line
        return
    parts = [part.strip() for part in _PARTS.split(line.text) if part.strip()]
    told = [_told(line.number, part) for part in parts]
    labelled = sum(one is not None and _is_label(one) for one in told)
    is_strip = len(parts) > 1 and None not in told and labelled >= min(2, len(parts))
    if is_strip or (len(parts) == 1 and _LEAD.match(parts[0])):
        yield from (one or line for one in told)
    else:
        yield line


def _is_label(line: Line) -> bool:
    found = read_label(line, bold_only=False)
    return found is not None and is_fact(found[0])


def _told(number: int, part: str) -> Line | None:
    """One part as a labelled line, None if it tells no fact by itself."""
    line = Line(number, part)
    if sign := _LEAD.match(part):
        rest = Line(number, part[sign.end() :])
        if _is_label(rest):
            return rest
        for label, signs in _SIGNS.items():
            if sign[1] in signs:
                return _agreed(label, rest)
        return None
    if _is_label(line):
        return line
    text = plain(line.pieces)
    if names_a_time(text) and not re.fullmatch(r"\d{4}", text):
        return Line(number, f"Meeting: {part}")
    if is_venue_tag(text) or (find_venue(text) and len(words(text)) <= 4):
        return Line(number, f"Venue: {part}")
    pieces = tuple(Piece(one.text, one.url) for one in line.pieces)
    is_linked = only_links(pieces) and all(is_label_link(p) for p in line.pieces if p.is_link)
    return Line(number, f"Link: {part}") if is_linked else None


def _agreed(label: str, value: Line) -> Line | None:
    """A value under the label that its sign stands for, None where it does not look like one."""
    text = plain(value.pieces)
    if not text or is_sentence(text):
        return None
    if label == "Presenter":
        people = split_people(without_emoji(text))
        fits = bool(people) and all(len(words(one)) <= 3 for one in people)
    elif label == "Meeting":
        fits = names_a_time(text) or find_date(text) is not None
    elif label == "Venue":
        fits = is_venue_tag(text) or find_venue(text) is not None
    elif label == "Link":
        fits = only_links(value.pieces) and all(map(is_label_link, value.pieces))
    elif label == "Authors":
        fits = bool(split_people(text)) and len(words(text)) >= 2
    else:
        fits = len(text) <= 120
    return Line(value.number, f"{label}: {value.text}") if fits else None
