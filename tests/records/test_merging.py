"""Merging keeps every text and count, and undoing it brings every row back as it was."""

from __future__ import annotations

import pytest

from papers.journal import list_relations
from papers.models import (
    AgendaItem,
    Claim,
    Comment,
    Event,
    Identifier,
    Listing,
    Member,
    Notification,
    Paper,
    Removal,
    Review,
    ReviewDraft,
    Topic,
    Vote,
)
from papers.notifications.actions.notifying import create_notifications
from papers.records.actions.merging import PaperIsGone, SamePaper, merge_papers
from papers.records.actions.undoing import UndoRefused, forget_journals, undo_removal
from papers.records.joining.joins import JOINS
from papers.reviews.drafts.actions import save_draft
from papers.reviews.drafts.content import ReviewContent, Stamp
from tests import make
from tests.clock import NOW
from tests.records.labs import MAKERS, count_rows, dump, list_texts, try_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(ada: Member) -> tuple[Paper, Paper]:
    """A paper and its duplicate, and a third one."""
    make.paper("A third paper")
    kept = make.paper("Sharpness of minima", authors=["Ng"], note="Read this.")
    gone = make.paper(
        "Sharpness of Minima", authors=["A. Ng"], abstract="On basins.", year=2021, note="And this."
    )
    return kept, gone


def merge(two: tuple[Paper, Paper], by: Member, **fields: object) -> Removal:
    return merge_papers(kept=two[0], gone=two[1], by=by, at=NOW, **fields)  # type: ignore[arg-type]


def test_every_table_that_names_a_paper_knows_how_to_join() -> None:
    """A new table must say what becomes of its rows: add it to `records.joining.joins`."""
    naming = {(one.related_model, one.field.name) for one in list_relations(Paper)}
    assert naming == set(JOINS)


def test_ten_of_everything_stay_and_come_back(two: tuple[Paper, Paper], ada: Member) -> None:
    people = [make.member() for _ in range(20)]
    for place, member in enumerate(people):
        for maker in MAKERS:
            try_to(maker, two[place % 2], member)
    make.index()
    before, numbers = dump(), count_rows()
    removal = merge(two, ada)
    after = dump()
    answered = {text for text in list_texts(before) if text.startswith("reason ")}
    assert list_texts(after) >= list_texts(before) - answered
    assert removal.reason in answered, "a suggestion ends; why it was made stays with the merge"
    assert not [row for row in after["papers_review"] if f'"paper_id": {two[1].pk},' in row]
    assert Review.objects.filter(paper=two[0], deleted_at=None).count() == 20
    shared = {"papers_paper", "papers_searchdoc", "papers_listing", "papers_link",
              "papers_paperpair"}  # fmt: skip
    for table, number in count_rows().items():
        assert number == numbers[table] or table in shared, table
    undo_removal(removal=removal, by=ada, at=NOW)
    assert dump() == before


def test_facts_are_filled_and_taken(two: tuple[Paper, Paper], ada: Member) -> None:
    merge(two, ada, take={"title"})
    kept = Paper.objects.get(pk=two[0].pk)
    assert (kept.title, kept.authors) == ("Sharpness of Minima", ["Ng"])
    assert (kept.abstract, kept.year) == ("On basins.", 2021)
    assert "basins" in kept.abstract_html
    assert kept.note == "Read this. · And this."


def test_a_member_with_two_reviews_keeps_both_and_is_asked(
    two: tuple[Paper, Paper], ada: Member, ben: Member
) -> None:
    one, other = make.review(two[0], ben, summary="Mine"), make.review(two[1], ben, summary="Too")
    merge(two, ada)
    found = dict(Review.objects.filter(paper=two[0]).values_list("pk", "beside"))
    assert found == {one.pk: "", other.pk: "asked"}


def test_a_deleted_review_makes_room(two: tuple[Paper, Paper], ada: Member, ben: Member) -> None:
    one = make.review(two[0], ben, deleted_at=NOW)
    other = make.review(two[1], ben)
    merge(two, ada)
    found = dict(Review.objects.filter(paper=two[0]).values_list("pk", "beside"))
    assert found == {one.pk: "kept", other.pk: ""}


def test_two_drafts_become_one_with_both_texts(
    two: tuple[Paper, Paper], ada: Member, ben: Member
) -> None:
    for paper, text in zip(two, ("First half", "Second half"), strict=True):
        content = ReviewContent(summary=text)
        save_draft(paper=paper, by=ben, at=NOW, content=content, stamp=Stamp(0, 0))
    merge(two, ada)
    draft = ReviewDraft.objects.current().get(member=ben)
    assert draft.summary == "First half\n\nSecond half"
    assert draft.version > 1, "an open editor is stale, and shown both texts"


def test_of_two_leases_the_longer_one_stays_and_slots_are_numbered(
    two: tuple[Paper, Paper], ada: Member, ben: Member, cy: Member
) -> None:
    make.claim(two[0], ben, due_on=make.day("2026-11-20"))
    longer = make.claim(two[1], ben, due_on=make.day("2026-12-20"))
    other = make.claim(two[1], cy)
    merge(two, ada)
    left = Claim.objects.open().filter(paper=two[0])
    assert set(left) == {longer, other}
    assert len({one.paper_slot for one in left}) == 2


