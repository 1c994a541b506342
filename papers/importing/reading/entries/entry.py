"""A paper at one place of a document, as it is being understood."""

import re
from dataclasses import dataclass, field
from datetime import date

from papers.importing.reading.drafts.review_text import Unit
from papers.importing.reading.drafts.understood import LinkDraft, SaidDraft, TopicPath
from papers.text.citation_parts import names_and_source
from papers.text.citations import Citation, read_citation
from papers.text.dates import MONTH, find_date
from papers.text.identifiers import Identifiers, arxiv_id, doi, identify, is_web_url, openreview_id
from papers.text.link_kinds import link_kind
from papers.text.names import split_names
from papers.text.sources import named_venue, read_source, trailing_venue
from papers.text.titles import clean_title, without_remark
from papers.text.venues import bracket_venue, venue_year
from papers.text.wording import LONGEST_TITLE, has_verb, words

_TAIL_AUTHORS = re.compile(r"^(.*?)(?:\s*[(（]((?:19|20)\d\d)[)）])?\s+[-–—]\s*(by\s+)?(.+)$")
_LEAD_ID = re.compile(
    r"^\s*(?:arXiv:?\s*)?\[?(\d{4}\.\d{4,5})(?:v\d+)?(?:\]\s*|[\s:|–—-]+(?=[^\W\d_]))(?=\S)",
    re.IGNORECASE,
)
_LEAD_YEAR = re.compile(r"^\s*[(（\[]\s*((?:19|20)\d\d)\s*[)）\]]\s*[-–—:.,]?\s*(?=\S)")
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)[\s,;:]+(?=\S)")
_PUBLISHED = re.compile(
    r"(?:submitted|published|posted|released|accepted|revised)\b", re.IGNORECASE
)
_NAMES_YEAR = re.compile(rf"([^\d()\[\]]{{2,80}}?)[\s,]+{MONTH}((?:19|20)\d\d)[a-z]?")
_TAIL_NOTE = re.compile(r"^(.{8,}?[)）\]])\s+[-–—]\s+([A-Z]{2,3}|[^\W\d_]\w*(?: [^\W\d_]\w*)?)$")
""" "Title (Lee, PLDI 2015) - AB": who reads it, behind the bracket."""
_COMMA_YEAR = re.compile(r"(.*[^\d\s,].*?),\s*((?:19|20)\d\d)")
_YEAR_AND_PLACE = re.compile(r"(?<=\w),\s((?:19|20)\d\d)\s([A-Z][A-Za-z&]*[A-Z])$")
""" "Title, 2014 NRG"."""
_TAIL_YEAR = re.compile(r"[(（]\s*+((?:19|20)\d\d)\s*+[)）]\s*+[:：]?$")

NO_NAMES = Identifiers()


