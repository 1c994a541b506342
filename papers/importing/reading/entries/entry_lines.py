"""One entry of a list: which part of the line is the title, and what stands around it."""

import re
from collections.abc import Sequence

from papers.importing.reading.entries.appearances import has_volume, is_journal, took_appearance
from papers.importing.reading.entries.entry import Entry, set_title, take_citation
from papers.importing.reading.entries.entry_titles import find_title, goes_on, labels_last
from papers.importing.reading.entries.facts import TRIM, read_facts, settle_rest
from papers.importing.reading.entries.fronts import (
    cut_brackets,
    cut_columns,
    cut_day,
    cut_key,
    cut_place,
    note_lead,
)
from papers.importing.reading.entries.prefixes import read_prefix
from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.outline.pieces import Piece, plain
from papers.text.citation_parts import names_and_source
from papers.text.citations import Citation, read_citation
from papers.text.dates import find_date
from papers.text.identifiers import identify
from papers.text.names import split_names
from papers.text.sources import read_source
from papers.text.venues import (
    find_venue,
    is_venue_tag,
    joined_venue,
    leading_venue,
)
from papers.text.wording import is_sentence, words

_QUOTED = re.compile(r"[\"“”„«»「《]\s*([^\"“”„«»「」《》]{12,300}?)\s*[\"“”»«」》]")
_TITLE_END = re.compile(
    r"(?<=[^\W\d_])(?<!\b[A-ZÀ-ÖØ-ÞĀ-Ž])(?<!\bvs)(?<!\betc)(?<!\be\.g)(?<!\bi\.e)(?<!\bal)"
    r"\.\s+(?=[A-Z\d#*_(\[`\"]|arXiv)"
    r"|(?<=[?!])\.?\s+(?=In\s+[*_A-Z]|[A-Z][\w-]*\s+(?:(?:19|20)\d\d|['’]\s?\d\d))|[。]\s*"
)
_TAIL_ET_AL = re.compile(r",\s+[A-Z][\w'’-]+(?:,?\s+[A-Z][\w'’.-]*){0,4}\s+et\.? al\b")
_LED = re.compile(r"\s*(@?[^\W\d_][^\W\d_]+(?: [^\W\d_][\w.'’-]*)?)\s*[:：]\s*")
""" "Ann: " before a title in quotation marks."""
_OPENING = " \t\n,;:([（-–—|：，；、"
_PREFIX_AUTHOR = re.compile(r"^\s*([^\W\d_][\w.\-/& ]{0,60}?)\s*:\s+(?=\S)")
_LEAD_IN = re.compile(r"^([a-z][^:]{12,}?)\s*:\s+(?=[A-Z])")


def read_entry(pieces: Sequence[Piece], line: int, last_line: int, style: str = "") -> Entry:
    """The entry that one line of a list makes; its title is "" if the line holds none.

    `style` is how most lines beside it cite.
    """
    entry = Entry(line, last_line)
    for piece in pieces:
        if piece.is_link and not piece.text.strip():
            entry.add_link(piece.url or "")
    pieces = [piece for piece in pieces if not piece.is_link or piece.text.strip()]
    pieces = labels_last(cut_day(entry, cut_key(entry, pieces)))
    found = find_title(pieces)
    if found:
        start, end = found
        entry.is_linked = True
        title = pieces[start:end]
        for piece in title:
            if piece.url:
                entry.add_link(piece.url, "")
        set_title(entry, cut_brackets(entry, plain(title)), style)
        read_prefix(entry, pieces[:start])
        _read_tail(entry, pieces[end:])
    else:
        _read_plain(entry, pieces, style)
    if not entry.title:
        # Nothing looks like a title: then it is the longest text that a link carries.
        texts = [piece.text for piece in pieces if piece.is_link and not is_label_link(piece)]
        set_title(entry, max(texts, key=len, default=""))
    settle_rest(entry)
    entry.settle_year()
    return entry


_NAMED_SOURCE = re.compile(
    r"[A-Z][\w&'’-]*(?:\s(?:(?:of|and|in|the|for|on|&)\s)*[A-Z][\w&'’-]*){1,7}\.?"
)


