"""What stands directly under a heading: items that are papers, labels, addresses, text."""

import re
from dataclasses import dataclass

from papers.importing.reading.bibliographies.bibliography import entries_within
from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.evidence.features import SURE
from papers.importing.reading.evidence.no_titles import is_contents
from papers.importing.reading.evidence.scoring import evidence, evidence_of, label_of, shown
from papers.importing.reading.items.line_labels import read_label
from papers.importing.reading.items.own_citations import cites_title
from papers.importing.reading.items.repeating import repeated_title, tells_beside
from papers.importing.reading.labels.meanings import section_meant
from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.outline.document import Block, Line, Section, head_lines
from papers.importing.reading.outline.pieces import Piece, only_links, plain
from papers.importing.reading.tables.paper_tables import is_paper_table
from papers.text.citation_parts import names_and_source
from papers.text.citations import read_citation
from papers.text.identifiers import is_paper_url
from papers.text.names import split_names
from papers.text.sources import year_then_place
from papers.text.titles import without_emoji
from papers.text.venues import find_venue, leading_venue
from papers.text.wording import ends_open, is_aside, is_sentence, words

NO_PAPER = -2.5
"""Evidence of a line that is surely something else."""
LIKELY = 0.85
"""Evidence of a line that looks like a title and shows nothing else."""


_TAG = re.compile(
    r"\s*(?:(?:[\[(【（][^\[\]()【】（）]{1,30}[\])】）]|\d{1,3}[.):])\s*[:.–—-]?\s*){0,4}"
)
"""Numbers and tags before a title: "[CVPR 2022] **Title**"."""


@dataclass(slots=True)
class Signs:
    """What stands directly under a heading."""

    items: int = 0
    sure: int = 0
    likely: int = 0
    tables: int = 0
    lead: bool = False
    labels: int = 0
    titles: int = 0
    listed: int = 0
    others: int = 0
    """Items that name a venue, a site or a day."""

    repeats: bool = False
    text: bool = False

    @property
    def lists_papers(self) -> bool:
        """Its items are mostly papers."""
        return self.tables > 0 or (self.sure > 0 and self.sure * 2 >= self.items)

    @property
    def lists_others(self) -> bool:
        """Its items mostly name venues, sites or days."""
        are_most = self.others > 2 and self.others * 2 >= self.items
        return (are_most or self.others == self.items > 0) and not self.sure

    @property
    def is_record(self) -> bool:
        """One labelled title with the paper's other facts beside it."""
        return self.titles == 1 and self.labels >= 2 and self.sure <= 1 and not self.tables

    @property
    def may_list_papers(self) -> bool:
        """Its items look like titles."""
        return self.items > 0 and self.likely * 10 >= self.items * 7


def read_signs(section: Section) -> Signs:
    """Count what stands directly under a heading."""
    signs = Signs(repeats=repeated_title(section) is not None)
    for position, block in enumerate(section.blocks):
        if block.kind == "list":
            for item in block.children:
                _count_item(signs, item)
            signs.lead |= position == 0 and _holds_one_address(block)
        elif block.kind == "item":
            _count_item(signs, block)
        elif block.kind == "quote" and position < 2:
            signs.lead |= any(_leads(line) for child in block.children for line in child.lines)
        elif block.kind == "record":
            signs.tables += 1
        elif block.kind == "table":
            signs.tables += is_paper_table(block)
        elif block.kind == "paragraph":
            _see_paragraph(signs, section, block, position)
    signs.tables += len(bibliography_of(section)) > 0
    if any(_leads_to_paper(piece) for piece in section.pieces):
        signs.lead = True
    return signs


def _leads_to_paper(piece: Piece) -> bool:
    """A link of a heading to a publisher, not that of a conference: "[HPCA 2024](..)"."""
    is_venue = not piece.bare and find_venue(piece.text) is not None and is_label_link(piece)
    return piece.is_web and is_paper_url(piece.url or "") and not is_venue


def bibliography_of(section: Section) -> list[Entry]:
    """Entries of BibTeX right below a heading; a single one tells how to cite what stands above."""
    if is_aside(plain(section.pieces)):
        return []
    entries = [
        entry
        for block in section.blocks
        if block.kind == "code"
        for entry in entries_within(block.lines)
    ]
    return entries if len(entries) > 1 else []


def _see_paragraph(signs: Signs, section: Section, block: Block, position: int) -> None:
    if _cites_heading(section, block):
        signs.lead = True
        return
    signs.text = True
    wraps = position == 0 and ends_open(section.heading) and block.start == section.number + 1
    _count_paragraph(signs, block, is_first=position < 2, wraps=wraps)


def _cites_heading(section: Section, block: Block) -> bool:
    """Whether the first text below a heading cites the work that the heading names."""
    is_alone = block is section.blocks[0] and len(block.lines) == 1 and section.level > 0
    text = plain(block.lines[0].pieces) if is_alone else ""
    return bool(text) and cites_title(plain(section.pieces), text) is not None


def _holds_one_address(block: Block) -> bool:
    """A list of one paper's facts: one address alone among its first items, and no title."""
    items = [head_lines(item) for item in block.children]
    alone = [n for n, lines in enumerate(items) if lines and _is_address(lines[0])]
    titles = sum(bool(lines) and evidence(lines) >= SURE for lines in items)
    return len(alone) == 1 < len(items) and alone[0] < 3 and titles <= 1


