"""Lines that stand for headings: bold titles and days over text, where several occur."""

import re
from collections import Counter
from collections.abc import Iterator

from papers.importing.reading.evidence.features import ENOUGH, SURE
from papers.importing.reading.evidence.scoring import evidence
from papers.importing.reading.headings.signs import begins_with_title, read_signs
from papers.importing.reading.items.line_labels import read_label
from papers.importing.reading.labels.meanings import is_fact, meaning_of, section_meant
from papers.importing.reading.outline.document import Block, Outline, Section, head_lines
from papers.importing.reading.outline.pieces import plain
from papers.text.citations import read_citation
from papers.text.dates import names_a_time
from papers.text.names import split_names
from papers.text.wording import is_aside, is_sentence, looks_like_name, words

_IN_BRACKETS = re.compile(r"\s*[(（][^()（）]{1,60}[)）]\s*:?\s*")
FEW = 4
"""Words of such a line that isn't bold, at most."""
LEVEL = 7
"""Deeper than any heading of Markdown."""


def nest_parts(outline: Outline) -> None:
    """A heading over facts of a paper holds its sisters, where all of them name parts of a review:
    "# Title", then "# Summary" and "# Questions" of the same level.
    """
    for section in [outline.root, *outline.root.subs]:
        if len(section.subs) < 3:
            continue
        first, *others = section.subs
        if not all(section_meant(meaning_of(plain(one.pieces))) for one in others):
            continue
        signs = read_signs(first)
        if (signs.lead or signs.labels >= 2) and len(words(plain(first.pieces))) >= 2:
            section.subs = [first]
            for one in others:
                one.parent, one.level = first, first.level + 1
            first.subs += others


MOST, LEAST = 0.6, 3
"""Quotations that must be papers, as a share of all, and their number, to be read as entries."""


def unwrap_quotes(outline: Outline) -> None:
    """Quotations that hold a paper each are its paragraphs: "> **Title**", "> [PDF](..)"."""
    sections = list(outline.root.walk())
    quotes = [block for section in sections for block in section.blocks if block.kind == "quote"]
    papers = {id(quote) for quote in quotes if _is_paper(quote)}
    if len(papers) < max(LEAST, MOST * len(quotes)):
        papers = {id(quote) for quote in quotes if _is_reference(quote)}
    for section in sections:
        section.blocks = [
            inner
            for block in section.blocks
            for inner in (block.children if id(block) in papers else [block])
        ]


def _is_reference(quote: Block) -> bool:
    """A quotation that is one reference with its address, not a word about a paper."""
    lines = quote.children[0].lines if len(quote.children) == 1 else []
    if len(lines) != 1 or not any(piece.is_web for piece in lines[0].pieces):
        return False
    cited = read_citation(plain([piece for piece in lines[0].pieces if not piece.is_link]))
    return cited is not None and bool(cited.authors) and cited.year is not None


def _is_paper(quote: Block) -> bool:
    first = quote.children[0] if quote.children else None
    if first is None or first.kind != "paragraph" or not first.lines:
        return False
    is_linked = any(piece.is_web for line in first.lines for piece in line.pieces)
    return is_linked and begins_with_title(first.lines[0])


def promote_lines(outline: Outline) -> None:
    """Make sections of bold lines, if at least two of their kind have text below."""
    sections = [section for section in outline.root.walk() if not section.is_bold]
    kinds: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    for section in sections:
        for block, following in _pairs(section):
            if _is_list_label(block, following):
                kinds["label"] += 1
                opening["label"] += 1
            elif kind := _kind(block):
                kinds[kind] += 1
                opens = len(block.lines) > 1 or (following is not None and not _kind(following))
                opening[kind] += opens
    wanted = {kind for kind, count in kinds.items() if count >= 2 and opening[kind] * 2 >= count}
    if wanted:
        for section in sections:
            _split(section, wanted)


def _pairs(section: Section) -> Iterator[tuple[Block, Block | None]]:
    blocks = section.blocks
    for position, block in enumerate(blocks):
        yield block, blocks[position + 1] if position + 1 < len(blocks) else None


