"""One entry of a list: which part of the line is the title, and what stands around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from papers.importers.dates import find_date
from papers.importers.drafts import LinkDraft, TopicPath, Unit
from papers.importers.labels import Fact, meaning_of
from papers.importers.pieces import Piece, plain
from papers.importers.venues import find_venue, holds_venue, is_venue_tag, venue_year
from papers.importers.wording import (
    LONGEST_TITLE,
    is_sentence,
    looks_like_group,
    looks_like_name,
    split_names,
    words,
)
from papers.text.identifiers import is_paper_url, is_web_url, link_kind
from papers.text.titles import clean_title, without_emoji, without_remark

_LABEL_LINK = re.compile(
    r"[\[(]?\s*(?:[\w.-]+\s+){0,2}(?:pdf|papers?|link|links|url|code|codes|github|arxiv|abs|html|doi|"
    r"slides?|video|talk|poster|blog(?:post)?|post|project(?: page)?|page|website|homepage|demo|data|"
    r"dataset|supp(?:lement(?:ary)?)?|appendix|bib(?:tex)?|notes?|node|notebook|summary|review|tweets?|"
    r"thread|reddit|openreview|here|source(?: code)?|implementation|pytorch|tensorflow|jax|keras|tf|"
    r"official|unofficial|colab|model|models|article|news|website|wiki|read|more|youtube|discussion|"
    r"issue|publication|download|latex|tex|"
    r"论文|代码|笔记|链接|原文|解读|主页|論文|コード|スライド|리뷰|논문|코드|링크)\s*\d*\s*[\])]?\.?",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“「《]([^\"“”「」《》]{12,300})[\"”」》]")
_TITLE_END = re.compile(
    r"(?<=[^\W\d_])(?<!\b[A-Z])(?<!\bvs)(?<!\betc)(?<!\be\.g)(?<!\bi\.e)(?<!\bal)\.\s+(?=[A-Z\d#*_(\[`\"]|In\b|arXiv)"
    r"|(?<=[?!])\s+(?=In\s+[*_A-Z])|[。]\s*"
)
_TAIL_ET_AL = re.compile(r",\s+[A-Z][\w'’-]+(?:,?\s+[A-Z][\w'’.-]*){0,4}\s+et\.? al\b")
_OPENING = re.compile(r"(?:[\s,;:(\[（-]|[.,]?\s+[Ii]n)+$")
_BRACKET = re.compile(r"[(\[（]([^()\[\]（）]{2,60})[)\]）]")
_PREFIX_AUTHOR = re.compile(r"^\s*([^\W\d_][\w.\-/& ]{0,60}?)\s*:\s+(?=\S)")
_LEAD_IN = re.compile(r"^([a-z][^:]{12,}?)\s*:\s+(?=[A-Z])")
_HASHTAG = re.compile(r"(?<![\w&/#])#([^\W\d_][\w-]{1,40})")
_HANDLE = re.compile(r"(?<![\w.])@([A-Za-z][\w-]{0,38})")
_TAIL_AUTHORS = re.compile(
    r"^(.*?)(?:\s*[(（]((?:19|20)\d\d)[)）])?\s+[-–—]\s*(by\s+)?(.+)$"
)
_TAIL_YEAR = re.compile(r"\s*[(（]\s*((?:19|20)\d\d)\s*[)）]\s*$")
_MEMBER_SAID = re.compile(
    r"(?:present(?:ed|er|ers)?|proposed|suggested|picked|chosen|reviewed|read|led)\s*(?:by)?\s*:?\s+"
    r"([^,;().]{2,40})|(?:担当|発表者?|발표자?)\s*[:：]\s*([^\s,、)）]{1,20})",
    re.IGNORECASE,
)
_GLUE = frozenset(
    "in by and of at the on from with to for spotlight oral poster preprint arxiv published accepted "
    "submitted best paper award workshop via see also journal conference proceedings proc".split()  # noqa: SIM905
)
_TRIM = " \t,.;:|/·—–-•()[]（），、。；：/*_&~"


@dataclass(slots=True)
class Entry:
    """A paper at one place of a document, as it is being understood."""

    line: int
    last_line: int
    title: str = ""
    written: str = ""
    links: list[LinkDraft] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    group: str = ""
    year: int | None = None
    on: date | None = None
    venues: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    remark: str = ""
    bracket: str = ""
    units: list[Unit] = field(default_factory=list)
    topic: TopicPath = ()
    is_index: bool = False
    is_paper_page: bool = False

    def add_link(self, url: str, label: str = "") -> None:
        """Keep a link to the web; note one that leads nowhere from here."""
        url = url.strip()
        if is_web_url(url):
            if all(link.url != url for link in self.links):
                self.links.append(LinkDraft(link_kind(url, label), url, label.strip(" []()")))
        elif url and not url.startswith("#"):
            self.left_out.append(url)

    def date_it(self, text: str, *, short: bool = False) -> str:
        """Take the date out of a text; the first date of an entry counts."""
        found = find_date(text, short=short)
        if not found:
            return text
        if self.year is None:
            self.year, self.on = found.year, found.on
        return text[: found.start] + " , " + text[found.end :]

    def add_venue(self, tag: str) -> None:
        """Keep a venue once."""
        if tag and tag not in self.venues:
            self.venues.append(tag)

    def settle_year(self) -> None:
        """Without a date the year is the one that a venue states."""
        if self.year is None:
            years = (venue_year(tag) for tag in self.venues)
            self.year = next((year for year in years if year), None)


def is_label_link(piece: Piece) -> bool:
    """Whether a link's text only says what it leads to: "[pdf]", "code", "论文"."""
    text = piece.text.strip()
    return bool(piece.bare or not text or _LABEL_LINK.fullmatch(text))


