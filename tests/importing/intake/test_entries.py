"""Entries of a list corrected before they are taken in: kept, shown, taken back, undone."""

from __future__ import annotations

import pytest

from papers.importing.intake.applying.actions.apply_imports import apply_import
from papers.importing.intake.previewing.actions.choices import choose_role
from papers.importing.intake.previewing.actions.corrections import correct_entry
from papers.importing.intake.previewing.actions.documents import preview_import
from papers.importing.intake.undoing.actions.undo_imports import undo_import
from papers.importing.reading.collecting.account import words_of
from papers.importing.reading.drafts.correcting import correct, read_facts, restore
from papers.models import ImportItem, ImportJob, Member, Paper, Topic
from tests.make import NOW, browser

TEXT = """# Club

## Vision

- [Kernels for nosy sensors](https://arxiv.org/abs/2101.00001), Mia Lund, ICML 2019
  - A remark about kernels.
- [Wide basins in practice](https://arxiv.org/abs/2101.00002)
"""
TYPED = {
    "title": "Kernels for noisy sensors",
    "authors": "Mia Lund\nJo\u0007 Berg",
    "venue": "ICLR",
    "year": "2020",
    "topics": "Vision › Depth",
    "members": "Nao\nnao\nRin",
}
FRAGMENT = {"HX-Request": "true"}


def show(by: Member, text: str = TEXT) -> ImportJob:
    return preview_import(data=text.encode(), name="club.md", by=by, at=NOW)


def first(job: ImportJob) -> ImportItem:
    return job.items.get(line=5)


def test_what_was_corrected_is_taken_in_and_undone_whole(ben: Member) -> None:
    job, page = show(ben), browser(ben)
    url = f"/import/items/{first(job).pk}/"
    assert b'value="Kernels for nosy sensors"' in page.get(url).content
    answer = page.post(url, TYPED)
    assert answer["Location"] == f"{job.get_absolute_url()}?page=1#item-{first(job).pk}"
    shown = page.get(job.get_absolute_url()).content.decode()
    assert "Title changed by hand. The document says “Kernels for nosy sensors”." in shown
    page.post(f"{job.get_absolute_url()}apply/")
    paper = Paper.objects.get(title="Kernels for noisy sensors")
    assert (paper.authors, paper.venue, paper.year) == (["Mia Lund", "Jo Berg"], "ICLR", 2020)
    listing = paper.listings.get()
    assert (listing.topic.path, listing.note) == ("vision/depth", "- A remark about kernels.")
    assert sorted(str(one.member) for one in paper.claims.all()) == ["Nao", "Rin"]
    job.refresh_from_db()
    undo_import(job=job, by=ben, at=NOW)
    assert not Paper.objects.exists()
    assert not Topic.objects.exists()


def test_every_word_that_a_correction_took_away_is_reported(ben: Member) -> None:
    job = show(ben)
    page = browser(ben)
    facts = {"title": "X", "authors": [], "venue": "", "year": None, "topics": [], "members": []}
    correct_entry(item=first(job), facts=facts)
    apply_import(job=job, by=ben, at=NOW)
    shown = page.get(job.get_absolute_url()).content.decode().partition("<pre")
    kept = set(words_of(" ".join(shown[0].split("changed by hand")[1:])))
    for word in ("nosy", "sensors", "lund", "icml", "vision"):
        assert word in kept, word


def test_corrections_stay_when_the_document_is_read_again_and_in_its_next_version(
    ben: Member,
) -> None:
    job = show(ben)
    correct_entry(item=first(job), facts=read_facts(first(job).data) | {"title": "Another name"})
    choose_role(job=job, name="heading-2-words-papers", role="member", wait=60, seconds=60)
    data = first(job).data
    assert (data["title"], data["as_read"]) == (
        "Another name",
        {"title": "Kernels for nosy sensors"},
    )
    assert read_facts(data)["members"] == ["Vision"]
    later = show(ben, TEXT.replace("# Club\n", "# Club\n\nWe meet on Fridays.\n"))
    assert later.items.get(line=7).data["title"] == "Another name"
    browser(ben).post(f"{later.get_absolute_url()}choices/")
    assert later.items.get(line=7).data["title"] == "Kernels for nosy sensors"


def test_one_entry_goes_back_to_the_document(ben: Member) -> None:
    job, page = show(ben), browser(ben)
    before, url = first(job).data, f"/import/items/{first(job).pk}/"
    answer = page.post(url, TYPED, headers=FRAGMENT)
    assert answer.content.decode().count("changed by hand") == 5
    assert b"Back to the document" in page.get(url, headers=FRAGMENT).content
    page.post(url, {"reset": "1"}, headers=FRAGMENT)
    job.refresh_from_db()
    assert (first(job).data, job.choices) == (before, {})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", " "), ("title", "x" * 1001), ("year", "20x"), ("venue", "v" * 301),
        ("topics", "t" * 301), ("topics", " › ".join("abcdefghi")), ("members", "m" * 201),
    ],
)  # fmt: skip
def test_what_is_too_long_or_wrong_is_refused_beside_its_field(
    ben: Member, name: str, value: str
) -> None:
    job = show(ben)
    answer = browser(ben).post(f"/import/items/{first(job).pk}/", TYPED | {name: value})
    assert answer.status_code == 422
    assert b"Kernels for noisy sensors" in answer.content or name == "title"
    assert "as_read" not in first(job).data


def test_a_closed_import_is_left_as_it_is(ben: Member) -> None:
    job = show(ben)
    url = f"/import/items/{first(job).pk}/"
    apply_import(job=job, by=ben, at=NOW)
    answer = browser(ben).post(url, TYPED, follow=True)
    assert b"nothing was changed" in answer.content
    assert "as_read" not in first(job).data


def test_an_entry_keeps_what_was_not_corrected() -> None:
    entry = {
        "title": "A", "key": "a", "line": 3, "published_on": "2019-05-04",
        "listings": [
            {"topic": ["B", "C"], "line": 3, "position": 2, "note": "One."},
            {"topic": ["D"], "line": 9, "note": "Two."},
        ],
        "claims": [{"member": "Nao", "line": 3, "position": 4, "topic": ["B", "C"]}],
    }  # fmt: skip
    after = correct(entry, {"topics": ["D", "E"], "year": 2021})
    assert after["listings"] == [
        {"topic": ["D"], "line": 9, "note": "Two."},
        {"topic": ["E"], "line": 3, "note": "One."},
    ]
    assert after["claims"] == [{"member": "Nao", "line": 3, "position": 4, "topic": ["D"]}]
    assert (after["year"], "published_on" in after) == (2021, False)
    assert restore(after) == entry
    assert correct(after, {}) == entry