def _read_tail(entry: Entry, pieces: Sequence[Piece]) -> None:
    """What follows a title: "A. Lee, B. Ek. Proc. X, 2019." as a citation, else fact by fact."""
    pieces = _cut_journal(entry, pieces)
    beside = [piece for piece in pieces if piece.is_link or piece.code]
    said = plain([piece for piece in pieces if not piece.is_link and not piece.code]).strip(TRIM)
    if entry.authors and entry.year and not entry.venues and _NAMED_SOURCE.fullmatch(said):
        # "Lee, A. (1975). *Title*. California Management Review."
        said = said.rstrip(".")
        if read_source(said).venue == said:
            entry.add_venue(said)
            pieces = beside
    cited = read_citation(f"{entry.title}. {said}", "parts") if ". " in said else None
    is_told = cited and cited.title == entry.title and not re.search(r"[^\W\d_]", cited.rest)
    if cited and is_told and (len(cited.authors) > 1 or re.match(r"\w\. ", said)):
        take_citation(entry, cited)
        pieces = beside
    elif not entry.authors and (told := _tail_reference(said)):
        take_citation(entry, told)
        pieces = beside
    elif entry.authors and not entry.venues and took_appearance(entry, said, is_sure=True):
        pieces = beside
    read_facts(entry, pieces)


def _read_plain(entry: Entry, pieces: Sequence[Piece], style: str) -> None:
    """A title in running text: as a citation has it, else up to a link, a tag or a full stop."""
    end = next((i for i, piece in enumerate(pieces) if piece.is_link or piece.code), len(pieces))
    text = cut_brackets(entry, cut_columns(entry, plain(pieces[:end])))
    text = _cut_identifiers(entry, cut_place(entry, text))
    if cited := read_citation(text, style):
        take_citation(entry, cited)
        set_title(entry, cited.title, whole=cited)
        entry.written = text
        _take_slanted(entry, pieces[:end])
        read_facts(entry, pieces[end:])
        return
    slanted = next((i for i in range(1, end) if _is_place(pieces, i)), end)
    rest: list[Piece] = list(pieces[slanted:])
    if slanted < end:
        text = plain(pieces[:slanted])
        if (start := text.rfind("(")) > 0 and ")" not in text[start:]:
            # "Title (Lee et al., *Nature* 2026)": the bracket belongs together.
            rest.insert(0, Piece(text[start:]))
            text = text[:start]
    quoted = _QUOTED.search(text)
    is_led = quoted and not text[quoted.end() :].strip() and end < len(pieces) and pieces[end].bare
    if (
        quoted
        and (is_led or not goes_on(text[: quoted.start()]))
        and text[: quoted.start()].count("(") <= text[: quoted.start()].count(")")
        and not re.match(r"\s*:\s+[A-Z]", text[quoted.end() :])
        and len(words(text[: quoted.start()])) <= 25
        and not is_sentence(text[quoted.end() :])
    ):
        before = text[: quoted.start()]
        if lead := _LED.fullmatch(before):
            entry.prefix_name, before = lead[1], ""
        rest = [Piece(before), Piece(text[quoted.end() :]), *rest]
        text = quoted[1]
    else:
        text, remainder = _cut_plain(entry, text, has_more=bool(rest))
        rest.insert(0, Piece(remainder))
    set_title(entry, text, style)
    read_facts(entry, rest)


def _tail_reference(said: str) -> Citation | None:
    """Who wrote a work and where it appeared, where a tail says nothing else."""
    told = names_and_source(said) if said.count(")") <= said.count("(") else None
    return told if told is not None and told.venue else None


def _cut_journal(entry: Entry, pieces: Sequence[Piece]) -> Sequence[Piece]:
    """What follows a title without the names and the slanted journal that it begins with."""
    at = next((i for i, piece in enumerate(pieces) if piece.slanted or piece.is_link), len(pieces))
    if at == len(pieces) or pieces[at].is_link or not is_journal(pieces[at].text):
        return pieces
    before = plain(pieces[:at]).strip(TRIM)
    names = split_names(before)
    if not (names or (entry.authors and not words(before))) or split_names(pieces[at].text):
        return pieces
    entry.authors = entry.authors or names
    entry.add_venue(pieces[at].text.strip(" .,"))
    return pieces[at + 1 :]


