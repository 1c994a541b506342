"""How surely lines name a paper, by themselves and by what hangs below them."""

import re
from typing import cast

from papers.importing.reading.entries.fronts import front_end
from papers.importing.reading.evidence.features import SURE, features, weigh
from papers.importing.reading.evidence.link_features import LEAD_ID
from papers.importing.reading.evidence.weights import WEIGHTS
from papers.importing.reading.items.bodies import FEW_WORDS
from papers.importing.reading.items.line_labels import read_label
from papers.importing.reading.labels.meanings import Fact, is_fact, section_meant
from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.links.paper_links import is_of_paper
from papers.importing.reading.outline.document import Block, Line, head_lines, lines_below
from papers.importing.reading.outline.pieces import only_addresses, only_links, plain, said
from papers.text.identifiers import is_paper_url
from papers.text.wording import words


def label_of(lines: list[Line]) -> tuple[Fact | None, Line | None]:
    """The fact that a first line's label announces, and the rest of the line."""
    if not lines:
        return None, None
    line = lines[0]
    if line.label is None:
        found = None if LEAD_ID.match(line.text) else read_label(line, bold_only=False)
        line.label = (
            (_fact(found[0], found[2]), found[2])
            if found is not None and is_fact(found[0])
            else (None, None)
        )
    return cast("tuple[Fact | None, Line | None]", line.label)


LEAST_TITLE = 4
"""Words of a linked title on an agenda at least."""


def _fact(fact: Fact, value: Line) -> Fact:
    """A theme told in quotation marks or as a link to a publisher is the title of what is read, and
    so is such a link on an agenda.
    """
    titled = [p for p in value.pieces if is_paper_url(p.url or "") and not is_label_link(p)]
    if fact == "aside" and len(titled) == 1 and len(words(titled[0].text)) >= LEAST_TITLE:
        return "title"
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
    """How surely these lines name a paper: the sum of what they show (`weights.WEIGHTS`)."""
    return weigh(shown(lines))


def evidence_of(item: Block) -> float:
    """Like `evidence`, for an item with what hangs below it: a paper's address may stand there."""
    if item.evidence is None:
        item.evidence = _weigh(item)
    return item.evidence


def _weigh(item: Block) -> float:
    lines = head_lines(item)
    found = evidence(lines)
    if not lines or found >= SURE or found < -2 or len(item.children) < 2:
        return found
    below = lines_below(item)
    if len(words(lines[0].text)) < 2 and not _repeats(plain(lines[0].pieces), below):
        return found
    addresses = sum(_is_paper_address(line) for line in below)
    named = sum(label_of([line])[0] in ("link", "authors", "venue", "code") for line in below)
    has_title = any(label_of([line])[0] in ("title", "paper") for line in below)
    others = any(evidence([line]) >= SURE and not _is_paper_address(line) for line in below)
    is_meeting = front_end(lines[0].text) > 0 and any(
        len(words(said(line.text))) > 2 and _is_paper_address(line) for line in below
    )
    if is_meeting:
        return found  # "25 August: Languages" over "A paper - https://...".
    if _repeats(plain(lines[0].pieces), below):
        return max(found, WEIGHTS["notes below with an address"])
    if (1 <= addresses <= 2 or (named and not has_title)) and not others:
        return max(found, WEIGHTS["notes below with an address"])
    return found


def _repeats(name: str, below: list[Line]) -> bool:
    """A link below that begins with the name above: "CLIP" over "[CLIP: Learning..](..)"."""
    return len(name) > 3 and any(
        piece.is_web and piece.text.casefold().startswith(name.casefold())
        for line in below[:3]
        for piece in line.pieces
    )


def _is_paper_address(line: Line) -> bool:
    is_title = "quoted title" in shown([line])
    if "://" not in line.text or is_title or len(words(said(line.text))) > FEW_WORDS:
        return False
    if only_addresses(line.pieces):
        return any(is_paper_url(piece.url or "") for piece in line.pieces)
    return any(
        piece.is_web and is_label_link(piece) and is_of_paper(piece) for piece in line.pieces
    )


MOST_DEPTH = 8
"""Lists within lists that are looked into for papers."""


def is_surely_paper(item: Block, depth: int = 0) -> bool:
    """An item that is surely a paper, or a group of such."""
    if evidence_of(item) >= SURE:
        return True
    inner = (
        [c for b in item.children if b.kind == "list" for c in b.children]
        if depth < MOST_DEPTH
        else []
    )
    return sum(is_surely_paper(child, depth + 1) for child in inner) * 2 >= max(len(inner), 1)


def counts_for_list(item: Block) -> bool:
    """An item that speaks for or against its list holding papers: no label, no bare address, not
    empty.
    """
    lines = head_lines(item)
    return bool(lines) and label_of(lines)[0] is None and not only_addresses(lines[0].pieces)
