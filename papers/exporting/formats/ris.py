"""RIS, as Zotero, EndNote and Mendeley read it: a tag of two letters on each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from papers.exporting.formats.paper_records import PaperRecord
from papers.text.citing import get_kind
from papers.text.persons import is_group, split_person

_TYPES = {"misc": "GEN", "inproceedings": "CPAPER", "article": "JOUR"}


def write_ris(records: Iterable[PaperRecord]) -> Iterator[str]:
    """Records, each closed by its `ER` line; lines end as Windows ends them, as the format says."""
    for record in records:
        lines = [("TY", _TYPES[get_kind(record.venue)]), *_list_fields(record), ("ER", "")]
        text = "".join(f"{tag}  - {_make_line(value)}\r\n" for tag, value in lines)
        yield f"{text}\r\n"


def _list_fields(record: PaperRecord) -> Iterator[tuple[str, str]]:
    fields = [
        ("ID", record.key),
        ("TI", record.title),
        *(("AU", _write_name(name)) for name in record.authors),
        ("T2", record.venue),
        ("PY", str(record.year or "")),
        ("DA", f"{record.published_on:%Y/%m/%d}" if record.published_on else ""),
        ("DO", record.named("doi")),
        *(("UR", url) for url in _list_addresses(record)),
        ("AB", record.abstract),
        ("N1", record.note),
        *(("KW", topic) for topic in record.topics),
    ]
    return (field for field in fields if field[1])


def _list_addresses(record: PaperRecord) -> Iterator[str]:
    if arxiv := record.named("arxiv"):
        yield f"https://arxiv.org/abs/{arxiv}"
    if forum := record.named("openreview"):
        yield f"https://openreview.net/forum?id={forum}"
    yield from record.urls


def _write_name(name: str) -> str:
    """ "van Beethoven, Ludwig, Jr."; names of groups hold no comma, which would divide them."""
    if is_group(name):
        return name.replace(",", "")
    person = split_person(name)
    return ", ".join(part for part in (person.last, person.given, person.suffix) if part)


def _make_line(text: str) -> str:
    return " ".join(text.split())
