"""What a line shows of itself: named features with weights, and the shape it is filed under."""

import re
from collections.abc import Sequence

from papers.importing.reading.entries.entry_titles import names_paper, slanted_title
from papers.importing.reading.entries.fronts import front_end
from papers.importing.reading.evidence.link_features import CAPTION, read_links
from papers.importing.reading.evidence.no_titles import is_contents, is_menu, says_no_title
from papers.importing.reading.evidence.weights import WEIGHTS
from papers.importing.reading.labels.meanings import Fact
from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.outline.document import Line
from papers.importing.reading.outline.pieces import Piece, only_addresses, plain, said
from papers.text.citation_parts import reference_without_title
from papers.text.citations import read_citation
from papers.text.identifiers import is_paper_url
from papers.text.link_kinds import link_kind
from papers.text.names import split_names
from papers.text.sources import trailing_venue
from papers.text.titles import without_remark
from papers.text.venues import bracket_venue, find_venue, is_venue_tag, joined_venue
from papers.text.wording import (
    is_aside,
    is_sentence,
    is_unready,
    length,
    looks_like_group,
    may_name_work,
    names_no_subject,
    prose_score,
    words,
)

ENOUGH = 0.85


MAYBE = "sentence of a title"
"""What shows neither a paper nor a remark: the list around it decides."""


SURE = 1.6
"""From here on a line is a paper whatever stands around it."""


DATED_PROSE = 0.8
"""From this score on words before a bracket with a venue or year are a sentence."""
_MAKER = re.compile(r"\S\s*[(（]([A-Z][\w.&-]*(?:[ ,]+[A-Z][\w.&-]*){0,7})[)）]$")
_VOLUME = re.compile(r"[A-Z][a-z]+\.? (?:19|20)\d\d\s*;\s*\d+\s*(?:\(\d+\))?\s*:\s*\w?\d")
""" "J Exp Med 2018;215:300-312"."""
_YEAR = re.compile(r"[(（\[]\s*(?:19|20)\d\d\s*[)）\]]")


_QUOTED = re.compile(r"[\"“”„«»「《]([^\"“”„«»「」《》]{12,300})[\"“”»«」》]")


_PRESENTED = re.compile(
    r"[\s(\[（—–,.;-]+(?:presented|proposed|suggested|led|présentée?|proposée?|presentad[oa]|"
    r"propuest[oa]|apresentad[oa]|vorgestellt)\s+(?:by|par|por|von)\s+[^()（）.]{2,60}[)）]?\.?$",
    re.IGNORECASE,
)
"""Who presents, at the end of a line: "(presented by Ann)", ". Présenté par Ann."."""


_IN_BRACKETS = re.compile(r"[(（][^()（）]+[)）]\.?")
_ASKED = re.compile(r"[?？]\s*(?:[(（\[]\s*(?:19|20)\d\d|[A-Z][^.!?]*$)")


def features(lines: Sequence[Line], label: Fact | None, value: Line | None) -> list[str]:
    """The names of what a paragraph or an item's first lines show."""
    if not lines:
        return []
    pieces = (value or lines[0]).pieces
    text = plain(pieces)
    if is_contents(pieces) or is_menu(pieces):
        return ["table of contents"]
    if label in ("title", "paper") and value is not None and _is_title(pieces, text):
        return ["label for a title"]
    if label is not None:
        return ["label for a fact"]
    if alone := says_no_title(pieces, text):
        return [alone]
    found = [*read_links(pieces, text), *_wording(pieces, text)]
    if len(lines) > 1 and words(text) and not _continues(pieces, text):
        if any("://" in line.text and only_addresses(line.pieces) for line in lines[1:3]):
            found = [one for one in found if one != "sentence" or prose_score(text) >= 0.9]
            found.append("address on the next line")
        elif any(
            _label_kind(line.pieces) and not is_sentence(said(line.text)) for line in lines[1:4]
        ):
            found.append("link that says pdf or paper")
    return found


def _continues(pieces: Sequence[Piece], text: str) -> bool:
    """A line with links of its own, or one of several names: an address below is not its own."""
    return any(p.is_link for p in pieces) or len(split_names(text)) > 2


