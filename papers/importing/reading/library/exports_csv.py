"""CSV as Zotero, Paperpile and Mendeley write it, known by their columns."""

import csv
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from papers.importing.reading.drafts.understood import Problem
from papers.importing.reading.library.exports_json import cut_path
from papers.importing.reading.library.library_items import LibraryItem, spoken
from papers.importing.reading.library.markup import note_text

csv.field_size_limit(10_000_000)

_SIGNS: dict[str, set[str]] = {
    "Zotero CSV": {"key", "item type", "publication year", "abstract note"},
    "Paperpile CSV": {"item type", "authors", "title", "folders filed in"},
    "Mendeley CSV": {"document type", "authors", "title", "folders"},
}
"""Columns that only this program's export has together."""

_COLUMNS: dict[str, tuple[str, ...]] = {
    "title": ("title", "document title"),
    "authors": ("author", "authors", "editor", "editors"),
    "abstract": ("abstract note", "abstract"),
    "venue": (
        "publication title", "proceedings title", "conference name", "full journal", "journal",
        "source", "book title", "publisher",
    ),
    "date": ("date", "date published", "publication date", "publication year", "year"),
    "tags": ("manual tags", "automatic tags", "keywords", "tags"),
    "notes": ("notes", "note"),
    "folders": ("folders filed in", "labels filed in", "folders", "collections"),
    "urls": ("url", "urls", "link attachments", "websites"),
}  # fmt: skip
_NAMES = (("doi", "doi"), ("isbn", "isbn"), ("pmid", "pmid"), ("arxiv", "arxiv id"))


def form_of_sheet(text: str) -> str:
    """Whose export it is, by its first line; empty for any other sheet."""
    columns = {cell.strip().lower() for cell in _first_row(text)}
    return next((form for form, signs in _SIGNS.items() if signs <= columns), "")


def _first_row(text: str) -> list[str]:
    first = text.lstrip("\ufeff").split("\n", 1)[0][:20_000]
    try:
        return next(csv.reader([first]), [])
    except csv.Error:
        return []


def read_export(text: str, form: str) -> tuple[list[LibraryItem], list[Problem]]:
    """The papers of the sheet, and rows with fewer columns than the first."""
    items: list[LibraryItem] = []
    problems: list[Problem] = []
    rows = _read_rows(text, form, problems)
    head = next(rows, (0, 0, []))[2]
    columns = [cell.strip().lower().lstrip("\ufeff") for cell in head]
    for number, (line, end, cells) in enumerate(rows, 1):
        if len(cells) < len(columns) // 2:
            said = _("Record %(n)s of this %(form)s file (line %(line)s) has too few columns.")
            problems.append(Problem(line, said % {"n": number, "form": form, "line": line}))
        values = dict(zip(columns, cells, strict=False))
        if values.get("item type", "").lower() not in ("attachment", "note", "annotation"):
            items.append(_read(line, end, values))
    return items, problems


def _read_rows(
    text: str, form: str, problems: list[Problem]
) -> Iterator[tuple[int, int, list[str]]]:
    reader = csv.reader(text.lstrip("\ufeff").splitlines(keepends=True), strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            said = _("This %(form)s file is broken from line %(line)s on (%(why)s).")
            problems.append(Problem(line, said % {"form": form, "line": line, "why": error}))
            return
        if any(cell.strip() for cell in cells):
            yield line, reader.line_num, cells
        line = reader.line_num + 1


def _read(line: int, end: int, values: dict[str, str]) -> LibraryItem:
    def say(name: str) -> list[str]:
        return [one for key in _COLUMNS[name] if (one := values.get(key, "").strip())]

    item = LibraryItem(line, end, next(iter(say("title")), ""))
    people = next(iter(say("authors")), "")
    item.authors = [spoken(one) for one in re.split(r"\s*;\s*", people) if one]
    if len(item.authors) == 1 and people.count(",") > 1:
        item.authors = [spoken(one) for one in re.split(r"\s*,\s*(?=\S+\s)", people) if one]
    item.abstract = next(iter(say("abstract")), "")
    item.venue = next(iter(say("venue")), "")
    for said in say("date"):
        item.date_it(said)
    item.names = [(kind, said) for kind, key in _NAMES if (said := values.get(key, "").strip())]
    for name in (values.get("extra", ""), values.get("archive id", "")):
        if "arxiv" in name.lower():
            item.names.append(("arxiv", name))
    for said in say("urls"):
        for url in re.split(r"\s*;\s*|\s+(?=https?://)", said):
            item.add_url(url)
    item.tags = [one for said in say("tags") for one in re.split(r"\s*[;,]\s*", said)]
    for said in say("folders"):
        item.collections += [cut_path(one) for one in re.split(r"\s*[;,]\s*", said) if one.strip()]
    for said in say("notes"):
        item.add_note(note_text(said))
    return item