def find_title(pieces: Sequence[Piece]) -> tuple[int, int] | None:
    """The range of pieces that is the title: the linked text, the bold text, else None."""
    bold = _bold_run(pieces)
    if bold is not None and not _is_title_text(pieces[slice(*bold)]):
        bold = None  # A venue, a date or a label.
    link = next((i for i, piece in enumerate(pieces) if _is_title_link(piece, i, pieces)), None)
    if bold is not None and (link is None or bold[0] <= link):
        return bold
    return (link, link + 1) if link is not None else None


def _is_title_link(piece: Piece, position: int, pieces: Sequence[Piece]) -> bool:
    if not piece.is_link or is_label_link(piece) or (piece.url or "").startswith("#"):
        return False
    if is_venue_tag(piece.text) or (find_date(piece.text) and len(words(piece.text)) < 4):
        return False
    before = plain(pieces[:position])
    if len(words(piece.text)) < 2 and not is_paper_url(piece.url or ""):
        return not words(before) and not before.endswith(("(", "（"))
    return not (before.endswith(("(", "（")) and words(before)) and len(words(before)) <= 12


def _bold_run(pieces: Sequence[Piece]) -> tuple[int, int] | None:
    start = next((i for i, piece in enumerate(pieces) if piece.strong and piece.text.strip()), None)
    if start is None:
        return None
    end = start
    while end < len(pieces) and (pieces[end].strong or not pieces[end].text.strip()):
        end += 1
    return start, end


def _is_title_text(pieces: Sequence[Piece]) -> bool:
    text = plain(pieces)
    if text.endswith((":", "：")) or meaning_of(text) or is_venue_tag(text):
        return False
    return len(words(text)) >= 2 or any(piece.is_link for piece in pieces)


def read_entry(pieces: Sequence[Piece], line: int, last_line: int) -> Entry:
    """The entry that one line of a list makes; its title is "" if the line holds none."""
    entry = Entry(line, last_line)
    found = find_title(pieces)
    if found:
        start, end = found
        title = pieces[start:end]
        for piece in title:
            if piece.url:
                entry.add_link(piece.url, "")
        _set_title(entry, plain(title))
        _read_prefix(entry, pieces[:start])
        read_facts(entry, pieces[end:])
    else:
        _read_plain(entry, pieces)
    entry.settle_year()
    return entry


def _set_title(entry: Entry, written: str) -> None:
    """Clean a title; brackets at its end hold a year, a venue, authors or a remark."""
    entry.written = written.strip()
    title = clean_title(written)
    if found := _TAIL_YEAR.search(title):
        entry.year = entry.year or int(found[1])
        title = title[: found.start()]
    elif found := _TAIL_AUTHORS.match(title):
        title = _cut_authors(entry, title, found)
    head, bracket = without_remark(title)
    if bracket:
        title = head
        _read_bracket(entry, bracket.strip("()[]（） "))
    entry.title = clean_title(title)[:LONGEST_TITLE] or entry.written[:LONGEST_TITLE]