def weigh(found: Sequence[str]) -> float:
    """The sum of the features' weights."""
    return sum(WEIGHTS[one] for one in found)


def _is_title(pieces: Sequence[Piece], text: str) -> bool:
    """Whether what stands behind "Paper:" is a title and not only its address."""
    said = "".join(piece.text for piece in pieces if not (piece.is_link and is_label_link(piece)))
    is_told = len(CAPTION.findall(said)) >= 3 and not is_unready(text)
    return is_told and reference_without_title(text) is None


def _label_kind(pieces: Sequence[Piece]) -> bool:
    return any(p.is_web and p.text and link_kind("", p.text) in ("pdf", "paper") for p in pieces)


def _wording(pieces: Sequence[Piece], text: str) -> list[str]:
    bare = "".join(p.text for p in pieces if not p.bare).strip()
    bare = bare[front_end(bare) :].strip()
    if presented := _PRESENTED.search(bare):
        bare = bare[: presented.start()]
    linked = any(names_paper(p, pieces) for p in pieces)
    found = ["quoted title"] if _QUOTED.search(bare) else []
    if not linked:
        opening, last = _QUOTED.match(bare), trailing_venue(bare)
        head = bare[: last.start].rstrip(" ,;|/–—-") if last else bare
        found += _unlinked(opening[1] if opening else bare if read_citation(bare) else head)
    slanted = None if linked or "citation" in found else slanted_title(pieces)
    found += ["citation"] if slanted and slanted[0] else []  # "A. Lee, *Title*. Springer."
    found += _when_and_where(pieces, bare, linked=linked)
    if presented and "names in brackets" not in found:
        found.append("names in brackets")
    strong = plain([p for p in pieces if p.strong])
    if len(words(strong)) >= 3 and not strong.endswith((":", "：")):
        found.append("bold title")
        if "sentence" in found and strong == bare:
            found[found.index("sentence")] = "few words of a title"
    if bare.endswith((":", "：")) and not any(p.is_link for p in pieces):
        found.append("ends with a colon")
    is_beside = _IN_BRACKETS.fullmatch(bare) and not any(is_paper_url(p.url or "") for p in pieces)
    if names_no_subject(bare) or is_aside(bare) or (is_beside and linked):
        found.append("about the list")
    return found


def _unlinked(bare: str) -> list[str]:
    """What a text without a linked title looks like."""
    if read_citation(bare) is not None:
        return ["citation"]
    if joined := joined_venue(bare):
        bare = bare[joined[0].end :].rstrip(" .")
    head = bare.split(". ")[0]
    is_asked = bool(_ASKED.search(bare))  # "Is it all you need? (2021)", "Why? A study"
    last = without_remark(bare)[1]
    is_dated = bool(  # "Learned indexes (VLDB 2021)", "Learned indexes (Lee A)"
        bracket_venue(last) or _YEAR.fullmatch(last) or split_names(last.strip("()（） "))
    )
    is_prose = prose_score(head) >= (DATED_PROSE if is_dated else 0.5) and not is_asked
    if is_sentence(bare) and is_prose:
        return [MAYBE if may_name_work(bare) else "sentence"]
    count = length(head)
    if not is_prose and count >= 2:
        return ["words of a title" if count >= 4 else "few words of a title"]
    return ["one word"] if count < 2 else []


def _is_dated_tag(piece: Piece) -> bool:
    """A year or a venue in back-ticks."""
    tag = piece.text.strip()
    return piece.code and any(map(str.isdigit, tag)) and (len(tag) == 4 or is_venue_tag(tag))


def _when_and_where(pieces: Sequence[Piece], bare: str, *, linked: bool) -> list[str]:
    venue = find_venue(bare)
    if joined_venue(bare):
        return ["venue with year"]
    if venue and not linked and split_names(f"{bare[: venue.start]}{bare[venue.end :]}"):
        return ["names and a venue"]
    if venue or _VOLUME.search(bare):
        return ["venue with year"]
    if _YEAR.search(bare) or any(map(_is_dated_tag, pieces)):
        return ["year in brackets"]
    if split_names(without_remark(bare)[1].strip("()（） ")):
        return ["names in brackets"]
    group = _MAKER.search(bare)
    return ["group in brackets"] if group and looks_like_group(group[1].split(",")[0]) else []
