"""Titles that stand one to a line or one to a paragraph, without bullets: they are a list."""

from collections.abc import Iterator, Sequence

from papers.importing.reading.evidence.features import ENOUGH, MAYBE, features, weigh
from papers.importing.reading.evidence.link_features import LEAD_ID
from papers.importing.reading.evidence.scoring import label_of
from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.outline.document import Block, Line, Outline, Section, list_of
from papers.importing.reading.outline.pieces import only_addresses, plain
from papers.text.identifiers import is_paper_url
from papers.text.names import split_names
from papers.text.venues import find_venue
from papers.text.wording import ends_open, is_aside, names_other_works

LEAST, LEAST_BARE, SHARE = 4, 2, 0.8
"""Lines that make such a list (one less where some are linked), those that nothing but their words
shows, and the share that must look like titles.
"""


MOST_JUDGED = 500
"""Lines that are looked at of such a list; those behind them are taken as they come."""


def list_title_lines(outline: Outline) -> None:
    """Make lists of paragraphs whose lines are titles, and of paragraphs of one title each."""
    for section in outline.root.walk():
        name = plain(section.pieces) if section.level else ""
        if not (is_aside(name) or names_other_works(name)):
            section.blocks = list(_listed(section))


def _listed(section: Section) -> Iterator[Block]:
    """The blocks of a section, with a list in the place of each run of such lines."""
    run: list[Block] = []
    for block in [*section.blocks, None]:
        if block is not None and block.kind == "paragraph" and len(block.lines) == 1:
            run.append(block)
            continue
        yield from _list_of(run)
        run = []
        if block is not None:
            yield from _list_of([block]) if block.kind == "paragraph" else [block]


def _list_of(blocks: list[Block]) -> list[Block]:
    """One list of the lines of these paragraphs where they are titles, else the same paragraphs."""
    lines = [line for block in blocks for line in block.lines]
    is_led = len(blocks) > 1 and any(piece.is_link for line in lines for piece in line.pieces)
    judged = lines[:MOST_JUDGED]
    are_papers = len(lines) >= LEAST and _are_addresses(judged)
    if not are_papers and (len(lines) < LEAST - is_led or not _are_titles(judged)):
        return blocks
    return [list_of(lines)]


def _are_addresses(lines: Sequence[Line]) -> bool:
    """Each line leads to a paper of its own, and several say nothing else."""
    alone = sum(only_addresses(line.pieces) for line in lines)
    return alone > 1 and all(_leads_to_paper(line) for line in lines)


def _leads_to_paper(line: Line) -> bool:
    papers = [piece for piece in line.pieces if is_paper_url(piece.url or "")]
    return len(papers) == 1 or LEAD_ID.match(line.text) is not None


def _are_titles(lines: Sequence[Line]) -> bool:
    """Most look like titles, some of which lead nowhere; none tells of another or goes on."""
    if any(map(_tells, lines)):
        return False
    found = [features([line], None, None) for line in lines]
    bare = [one for one, line in zip(found, lines, strict=True) if _is_bare(one, line)]
    open_ones = sum(MAYBE in one for one in found)
    likely = sum(weigh(one) >= ENOUGH for one in found)
    return len(bare) >= LEAST_BARE and likely >= max(SHARE * (len(lines) - open_ones), open_ones)


def _tells(line: Line) -> bool:
    """A line that is no title by itself: a label, an address, names, a venue, or half a line."""
    text = plain(line.pieces)
    if label_of([line])[0] or only_addresses(line.pieces) or ends_open(line.text):
        return True
    if any(piece.is_link and not is_label_link(piece) for piece in line.pieces):
        return False
    venue, names = find_venue(text), split_names(text.split(". ")[0])
    is_placed = venue is not None and (venue.start <= 1 or bool(names))
    return is_placed or text[:1] != text[:1].upper() or bool(split_names(text)) or len(names) > 1


def _is_bare(found: Sequence[str], line: Line) -> bool:
    """A title that nothing but its words shows."""
    return "citation" not in found and not any(piece.is_link for piece in line.pieces)