def _is_place(pieces: Sequence[Piece], at: int) -> bool:
    """A slanted venue, or a journal with its volume behind it."""
    text = pieces[at].text
    is_named = is_venue_tag(text) or has_volume(text, plain(pieces[at + 1 :]))
    return pieces[at].slanted and is_named


def _are_authors(entry: Entry, text: str) -> bool:
    return not set(entry.authors).isdisjoint(split_names(text))


def _take_slanted(entry: Entry, pieces: Sequence[Piece]) -> None:
    """The journal of a citation that only slanted letters show: "Lee (2019). Title. *Nous*"."""
    behind = [p.text for p in pieces[1:] if p.slanted and p.text.strip(" .,") not in entry.title]
    is_told = bool(behind) and is_journal(behind[0]) and not _are_authors(entry, behind[0])
    if entry.authors and not entry.venues and is_told:
        entry.add_venue(behind[0].strip(" .,"))


_ID_IN_WORDS = re.compile(
    r"[\s,.;(\[]*\b(?:arxiv(?:\s+preprint)?(?:\s+arxiv)?\s*[:/#]?\s*\[?(?:\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7})"
    r"|doi\s*:?\s*10\.\d{4,9}/[^\s,;]+|(?:PMID|ISBN(?:-1[03])?)\s*:?\s*[\dXx -]{4,17})[\])]*",
    re.IGNORECASE,
)


def _cut_identifiers(entry: Entry, text: str) -> str:
    """A text without "arXiv:2101.00001", "doi:10.1000/x" and the like."""
    while found := _ID_IN_WORDS.search(text):
        ids = identify(found[0])
        if not ids:
            break
        entry.ids = entry.ids.join(ids)
        after = text[found.end() :]
        text = text[: found.start()] + (
            f", {after.lstrip(' ,.;')}" if after.strip(" ,.;()") else ""
        )
    return text


def _cut_front(entry: Entry, text: str) -> str:
    """A text without the date, author, remark or venue that stands before the title."""
    dated = find_date(text, short=True)
    if joined := joined_venue(text):
        front, entry.year = joined
        entry.add_venue(front.tag)
        text = text[front.end :]
    elif dated and dated.start == 0 and dated.end < len(text):
        entry.year, entry.on = dated.year, dated.on
        text = text[dated.end :].lstrip(" ,.:;-–—")
        if found := _PREFIX_AUTHOR.match(text):
            entry.authors = tuple(part.strip() for part in re.split(r"[/&,]", found[1]))
            text = text[found.end() :]
    elif (found := _LEAD_IN.match(text)) and len(words(found[1])) > 2:
        entry.bracket = found[1]
        text = text[found.end() :]
    elif (venue := leading_venue(text) or find_venue(text)) and (
        venue.start <= 1 and venue.end < len(text) - 3
    ):
        entry.add_venue(venue.tag)
        text = text[venue.end :].lstrip(" ,.:;-–—])")
    return text


def _cut_plain(entry: Entry, text: str, *, has_more: bool) -> tuple[str, str]:
    """A running text as title and remainder; a date and an author may stand before the title."""
    text = _cut_front(entry, text)
    note_lead(entry, text)
    end = _TITLE_END.search(text)
    names = split_names(text[: end.start()]) if end else ()
    if end and names and len(words(text[end.end() :])) > 2:
        entry.authors = entry.authors or names
        text = text[end.end() :]
        end = _TITLE_END.search(text)
    if end:
        return text[: end.start()], text[end.end() :]
    if (found := _TAIL_ET_AL.search(text)) and "(" not in text[: found.start()]:
        return text[: found.start()], text[found.start() :]
    # "Title ([" before the first link, "Title, " before a tag: the opening mark is not the title's.
    start = _find_opening(text) if has_more else 0
    return (text[:start], text[start:]) if start else (text, "")


def _find_opening(text: str) -> int:
    """Where the marks at the end begin: blanks, commas, brackets, and "in" by itself."""
    end = len(text)
    while True:
        end = len(text[:end].rstrip(_OPENING)) if end else 0
        if text[:end].endswith((" in", " In")):
            end = len(text[: end - 2].rstrip())
            end -= text[:end].endswith((".", ","))
        else:
            return end