def _is_address(line: Line) -> bool:
    pieces = [piece for piece in line.pieces if piece.text.strip()]
    is_alone = len(pieces) == 1 and pieces[0].is_web and is_label_link(pieces[0])
    return is_alone and is_paper_url(pieces[0].url or "")


def holds_contents(section: Section) -> bool:
    """Whether a table of contents stands directly under a heading."""
    return any(
        is_contents(lines[0].pieces)
        for block in section.blocks
        if block.kind == "list"
        for item in block.children
        if (lines := head_lines(item))
    )


def _count_item(signs: Signs, item: Block) -> None:
    lines = head_lines(item)
    if not lines or is_contents(lines[0].pieces):
        return
    label, _ = label_of(lines)
    if label or read_label(lines[0], bold_only=False):
        signs.labels += _known(lines[0])
    found = evidence_of(item)
    told = read_label(lines[0], bold_only=False)
    is_part = told is not None and section_meant(told[0]) is not None
    signs.others += label is None and found <= NO_PAPER and not is_part
    inner = [child for block in item.children if block.kind == "list" for child in block.children]
    if label in ("title", "paper") and found >= SURE:
        signs.titles += 1
    elif label is not None or (signs.sure and tells_beside(item)):
        return
    signs.items += 1
    signs.listed += 1
    if found < SURE and inner:
        below = sum(evidence_of(child) >= SURE for child in inner)
        found = SURE if below else found
    signs.sure += found >= SURE
    signs.likely += found >= LIKELY


def _count_paragraph(signs: Signs, block: Block, *, is_first: bool, wraps: bool = False) -> None:
    """`wraps` says that the first line is the second half of the heading."""
    is_open = True  # Nothing but addresses and labels stands above the line.
    for position, line in enumerate(block.lines):
        if wraps and position == 0:
            continue
        signs.labels += _known(line)
        leads = _leads(line)
        if is_first and position < 3 and leads and is_open:
            signs.lead = True
        is_open = is_open and (leads or read_label(line) is not None or _names(line))
        label, _ = label_of([line])
        if (label is not None and label not in ("title", "paper")) or _names_and_links(line.pieces):
            continue
        if evidence(block.lines[position : position + 3]) >= SURE and (
            label or not is_sentence(line.text) or cites(line) or begins_with_title(line)
        ):
            signs.titles += label is not None
            signs.sure += 1
            signs.items += 1
        elif begins_with_title(line) and evidence([line]) >= LIKELY:
            signs.likely += 1
            signs.items += 1


def cites(line: Line) -> bool:
    """A line that is a citation from end to end, but for the addresses in it."""
    texts = (
        plain([piece for piece in line.pieces if not piece.bare]),
        plain([piece for piece in line.pieces if not piece.is_link]),
    )
    return any(map(read_citation, texts)) or "citation" in shown([line])


def begins_with_title(line: Line) -> bool:
    """A line that opens with a linked or bold title, not a sentence with a link in it."""
    shown = [piece for piece in line.pieces if piece.text.strip()]
    while len(shown) > 1 and not shown[0].is_link and _is_front(without_emoji(shown[0].text)):
        del shown[0]
    first = shown[0] if shown else None
    if first is None or (first.strong and first.text.rstrip().endswith("!")):
        return False  # "🔥 **Our survey is out!**" is news.
    linked = first.is_link and not first.bare and len(words(first.text)) >= 3
    return linked or (first.strong and len(words(first.text)) >= 3)


def _is_front(text: str) -> bool:
    """Numbers, tags, or a year and a venue before a title: "2019, SIGCOMM, [Title](..)"."""
    venue = leading_venue(text)
    is_told = _TAG.fullmatch(text) or (venue is not None and venue.end == len(text))
    return bool(is_told or year_then_place(text))


def _names(line: Line) -> bool:
    return len(split_names(plain(line.pieces))) > 2


def _known(line: Line) -> int:
    found = read_label(line)
    if not found or found[0] is None or not found[2].text:
        return 0
    if found[0] in ("link", "authors", "venue", "code", "date", "group"):
        return 2
    return 1 if section_meant(found[0]) else 0


def _names_and_links(pieces: tuple[Piece, ...]) -> bool:
    """Authors, perhaps a year, and links that say where they lead: a title stands above it."""
    links = [piece for piece in pieces if piece.is_link]
    rest = plain([piece for piece in pieces if not piece.is_link])
    is_titled = any(mark in rest for mark in '"“„«「《')
    is_led = bool(links) and not is_titled and all(map(is_label_link, links))
    return is_led and names_and_source(rest) is not None


def _leads(line: Line) -> bool:
    """A line that is the paper's address, or says so: "[paper](...)", "**Link:** https://..."."""
    pieces = line.pieces
    if only_links(pieces):
        return any(
            p.is_link and p.text and (p.is_web or not p.url) and is_label_link(p) for p in pieces
        )
    if _names_and_links(pieces):
        return True
    found = read_label(line)
    if not found or not found[2].text or not only_links(found[2].pieces):
        return False
    return all(is_label_link(piece) for piece in found[2].pieces if piece.is_link)
