"""BibTeX and biblatex files, entry by entry.

Both are read by `importing.reading.bibliography` without a loss, except for what
`docs/exports.md` lists. Fields that styles print hold what belongs into a reference only; the lab's
own note goes to `annote` (biblatex: `annotation`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from papers.exporting.formats.paper_records import PaperRecord
from papers.text.citing import escape, get_kind, protect_capitals, write_name

BLANK_LINE = "\n\n"


def write_bibtex(records: Iterable[PaperRecord]) -> Iterator[str]:
    """Classic BibTeX: what every style and every program reads."""
    for record in records:
        kind = _get_kind(record)
        venue = {"misc": "howpublished", "inproceedings": "booktitle", "article": "journal"}[kind]
        fields = _make_common(record)
        fields[venue] = escape(record.venue)
        fields["year"] = str(record.year or "")
        if record.published_on:
            fields["month"] = f"{record.published_on:%b}".lower()
        if arxiv := record.named("arxiv"):
            fields |= {"eprint": arxiv, "archiveprefix": "arXiv"}
        if not record.authors:
            fields["key"] = escape(record.title.split()[0])  # what styles sort by instead
        yield _join(kind, record, fields, "annote")


def write_biblatex(records: Iterable[PaperRecord]) -> Iterator[str]:
    """What biber reads: whole dates, `journaltitle`, `online` for what stands on arXiv alone."""
    for record in records:
        kind = _get_kind(record)
        arxiv = record.named("arxiv")
        venue = {"misc": "howpublished", "inproceedings": "booktitle", "article": "journaltitle"}
        fields = _make_common(record)
        fields[venue[kind]] = escape(record.venue)
        day = record.published_on
        same_year = day is not None and record.year in (None, day.year)
        fields["date"] = f"{day:%Y-%m-%d}" if day and same_year else str(record.year or "")
        if arxiv:
            fields |= {"eprint": arxiv, "eprinttype": "arxiv"}
        kind = "online" if kind == "misc" and record.first_url else kind
        yield _join(kind, record, fields, "annotation")


def _get_kind(record: PaperRecord) -> str:
    """Styles want author and year of everything but `misc`."""
    return get_kind(record.venue) if record.authors and record.year else "misc"


def _make_common(record: PaperRecord) -> dict[str, str]:
    return {
        "title": protect_capitals(escape(record.title)),
        "author": " and ".join(map(write_name, record.authors)),
    }


def _join(kind: str, record: PaperRecord, fields: dict[str, str], note: str) -> str:
    url, *others = [*_list_addresses(record), ""]
    fields |= {
        "doi": escape(record.named("doi")),
        "url": url,
        "link": " ".join(filter(None, others)),
        "researchgroup": escape(record.group),
        "abstract": BLANK_LINE.join(map(escape, _split_paragraphs(record.abstract))),
        note: escape(record.note),
    }
    lines = [_write_field(name, value) for name, value in fields.items() if value]
    return f"@{kind}{{{record.key},\n" + ",\n".join(lines) + "\n}\n\n"


def _write_field(name: str, value: str) -> str:
    """Months are names that styles know; everything else is text."""
    return f"  {name} = {value}" if name == "month" else f"  {name} = {{{value}}}"


def _list_addresses(record: PaperRecord) -> list[str]:
    """Addresses without braces, which would end a field: percent codes lead the same way."""
    first, every = record.first_url, record.urls
    if first in every:
        every = (first, *(url for url in every if url != first))
    if (forum := record.named("openreview")) and not any(forum in url for url in every):
        every = (*every, f"https://openreview.net/forum?id={forum}")
    return [url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C") for url in every]


def _split_paragraphs(text: str) -> list[str]:
    return [part for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
