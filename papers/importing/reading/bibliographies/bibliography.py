"""Entries of a bibliography as papers: names, venue, dates, identifiers and abstract."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from papers.importing.reading.bibliographies.bibtex_records import (
    DEEPEST_NAME,
    LONGEST_NAMED,
    MOST_EXPANDED,
    Record,
    count_entries,
    is_bibtex,
    read_records,
)
from papers.importing.reading.drafts.understood import Problem
from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.links.paper_links import list_addresses
from papers.importing.reading.outline.document import Line, Outline
from papers.importing.reading.outline.grower import new_outline
from papers.text.identifiers import (
    Identifiers,
    arxiv_id,
    doi,
    find_urls,
    normal_url,
    openreview_id,
)
from papers.text.latex import read_tex
from papers.text.titles import undecorate

MOST_ENTRIES = 20_000
"""Entries of a file at most."""

MOST_NAMED = 30
"""Entries with a fault that are told one by one; the rest is counted."""

LONGEST_TITLE = 1_000
LONGEST_ABSTRACT = 20_000

_COLLECTIONS = {"proceedings", "mvproceedings", "collection", "mvcollection", "periodical"}
_NO_PAPERS = {*_COLLECTIONS, "string"}
_VENUES = ("booktitle", "journal", "journaltitle", "school", "institution")
_PUBLISHERS = ("howpublished", "publisher", "organization")
_IN_OTHERS = {"article", "inproceedings", "conference", "incollection", "phdthesis"}
_NOTES = ("note", "annote", "annotation", "addendum")
_ADDRESSES = ("url", "ee", "pdf", "howpublished", "note", "link", "bdsk-url-1", "bdsk-url-2")
_AND = re.compile(r"(?<!\s)\s++and\s++", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_DAY = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)(?!\d)")
_ARXIV = re.compile(r"\b(?:arxiv|corr)\b", re.IGNORECASE)
_TEX_ADDRESS = re.compile(r"\\(?:url|path|href)\s*\{([^{}]*)\}(?:\{[^{}]*\})?")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_VERSION = re.compile(r"(?<=\d)v\d+$")
_GAP = re.compile(r"\n[ \t]*+\n\s*+")
_INHERITED = ("year", "date", "publisher", "editor")


def read_bibliography(text: str) -> tuple[list[Entry], list[Problem], Outline]:
    """The papers of a file, what is wrong with it, and its lines."""
    outline = new_outline(text, "BibTeX")
    if (count := count_entries(text)) > MOST_ENTRIES:
        message = _(
            "The file has %(n)s entries; the limit is %(most)s. Split it and import the parts."
        ) % {"n": f"{count:,}", "most": f"{MOST_ENTRIES:,}"}
        return [], [Problem(0, message)], outline
    records = list(read_records(text))
    parents = {one.key.casefold(): one for one in records if one.kind in _COLLECTIONS}
    entries: list[Entry] = []
    problems = list(_between(outline, records))
    for record in records:
        if record.unfilled:
            problems.append(_unfilled(record))
        if record.kind not in _NO_PAPERS:
            _inherit(record, parents)
            problems.extend(_faults(record))
            entries.extend(_read(record))
    return entries, list(_cut(problems)), outline


_FENCES = ("```", "~~~")


def entries_within(lines: Sequence[Line]) -> list[Entry]:
    """The papers of entries that stand among other text, "@article{..}" by "@article{..}"."""
    text = "\n".join("" if line.text.lstrip()[:3] in _FENCES else line.text for line in lines)
    if not is_bibtex(text) or count_entries(text) > MOST_ENTRIES:
        return []
    records = [one for one in read_records(text) if one.kind not in _NO_PAPERS]
    entries = [entry for record in records for entry in _read(record)]
    for entry in entries:
        entry.line += lines[0].number - 1
        entry.last_line += lines[0].number - 1
    return entries


def _between(outline: Outline, records: Sequence[Record]) -> Iterator[Problem]:
    """One sentence about text that stands between the entries."""
    taken = bytearray(len(outline.lines) + 2)
    for record in records:
        taken[record.start : record.end + 1] = b"\x01" * (record.end + 1 - record.start)
    open_lines = [
        number
        for number, line in enumerate(outline.lines, 1)
        if not taken[number] and line.strip(" \t})") and not line.lstrip().startswith(("%", "@"))
    ]
    if open_lines:
        yield Problem(
            open_lines[0],
            ngettext(
                "%(n)s line between the entries, line %(line)s, will be skipped: BibTeX treats it "
                "as a comment. Move it into a field of its entry.",
                "%(n)s lines between the entries, from line %(line)s on, will be skipped: BibTeX "
                "treats them as comments. Move them into fields of their entries.",
                len(open_lines),
            )
            % {"n": len(open_lines), "line": open_lines[0]},
        )


def _inherit(record: Record, parents: dict[str, Record]) -> None:
    parent = parents.get(record.fields.get("crossref", "").strip().casefold())
    if parent is not None:
        title = parent.fields.get("booktitle") or parent.fields.get("title", "")
        record.fields.setdefault("booktitle", title)
        for name in _INHERITED:
            if name in parent.fields:
                record.fields.setdefault(name, parent.fields[name])


def _faults(record: Record) -> Iterator[Problem]:
    names = {"name": record.key or "?", "line": record.start}
    if not _title(record):
        said = _(
            "The entry “%(name)s” (line %(line)s) has no title, so it will be skipped. "
            "Give it a “title” field."
        )
        yield Problem(record.start, said % names)
    elif not record.is_whole:
        said = _(
            "The entry “%(name)s” (line %(line)s) is broken: a brace, quotation mark or comma is "
            "missing. We read what we could; fix the file, or the paper's page later."
        )
        yield Problem(record.start, said % names)


def _unfilled(record: Record) -> Problem:
    if record.kind == "string":
        said = _(
            "The @string “%(name)s” (line %(line)s) grows beyond %(most)s characters, or is built "
            "of more than %(deepest)s others in turn. Entries that use it show its name instead. "
            "Write its text out."
        )
    else:
        said = _(
            "The @string names in this file grow beyond %(total)s characters. From line %(line)s "
            "on, entries show a name, such as “%(name)s”, instead of its text. Shorten the texts, "
            "or split the file."
        )
    limits = {"most": f"{LONGEST_NAMED:,}", "total": f"{MOST_EXPANDED:,}", "deepest": DEEPEST_NAME}
    return Problem(record.start, said % {"name": record.unfilled, "line": record.start, **limits})


def _cut(problems: Sequence[Problem]) -> Iterator[Problem]:
    yield from problems[:MOST_NAMED]
    if rest := problems[MOST_NAMED:]:
        message = ngettext(
            "%(n)s more entry from line %(line)s on has problems like these.",
            "%(n)s more entries from line %(line)s on have problems like these.",
            len(rest),
        ) % {"n": len(rest), "line": rest[0].line}
        yield Problem(rest[0].line, message)


def _read(record: Record) -> Iterator[Entry]:
    """The entry's paper, none without a title."""
    title = _title(record)
    if not title:
        return
    fields = record.fields
    entry = Entry(record.start, record.end, title, fields["title"].strip()[:LONGEST_TITLE])
    entry.authors = read_names(fields.get("author") or fields.get("editor", ""))
    entry.on = _day(fields)
    entry.year = entry.on.year if entry.on else _year(fields)
    entry.ids = _identify(fields)
    entry.add_venue(_venue(record, entry.ids))
    entry.group = read_tex(fields.get("researchgroup", ""))
    _add_links(entry, fields)
    paragraphs = map(read_tex, _GAP.split(fields.get("abstract", "").strip()))
    entry.abstract = "\n\n".join(filter(None, paragraphs))[:LONGEST_ABSTRACT]
    entry.tags = [one for part in re.split(r"[,;]", fields.get("keywords", ""))
                  if (one := read_tex(part))]  # fmt: skip
    notes = (read_tex(_TEX_ADDRESS.sub("", fields.get(name, ""))) for name in _NOTES)
    entry.bracket = "; ".join(note for note in notes if note and not find_urls(note))
    yield entry


