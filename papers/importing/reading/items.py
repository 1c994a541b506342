"""List items and paper headings as entries: the first line, those after it, what hangs below."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from papers.importing.reading.bodies import FEW_WORDS, Body, read_body, read_label
from papers.importing.reading.document import Block, Line, Outline, Section
from papers.importing.reading.drafts import Unit
from papers.importing.reading.entries.entry import Entry, take_citation
from papers.importing.reading.entries.facts import is_label_link, read_facts, took_source
from papers.importing.reading.entries.labelled import read_fact
from papers.importing.reading.entries.lines import read_entry
from papers.importing.reading.labels import Fact, is_fact, section_meant
from papers.importing.reading.pieces import (
    Piece,
    only_addresses,
    only_links,
    plain,
    read_pieces,
    said,
)
from papers.importing.reading.signs import SURE, WEIGHTS, features, lines_below, weigh
from papers.text.citation_parts import names_and_source
from papers.text.citations import read_citation
from papers.text.dates import find_date
from papers.text.identifiers import identify, is_paper_url
from papers.text.link_kinds import link_kind
from papers.text.names import split_names
from papers.text.sources import named_venue
from papers.text.titles import NEAR, likeness
from papers.text.venues import find_venue
from papers.text.wording import (
    ends_open,
    has_verb,
    is_sentence,
    names_institutions,
    words,
)

_CHECKBOX = re.compile(r"^\[[ xX]\]\s+")
_NUMBERED_TIME = re.compile(
    r"^(?:week|session|meeting|day|lecture|paper|talk|no\.?|第)\s*#?\d+\s*(?:回|[:.\-–—|])\s*",
    re.IGNORECASE,
)


def head_lines(item: Block) -> list[Line]:
    """The lines of an item's first paragraph, none if it begins with something else."""
    first = item.children[0] if item.children else None
    return first.lines if first is not None and first.kind == "paragraph" else []


def label_of(lines: list[Line]) -> tuple[Fact | None, Line | None]:
    """The fact that a first line's label announces, and the rest of the line."""
    if not lines:
        return None, None
    line = lines[0]
    if line.label is None:
        found = read_label(line, bold_only=False)
        line.label = (
            (_fact(found[0], found[2]), found[2])
            if found is not None and is_fact(found[0])
            else (None, None)
        )
    return cast("tuple[Fact | None, Line | None]", line.label)


def _fact(fact: Fact, value: Line) -> Fact:
    """A theme told in quotation marks or as a link to a publisher is the title of what is read."""
    if fact != "tags":
        return fact
    quoted = re.fullmatch(
        r"[\"“„«「《]([^\"“”„«»「」《》]{12,300})[\"”“»」》][.,]?", plain(value.pieces)
    )
    linked = only_links(value.pieces) and any(
        is_paper_url(p.url or "") and not is_label_link(p) for p in value.pieces
    )
    return "title" if linked or (quoted and len(words(quoted[1])) > 3) else fact


def shown(lines: list[Line]) -> list[str]:
    """The features that these lines show, read once."""
    if not lines:
        return []
    if lines[0].shown is None:
        lines[0].shown = (
            ["label for a fact"] if _is_part(lines[0]) else features(lines, *label_of(lines))
        )
    return cast("list[str]", lines[0].shown)


def _is_part(line: Line) -> bool:
    """A line without a link under a label that stands over a part of a review: "Summary: ..."."""
    if (":" not in line.text and "：" not in line.text) or any(p.is_link for p in line.pieces):
        return False
    found = read_label(line, bold_only=False)
    return found is not None and found[2].text != "" and section_meant(found[0]) is not None


def evidence(lines: list[Line]) -> float:
    """How surely these lines name a paper: the sum of what they show (`signs.WEIGHTS`)."""
    return weigh(shown(lines))


def evidence_of(item: Block) -> float:
    """Like `evidence`, for an item with what hangs below it: a paper's address may stand there."""
    if item.evidence is None:
        item.evidence = _weigh(item)
    return item.evidence


def _weigh(item: Block) -> float:
    lines = head_lines(item)
    found = evidence(lines)
    if found >= SURE or found < -2 or len(item.children) < 2 or len(words(lines[0].text)) < 2:
        return found
    below = lines_below(item)
    addresses = sum(_is_paper_address(line) for line in below)
    named = sum(label_of([line])[0] in ("link", "authors", "venue", "code") for line in below)
    has_title = any(label_of([line])[0] in ("title", "paper") for line in below)
    others = any(evidence([line]) >= SURE and not _is_paper_address(line) for line in below)
    if (1 <= addresses <= 2 or (named and not has_title)) and not others:
        return max(found, WEIGHTS["notes below with an address"])
    return found


