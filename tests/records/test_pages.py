"""Pages of duplicates, merges, archived and deleted papers, and where merged addresses lead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from papers.models import (
    Comment,
    Event,
    Identifier,
    Link,
    Member,
    Paper,
    PaperPair,
    Removal,
    Review,
    SearchDoc,
)
from papers.records.actions.merging import merge_papers
from tests import make
from tests.clock import NOW, Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(ada: Member) -> tuple[Paper, Paper]:
    """Two records of one work."""
    kept = make.paper("Sharpness of minima", authors=["Ada Ngata"])
    gone = make.paper("Sharpness of Minima", authors=["A. Ngata"], year=2021, added_at=NOW)
    make.index()
    return kept, gone


def path(two: tuple[Paper, Paper]) -> str:
    return f"/curation/duplicates/{two[0].pk}/{two[1].pk}/"


def test_a_curator_compares_and_merges(
    two: tuple[Paper, Paper], as_ada: Client, ben: Member
) -> None:
    make.review(two[0], ben)
    make.review(two[1], ben)
    listed = as_ada.get("/curation/duplicates/").content.decode()
    assert "Same title and authors" in listed
    assert path(two) in listed
    page = as_ada.get(path(two)).content.decode()
    assert "Ben Member has reviewed both" in page
    assert 'name="take" value="authors"' in page
    answer = as_ada.post(path(two), {"keep": two[0].pk, "take": ["authors"]}, follow=True)
    assert answer.redirect_chain[-1][0] == two[0].get_absolute_url()
    assert "You can undo this for 30 days" in answer.content.decode()
    assert Paper.objects.get(pk=two[0].pk).authors == ["A. Ngata"]


def test_a_curator_keeps_two_papers_apart(two: tuple[Paper, Paper], as_ada: Client) -> None:
    as_ada.post(path(two), {"keep": two[0].pk, "act": "different"})
    assert path(two) not in as_ada.get("/curation/duplicates/").content.decode()
    assert Paper.objects.count() == 2


def test_the_other_one_can_be_kept(two: tuple[Paper, Paper], as_ada: Client) -> None:
    page = as_ada.get(f"{path(two)}?keep={two[1].pk}").content.decode()
    assert f'name="keep" value="{two[1].pk}"' in page


def test_a_wrong_choice_is_refused(two: tuple[Paper, Paper], as_ada: Client) -> None:
    assert as_ada.post(path(two), {"keep": "99"}).status_code == 422
    assert Paper.objects.count() == 2


def test_a_form_sent_twice_merges_once(two: tuple[Paper, Paper], as_ada: Client) -> None:
    form = {"keep": two[0].pk, "csrfmiddlewaretoken": "0" * 64}
    answers = [as_ada.post(path(two), form) for _ in range(2)]
    assert {one["Location"] for one in answers} == {two[0].get_absolute_url()}
    assert Removal.objects.count() == 1
    late = as_ada.post(path(two), {"keep": two[0].pk})
    assert late["Location"] == two[0].get_absolute_url(), "a page that was open for longer"


def test_pairs_of_different_works_are_not_proposed(as_ada: Client) -> None:
    for title, names in (("A survey of graphs", ["Ngata"]), ("A survey of graphs", ["Wuying"])):
        make.paper(title, authors=names)
    assert "A survey of graphs" not in as_ada.get("/curation/duplicates/").content.decode()


def test_a_link_that_is_the_others_identifier_is_found(as_ada: Client) -> None:
    one, other = make.paper("Short title"), make.paper("Short title: with its long subtitle")
    Identifier.objects.create(paper=one, kind="arxiv", value="2106.00001")
    Link.objects.create(paper=other, kind="paper", url="https://arxiv.org/abs/2106.00001")
    page = as_ada.get("/curation/duplicates/").content.decode()
    assert "A link of one is the identifier of the other" in page


def test_a_member_suggests_and_a_curator_sees_why(
    two: tuple[Paper, Paper], as_ben: Client, as_ada: Client, as_rea: Client
) -> None:
    third = make.paper("Basins are flat", authors=["Someone Else"])
    form = {"other": two[1].get_absolute_url(), "reason": "Same figures"}
    here = f"/papers/{third.pk}/duplicates/"
    assert as_rea.post(here, form).status_code == 403
    as_ben.post(here, form)
    as_ben.post(here, form)
    assert PaperPair.objects.count() == Event.objects.count() == 1
    page = as_ada.get("/curation/duplicates/").content.decode()
    assert "Same figures" in page
    assert "Ben Member" in page


@pytest.mark.parametrize("other", ["Nothing like it", "/papers/999999/", ""])
def test_a_suggestion_without_a_paper_is_refused(
    two: tuple[Paper, Paper], as_ben: Client, other: str
) -> None:
    answer = as_ben.post(f"/papers/{two[0].pk}/duplicates/", {"other": other})
    assert answer.status_code == 422


def test_members_do_not_merge_or_delete(
    two: tuple[Paper, Paper], as_ben: Client, ben: Member
) -> None:
    for address in (path(two), f"/papers/{two[0].pk}/deletion/", "/curation/removals/"):
        assert as_ben.get(address).status_code == 403
    assert as_ben.post(f"/papers/{two[0].pk}/archiving/").status_code == 403


def test_old_addresses_lead_on_with_forms_and_queries(
    two: tuple[Paper, Paper], as_ben: Client, ada: Member, ben: Member, clock: Clock
) -> None:
    kept, gone = two
    old = gone.get_absolute_url()
    merge_papers(kept=kept, gone=gone, by=ada, at=NOW)
    assert as_ben.get(f"{old}?x=1", follow=True).status_code == 200
    assert as_ben.get(f"/papers/{gone.pk}/review/")["Location"] == f"/papers/{kept.pk}/review/"
    answer = as_ben.post(f"/papers/{gone.pk}/comments/", {"body": "Typed before"})
    assert (answer.status_code, answer["Location"]) == (307, f"/papers/{kept.pk}/comments/")
    assert "no-store" in answer["Cache-Control"]
    as_ben.post(answer["Location"], {"body": "Typed before"})
    assert Comment.objects.get().paper == kept
    clock.move(timedelta(days=31))
    browser = make.browser(ben)
    assert browser.get(old).status_code == 301


def test_strangers_learn_nothing_of_old_addresses(
    two: tuple[Paper, Paper], stranger: Client, ada: Member
) -> None:
    old = two[1].get_absolute_url()
    merge_papers(kept=two[0], gone=two[1], by=ada, at=NOW)
    assert stranger.get(old)["Location"].startswith("/accounts/login/")


def test_a_merge_is_undone_from_its_page(two: tuple[Paper, Paper], as_ada: Client) -> None:
    as_ada.post(path(two), {"keep": two[0].pk})
    removal = Removal.objects.get()
    address = f"/curation/removals/{removal.pk}/undoing/"
    assert address in as_ada.get("/curation/removals/").content.decode()
    answer = as_ada.post(address, follow=True)
    assert "is back" in answer.content.decode()
    assert as_ada.get(two[1].get_absolute_url()).status_code == 200
    assert address not in as_ada.get("/curation/removals/").content.decode()


def test_the_reviewer_of_both_is_asked(
    two: tuple[Paper, Paper], as_ben: Client, as_ada: Client, ben: Member, ada: Member
) -> None:
    make.review(two[0], ben, summary="First thoughts")
    second = make.review(two[1], ben, summary="Second thoughts")
    merge_papers(kept=two[0], gone=two[1], by=ada, at=NOW)
    here = two[0].get_absolute_url()
    assert "Keep only this one" in as_ben.get(here).content.decode()
    assert "Keep only this one" not in as_ada.get(here).content.decode()
    as_ben.post(f"/reviews/{second.pk}/beside/", {"act": "this"})
    left = Review.objects.current().filter(paper=two[0])
    assert [(one.summary, one.beside) for one in left] == [("Second thoughts", "")]
    editor = as_ben.get(f"/papers/{two[0].pk}/review/").content.decode()
    assert "Restore second review" in editor


def test_keeping_both_reviews_ends_the_question(
    two: tuple[Paper, Paper], as_ben: Client, ben: Member, ada: Member
) -> None:
    make.review(two[0], ben)
    second = make.review(two[1], ben)
    merge_papers(kept=two[0], gone=two[1], by=ada, at=NOW)
    as_ben.post(f"/reviews/{second.pk}/beside/", {"act": "both"})
    assert "Keep only this one" not in as_ben.get(two[0].get_absolute_url()).content.decode()
    assert Review.objects.current().count() == 2
    form = {"summary": "Better", "stamp": "1.0"}
    assert as_ben.post(f"/papers/{two[0].pk}/review/", form).status_code == 302
    assert Review.objects.main().get(member=ben).summary == "Better"


def test_an_archived_paper_leaves_the_lists_and_keeps_its_page(
    two: tuple[Paper, Paper], as_ada: Client, as_ben: Client, ben: Member
) -> None:
    topic = make.topic("Basins")
    make.listing(two[0], topic)
    as_ada.post(f"/papers/{two[0].pk}/archiving/")
    assert not SearchDoc.objects.filter(paper=two[0]).exists()
    for address in ("/papers/", "/papers/?q=sharpness", "/", "/topics/basins/"):
        assert f"/papers/{two[0].pk}/" not in as_ben.get(address).content.decode(), address
    page = as_ben.get(two[0].get_absolute_url()).content.decode()
    assert "Archived" in page
    as_ben.post(f"/papers/{two[0].pk}/claim/")
    assert not ben.claims.exists()
    assert "Unarchive" in as_ada.get("/curation/removals/").content.decode()
    as_ada.post(f"/papers/{two[0].pk}/archiving/", {"act": "return"})
    assert f"/papers/{two[0].pk}/" in as_ben.get("/papers/?q=sharpness").content.decode()


def test_a_paper_is_deleted_for_a_reason_and_comes_back(
    two: tuple[Paper, Paper], as_ada: Client, as_ben: Client, ben: Member
) -> None:
    make.review(two[0], ben, summary="Good")
    here = f"/papers/{two[0].pk}/deletion/"
    assert as_ada.get(here).status_code == 200
    assert as_ada.post(here, {"reason": " "}).status_code == 422
    as_ada.post(here, {"reason": "Not ours"})
    assert as_ben.get(two[0].get_absolute_url()).status_code == 404
    assert "Not ours" in as_ada.get("/curation/removals/").content.decode()
    as_ada.post(f"/curation/removals/{Removal.objects.get().pk}/undoing/")
    assert as_ben.get(two[0].get_absolute_url()).status_code == 200
    assert Review.objects.get().summary == "Good"


def test_a_name_that_was_taken_meanwhile_stays_where_it_is(
    two: tuple[Paper, Paper], as_ada: Client
) -> None:
    Identifier.objects.create(paper=two[0], kind="doi", value="10.1/x")
    as_ada.post(f"/papers/{two[0].pk}/deletion/", {"reason": "Spam"})
    Identifier.objects.create(paper=two[1], kind="doi", value="10.1/x")
    page = as_ada.post(f"/curation/removals/{Removal.objects.get().pk}/undoing/", follow=True)
    assert "1 detail was changed since" in page.content.decode()
    assert Identifier.objects.get().paper == two[1]