def _title(record: Record) -> str:
    parts = (record.fields.get(name, "") for name in ("title", "subtitle"))
    title = ": ".join(text for part in parts if (text := undecorate(read_tex(undecorate(part)))))
    return title.removesuffix(".")[:LONGEST_TITLE].strip() if any(map(str.isalnum, title)) else ""


def read_names(written: str) -> tuple[str, ...]:
    """The persons of an author field, each as it is spoken: "First von Last"."""
    names = (_spoken(part) for part in _split_names(written))
    return tuple(name for name in names if name and name.casefold() != "others")


def _split_names(written: str) -> Iterator[str]:
    """Names stand between the word "and", which may also stand in braces within one."""
    waiting = ""
    for part in _AND.split(written):
        waiting = f"{waiting} and {part}" if waiting else part
        if waiting.count("{") <= waiting.count("}"):
            yield waiting
            waiting = ""
    if waiting:
        yield waiting


def _spoken(name: str) -> str:
    name = name.strip()
    if name.startswith("{") and name.endswith("}") and name.count("{") == 1:
        return read_tex(name)
    parts = [text for part in name.split(",") if (text := read_tex(part))]
    if len(parts) == 3:
        return f"{parts[2]} {parts[0]} {parts[1]}"
    family_first = all(map(_CJK.match, parts))
    return " ".join(parts if family_first else reversed(parts))


