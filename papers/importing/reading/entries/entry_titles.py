"""Which part of a line is the title: the linked, the bold or the slanted text."""

import re
from collections.abc import Sequence
from dataclasses import replace

from papers.importing.reading.labels.meanings import meaning_of
from papers.importing.reading.links.label_links import is_label_link, is_reference_link
from papers.importing.reading.outline.pieces import Piece, plain
from papers.text.citations import read_citation
from papers.text.dates import find_date, names_a_time
from papers.text.identifiers import is_paper_url
from papers.text.link_kinds import link_kind
from papers.text.names import ET_AL, split_names
from papers.text.sources import called_after
from papers.text.venues import find_venue, is_venue_tag
from papers.text.wording import OPENING_MARKS, words


def labels_last(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of an entry that begins with links which only say where they lead, these at its
    end: "[pdf] Title", "[2101.00001] Title".
    """
    found = list(pieces)
    links: list[Piece] = []
    while found and (
        (found[0].is_link and is_label_link(found[0]) and not _is_within(found))
        or is_reference_link(found[0])
        or (not found[0].is_link and not words(found[0].text))
    ):
        piece = found.pop(0)
        links += [piece] if piece.is_link else []
    if not links or not found or not words(plain(found)):
        return list(pieces)
    first = replace(found[0], text=found[0].text.lstrip(" \t)]}:：,.;|–—-"))
    return [first, *found[1:], Piece(" "), *links]


def _is_within(found: Sequence[Piece]) -> bool:
    """Whether the address that pieces begin with is followed by more than a title or a dash."""
    is_led = len(found) > 1 and found[1].text.lstrip()[:1] in (":", "：", "—", "–", "-", "|")
    return found[0].bare and len(found) != 2 and not is_led


def find_title(pieces: Sequence[Piece]) -> tuple[int, int] | None:
    """The range of pieces that is the title: the linked text, the bold text, else None."""
    bold = _bold_run(pieces)
    if bold is not None and not _is_title_text(pieces[slice(*bold)]):
        bold = None  # A venue, a date or a label.
    if bold is not None and _are_persons(pieces, *bold):
        bold = None  # "**Lee, Ann y Ek, Bo.** "Title". *Science*, 2013."
    if bold is not None and bold[0] and _is_cited(pieces[: bold[0]]):
        bold = None  # "Lee, A. (2012). Title. *Journal*. [doi](..) — **Petra, 3 May**"
    end = _label_after_title(pieces)
    link = next((i for i in range(end) if _is_title_link(pieces[i], i, pieces)), None)
    slanted = slanted_title(pieces) if link is None else None
    if slanted and (bold is None or (slanted[0] and slanted[0] < bold[0])):
        bold = slanted
    if bold is not None and (link is None or bold[0] <= link):
        return bold
    return (link, link + 1) if link is not None else None


def _are_persons(pieces: Sequence[Piece], start: int, end: int) -> bool:
    """Names in bold that open a line, with a quoted or slanted title behind them."""
    names = plain(pieces[start:end])
    behind = plain(pieces[end:]).lstrip(" .,:")
    after = next((piece for piece in pieces[end:] if words(piece.text)), None)
    is_told = behind[:1] in OPENING_MARKS or (after is not None and after.slanted)
    return is_told and not words(plain(pieces[:start])) and bool(split_names(names))


def _is_cited(pieces: Sequence[Piece]) -> bool:
    """A whole reference, with its authors and its year."""
    cited = read_citation(plain([piece for piece in pieces if not piece.is_link]))
    return cited is not None and bool(cited.authors) and cited.year is not None


def _label_after_title(pieces: Sequence[Piece]) -> int:
    """Where a link that says pdf or paper stands behind words of a title; the end if none does."""
    for position, piece in enumerate(pieces):
        if piece.is_link and is_label_link(piece) and link_kind("", piece.text) in ("pdf", "paper"):
            before = pieces[:position]
            if len(words(plain(before))) > 2 and not any(one.is_link for one in before):
                return position
    return len(pieces)


def _is_title_link(piece: Piece, position: int, pieces: Sequence[Piece]) -> bool:
    if not piece.is_link or is_label_link(piece) or (piece.url or "").startswith("#"):
        return False
    if is_reference_link(piece):
        return False
    if is_venue_tag(piece.text) or (find_date(piece.text) and len(words(piece.text)) < 4):
        return False
    before = plain(pieces[:position])
    if _is_journal(piece, before):
        return False
    if len(words(piece.text)) < 2 and not is_paper_url(piece.url or ""):
        return not words(before) and not before.endswith(("(", "（"))
    is_near = len(words(before)) <= 12 or bool(split_names(before))
    return is_near and not (before.endswith(("(", "（")) and words(before))


def _is_journal(piece: Piece, before: str) -> bool:
    """ "Lee et al. (2020) Title of the paper. [Nature Plants](..)": called after the journal."""
    is_cited = _SAID_BEFORE.search(before) is not None
    return is_cited and bool(called_after(piece.text, is_cited=True))


def names_paper(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """A link called after the paper: no label, and no journal behind the title."""
    if not piece.is_link or is_label_link(piece):
        return False
    return not _is_journal(piece, plain(pieces[: pieces.index(piece)]))


_SAID_BEFORE = re.compile(r"[(\[](?:19|20)\d\d[a-z]?[)\]]\W+(?:\w[^.?!]*\s){2}[^.?!]*[.?!]{1,2}$")


def _bold_run(pieces: Sequence[Piece]) -> tuple[int, int] | None:
    start = next((i for i, piece in enumerate(pieces) if piece.strong and piece.text.strip()), None)
    if start is None:
        return None
    before = plain(pieces[:start])
    if goes_on(before) and not find_venue(before):
        return None  # "Backbones across **Computer Vision** Tasks".
    if words(before) and max(before.rfind("("), before.rfind("（")) > max(
        before.rfind(")"), before.rfind("）")
    ):
        return None  # "Title (ICDE 2022, **best paper**)".
    end = start
    while end < len(pieces) and (pieces[end].strong or not pieces[end].text.strip()):
        if end > start and is_venue_tag(pieces[end].text):
            break  # "**Title** **ICLR 2020 spotlight**".
        end += 1
    goes_on_behind = before[-1:].isalpha() and plain(pieces[end:])[:1].isalpha()
    if goes_on_behind and not (split_names(before) or find_venue(before)):
        return None  # "Fast **Language Model Training** using Storage".
    return start, end


def slanted_title(pieces: Sequence[Piece]) -> tuple[int, int] | None:
    """A slanted run that opens a line or follows names, if it is no name, venue or date."""
    first = next((i for i, one in enumerate(pieces) if one.slanted and one.text.strip()), None)
    if first is None:
        return None
    before = _LEAD_YEAR.sub("", plain(pieces[:first])).strip(' "“”.,:')
    names = split_names(before)
    is_dated = _DATED_BEFORE.fullmatch(before) is not None  # "WHO. (2023a). *Title*."
    if before and not names and not is_dated and not _FAMILY_NAME.fullmatch(before):
        return None
    text = pieces[first].text
    is_sure = (
        len(names) > 1 or ET_AL.search(before) or _VOLUME_NEXT.match(plain(pieces[first + 1 :]))
    )
    least = 1 if is_dated else 2 if is_sure else 3
    is_title = len(words(text)) >= least and (before or not split_names(text))
    is_title = is_title or (not before and len(words(text)) > 1 and _is_placed(pieces[first + 1 :]))
    is_title = is_title and not is_venue_tag(text)
    return (first, first + 1) if is_title and not text.endswith((":", "：")) else None


_VOLUME_NEXT = re.compile(r"\W*\d{1,3}\s[A-Z]")
"""A volume before its journal, as lawyers cite: no journal stands in front of it."""


def _is_placed(behind: Sequence[Piece]) -> bool:
    """A venue right behind a slanted run: "*Probing Politely*, IMC '21"."""
    text = plain(behind).lstrip(" ,.;:(")
    venue = find_venue(text)
    return venue is not None and venue.start == 0


_DATED_BEFORE = re.compile(
    r".{2,240}?[\s.]*\((?:(?:19|20)\d\d[a-z]?(?:,[^()]{1,20})?|[ons]\.\s?[JDdf]\.|in press)\)"
)
_LEAD_YEAR = re.compile(r"^[(\[]?(?:19|20)\d\d[)\]]?\s*[-–—:.,]\s+")


def goes_on(text: str) -> bool:
    """Words of a title before a part of it that stands out: "Tools that "Read the Manual"", no
    names.
    """
    return len(words(text)) >= 3 and text.rstrip()[-1:].isalpha() and not split_names(text)


_FAMILY_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ][\w'’-]+")
_IN_BRACKETS = re.compile(r"[\[(【（][^\[\]()【】（）]{1,40}[\])】）]")


def _is_title_text(pieces: Sequence[Piece]) -> bool:
    text = plain(pieces)
    if _IN_BRACKETS.fullmatch(text) and len(words(text)) <= 3:
        return False  # "**[DIN]** Deep Interest Network": what a work is called for short.
    if text.endswith((":", "：")) or meaning_of(text) or is_venue_tag(text) or names_a_time(text):
        return False
    return len(words(text)) >= 2 or any(piece.is_link for piece in pieces)