def test_a_claim_ends_when_the_other_record_was_reviewed(
    two: tuple[Paper, Paper], ada: Member, ben: Member
) -> None:
    make.review(two[0], ben)
    claim = make.claim(two[1], ben)
    merge(two, ada)
    claim.refresh_from_db()
    assert claim.ending == "reviewed"


def test_votes_on_both_count_once(two: tuple[Paper, Paper], ada: Member, ben: Member) -> None:
    from tests.records.labs import add_votes

    for paper in two:
        add_votes(paper, ben)
    add_votes(two[1], ada)
    merge(two, ada)
    votes = Vote.objects.filter(nomination__paper=two[0], nomination__closed_at=None)
    assert sorted(votes.values_list("member__handle", flat=True)) == ["ada", "ben"]


def test_both_on_one_agenda_stay_on_it(two: tuple[Paper, Paper], ada: Member, ben: Member) -> None:
    from tests.records.labs import add_agenda

    for paper in two:
        add_agenda(paper, ben)
    merge(two, ada)
    items = AgendaItem.objects.order_by("pk").values_list("paper", "title")
    assert list(items) == [(two[0].pk, ""), (None, "Sharpness of Minima")]


def test_notes_of_both_listings_stay(two: tuple[Paper, Paper], ada: Member) -> None:
    topic = make.topic("Basins")
    for paper, note in zip(two, ("One", "Two"), strict=True):
        make.listing(paper, topic, note=note)
    merge(two, ada)
    listing = Listing.objects.get()
    assert (listing.paper, listing.note) == (two[0], "One\n\nTwo")
    assert "Two" in listing.note_html


def test_reviewers_are_told(two: tuple[Paper, Paper], ada: Member, ben: Member, cy: Member) -> None:
    create_notifications(at=NOW)
    make.review(two[1], ben)
    make.claim(two[0], cy)
    make.review(two[0], ada)
    merge(two, ada)
    create_notifications(at=NOW)
    told = Notification.objects.filter(event__kind="paper-merged")
    assert set(told.values_list("member__handle", "why")) == {("ben", "review"), ("cy", "review")}


def test_merging_twice_is_merging_once(two: tuple[Paper, Paper], ada: Member) -> None:
    first = merge(two, ada)
    assert merge(two, ada) == first
    assert Event.objects.filter(kind="paper-merged").count() == 1


def test_what_cannot_be_merged_is_refused(two: tuple[Paper, Paper], ada: Member) -> None:
    with pytest.raises(SamePaper):
        merge((two[0], two[0]), ada)
    merge(two, ada)
    with pytest.raises(PaperIsGone):
        merge((two[1], two[0]), ada)


def test_a_chain_of_merges_is_undone_from_its_end(two: tuple[Paper, Paper], ada: Member) -> None:
    third = Paper.objects.exclude(pk__in=[one.pk for one in two]).get()
    Identifier.objects.create(paper=two[1], kind="doi", value="10.1/x")
    before = dump()
    first = merge(two, ada)
    second = merge((third, two[0]), ada)
    first.refresh_from_db()
    assert first.paper == third, "its address leads to where it is now"
    with pytest.raises(UndoRefused):
        undo_removal(removal=first, by=ada, at=NOW)
    undo_removal(removal=second, by=ada, at=NOW)
    undo_removal(removal=first, by=ada, at=NOW)
    assert {t: r for t, r in dump().items() if t != "papers_searchdoc"} == {
        t: r for t, r in before.items() if t != "papers_searchdoc"
    }


def test_what_was_added_since_goes_where_it_belongs(
    two: tuple[Paper, Paper], ada: Member, ben: Member
) -> None:
    thread = Comment.objects.create(paper=two[1], author=ben, body="Why?", created_at=NOW)
    removal = merge(two, ada)
    answer = Comment.objects.create(
        paper=two[0], parent=thread, author=ada, body="So.", created_at=NOW
    )
    fresh = Comment.objects.create(paper=two[0], author=ada, body="New.", created_at=NOW)
    undo_removal(removal=removal, by=ada, at=NOW)
    papers = dict(Comment.objects.values_list("pk", "paper"))
    assert papers == {thread.pk: two[1].pk, answer.pk: two[1].pk, fresh.pk: two[0].pk}


def test_undo_leaves_what_somebody_changed_since(two: tuple[Paper, Paper], ada: Member) -> None:
    removal = merge(two, ada)
    Paper.objects.filter(pk=two[0].pk).update(abstract="Written since.")
    undone = undo_removal(removal=removal, by=ada, at=NOW)
    kept = Paper.objects.get(pk=two[0].pk)
    assert (kept.abstract, kept.year, undone.changed) == ("Written since.", None, 1)


def test_undo_twice_is_undo_once_and_ends_after_30_days(
    two: tuple[Paper, Paper], ada: Member
) -> None:
    from datetime import timedelta

    removal = merge(two, ada)
    undo_removal(removal=removal, by=ada, at=NOW)
    undo_removal(removal=removal, by=ada, at=NOW)
    assert Event.objects.filter(kind="paper-restored").count() == 1
    removal = merge(two, ada)
    late = NOW + timedelta(days=31)
    with pytest.raises(UndoRefused):
        undo_removal(removal=removal, by=ada, at=late)
    assert forget_journals(at=late) == 1
    assert Topic.objects.count() == 0