def _day(fields: dict[str, str]) -> date | None:
    if found := _DAY.match(fields.get("date", "")):
        with suppress(ValueError):
            return date(*map(int, found.groups()))
    return None


def _year(fields: dict[str, str]) -> int | None:
    said = " ".join(fields.get(name, "") for name in ("year", "date", "month"))
    found = _YEAR.search(said)
    return int(found[1]) if found else None


def _identify(fields: dict[str, str]) -> Identifiers:
    eprint = fields.get("eprint", "").strip()
    kind = fields.get("archiveprefix", fields.get("eprinttype", ""))
    said = " ".join(fields.get(name, "") for name in ("journal", "volume", "number", "note"))
    addresses = " ".join(fields.get(name, "") for name in _ADDRESSES)
    corr = f"arxiv:{fields.get('volume', '').strip().removeprefix('abs/')}"
    return Identifiers(
        arxiv_id=(
            arxiv_id(f"arxiv:{eprint}" if _ARXIV.search(kind) else eprint)
            or (arxiv_id(said) or arxiv_id(corr) if _ARXIV.search(said) else "")
            or arxiv_id(addresses)
            or arxiv_id(fields.get("doi", ""))
        ),
        doi=doi(read_tex(fields.get("doi", ""))) or doi(addresses),
        openreview=openreview_id(addresses),
    )


def _venue(record: Record, ids: Identifiers) -> str:
    for name in (*_VENUES, *(_PUBLISHERS if record.kind not in _IN_OTHERS else ())):
        venue = undecorate(read_tex(_TEX_ADDRESS.sub("", record.fields.get(name, ""))))
        if venue and not find_urls(venue):
            return "arXiv" if ids.arxiv_id and _ARXIV.search(venue) else venue
    return ""


def _add_links(entry: Entry, fields: dict[str, str]) -> None:
    """Every address once, less those that only repeat an identifier."""
    known = list_addresses(entry.ids)
    for name in _ADDRESSES:
        for url in find_urls(_TEX_ADDRESS.sub(r" \1 ", fields.get(name, "")).replace("\\", "")):
            if _VERSION.sub("", normal_url(url)).lower() not in known:
                entry.add_link(url)
