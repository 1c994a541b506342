"""What hangs below a title: lines of facts are the entry's, the rest is review text."""

import re
from collections.abc import Iterator
from dataclasses import replace

from papers.importing.reading.drafts.review_text import Unit
from papers.importing.reading.entries.appearances import took_source
from papers.importing.reading.entries.entry import Entry, take_citation
from papers.importing.reading.entries.facts import read_facts, settle_rest
from papers.importing.reading.items.bodies import Body
from papers.importing.reading.items.labelled import read_fact
from papers.importing.reading.items.own_citations import cites_title, took_labels, took_reference
from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.outline.pieces import plain, read_pieces, said
from papers.text.citation_parts import names_and_source
from papers.text.dates import find_date, names_a_time
from papers.text.names import split_names
from papers.text.sources import named_venue, read_source
from papers.text.venues import find_venue, is_venue_tag
from papers.text.wording import has_verb, is_sentence, names_institutions, words


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
        for piece in pieces:
            entry.add_link(piece.url or "", "" if piece.bare else piece.text)
        return True
    if _took_publication(entry, text):
        return True
    if not any(piece.is_link for piece in pieces) and (cited := cites_title(entry.title, text)):
        take_citation(entry, cited)
        return True
    is_short = len(words(text)) <= 12 and not has_verb(text)
    venue = (find_venue(text) or named_venue(text)) if is_short else None
    if any(piece.is_link for piece in pieces):
        return False
    if venue is None:
        return is_short and took_source(entry, text)
    read_facts(entry, pieces)
    return True


def _took_publication(entry: Entry, text: str) -> bool:
    """ "2026-06-10 · Research Article · Science Robotics 11(115)": when and where it appeared."""
    parts = [part.strip() for part in re.split(r"\s+[·•|]\s+", text)]
    dated = next((part for part in parts if names_a_time(part) and find_date(part)), "")
    by_number = sorted(parts, key=lambda part: not any(map(str.isdigit, part)))
    source = next((found for part in by_number if (found := read_source(part)).venue), None)
    if len(parts) < 2 or not dated or source is None:
        return False
    entry.add_venue(source.venue)
    entry.date_it(dated)
    entry.left_words.extend(part for part in parts if part != dated and source.venue not in part)
    entry.left_words.append(source.rest)
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
        if unit.depth == 1 and not unit.label and _took_names(entry, unit.text):
            continue
        if unit.depth == 1 and not unit.label and not is_sentence(said(unit.text)):
            before = entry.remark
            read_facts(entry, read_pieces(unit.text))
            if entry.remark == before:
                continue
            entry.remark = before
        entry.units.append(unit)
    settle_rest(entry)
    entry.settle_year()


def _took_names(entry: Entry, text: str) -> bool:
    """ "Ann Lee, Bo Ek. *EuroS&P 2020*.": who wrote it and where it appeared, however long."""
    pieces = read_pieces(text)
    cited = names_and_source(plain(pieces))
    if cited is None or len(cited.authors) < 2 or any(piece.is_link for piece in pieces):
        return False
    venue = next((p.text.strip(" .,") for p in pieces if p.slanted and _DATED.search(p.text)), "")
    rest = "" if venue or _DATED.fullmatch(cited.rest) else cited.rest
    take_citation(entry, replace(cited, venue=venue or cited.venue, rest=rest))
    return True


_DATED = re.compile(r"\W*(?:19|20)\d\d\W*$")


def hang_heading(entry: Entry, body: Body) -> None:
    """Like `hang_below`, but all text below a heading is review, also short bullets."""
    units, body.units = _take_lead(entry, body.units), []
    hang_below(entry, body)
    units = list(_without_facts(entry, units))
    while units and _states_facts(units[0]):
        # "Ann Lee, ICML 2020" on the first lines is about the paper, not a word of the review.
        unit = units.pop(0)
        tag = unit.text.strip(" -*")
        if unit.depth and bracketed_venue(tag):
            entry.add_venue(tag)
        else:
            read_facts(entry, read_pieces(unit.text))
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
                if not took_reference(entry, line.lstrip("> "))
                and not took_labels(entry, line.lstrip("> "))
            ]
            if rest and any(map(str.strip, rest)):
                yield replace(unit, text="\n".join(rest))
        else:
            yield unit


def bracketed_venue(text: str) -> bool:
    """ "NeurIPS (2025)", "ICML 2019": nothing but where and when."""
    return is_venue_tag(text.replace(" (", " ").rstrip(")"))


def _states_facts(unit: Unit) -> bool:
    if unit.depth == 1 and bracketed_venue(unit.text.strip(" -*")):
        return not unit.label
    if unit.depth or unit.label or "\n" in unit.text or is_sentence(unit.text):
        return False
    names = split_names(unit.text)
    return bool(find_venue(unit.text) or len(names) > 1 or (names and unit.text.startswith("*")))
