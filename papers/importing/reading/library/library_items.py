"""A record of a reference manager as it is being understood, and the entries made of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from papers.importing.reading.drafts.understood import Problem, SaidDraft, TopicPath
from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.links.paper_links import list_addresses
from papers.text.dates import find_date
from papers.text.identifiers import (
    Identifiers,
    arxiv_id,
    doi,
    find_urls,
    identify_all,
    is_web_url,
    normal_url,
)
from papers.text.titles import undecorate

LONGEST_TITLE, LONGEST_ABSTRACT, LONGEST_NOTE = 1_000, 20_000, 60_000
MOST_TOPICS = 20
"""Collections of one record that are kept."""


@dataclass(slots=True)
class LibraryItem:
    """One record. `line` is where it begins in the file, `names` are identifiers as (kind, text),
    `collections` topics from the outermost in, `notes` what whoever keeps the library wrote.
    """

    line: int
    end: int = 0
    title: str = ""
    authors: list[str] = field(default_factory=list)
    abstract: str = ""
    venue: str = ""
    year: int | None = None
    on: date | None = None
    names: list[tuple[str, str]] = field(default_factory=list)
    urls: list[tuple[str, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    collections: list[TopicPath] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    remark: str = ""
    left_out: list[str] = field(default_factory=list)

    def date_it(self, text: str) -> None:
        """Take year and day from a date in any common writing; the first that says one counts."""
        if self.year is not None or not text.strip():
            return
        found = find_date(text)
        if found:
            self.year, self.on = found.year, found.on
            return
        digits = "".join(char if char.isdigit() else " " for char in text).split()
        year = next((int(one) for one in digits if len(one) == 4 and "1400" < one < "2200"), None)
        self.year = year

    def add_url(self, url: str, label: str = "") -> None:
        """An address; one that leads nowhere from here is told as left out."""
        url = url.strip()
        if is_web_url(url):
            self.urls.append((url, label))
        elif url:
            self.left_out.append(url)

    def add_note(self, text: str) -> None:
        """Something that the library's keeper wrote, as Markdown; each once."""
        text = text.strip()[:LONGEST_NOTE]
        if text and text not in self.notes:
            self.notes.append(text)


def make_entries(items: Iterable[LibraryItem], form: str) -> tuple[list[Entry], list[Problem]]:
    """The entries of the records, one for each collection; records without a title are told."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, item in enumerate(items, 1):
        title = undecorate(" ".join(item.title.split())).strip()[:LONGEST_TITLE]
        if any(map(str.isalnum, title)):
            entries.extend(_make(item, title))
        else:
            problems.append(Problem(item.line, _say_untitled(number, item.line, form)))
    return entries, problems


def _say_untitled(number: int, line: int, form: str) -> str:
    said = _("Record %(n)s of this %(form)s file (line %(line)s) has no title and was skipped.")
    return said % {"n": number, "form": form, "line": line}


def _make(item: LibraryItem, title: str) -> Iterator[Entry]:
    topics = list(dict.fromkeys(item.collections))[:MOST_TOPICS] or [()]
    for place, topic in enumerate(topics):
        entry = Entry(item.line, max(item.end, item.line), title.removesuffix("."), title)
        entry.authors = tuple(dict.fromkeys(filter(None, item.authors)))
        entry.abstract = item.abstract.strip()[:LONGEST_ABSTRACT]
        entry.year, entry.on = item.year, item.on
        entry.add_venue(" ".join(item.venue.split()))
        entry.ids = _identify(item)
        entry.topic = topic
        entry.tags = list(dict.fromkeys(filter(None, item.tags)))
        entry.bracket = " ".join(item.remark.split())
        _add_links(entry, item)
        if place == 0:
            entry.left_out = list(item.left_out)
            entry.said = [SaidDraft("note", text) for text in item.notes]
        yield entry


def _identify(item: LibraryItem) -> Identifiers:
    said = Entry(0, 0)
    for kind, text in item.names:
        if kind == "isbn":
            said.ids = said.ids.join(Identifiers(isbn="".join(c for c in text if c.isalnum())))
        elif kind == "pmid":
            said.ids = said.ids.join(Identifiers(pmid=text.strip()))
        elif kind == "arxiv":
            number = arxiv_id(text) or arxiv_id(f"arxiv:{text.strip()}")
            said.ids = said.ids.join(Identifiers(arxiv_id=number))
        elif kind == "doi":
            number = arxiv_id(text) if "arxiv" in text.lower() else ""
            said.ids = said.ids.join(Identifiers(doi=doi(text), arxiv_id=number))
        elif kind == "openreview":
            said.take_identifier("openreview", text)
    return said.ids.join(identify_all(url for url, _ in item.urls))


def _add_links(entry: Entry, item: LibraryItem) -> None:
    """Every address once, less those that only repeat an identifier."""
    known = list_addresses(entry.ids)
    for url, label in item.urls:
        for one in find_urls(url)[:1] or [url]:
            if normal_url(one).lower() not in known:
                entry.add_link(one, label)


def spoken(name: str) -> str:
    """ "Lee, Ann, Jr." as it is spoken; a name without a comma stays as it is."""
    parts = [" ".join(part.split()) for part in name.split(",")]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return parts[0] if parts else ""
    family, given, *rest = parts
    return join_name(given, family, *rest)


def join_name(given: str, family: str, *rest: str) -> str:
    """Given name and family name in the order of their language."""
    given, family = given.strip(), family.strip()
    if family and _is_cjk(family[0]) and (not given or _is_cjk(given[0])):
        return f"{family}{given}" if family[0] < "\uac00" else f"{family} {given}".strip()
    return " ".join(part for part in (given, family, *rest) if part)


def _is_cjk(char: str) -> bool:
    return "\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af"
