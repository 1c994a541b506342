"""Files for reference managers: nothing is lost on the way out and in again."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from papers.exporting.formats.bibtex import write_biblatex, write_bibtex
from papers.exporting.formats.csl import STYLES, write_csl
from papers.exporting.formats.paper_records import LinkRecord, PaperRecord
from papers.exporting.formats.reference_styles import write_references
from papers.exporting.formats.ris import write_ris
from papers.exporting.formats.table import make_safe, write_csv
from papers.importing.intake.matching.queries.comparing import facts_of
from papers.importing.reading.bibliographies.ris_records import read_ris
from papers.importing.reading.door import read_document
from tests.exporting.generated import make_records

RECORDS = make_records(1_000)


def tell(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("write", [write_bibtex, write_biblatex])
def test_a_thousand_records_come_back_whole(write: Callable[..., object]) -> None:
    text = "".join(write(RECORDS))  # type: ignore[call-overload]
    found = read_document(text.encode(), "export.bib")
    assert [one.message for one in found.problems] == []
    assert len(found.papers) == len(RECORDS)
    for record, draft in zip(RECORDS, found.papers, strict=True):
        facts = facts_of(draft)
        assert tell(draft.title) == record.title
        assert draft.authors == record.authors
        assert facts["venue"] == record.venue
        assert draft.year == record.year
        if write is write_biblatex:
            assert draft.published_on == record.published_on
        assert [tell(part) for part in draft.abstract.split("\n\n")] == [
            tell(part) for part in record.abstract.split("\n\n")
        ]
        assert facts["note"] == record.note
        assert draft.group == record.group
        assert (draft.arxiv_id, draft.doi, draft.openreview) == (
            record.named("arxiv"), record.named("doi"), record.named("openreview"),
        )  # fmt: skip
        mine = {link.url for link in draft.links} - {
            f"https://openreview.net/forum?id={draft.openreview}"
        }
        assert mine == {link.url for link in record.links}


def test_a_thousand_records_come_back_from_ris() -> None:
    for record, text in zip(RECORDS, write_ris(RECORDS), strict=True):
        (found,) = read_ris(text)
        assert found.title == record.title
        assert found.authors == record.authors
        assert found.venue == record.venue
        assert found.year == record.year
        assert found.abstract == tell(record.abstract)
        assert {*record.urls} <= {*found.names}
        assert all(any(value in name for name in found.names) for _, value in record.identifiers)


def test_csl_json_says_all_that_a_record_does() -> None:
    items = json.loads("".join(write_csl(RECORDS)))
    for record, item in zip(RECORDS, items, strict=True):
        assert item["title"] == record.title
        names = [
            one.get("literal")
            or " ".join(
                one[part]
                for part in ("given", "non-dropping-particle", "family", "suffix")
                if part in one
            )
            for one in item.get("author", [])
        ]
        assert tuple(names) == record.authors
        assert item.get("container-title", "") == record.venue
        issued = item.get("issued", {}).get("date-parts", [[None]])[0]
        day = record.published_on
        assert issued == ([day.year, day.month, day.day] if day else [record.year])
        assert item.get("DOI", "") == record.named("doi")
        assert item.get("archive_location", "") == record.named("arxiv")
        custom = item.get("custom", {})
        assert [link["url"] for link in custom.get("links", [])] == [
            one.url for one in record.links
        ]
        assert (item.get("abstract", ""), item.get("annote", "")) == (record.abstract, record.note)
    assert json.loads("".join(write_csl([]))) == []


def test_names_are_divided_as_bibtex_divides_them() -> None:
    record = PaperRecord(
        "k", "On the Bayesian view of BERT: a study of Paris",
        ("Martin Luther King Jr.", "Ludwig van Beethoven", "AT&T Labs", "Juan de la Cruz III"),
        "ICML", 2021,
    )  # fmt: skip
    (entry,) = write_bibtex([record])
    assert (
        "author = {King, Jr., Martin Luther and Ludwig van Beethoven and {AT\\&T Labs} and "
        in entry
    )
    assert "de la Cruz, III, Juan}" in entry
    assert "{On the {Bayesian} view of {BERT}: a study of {Paris}}" in entry


def test_no_cell_is_a_formula() -> None:
    for text in ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", " =cmd|' /C calc'!A0"):
        assert make_safe(text) == f"'{text}"
    assert make_safe("A = b") == "A = b"
    hostile = PaperRecord("k", '=HYPERLINK("x";"y")', ("=Ann",), note="-2+3")
    text = "".join(write_csv([hostile]))
    assert text.startswith("\ufeff")
    head, row = csv.reader(StringIO(text.removeprefix("\ufeff")))
    cells = dict(zip(head, row, strict=True))
    assert (cells["title"], cells["authors"]) == ('\'=HYPERLINK("x";"y")', "'=Ann")
    assert all(not cell.startswith(("=", "+", "-", "@")) for cell in row)


@pytest.mark.parametrize("style", STYLES)
def test_references_are_set_in_each_style(style: str) -> None:
    record = PaperRecord(
        "lee2021", "Deep Nets", ("Ann Lee", "Ludwig van Beethoven"), "Nature", 2021,
        identifiers=(("doi", "10.1000/x"),),
    )  # fmt: skip
    other = PaperRecord("b", "Another", (), "", None, links=(LinkRecord("https://x.example/a"),))
    said = write_references([record, other], style)
    assert len(said) == 2
    whole = "\n".join(said)
    assert "Lee" in whole
    assert "van Beethoven" in whole
    assert "10.1000/x" in whole
    assert "Another" in whole


def run(*command: str, folder: Path) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed here")
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout + done.stderr


@pytest.mark.parametrize("style", ["plain", "alpha", "unsrt"])
def test_bibtex_reads_the_file_without_a_warning(tmp_path: Path, style: str) -> None:
    (tmp_path / "refs.bib").write_text("".join(write_bibtex(RECORDS)))
    (tmp_path / "refs.aux").write_text(
        f"\\relax\n\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{refs}}\n"
    )
    said = run("bibtex", "refs", folder=tmp_path)
    assert "Warning" not in said, said[-1500:]
    assert (tmp_path / "refs.bbl").read_bytes().count(b"\\bibitem") == len(RECORDS)


@pytest.mark.slow
@pytest.mark.parametrize("write", [write_bibtex, write_biblatex])
def test_biber_reads_the_file_without_a_warning(
    tmp_path: Path, write: Callable[..., object]
) -> None:
    (tmp_path / "refs.bib").write_text("".join(write(RECORDS)))  # type: ignore[call-overload]
    said = run("biber", "--tool", "refs.bib", folder=tmp_path)
    warned = [line for line in said.splitlines() if re.match(r"(WARN|ERROR)", line)]
    assert warned == []


@pytest.mark.parametrize(
    ("form", "write"),
    [("bibtex", write_bibtex), ("biblatex", write_biblatex), ("csljson", write_csl)],
)
def test_pandoc_reads_the_file_without_a_warning(
    tmp_path: Path, form: str, write: Callable[..., object]
) -> None:
    (tmp_path / "refs").write_text("".join(write(RECORDS)))  # type: ignore[call-overload]
    said = run("pandoc", "-f", form, "-t", "csljson", "refs", "-o", "out.json", folder=tmp_path)
    assert said == ""
    items = json.loads((tmp_path / "out.json").read_text())
    assert {item["id"] for item in items} == {record.key for record in RECORDS}