def _cut_authors(entry: Entry, title: str, found: re.Match[str]) -> str:
    """A tail of names behind a year, behind "- by", or of several persons is no part of a title."""
    names = split_names(found[4])
    if not names or not (found[2] or found[3] or len(names) > 1):
        return title
    entry.authors = names
    entry.year = entry.year or (int(found[2]) if found[2] else None)
    return found[1]


def _read_bracket(entry: Entry, text: str) -> None:
    if holds_venue(text):
        entry.add_venue(text)
    elif names := split_names(text):
        entry.authors = entry.authors or names
    elif text:
        entry.bracket = "; ".join(part for part in (entry.bracket, text) if part)


def _read_prefix(entry: Entry, pieces: Sequence[Piece]) -> None:
    """What stands before the title are columns: date, year and venue each by itself."""
    text = entry.date_it(plain(pieces), short=True)
    venue = find_venue(text, alone=True)
    if venue:
        entry.add_venue(venue.tag)
    elif (bare := text.strip(_TRIM)) and (names := split_names(bare)):
        entry.authors = names
    for piece in pieces:
        if piece.url:
            entry.add_link(piece.url, piece.text)


def _read_plain(entry: Entry, pieces: Sequence[Piece]) -> None:
    """A title in running text: in quotation marks, else up to a link, a tag or the first full stop."""
    end = next((i for i, piece in enumerate(pieces) if piece.is_link or piece.code), len(pieces))
    slanted = next((i for i in range(1, end) if pieces[i].slanted and is_venue_tag(pieces[i].text)), end)
    text = plain(pieces[:slanted])
    rest: list[Piece] = list(pieces[slanted:])
    quoted = _QUOTED.search(text)
    if quoted and len(words(text[: quoted.start()])) <= 25 and not is_sentence(text[quoted.end() :]):
        rest = [Piece(text[: quoted.start()]), Piece(text[quoted.end() :]), *rest]
        text = quoted[1]
    else:
        text, remainder = _cut_plain(entry, text, has_more=bool(rest))
        rest.insert(0, Piece(remainder))
    _set_title(entry, text)
    read_facts(entry, rest)


def _cut_plain(entry: Entry, text: str, *, has_more: bool) -> tuple[str, str]:
    """A running text as title and remainder; a date and an author may stand before the title."""
    for tag in _HASHTAG.findall(text):
        entry.subjects.append(tag)
    text = _HASHTAG.sub("", text).strip()
    dated = find_date(text, short=True)
    if dated and dated.start == 0 and dated.end < len(text):
        entry.year, entry.on = dated.year, dated.on
        text = text[dated.end :].lstrip(" ,.:;-–—")
        if found := _PREFIX_AUTHOR.match(text):
            entry.authors = tuple(part.strip() for part in re.split(r"[/&,]", found[1]))
            text = text[found.end() :]
    elif (found := _LEAD_IN.match(text)) and len(words(found[1])) > 2:
        entry.bracket = found[1]
        text = text[found.end() :]
    elif (venue := find_venue(text)) and venue.start <= 1 and venue.end < len(text) - 8:
        entry.add_venue(venue.tag)
        text = text[venue.end :].lstrip(" ,.:;-–—])")
    end = _TITLE_END.search(text)
    if end:
        return text[: end.start()], text[end.end() :]
    if found := _TAIL_ET_AL.search(text):
        return text[: found.start()], text[found.start() :]
    # "Title ([" before the first link, "Title, " before a tag: the opening mark is not the title's.
    opening = _OPENING.search(text)
    if has_more and opening and opening.start():
        return text[: opening.start()], opening[0]
    return text, ""


def read_facts(entry: Entry, pieces: Sequence[Piece]) -> None:
    """Everything around a title: links, members, venue tags, keywords, date, group, authors, remark."""
    running: list[str] = []
    for position, piece in enumerate(pieces):
        if piece.is_link:
            _read_link(entry, piece, plain(pieces[:position]))
        elif piece.code or (piece.slanted and is_venue_tag(piece.text)):
            tag = piece.text.strip(" .,")
            entry.add_venue(tag) if is_venue_tag(tag) else entry.tags.append(tag)
            running.append(" , ")
        else:
            running.append(piece.text)
    read_running(entry, "".join(running))


