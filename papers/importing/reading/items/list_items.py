"""A list item or paragraph as one entry: a title, then facts and remarks line by line."""

import re
from collections.abc import Sequence

from papers.importing.reading.drafts.review_text import Unit
from papers.importing.reading.entries.appearances import took_appearance
from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.entries.entry_lines import read_entry
from papers.importing.reading.entries.facts import read_facts
from papers.importing.reading.items.below_titles import hang_below
from papers.importing.reading.items.bodies import read_body
from papers.importing.reading.items.labelled import read_fact
from papers.importing.reading.items.line_labels import read_label
from papers.importing.reading.items.names_first import take_journal, title_below, turn_round
from papers.importing.reading.items.wrapped import wrapped_count, wrapped_reference
from papers.importing.reading.labels.meanings import is_fact
from papers.importing.reading.links.label_links import is_label_link, is_reference_link
from papers.importing.reading.links.paper_links import is_of_paper
from papers.importing.reading.outline.document import Block, Line, Outline, head_lines
from papers.importing.reading.outline.pieces import Piece, only_links, plain, read_pieces
from papers.text.citation_parts import names_and_source
from papers.text.dates import names_a_time
from papers.text.names import split_names
from papers.text.wording import ends_open, has_verb, is_sentence, words

_IN_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]+)[)）\]]\.?")


def read_item(item: Block, outline: Outline) -> Entry:
    """The entry that a list item makes, with all that hangs below it."""
    remark, start = "", item.start
    if (first := title_below(item)) is not None:
        remark = turn_round(item, first)
        outline.use(start)
    lines = head_lines(item)
    entry = read_lines(lines, outline)
    entry.line = min(entry.line, start)
    entry.remark = "; ".join(part for part in (remark, entry.remark) if part)
    if first is not None:
        take_journal(entry, item)
    entry.last_line = max(item.end, entry.line)
    while entry.last_line > entry.line and not outline.lines[entry.last_line - 1].strip():
        entry.last_line -= 1
    hang_below(entry, read_body(item.children[1:], outline))
    return entry


def read_lines(lines: list[Line], outline: Outline) -> Entry:
    """The entry of one paragraph: a title, then addresses, facts or remarks line by line."""
    used = lines
    if whole := wrapped_reference(lines):
        lines = [whole, *lines[wrapped_count(lines) :]]
    first, *rest = lines
    text = first.text
    while rest and _goes_on(text, rest):
        text = f"{text} {rest.pop(0).text}"
    pieces = first.pieces if text == first.text else read_pieces(text)
    entry = read_entry(pieces, first.number, used[-1].last or used[-1].number, first.style)
    for line in used:
        outline.use(line.number)
    remarks: list[Line] = []
    for line in rest:
        if not _took_line(entry, line):
            remarks.append(line)
    if remarks:
        joined = "\n".join(line.text for line in remarks)
        entry.units.append(Unit(remarks[0].number, joined, "summary"))
    entry.settle_year()
    return entry


def _goes_on(text: str, rest: list[Line]) -> bool:
    """A title that breaks off with "and" or a comma goes on in the next line."""
    if text.rstrip().endswith((":", ",")) and text.count("(") > text.count(")"):
        return True  # "(Discussion leaders:", "Ann Lee and Bo Ek)".
    if not ends_open(text):
        return False
    pieces = read_pieces(text)
    return (
        not any(piece.is_link for piece in pieces)
        and not only_links(rest[0].pieces)
        and read_label(rest[0]) is None
    )


_DATED_NAME = re.compile(r"[A-Z][^\d,;:()]{2,60}\s(?:19|20)\d\d")


def _venue_alone(pieces: Sequence[Piece], *, is_below_address: bool) -> str:
    """A line that is one slanted name, or below the address a name with a year: "Sci Rep 2024"."""
    text = plain(pieces).strip(" .")
    shown = [piece for piece in pieces if piece.text.strip(" .")]
    is_slanted = all(piece.slanted for piece in shown) and not split_names(text)
    is_dated = is_below_address and _DATED_NAME.fullmatch(text) and not names_a_time(text)
    is_name = len(words(text)) <= 12 and not has_verb(text)
    return text if shown and is_name and (is_slanted or is_dated) and not shown[0].is_link else ""


def _took_line(entry: Entry, line: Line) -> bool:
    pieces = line.pieces
    if only_links(pieces) and not any(is_reference_link(p, is_placed=False) for p in pieces):
        for piece in pieces:
            if piece.url:
                entry.add_link(piece.url, "" if piece.bare else piece.text)
        return True
    inner = _IN_BRACKETS.fullmatch(line.text.strip())
    label = (read_label(Line(line.number, inner[1]), bold_only=False) if inner else None) or (
        read_label(line)
    )
    if label and label[0] is not None and is_fact(label[0]):
        read_fact(entry, label[0], label[2].pieces)
        return True
    if not any(piece.is_link for piece in pieces) and took_appearance(entry, plain(pieces)):
        return True
    if whole := _venue_alone(pieces, is_below_address=bool(entry.links)):
        entry.add_venue(whole)
        return True
    is_led = any(piece.is_web and is_label_link(piece) and is_of_paper(piece) for piece in pieces)
    told = plain([piece for piece in pieces if not piece.is_link])
    is_cited = is_led and names_and_source(told) is not None
    if is_sentence(told) and len(split_names(told)) < 2 and not is_cited:
        return False
    read_facts(entry, pieces)
    return True