@dataclass(slots=True)
class Entry:
    """A paper at one place of a document, as it is being understood."""

    line: int
    last_line: int
    title: str = ""
    written: str = ""
    links: list[LinkDraft] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    left_words: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    group: str = ""
    year: int | None = None
    on: date | None = None
    venues: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    subtopic: str = ""
    remark: str = ""
    bracket: str = ""
    units: list[Unit] = field(default_factory=list)
    topic: TopicPath = ()
    is_paper_page: bool = False
    has_own_title: bool = False
    has_author_list: bool = False
    ids: Identifiers = NO_NAMES
    abstract: str = ""
    cited_rest: str = ""
    said_ids: list[str] = field(default_factory=list)
    meeting: str = ""
    prefix_name: str = ""
    front: str = ""
    lead: str = ""
    lead_name: str = ""
    is_linked: bool = False
    said: list[SaidDraft] = field(default_factory=list)

    def add_link(self, url: str, label: str = "") -> None:
        """Keep a link to the web; note one that leads nowhere from here."""
        url = url.strip()
        if is_web_url(url):
            if all(link.url != url for link in self.links):
                self.links.append(LinkDraft(link_kind(url, label), url, label.strip(" []()")))
        elif url and not url.startswith("#"):
            self.left_out.append(url)

    def take_identifier(self, kind: str, text: str) -> None:
        """An identifier in a field for it: "10.1000/x", "2101.00001v2"."""
        if kind == "doi":
            found = Identifiers(doi=doi(text))
        elif kind == "openreview":
            found = Identifiers(openreview=openreview_id(text) or text.strip())
        else:
            found = Identifiers(arxiv_id=arxiv_id(text) or arxiv_id(f"arxiv:{text.strip()}"))
        self.ids = self.ids.join(found)

    def date_it(self, text: str, *, short: bool = False) -> str:
        """Take the date out of a text; the first date of an entry counts."""
        found = find_date(text, short=short)
        if not found:
            return text
        if self.year is None:
            self.year, self.on = found.year, found.on
        return text[: found.start] + " , " + text[found.end :]

    def add_venue(self, tag: str) -> None:
        """Keep a venue once; a year behind a comma is told by itself: "UMUAI, 2022"."""
        if told := _COMMA_YEAR.fullmatch(tag):
            tag, self.year = told[1], self.year or int(told[2])
        if tag and tag not in self.venues:
            self.venues.append(tag)

    def settle_year(self) -> None:
        """Without a date the year is the one that a venue states, a preprint server last."""
        if self.year is None:
            tags = sorted(self.venues, key=lambda tag: "xiv" in tag.casefold())
            years = (venue_year(tag) for tag in tags)
            self.year = next((year for year in years if year), None)


def set_title(
    entry: Entry, written: str, style: str = "", *, whole: Citation | None = None
) -> None:
    """Clean a title; brackets at its end hold a year, a venue, authors or a remark.

    `whole` is the citation that it was cut out of.
    """
    entry.written = written.strip()
    if found := _LEAD_ID.match(written):
        entry.ids = entry.ids.join(identify(f"arxiv:{found[1]}"))
        written = written[found.end() :]
        written, *notes = re.split(r"\s+(?:--|—)\s+", written, maxsplit=1)
        entry.remark = "; ".join(part for part in (entry.remark, *notes) if part)
    title = clean_title(written)
    if found := _LEAD_YEAR.match(title):
        entry.year = entry.year or int(found[1])
        title = title[found.end() :]
    if found := _TAIL_NOTE.match(title):
        title = found[1]
        entry.remark = "; ".join(part for part in (entry.remark, found[2].strip()) if part)
    cited = read_citation(title, style)
    if cited:
        take_citation(entry, cited)
        title = cited.title
    if found := _TAIL_YEAR.search(title):
        entry.year = entry.year or int(found[1])
        title = title[: found.start()]
    elif found := _TAIL_AUTHORS.match(title):
        title = _cut_authors(entry, title, found)
    title = _cut_place(entry, title)
    head, bracket = without_remark(title)
    is_bounded = _is_bounded(whole or cited) and not _NO_PART.search(bracket)
    if bracket and not is_bounded and not _goes_on(head, bracket):
        title = head
        _read_bracket(entry, bracket.strip("()[]（） "))
        if cited is None and (cited := read_citation(title, style)):
            # "Title, Lee & Ek 2022 (Ann)"
            take_citation(entry, cited)
            title = cited.title
    entry.title = clean_title(title)[:LONGEST_TITLE] or entry.written[:LONGEST_TITLE]


_JOINED = re.compile(
    r"\((?:and|or|with|without|but|of)\s(?!.*(?:code|data|video|slides|suppl))[a-z]"
)


_NO_PART = re.compile(
    r"\d|\b(?:thesis|dissertation|ed|eds|edition|ed\.|review|preprint|chapter|report|code|slides|pdf|video|poster|"
    r"tesis|tese|thèse|doctoral|unpublished|paper|book|article|text|audio|html)\b",
    re.IGNORECASE,
)
"""What a bracket says that no title holds, behind a title within a citation."""


def _is_bounded(cited: Citation | None) -> bool:
    """A citation that ends its title before the journal: what stands between is the title's."""
    return cited is not None and bool(cited.authors and cited.year and cited.venue)