def _read_link(entry: Entry, piece: Piece, before: str) -> None:
    """A person's name in brackets that leads to a file of the same place is a member's."""
    url, text = piece.url or "", piece.text.strip(" []")
    inside = before.count("(") + before.count("（") > before.count(")") + before.count("）")
    if text.startswith("@") and looks_like_name(text):
        entry.members.append(text.lstrip("@"))
    elif inside and not is_web_url(url) and looks_like_name(text) and not is_label_link(piece):
        entry.members.append(text)
    else:
        entry.add_link(url, "" if piece.bare else piece.text)


def read_running(entry: Entry, text: str) -> None:
    """The running text after a title, once links and tags are out of it."""
    text = without_emoji(text)
    entry.subjects.extend(_HASHTAG.findall(text))
    text = _HASHTAG.sub("", text)
    for found in _MEMBER_SAID.finditer(text):
        name = (found[1] or found[2]).strip(" @*_")
        if looks_like_name(name):
            entry.members.append(name)
            text = text.replace(found[0], " ", 1)
    for handle in _HANDLE.findall(text):
        entry.members.append(handle)
    text = _HANDLE.sub(" ", text)
    for found in _BRACKET.finditer(text):
        if holds_venue(found[1]):
            entry.add_venue(found[1].strip())
            text = text.replace(found[0], " , ", 1)
    while venue := find_venue(text):
        entry.add_venue(venue.tag)
        text = text[: venue.start] + " , " + text[venue.end :]
    text = entry.date_it(text)
    _read_rest(entry, text)


def _read_rest(entry: Entry, text: str) -> None:
    """Who wrote it, or what the list's keeper says about it."""
    text = re.sub(r"\(\s*[,|/]*\s*\)|\[\s*[,|/]*\s*\]", " ", text)
    said = " ".join(text.split()).lstrip(_TRIM).rstrip(_TRIM.replace(".", ""))
    said = re.sub(r"[\s,]+\.$", "", said)
    text = said.strip(_TRIM)
    if not text:
        return
    if names := split_names(text):
        entry.authors = entry.authors or names
        return
    if is_sentence(said) and not looks_like_group(text):
        entry.remark = f"{entry.remark}; {said}" if entry.remark else said
        return
    parts = [part.strip(_TRIM) for part in text.split(",")]
    if len(parts) >= 3 and all(part and len(words(part)) <= 3 for part in parts):
        entry.tags.extend(parts)
        return
    kept = []
    for part in re.split(r"[,;，、；]|\.\s|\s[-–—|]\s", text):
        part = re.sub(r"^(?:from|by)\s+", "", part.strip(_TRIM), flags=re.IGNORECASE)
        if not part or all(word.casefold() in _GLUE for word in words(part)):
            continue
        if looks_like_group(part) and not entry.group:
            entry.group = part
        elif (names := split_names(part)) and not entry.authors:
            entry.authors = names
        else:
            kept.append(part)
    if kept:
        rest = ", ".join(kept)
        entry.remark = f"{entry.remark}; {rest}" if entry.remark else rest


def read_fact(entry: Entry, fact: Fact, pieces: Sequence[Piece]) -> None:
    """A labelled fact: "Authors: ...", "Link: ...", "Venue: ..."."""
    text = plain(pieces)
    value = text.strip(" .")
    for piece in pieces:
        if piece.url:
            entry.add_link(piece.url, "" if piece.bare else piece.text)
    if fact == "authors":
        entry.authors = split_names(value) or tuple(_split_list(value))
    elif fact == "venue" and value:
        entry.add_venue(value)
    elif fact == "date":
        entry.date_it(value)
    elif fact == "group":
        entry.group = value
    elif fact == "tags":
        entry.subjects.extend(tag.strip(" #`") for tag in _split_list(value))
    elif fact == "member":
        entry.members.extend(split_people(value))
    elif fact == "title" and value:
        _set_title(entry, value)
    entry.settle_year()


def _split_list(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;，、；/]", text) if part.strip()]


def split_people(text: str) -> list[str]:
    """The members named in one cell or value: "Rohan, Saswat", "@ada and Ben"."""
    parts = re.split(r",|;|、|，|/|&|\band\b|\+|\n|<br ?/?>", text)
    names = [part.strip(" @*_.()[]") for part in parts]
    return [name for name in names if name and looks_like_name(name)]