def _kind(block: Block) -> str:
    """What a paragraph's first line stands for: "title", "date", or nothing."""
    if block.kind != "paragraph" or not block.lines:
        return ""
    pieces = block.lines[0].pieces
    whole = plain(pieces)
    if names_a_time(whole.strip(" :：")) and len(block.lines) == 1:
        return "" if read_label(block.lines[0], bold_only=False) else "date"
    first = next((piece for piece in pieces if piece.text.strip()), None)
    if first is None or not first.strong:
        return ""
    bold = "".join(piece.text for piece in pieces if piece.strong or not piece.text.strip()).strip()
    rest = plain([piece for piece in pieces if not piece.strong])
    if names_a_time(bold.strip(" :：")):
        return "date" if not words(rest) or looks_like_name(rest.strip(" -–—:：,()|")) else ""
    if bold.endswith((":", "：")) or rest.startswith((":", "：")) or meaning_of(bold):
        return ""
    if any(piece.is_link and not piece.strong for piece in pieces) or any(p.is_web for p in pieces):
        return ""
    told = read_label(block.lines[0], bold_only=False)
    if _names_nothing(bold, rest) or (told is not None and is_fact(told[0])):
        return ""
    if _is_entry(block):
        return ""
    if not split_names(rest) and (is_sentence(rest) or len(words(rest)) > 25):
        return ""
    return "title" if rest else "line"


def _is_list_label(block: Block, following: Block | None) -> bool:
    """A bold line that ends with a colon, directly over a list: "**Graphs:**"."""
    if block.kind != "paragraph" or len(block.lines) != 1 or following is None:
        return False
    shown = [piece for piece in block.lines[0].pieces if piece.text.strip(" :：")]
    text = plain(block.lines[0].pieces).strip()
    is_strong = all(piece.strong for piece in shown)
    return (
        following.kind == "list"
        and bool(shown)
        and not any(piece.is_link for piece in shown)
        and (
            (is_strong and text.endswith((":", "：")))
            or (not is_strong and _is_over_papers(text, following))
        )
        and meaning_of(text) is None
        and not is_aside(text)
        and not names_a_time(text.strip(" :："))
    )


def _is_over_papers(text: str, items: Block) -> bool:
    """A few plain words over a list of nothing but papers: "Graphs:", "Graphs"."""
    heads = [lines for item in items.children if (lines := head_lines(item))]
    is_name = len(words(text)) <= FEW and text[-1:] not in ".!?。"
    least = ENOUGH if text.endswith((":", "：")) else SURE
    return is_name and bool(heads) and all(evidence(one) >= least for one in heads)


def _names_nothing(bold: str, rest: str) -> bool:
    """Bold text that is no title: one word within a text, or a sentence."""
    return (
        not words(bold)
        or (len(words(bold)) < 2 and bool(words(rest)) and not _IN_BRACKETS.fullmatch(rest))
        or (is_sentence(bold) and bold.endswith((".", "!", "。")))
    )


def _is_entry(block: Block) -> bool:
    """Title, authors and address in one paragraph."""
    return (
        len(block.lines) > 2
        and bool(split_names(plain(block.lines[1].pieces)))
        and any(piece.is_web for piece in block.lines[2].pieces)
    )


def _split(section: Section, wanted: set[str]) -> None:
    kept: list[Block] = []
    found: list[Section] = []
    for block, following in _pairs(section):
        kind = "label" if _is_list_label(block, following) else _kind(block)
        if kind in wanted:
            level = LEVEL if kind == "date" else LEVEL + 1
            line, *rest = block.lines
            parent = section
            for one in reversed(found):
                if one.level < level:
                    parent = one
                    break
                if one.level == level and one.parent is not None:
                    parent = one.parent
                    break
            new = Section(level, line.number, line.text, parent, is_bold=True)
            if rest:
                new.blocks.append(Block("paragraph", rest[0].number, rest[-1].number, rest))
            if parent is not section:
                parent.subs.append(new)
            found.append(new)
        else:
            (found[-1].blocks if found else kept).append(block)
    if found:
        section.blocks = kept
        section.subs[:0] = [one for one in found if one.parent is section]