def _is_paper_address(line: Line) -> bool:
    if "://" not in line.text or len(words(said(line.text))) > FEW_WORDS:
        return False
    if only_addresses(line.pieces):
        return any(is_paper_url(piece.url or "") for piece in line.pieces)
    return any(
        piece.is_web and is_label_link(piece) and _is_of_paper(piece) for piece in line.pieces
    )


def _is_of_paper(piece: Piece) -> bool:
    """A link to a publisher, or one that says pdf or paper."""
    return is_paper_url(piece.url or "") or (
        bool(piece.text) and link_kind("", piece.text) in ("pdf", "paper")
    )


def read_item(item: Block, outline: Outline) -> Entry:
    """The entry that a list item makes, with all that hangs below it."""
    lines = head_lines(item)
    entry = read_lines(lines, outline)
    entry.last_line = max(item.end, entry.line)
    while entry.last_line > entry.line and not outline.lines[entry.last_line - 1].strip():
        entry.last_line -= 1
    hang_below(entry, read_body(item.children[1:], outline))
    return entry


def read_lines(lines: list[Line], outline: Outline) -> Entry:
    """The entry of one paragraph: a title, then addresses, facts or remarks line by line."""
    first, *rest = lines
    text = first.text
    while rest and _goes_on(text, rest):
        text = f"{text} {rest.pop(0).text}"
    pieces = first.pieces if text == first.text else read_pieces(text)
    entry = read_entry(pieces, first.number, lines[-1].number, first.style)
    for line in lines:
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
    if not ends_open(text):
        return False
    pieces = read_pieces(text)
    return (
        not any(piece.is_link for piece in pieces)
        and not only_links(rest[0].pieces)
        and read_label(rest[0]) is None
    )


def _took_line(entry: Entry, line: Line) -> bool:
    pieces = line.pieces
    if only_links(pieces):
        for piece in pieces:
            if piece.url:
                entry.add_link(piece.url, "" if piece.bare else piece.text)
        return True
    label = read_label(line)
    if label and label[0] is not None and is_fact(label[0]):
        read_fact(entry, label[0], label[2].pieces)
        return True
    if is_sentence(said(line.text)) and len(split_names(plain(pieces))) < 2:
        return False
    read_facts(entry, pieces)
    return True


def _take_lead(entry: Entry, units: list[Unit]) -> list[Unit]:
    """Units without the lines of names and of venue and year that they begin with."""
    rest = list(units)
    while rest and not rest[0].label and rest[0].depth == 0:
        unit = rest[0]
        lines = unit.text.split("\n")
        while lines and (not lines[0].strip() or _took_fact_line(entry, lines[0])):
            del lines[0]
        if len(lines) == unit.text.count("\n") + 1:
            break
        if lines:
            number = unit.line + unit.text.count("\n") + 1 - len(lines)
            rest[0] = replace(unit, line=number, text="\n".join(lines))
            break
        del rest[0]
    return rest


def _took_fact_line(entry: Entry, line: str) -> bool:
    """A line of nothing but names, or nothing but where and when the paper appeared."""
    pieces = read_pieces(line.strip())
    text = plain([piece for piece in pieces if not piece.bare])
    labels = [piece for piece in pieces if piece.is_link and is_label_link(piece)]
    said = plain([piece for piece in pieces if piece not in labels]).strip(" ,.;|()[]/–—-")
    if cited := names_and_source(said):
        take_citation(entry, cited)
        for piece in labels:
            entry.add_link(piece.url or "", "" if piece.bare else piece.text)
        return True
    is_short = len(words(text)) <= 12 and not has_verb(text)
    venue = (find_venue(text) or named_venue(text)) if is_short else None
    if any(piece.is_link for piece in pieces):
        return False
    if venue is None:
        return is_short and took_source(entry, text)
    read_facts(entry, pieces)
    return True


def hang_below(entry: Entry, body: Body) -> None:
    """Give an entry what its body holds: links, facts, and text."""
    body.units = _take_lead(entry, body.units)
    for piece in body.links:
        if piece.url:
            entry.add_link(piece.url, "" if piece.bare else piece.text)
    for fact, line in body.facts:
        read_fact(entry, fact, line.pieces)
    for unit in body.units:
        if unit.depth == 1 and not unit.label and not is_sentence(said(unit.text)):
            before = entry.remark
            read_facts(entry, read_pieces(unit.text))
            if entry.remark == before:
                continue
            entry.remark = before
        entry.units.append(unit)
    entry.settle_year()


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
    entry = read_entry(read_pieces(_without_time(heading)), number, number)
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


