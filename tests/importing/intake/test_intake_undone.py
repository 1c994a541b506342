"""Taking an import back: what goes, and what others have worked on stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from papers.catalogue.actions.papers import PaperFacts, change_paper
from papers.importing.intake.undoing.actions.undo_imports import undo_import
from papers.models import ImportJob, Listing, Member, Paper
from papers.topics.actions.listings import change_listing
from tests import make
from tests.importing.intake.bringing import MEMBERS, NOTES, TOPICS, bring, count_rows
from tests.make import NOW


@pytest.mark.parametrize("text", [MEMBERS, TOPICS, NOTES])
def test_undoing_leaves_nothing(ada: Member, text: str) -> None:
    before = count_rows()
    job = bring(text, ada)
    job = undo_import(job=job, by=ada, at=NOW + timedelta(hours=1))
    assert count_rows() == before
    assert job.plan["kept"] == []
    assert undo_import(job=job, by=ada, at=NOW).state == ImportJob.State.UNDONE


def test_what_an_import_added_to_a_known_paper_goes_with_it(ada: Member) -> None:
    paper = make.paper("On the Width of Basins")
    job = bring(TOPICS, ada)
    paper.refresh_from_db()
    assert paper.venue == "icml2021"
    undo_import(job=job, by=ada, at=NOW + timedelta(hours=1))
    paper.refresh_from_db()
    assert (paper.venue, paper.year, paper.identifiers.count()) == ("", None, 0)


def test_undoing_keeps_what_others_have_worked_on(ada: Member, ben: Member) -> None:
    job = bring(TOPICS, ada)
    paper = Paper.objects.get(title="Steps and Noise")
    make.review(paper, ben)
    job = undo_import(job=job, by=ada, at=NOW + timedelta(hours=1))
    assert list(Paper.objects.all()) == [paper]
    assert "Steps and Noise" in job.plan["kept"][0]


def test_undoing_keeps_an_edited_note_and_an_edited_paper(ada: Member) -> None:
    job = bring(TOPICS, ada)
    later = NOW + timedelta(hours=1)
    listing = Listing.objects.get(topic__path="theory/noise")
    change_listing(listing=listing, note="My own words.", by=ada, at=later)
    other = Paper.objects.get(title="On the Width of Basins")
    change_paper(paper=other, facts=PaperFacts(title=other.title, year=2022), by=ada, at=later)
    undo_import(job=job, by=ada, at=NOW + timedelta(hours=2))
    assert Paper.objects.count() == 2
    assert Listing.objects.get().note == "My own words."


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_undoing_several_imports_in_any_order_leaves_nothing(
    ada: Member, order: tuple[int, ...]
) -> None:
    before = count_rows()
    jobs = [bring(text, ada) for text in (MEMBERS, TOPICS, NOTES)]
    for number in order:
        undo_import(job=jobs[number], by=ada, at=NOW + timedelta(hours=1))
    assert count_rows() == before


def test_a_shared_paper_stays_while_another_import_needs_it(ada: Member) -> None:
    first, second = bring(MEMBERS, ada), bring(NOTES, ada)
    undo_import(job=first, by=ada, at=NOW + timedelta(hours=1))
    assert Paper.objects.filter(title_key="onthewidthofbasins").exists()
    undo_import(job=second, by=ada, at=NOW + timedelta(hours=2))
    assert Paper.objects.count() == 0
