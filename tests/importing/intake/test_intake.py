"""Taking documents in: identity, once is enough, and taking back leaves nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.importing.intake.applying.actions.apply_imports import apply_import
from papers.importing.intake.applying.actions.locking import NotInPreview
from papers.importing.intake.previewing.actions.corrections import exclude_paper, move_bullet
from papers.importing.intake.previewing.actions.documents import NotUnderstood, preview_import
from papers.importing.intake.undoing.actions.undo_imports import undo_import
from papers.models import (
    Claim,
    Event,
    Identifier,
    ImportItem,
    ImportJob,
    Listing,
    Member,
    Paper,
    Review,
    Topic,
)
from tests import make
from tests.importing.intake.bringing import MEMBERS, NOTES, TOPICS, bring, count_rows
from tests.make import NOW

SEEDS = Path(__file__).parents[3] / "shared" / "data" / "seeds"


def test_members_lists_become_standing_claims_in_their_order(ada: Member) -> None:
    bring(MEMBERS, ada)
    nao = Member.objects.get(handle="nao")
    assert nao.state == Member.State.PLACEHOLDER
    claims = nao.claims.order_by("position").select_related("paper", "topic")
    assert [str(one.paper) for one in claims] == [
        "Walking Downhill Slowly: a Study of Valleys",
        "On the Width of Basins",
    ]
    assert all(one.is_open and not one.is_lease for one in claims)
    assert {one.topic.name for one in claims if one.topic} == {"Flatness"}
    assert Member.objects.get(handle="rin").claims.get().topic is None


def test_topics_keep_descriptions_order_and_notes(ada: Member) -> None:
    bring(TOPICS, ada)
    assert Topic.objects.get(path="theory").description == "Why things work."
    listings = Listing.objects.filter(topic__path="theory/valleys").select_related("paper")
    assert [str(one.paper) for one in listings] == ["On the Width of Basins", "Steps and Noise"]
    assert "Wide basins generalise better" in listings[0].note
    assert "<em>" in listings[0].note_html
    assert Listing.objects.filter(topic__path="theory/noise").count() == 1
    paper = listings[0].paper
    assert (paper.venue, paper.year, paper.group) == ("icml2021", 2021, "Ann Lee's group")
    assert Review.objects.count() == 0


def test_notes_become_the_reviews_of_who_brings_them(ada: Member) -> None:
    bring(NOTES, ada)
    review = Review.objects.get()
    assert review.member == ada
    assert "how wide a basin" in review.summary
    assert "poor" in review.critique
    assert "rerun" in review.follow_up
    assert "batch size" in review.questions
    assert review.revisions.count() == 1
    assert review.points.count() == 1
    assert Paper.objects.count() == 2
    assert ada.claims.get().ending == Claim.Ending.REVIEWED


def test_the_same_paper_in_three_documents_is_one(ada: Member) -> None:
    for text in (MEMBERS, TOPICS, NOTES):
        bring(text, ada)
    assert Paper.objects.filter(title_key="onthewidthofbasins").count() == 1
    assert Paper.objects.count() == 5


@pytest.mark.parametrize("text", [MEMBERS, TOPICS, NOTES])
def test_bringing_a_document_twice_is_bringing_it_once(ada: Member, text: str) -> None:
    first = bring(text, ada)
    before = count_rows()
    assert bring(text, ada) == first
    assert count_rows() == before


@pytest.mark.parametrize("text", [MEMBERS, TOPICS, NOTES])
def test_a_document_that_holds_nothing_new_changes_nothing(ada: Member, text: str) -> None:
    bring(text, ada)
    before = count_rows()
    again = bring(text + "\n", ada)
    assert count_rows() == before
    assert again.plan["outcome"] | {"known": 0} == dict.fromkeys(again.plan["outcome"], 0)


def test_a_document_can_be_brought_again_after_it_was_taken_back(ada: Member) -> None:
    first = bring(TOPICS, ada)
    undo_import(job=first, by=ada, at=NOW + timedelta(hours=1))
    second = bring(TOPICS, ada)
    assert second != first
    assert Paper.objects.count() == 2


def test_showing_the_same_document_twice_makes_one_preview(ada: Member) -> None:
    first = preview_import(data=TOPICS.encode(), name="list.md", by=ada, at=NOW)
    second = preview_import(data=TOPICS.encode(), name="list.md", by=ada, at=NOW)
    assert first == second
    assert Paper.objects.count() == 0


def test_taking_in_twice_at_once_takes_in_once(ada: Member) -> None:
    job = preview_import(data=TOPICS.encode(), name="list.md", by=ada, at=NOW)
    apply_import(job=job, by=ada, at=NOW)
    apply_import(job=job, by=ada, at=NOW)
    assert Event.objects.filter(kind=Event.Kind.IMPORT_APPLIED).count() == 1


def test_one_address_under_two_titles_makes_two_papers_and_a_problem(ada: Member) -> None:
    make.paper("Something Else Entirely Different").identifiers.create(
        kind="arxiv", value="2101.00003"
    )
    job = bring(TOPICS, ada)
    assert Paper.objects.count() == 3
    assert "different title" in job.plan["clashes"][0][1]
    assert Identifier.objects.filter(value="2101.00003").count() == 1


def test_a_moved_bullet_is_taken_in_where_it_was_put(ada: Member) -> None:
    job = preview_import(data=NOTES.encode(), name="notes.md", by=ada, at=NOW)
    item = job.items.get(key="onthewidthofbasins")
    move_bullet(item=item, number=0, section="critique")
    apply_import(job=job, by=ada, at=NOW)
    assert "how wide a basin" in Review.objects.get().critique
    with pytest.raises(NotInPreview):
        move_bullet(item=item, number=0, section="summary")


def test_a_paper_that_is_left_out_does_not_come_in(ada: Member) -> None:
    job = preview_import(data=TOPICS.encode(), name="list.md", by=ada, at=NOW)
    exclude_paper(item=job.items.get(key="stepsandnoise"), is_excluded=True)
    apply_import(job=job, by=ada, at=NOW)
    assert [str(one) for one in Paper.objects.all()] == ["On the Width of Basins"]


def test_a_document_without_a_paper_keeps_nothing(ada: Member) -> None:
    with pytest.raises(NotUnderstood, match="No papers found"):
        preview_import(data=b"Only a sentence about nothing.", name="x.md", by=ada, at=NOW)
    assert not ImportJob.objects.exists()


def test_members_who_are_here_are_found_by_handle_or_name(ada: Member, ben: Member) -> None:
    text = "### @Ben\n- Some Paper of Ben\nhttps://arxiv.org/abs/2101.00009\n"
    bring(text, ada)
    assert ben.claims.count() == 1
    assert not Member.objects.placeholders().exists()


def test_a_review_that_stands_is_never_overwritten(ada: Member) -> None:
    review = make.review(make.paper("On the Width of Basins"), ada, summary="Mine.")
    bring(NOTES, ada)
    review.refresh_from_db()
    assert review.summary == "Mine."


@pytest.mark.skipif(not SEEDS.exists(), reason="the four lists lie beside the project only at home")
def test_the_four_lists_give_64_papers_and_undoing_them_leaves_nothing(ada: Member) -> None:
    before = count_rows()
    files = sorted(SEEDS.glob("*.txt"))
    jobs = [bring(path.read_bytes().decode(), ada, path.name) for path in files]
    assert Paper.objects.count() == 64
    full = count_rows()
    for path in files:
        bring(path.read_bytes().decode(), ada, path.name)
    assert count_rows() == full
    for job in ImportJob.objects.filter(state=ImportJob.State.APPLIED):
        undo_import(job=job, by=ada, at=NOW + timedelta(hours=1))
    assert len(jobs) == 4
    assert count_rows() == before
    assert ImportItem.objects.filter(paper__isnull=False).count() == 0


def test_taking_in_costs_the_same_number_of_queries_for_20_and_for_200_papers(ada: Member) -> None:
    counts = []
    for rows in (20, 200):
        lines = [
            f"- [Trees {rows} {n} of Rain](https://x.example/{rows}/{n}.pdf), 2020."
            for n in range(rows)
        ]
        text = f"# T\n\n## Woods of {rows}\n\n" + "\n".join(lines)
        job = preview_import(data=text.encode(), name="list.md", by=ada, at=NOW)
        with CaptureQueriesContext(connection) as queries:
            apply_import(job=job, by=ada, at=NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1]
