"""Labs imported, exported in each shape, and imported into an empty lab: the same lab again.

Real lists of groups, where they lie beside the project, and invented labs. `ROUNDS=200` runs as
many invented ones; without it a few are enough.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest

from papers.exporting.formats.lists import ListRecord
from papers.exporting.formats.markdown_lists import list_addresses, write_awesome, write_members
from papers.exporting.formats.markdown_lists import list_notes as list_notes_files
from papers.exporting.queries.scopes import Scope
from papers.importing.intake.previewing.actions.documents import NotUnderstood
from papers.models import Member
from tests.exporting.labs import make_list
from tests.exporting.test_lists import (
    bring,
    export,
    gather,
    tell_members,
    tell_papers,
    tell_reviews,
    tell_topics,
    wipe,
)

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
DATA = Path(__file__).parents[3] / "shared" / "data"
NOT_LISTS = ("RULES.md", "SOURCES.md")
SHAPES = ("members", "notes", "awesome", "jekyll")
FEW = 4
ROUNDS = int(os.environ.get("ROUNDS", FEW))
_YEAR = re.compile(r"[.,]? (?:19|20)\d\d$")
_NUMBER = re.compile(r"^\d+\.", re.MULTILINE)
_BARE = re.compile(r"- [^\n.!?。]{1,60}")


def list_documents() -> list[Path]:
    return [
        path
        for folder in ("lists", "lists2")
        for path in sorted((DATA / folder).glob("*"))
        if path.suffix != ".json" and path.name not in NOT_LISTS
    ]


DOCUMENTS = list_documents()


def read_files(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of an export, a folder's one after another."""
    if not is_zipfile(BytesIO(data)):
        yield "lab/export.md", data
        return
    folder = ZipFile(BytesIO(data))
    for name in folder.namelist():
        yield f"lab/{name}", folder.read(name)


def list_too_short(whole: ListRecord) -> set[str]:
    """Titles of one word without a link, which lists by member or topic cannot hold."""
    return {
        one.title
        for one in whole.papers.values()
        if not list_addresses(one) and " " not in one.title
    }


def tell(whole: ListRecord, shape: str, left: set[str]) -> dict[str, Any]:
    """What a shape says of a lab, without the papers that it cannot hold.

    Blanks in notes are the reader's to set, and a year behind a title is a remark; in reviews lists
    are numbered from 1, and a section that is one bare line says nothing to an import.
    """
    papers = tell_papers(whole)
    if shape == "members":
        listed = {pk for one in whole.members for shelf in one.shelves for pk in shelf.papers}
        papers = {whole.papers[pk].title: papers[whole.papers[pk].title] for pk in listed}
    told: dict[str, Any] = {
        "papers": {trim(title): urls for title, urls in papers.items() if title not in left}
    }
    if shape == "members":
        told["members"] = {
            name: [(topic, trim(title)) for topic, title in mine if title not in left]
            for name, mine in tell_members(whole).items()
        }
    if shape == "awesome":
        told["topics"] = [
            (path, text, [(trim(title), tidy(note)) for title, note in rows if title not in left])
            for path, text, rows in tell_topics(whole)
        ]
    if shape == "notes":
        told["reviews"] = {
            (trim(title), who, trim_texts(texts)) for title, who, texts in tell_reviews(whole)
        }
    if shape == "jekyll":
        told["reviews"] = {
            (trim(title), trim_texts(texts)) for title, _, texts in tell_reviews(whole)
        }
    return told


def trim(title: str) -> str:
    return _YEAR.sub("", title)


def trim_texts(texts: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    numbered = ((key, _NUMBER.sub("1.", text)) for key, text in texts)
    return tuple((key, "" if _BARE.fullmatch(text) else text) for key, text in numbered)


def tidy(note: str) -> str:
    return " ".join(note.split())


def check_rounds(before: ListRecord, by: Member) -> None:
    """Export in each shape, each time into an empty lab."""
    exported = {shape: export(by, shape) for shape in SHAPES}
    for shape, data in exported.items():
        left = list_too_short(before) if shape != "notes" else set()
        told = tell(before, shape, left)
        wipe()
        for name, text in read_files(data):
            try:
                bring(text, name, by)
            except NotUnderstood:
                assert told["papers"] == {}, (shape, name)
        after = tell(gather(by, Scope()), shape, left)
        for subject, said in told.items():
            assert after[subject] == said, (shape, subject)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name[:24])
def test_a_real_list_comes_back(ada: Member, path: Path) -> None:
    bring(path.read_bytes(), f"lab/{path.name}", ada)
    check_rounds(gather(ada), ada)


def test_there_are_real_lists() -> None:
    if not DOCUMENTS:
        pytest.skip("the lists of real groups are not ours to ship; they lie beside the project")
    assert len(DOCUMENTS) >= 25


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_an_invented_lab_comes_back(ada: Member, seed: int) -> None:
    """Its topics, its reading lists and its reviews come from a file each."""
    made = make_list(seed)
    files = [
        ("topics.md", write_awesome(made)), ("members.md", write_members(made)),
        *list_notes_files(made),
    ]  # fmt: skip
    for name, text in files:
        bring("".join(text).encode(), f"lab/{name}", ada)
    whole = gather(ada)
    assert len(whole.papers) == len(made.papers)
    assert sum(map(len, whole.reviews.values())) == sum(map(len, made.reviews.values()))
    check_rounds(whole, ada)