def hang_heading(entry: Entry, body: Body) -> None:
    """Like `hang_below`, but all text below a heading is review, also short bullets."""
    units, body.units = _take_lead(entry, body.units), []
    hang_below(entry, body)
    units = list(_without_facts(entry, units))
    while units and _states_facts(units[0]):
        # "Ann Lee, ICML 2020" on the first lines is about the paper, not a word of the review.
        read_facts(entry, read_pieces(units.pop(0).text))
    entry.units.extend(units)
    entry.settle_year()
    body.units = units


def _without_facts(entry: Entry, units: list[Unit]) -> Iterator[Unit]:
    """Units without the institutions below the title and the lines that only cite the paper."""
    bullets = sum(unit.depth == 1 for unit in units[:4])
    for position, unit in enumerate(units):
        if (
            position == 0
            and bullets == 1
            and unit.depth == 1
            and not unit.label
            and names_institutions(unit.text)
        ):
            entry.group = entry.group or unit.text.strip(" .")
        elif unit.text.startswith(">") or (unit.depth == 0 and not unit.label and position < 3):
            rest = [
                line
                for line in unit.text.split("\n")
                if not _took_reference(entry, line.lstrip("> "))
                and not _took_labels(entry, line.lstrip("> "))
            ]
            if rest and any(map(str.strip, rest)):
                yield replace(unit, text="\n".join(rest))
        else:
            yield unit


def _took_reference(entry: Entry, line: str) -> bool:
    """ "Lee, Ann, and Bo Ek. [Journal of X](https://...) 5.1 (7-Oct-09)." below a title: the
    paper's own citation.
    """
    pieces = read_pieces(line.strip())
    links = [i for i, piece in enumerate(pieces) if piece.is_web and _is_of_paper(piece)]
    if not links or len(line) > 1000:
        return False
    head = plain(pieces[: links[0]])
    cited = read_citation(f"{head} {plain(pieces[links[0] : links[0] + 1])}")
    if _took_citation(entry, head):
        entry.add_link(pieces[links[0]].url or "", "")
        return True
    names = (
        split_names(head)
        or (cited.authors if cited else ())
        or split_names(re.split(r"[.,]\s+arXiv", head)[0])
    )
    if not names or (cited and not _is_same(entry.title, cited.title, head)):
        return False
    entry.authors = entry.authors if len(entry.authors) > 1 and " " in entry.authors[0] else names
    piece = pieces[links[0]]
    entry.add_link(piece.url or "", "")
    venue = piece.text.strip(" []*")
    if (
        not piece.bare
        and len(words(venue)) <= 12
        and not identify(venue)
        and not is_label_link(piece)
    ):
        entry.add_venue(venue)
    entry.date_it(plain(pieces[links[0] + 1 :]) if len(pieces) > links[0] + 1 else "")
    entry.left_words.append(plain(pieces[links[0] + 1 :]))
    return True


_STAND_IN = "The title of the work above"
"""Some titles look like names by themselves; this one does not."""


def _took_citation(entry: Entry, head: str) -> bool:
    """ "Ann Lee, Bo Ek. ICML 2020." below a title is the rest of its citation."""
    cited = read_citation(f"{_STAND_IN}. {head}", "parts")
    if cited is None or cited.title != _STAND_IN or not (cited.venue or cited.year):
        return False
    take_citation(entry, cited)
    return True


def _took_labels(entry: Entry, line: str) -> bool:
    """ "[link](https://...) (arXiv 2021)" below a title: links that say what they lead to."""
    pieces = read_pieces(line.strip())
    links = [piece for piece in pieces if piece.is_web]
    rest = plain([piece for piece in pieces if not piece.is_link])
    if not links or not all(map(is_label_link, links)) or len(words(rest)) > 4:
        return False
    for piece in links:
        entry.add_link(piece.url or "", piece.text)
    entry.date_it(rest)
    entry.left_words.append(rest)
    return True


def _is_same(title: str, other: str, head: str) -> bool:
    """Whether a citation names the paper above it: its title, or no title but a journal's name."""
    quoted = re.search(r"[\"“]", head)
    return not quoted or likeness(title, other) >= NEAR


def _states_facts(unit: Unit) -> bool:
    if unit.depth or unit.label or "\n" in unit.text or is_sentence(unit.text):
        return False
    names = split_names(unit.text)
    return bool(find_venue(unit.text) or len(names) > 1 or (names and unit.text.startswith("*")))


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
