"""List items and paper headings as entries: the first line, those after it, what hangs below."""

import re

from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.entries.entry_lines import read_entry
from papers.importing.reading.items.below_titles import hang_heading
from papers.importing.reading.items.bodies import Body, read_body
from papers.importing.reading.items.repeating import read_repeated, repeated_title
from papers.importing.reading.outline.document import Block, Outline, Section
from papers.importing.reading.outline.pieces import plain, read_pieces
from papers.text.dates import find_date
from papers.text.wording import OPENING_MARKS, ends_open, words

_CHECKBOX = re.compile(r"^\[[ xX]\]\s+")


_NUMBERED_TIME = re.compile(
    r"^(?:week|session|meeting|day|lecture|paper|talk|no\.?|第)\s*#?\d+\s*(?:回|[:.\-–—|])\s*",
    re.IGNORECASE,
)

_LABEL = re.compile(r"^(\W*)(?:paper|title|论文|論文)\s*[:：]\s+(?=\S+\s+\S)", re.IGNORECASE)


def read_heading(section: Section, outline: Outline) -> Entry:
    """The entry that a paper's heading and the text below it make."""
    blocks = list(section.blocks)
    heading, first = section.heading, blocks[0] if blocks else None
    number = section.number
    if first and first.kind == "paragraph" and ends_open(heading) and first.start == number + 1:
        # The title wraps: its second half stands where the text should begin.
        heading = f"{heading} {first.lines[0].text}"
        blocks[0] = Block("paragraph", first.start + 1, first.end, first.lines[1:])
        outline.use(first.start)
        if not first.lines[1:]:
            del blocks[0]
    if again := repeated_title(section):
        entry = read_repeated(again, outline)
        entry.line = number
        outline.use(number)
        blocks = [one for one in blocks if one is not again or again.children]
    else:
        title = _LABEL.sub(r"\1", _without_time(heading))
        entry = read_entry(read_pieces(title), number, number)
        entry.has_own_title = plain(read_pieces(title)).startswith(OPENING_MARKS)
    entry.is_paper_page = True
    if not entry.title:
        entry.title = entry.written = plain(read_pieces(heading))
    entries_used = bytearray(outline.used)
    body = read_body(blocks, outline, section.subs)
    hang_heading(entry, body)
    entry.last_line = _last_line(section, outline)
    if not body.says_something:
        _release_lines(entry, body, outline, entries_used)
    return entry


def _without_time(heading: str) -> str:
    """ "2021-03-04: Title", "Week 3 - Title": when a paper was read is not when it came out."""
    dated = find_date(heading)
    rest = _NUMBERED_TIME.sub("", heading)
    if dated and dated.start == 0 and dated.on:
        rest = heading[dated.end :].lstrip(" :.-–—|")
    return rest if len(words(rest)) >= 2 else heading


def _release_lines(entry: Entry, body: Body, outline: Outline, used: bytearray) -> None:
    """Lone words under a heading are no review: their lines stay open, and are reported."""
    for unit in entry.units:
        for number in range(unit.line, unit.line + unit.text.count("\n") + 1):
            outline.used[number] = used[number]
    entry.units.clear()


def _last_line(section: Section, outline: Outline) -> int:
    last = section
    for one in section.walk():
        last = one
    end = max([last.number, *(block.end for block in last.blocks)])
    while end > section.number and not outline.lines[end - 1].strip():
        end -= 1
    return end