def _goes_on(head: str, bracket: str) -> bool:
    """A bracket that is part of a title: "Being discrete (and spatial)", "(It's Time to Go)",
    "Event related potentials (ERP)".
    """
    inner = bracket.strip("()[]（）. ")
    initials = "".join(word[0] for word in words(head.replace("-", " "))[-8:]).upper()
    if inner.isupper() and inner.isalpha() and len(inner) > 2 and _is_within(inner, initials):
        return True
    if len(words(head)) < 4 or any(map(str.isdigit, inner)):
        return False
    long = [word for word in words(inner) if len(word) > 3]
    is_said = len(long) > 2 and has_verb(inner) and all(word[0].isupper() for word in long)
    return bool(_JOINED.match(bracket)) or is_said


def _is_within(short: str, letters: str) -> bool:
    """Whether the letters of one text come in the other, in their order, up to its end."""
    rest = iter(letters)
    return short[-1:] == letters[-1:] and all(letter in rest for letter in short)


def _cut_place(entry: Entry, title: str) -> str:
    """A title without where it appeared behind a comma, bar or dash, perhaps with the year."""
    if found := _YEAR_AND_PLACE.search(title):
        entry.year = entry.year or int(found[1])
        entry.add_venue(found[2])
        return title[: found.start()]
    if last := trailing_venue(title):
        entry.add_venue(last.tag)
        return title[: last.start].rstrip("/ ,;-–—|")
    return title


def take_citation(entry: Entry, cited: Citation) -> None:
    """Authors, venue and year of a citation, where the entry has none yet."""
    entry.authors = entry.authors or cited.authors
    entry.year = entry.year or cited.year
    if cited.venue:
        entry.add_venue(cited.venue)
    entry.ids = entry.ids.join(identify(cited.rest)) if cited.rest else entry.ids
    if cited.rest and sum(char.isalpha() for char in cited.rest) > 2:
        entry.cited_rest = "; ".join(part for part in (entry.cited_rest, cited.rest) if part)


def _cut_authors(entry: Entry, title: str, found: re.Match[str]) -> str:
    """A tail of names behind a year, behind "- by", or of several persons is no part of a title."""
    names = split_names(found[4])
    if not names or not (found[2] or found[3] or len(names) > 1):
        return title
    entry.authors = names
    entry.year = entry.year or (int(found[2]) if found[2] else None)
    return found[1]


def _read_bracket(entry: Entry, text: str) -> None:
    if (found := identify(text)) and not entry.ids:
        entry.ids = found
        entry.said_ids.append(text)
        return
    if venue := bracket_venue(text):
        entry.add_venue(venue)
        if rest := text.replace(venue, "", 1).strip(" ,;()[]"):
            entry.left_words.append(rest)
    elif (dated := _YEAR_FIRST.match(text)) and not bracket_venue(text[dated.end() :]):
        entry.year = entry.year or int(dated[1])
        entry.bracket = "; ".join(part for part in (entry.bracket, text[dated.end() :]) if part)
    elif (cited := _NAMES_YEAR.fullmatch(text)) and (names := split_names(cited[1])):
        entry.authors = entry.authors or names
        entry.year = entry.year or int(cited[2])
    elif (told := names_and_source(text, is_sure=True)) and told.authors:
        take_citation(entry, told)
    elif names := split_names(text):
        entry.authors = entry.authors or names
    elif text and not _took_named(entry, text):
        entry.bracket = "; ".join(part for part in (entry.bracket, text) if part)


def _took_named(entry: Entry, text: str) -> bool:
    """ "IEEE Transactions on X" or "Submitted 30 Nov 2023" in a bracket."""
    if (named := named_venue(text)) and named[1:] == (0, len(text)):
        entry.add_venue(named[0])
        return True
    source = read_source(text)
    if source.venue and source.year and not source.rest.strip(" 0123456789"):
        entry.add_venue(source.venue)
        entry.year = entry.year or source.year
        return True
    dated = find_date(text) if _PUBLISHED.match(text) else None
    if dated is None:
        return False
    entry.year, entry.on = entry.year or dated.year, entry.on or dated.on
    entry.left_words.append(f"{text[: dated.start]} {text[dated.end :]}")
    return True
