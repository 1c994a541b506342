"""Corrections of a list that outlive a respelled title, and what a preview makes of them."""

from __future__ import annotations

import pytest

from papers.importing.intake.previewing.actions.corrections import correct_entry
from papers.importing.intake.previewing.actions.documents import preview_import
from papers.importing.intake.previewing.queries.previews import list_items, read_preview
from papers.importing.reading.drafts.correcting import read_facts
from papers.models import ImportJob, Member
from tests.make import NOW, browser

TEXT = """# Club

- [Kernels for nosy sensors](https://arxiv.org/abs/2101.00001), Mia Lund, ICML 2019
- Wide basins in practise, and where they end. Jo Berg, Ann Lee. ICLR 2020
- [Counting bees by weak radar](https://arxiv.org/abs/2101.00003)
"""
BIB = "@article{a, title = {Kernels for nosy sensors}, author = {Lund, Mia}, year = {2019}}\n"


def show(by: Member, text: str = TEXT, name: str = "club.md") -> ImportJob:
    return preview_import(data=text.encode(), name=name, by=by, at=NOW)


def correct(job: ImportJob, entry: str, **facts: object) -> None:
    item = job.items.get(data__title=entry)
    correct_entry(item=item, facts=read_facts(item.data) | facts)


@pytest.mark.parametrize(
    ("old", "new", "stays"),
    [
        ("Kernels for nosy sensors", "Kernels for noisy sensing devices, revised", True),
        ("Wide basins in practise, and", "Wide basins in practice: and", True),
        ("Counting bees by weak radar](https://arxiv.org/abs/2101.00003)",
         "Counting bees by weak radars](https://arxiv.org/abs/2205.00009)", False),
    ],
)  # fmt: skip
def test_a_correction_finds_its_entry_although_the_title_is_spelled_otherwise(
    ben: Member, old: str, new: str, stays: bool
) -> None:
    job = show(ben)
    title = next(t for t in job.items.values_list("data__title", flat=True) if old[:12] in t)
    correct(job, title, venue="Corrected")
    later = show(ben, TEXT.replace(old, new))
    corrected = [one for one in later.items.all() if one.data.get("venue_tags") == ["Corrected"]]
    assert [new[:12] in one.data["title"] for one in corrected] == [True] * stays


def test_names_typed_into_corrections_count_in_the_preview(ben: Member) -> None:
    job = show(ben)
    correct(job, "Counting bees by weak radar", topics=["Radar › Night"], members=["Nao"])
    job.refresh_from_db()
    preview = read_preview(job, list_items(job))
    assert (preview.counts["topics"], preview.counts["members"]) == (2, 1)
    shown = browser(ben).get(job.get_absolute_url()).content.decode()
    assert "3 papers, 2 topics, 1 member," in shown
    assert "line 0" not in shown


def test_corrections_of_a_bibliography_are_taken_back_at_once(ben: Member) -> None:
    job, page = show(ben, BIB, "club.bib"), browser(ben)
    assert b"Reset all choices" not in page.get(job.get_absolute_url()).content
    correct(job, "Kernels for nosy sensors", title="Another name")
    assert b"Reset all choices" in page.get(job.get_absolute_url()).content
    page.post(f"{job.get_absolute_url()}choices/")
    assert job.items.get().data["title"] == "Kernels for nosy sensors"
