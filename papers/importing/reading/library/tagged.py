"""Formats of tagged lines: RIS files, and PubMed's nbib (MEDLINE).

RIS: two signs, two blanks, a dash ("TY  - JOUR" to "ER  -"). MEDLINE: four signs and a dash
("PMID- 123", "TI  - "), lines that go on are set in by six blanks, records end with a blank line
(https://www.nlm.nih.gov/bsd/mms/medlineelements.html).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from papers.importing.reading.drafts.understood import Problem
from papers.importing.reading.library.library_items import LibraryItem, spoken
from papers.importing.reading.library.markup import note_text

_RIS = re.compile(r"^\ufeff?([A-Z][A-Z0-9]) {1,2}-(?: (.*)|\s*)$")
_MEDLINE = re.compile(r"^\ufeff?([A-Z]{2,4}) {0,2}- (.*)$")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
MOST_RECORDS = 20_000


@dataclass(slots=True)
class Tagged:
    """One record: the values of each tag, and the line on which it begins and ends."""

    line: int
    end: int = 0
    fields: dict[str, list[str]] = field(default_factory=dict)
    is_closed: bool = True

    def first(self, *tags: str) -> str:
        """The first value of the first tag that has one."""
        return next((one for tag in tags for one in self.fields.get(tag, ()) if one), "")

    def all(self, *tags: str) -> list[str]:
        """Every value of these tags."""
        return [one for tag in tags for one in self.fields.get(tag, ()) if one]


def is_ris_file(text: str) -> bool:
    """The first line that says something opens a record."""
    found = _RIS.match(_first_line(text))
    return bool(found and found[1] == "TY")


def is_medline(text: str) -> bool:
    """The first line is the number of a record."""
    return bool(re.match(r"^\ufeff?PMID- *\d", _first_line(text)))


def _first_line(text: str) -> str:
    return text.lstrip("\ufeff \t\r\n").split("\n", 1)[0].rstrip()


def read_ris_file(text: str) -> tuple[list[LibraryItem], list[Problem]]:
    """The papers of a RIS file, and records that do not end."""
    items, problems = [], []
    for number, record in enumerate(_cut_ris(text), 1):
        if not record.is_closed:
            said = _(
                "Record %(n)s of this RIS file (line %(line)s) has no end: add a line “ER  - ”. "
                "We read what we could."
            )
            problems.append(Problem(record.line, said % {"n": number, "line": record.line}))
        items.append(_read_ris(record))
    return items, problems


def _cut_ris(text: str) -> Iterator[Tagged]:
    record: Tagged | None = None
    last = ""
    for number, line in enumerate(text.split("\n"), 1):
        found = _RIS.match(line.rstrip())
        tag = found[1] if found else ""
        if tag == "TY":
            if record is not None:
                record.is_closed = False
                yield record
            record, last = Tagged(number, number), ""
        elif record is None:
            continue
        elif tag == "ER":
            record.end = number
            yield record
            record = None
        elif found:
            last, record.end = tag, number
            record.fields.setdefault(tag, []).append((found[2] or "").strip())
        elif last and line.strip():
            record.fields[last][-1] += f"\n{line.strip()}"
            record.end = number
    if record is not None:
        record.is_closed = False
        yield record


def _read_ris(record: Tagged) -> LibraryItem:
    item = LibraryItem(record.line, record.end, record.first("TI", "T1", "CT", "BT"))
    item.authors = [spoken(name) for name in record.all("AU", "A1") or record.all("A2", "ED")]
    item.abstract = record.first("AB", "N2")
    venues = record.all("T2", "JO", "JF", "JA", "J2", "BT", "C3", "PB")
    item.venue = next((one for one in venues if one != item.title), "")
    for said in record.all("DA", "PY", "Y1"):
        item.date_it(said.replace("/", "-").strip("-"))
    for said in record.all("DO", "M3", "AN"):
        if _DOI.search(said):
            item.names.append(("doi", said))
        elif "arxiv" in said.lower():
            item.names.append(("arxiv", said))
    for url in record.all("UR", "L1", "L2", "LK"):
        for one in url.split(";") if url.count("://") > 1 else [url]:
            item.add_url(one)
    item.tags = [part for said in record.all("KW") for part in said.split("\n")]
    for said in record.all("N1", "RN"):
        item.add_note(note_text(said))
    return item


def read_medline(text: str) -> tuple[list[LibraryItem], list[Problem]]:
    """The papers of an nbib file."""
    items = [_read_medline(record) for record in _cut_medline(text)]
    return items, list(_find_odd_lines(text))


def _cut_medline(text: str) -> Iterator[Tagged]:
    record: Tagged | None = None
    last = ""
    for number, line in enumerate(text.split("\n"), 1):
        found = _MEDLINE.match(line.rstrip("\r"))
        if found and found[1] == "PMID":
            if record is not None:
                yield record
            record = Tagged(number, number)
        if record is None:
            continue
        if found:
            last, record.end = found[1], number
            record.fields.setdefault(last, []).append(found[2].strip())
        elif line.startswith("      ") and last:
            record.fields[last][-1] += f" {line.strip()}"
            record.end = number
    if record is not None:
        yield record


def _find_odd_lines(text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not _MEDLINE.match(line.rstrip("\r")) and not line.startswith("    "):
            said = _(
                "Line %(line)s of this PubMed file has no tag and was skipped. "
                "Lines begin with a tag such as “TI  - ”, or with six blanks to go on."
            )
            yield Problem(number, said % {"line": number})
            return


def _read_medline(record: Tagged) -> LibraryItem:
    item = LibraryItem(record.line, record.end, record.first("TI", "BTI", "CTI"))
    item.authors = [spoken(name) for name in record.all("FAU")] or record.all("AU", "CN")
    item.abstract = record.first("AB", "OAB")
    item.venue = record.first("JT", "TA", "PL")
    item.date_it(record.first("DP"))
    item.names.append(("pmid", record.first("PMID")))
    for said in record.all("LID", "AID"):
        if said.endswith("[doi]"):
            item.names.append(("doi", said.removesuffix("[doi]").strip()))
    if pmid := record.first("PMID"):
        item.add_url(f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/")
    if pmc := record.first("PMC"):
        item.add_url(f"https://www.ncbi.nlm.nih.gov/pmc/articles/{pmc}/")
    item.tags = [one.lstrip("*").split("/")[0] for one in record.all("OT", "MH")]
    item.remark = record.first("GN")[:1_000]
    return item
