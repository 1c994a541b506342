"""The same library as CSV of three reference managers."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from tests.importing.library_works import WORKS, Work


def _sheet(columns: dict[str, Callable[[Work], str]]) -> str:
    made = io.StringIO()
    rows = csv.writer(made, quoting=csv.QUOTE_ALL)
    rows.writerow(columns)
    rows.writerows([say(work) for say in columns.values()] for work in WORKS)
    return "\ufeff" + made.getvalue()


def _people(work: Work) -> str:
    return "; ".join(f"{family}, {given}" for given, family in work.people)


def write_zotero_csv() -> str:
    return _sheet({
        "Key": lambda work: f"K{work.number}", "Item Type": lambda work: "journalArticle",
        "Publication Year": lambda work: str(work.year), "Author": _people,
        "Title": lambda work: work.title, "Publication Title": lambda work: work.venue,
        "ISBN": lambda work: "", "DOI": lambda work: work.doi, "Url": lambda work: work.pdf,
        "Abstract Note": lambda work: work.abstract, "Date": lambda work: f"{work.year}-03-07",
        "Extra": lambda work: f"arXiv:{work.arxiv} [cs]" if work.arxiv else "",
        "Notes": lambda work: f"<p>{work.note}</p>" if work.note else "",
        "Manual Tags": lambda work: "; ".join(work.tags),
    })  # fmt: skip


def write_paperpile_csv() -> str:
    return _sheet({
        "Item type": lambda work: "Journal Article", "Authors": _people,
        "Title": lambda work: work.title, "Journal": lambda work: work.venue,
        "Publication year": lambda work: str(work.year),
        "Date published": lambda work: f"{work.year}-03-07", "DOI": lambda work: work.doi,
        "Arxiv ID": lambda work: work.arxiv, "URLs": lambda work: work.pdf,
        "Abstract": lambda work: work.abstract, "Keywords": lambda work: "; ".join(work.tags),
        "Folders filed in": lambda work: "/".join(work.folder), "Notes": lambda work: work.note,
    })  # fmt: skip


def write_mendeley_csv() -> str:
    return _sheet({
        "Document Type": lambda work: "Journal Article", "Title": lambda work: work.title,
        "Authors": _people, "Year": lambda work: str(work.year), "Source": lambda work: work.venue,
        "DOI": lambda work: work.doi, "Arxiv ID": lambda work: work.arxiv,
        "URLs": lambda work: work.pdf, "Abstract": lambda work: work.abstract,
        "Folders": lambda work: "/".join(work.folder), "Tags": lambda work: "; ".join(work.tags),
        "Notes": lambda work: work.note,
    })  # fmt: skip
