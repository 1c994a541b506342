"""The pages that act on many papers at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from papers.catalogue.actions.bulk_edits import list_papers
from papers.claims.actions.claims import claim_paper
from papers.models import Event, Lab, Member, Paper
from tests import make
from tests.curation.choosing import choose, make_papers, under
from tests.make import NOW


def test_the_page_says_which_papers_and_which_act_before_anything_is_done(as_ada: Client) -> None:
    make.topic("Theory")
    papers = make_papers(12)
    page = as_ada.get("/papers/selection/", choose(papers, "list")).content.decode()
    assert "12 papers" in page
    assert "Add to topic" in page
    assert "and 2 more" in page
    assert not Event.objects.exists()


def test_ticked_papers_are_put_under_a_topic_and_back(as_ada: Client) -> None:
    topic = make.topic("Theory")
    papers = make_papers(3)
    sent = choose(papers, "list", topic=topic.pk, q="number", size="25")
    answer = as_ada.post("/papers/selection/", sent, follow=True)
    assert sorted(under(topic)) == papers
    page = answer.content.decode()
    assert "Added 3 papers to Theory." in page
    event = Event.objects.get()
    back = as_ada.post(f"/sortings/{event.pk}/undoing/", follow=True).content.decode()
    assert under(topic) == []
    assert "Undone by" in back
    again = as_ada.post(f"/sortings/{event.pk}/undoing/", follow=True).content.decode()
    assert "already undone" in again
    assert "3 papers" in as_ada.get("/activity/").content.decode()


def test_the_box_for_all_of_the_page_sends_every_key(as_ada: Client) -> None:
    papers = make_papers(3)
    page = as_ada.get("/papers/").content.decode()
    keys = ",".join(str(pk) for pk in sorted(papers, reverse=True))
    assert f'value="{keys}" data-tick-all' in page
    chosen = as_ada.get("/papers/selection/", {"paper": [keys, str(papers[0])], "act": "slots"})
    assert "3 papers" in chosen.content.decode()


def test_the_whole_result_is_sent_as_its_search(as_ada: Client) -> None:
    topic, other = make.topic("Theory"), make.topic("Practice")
    papers = make_papers(60, year=2020, topics=[topic])
    make_papers(2, year=2021)
    listed = as_ada.get("/papers/", {"q": "year:2020"}).content.decode()
    assert "Select all 60" in listed
    sent = {"whole": "1", "q": "year:2020", "act": "list"}
    page = as_ada.get("/papers/selection/", sent).content.decode()
    assert "60 papers" in page
    assert 'name="paper"' not in page
    sent |= {"expected": "60", "topic": str(other.pk)}
    as_ada.post("/papers/selection/", sent)
    assert set(under(other)) == set(papers)


def test_a_result_that_changed_since_is_shown_first(as_ada: Client) -> None:
    topic = make.topic("Theory")
    make_papers(3, year=2020)
    sent = {"whole": "1", "q": "year:2020", "act": "list", "topic": topic.pk, "expected": "2"}
    answer = as_ada.post("/papers/selection/", sent)
    assert answer.status_code == 409
    assert "The results have changed" in answer.content.decode()
    assert under(topic) == []


def test_what_the_search_did_not_understand_is_said(as_ada: Client) -> None:
    make_papers(2, year=2020)
    page = as_ada.get("/papers/selection/", {"whole": "1", "q": "year:2020 colour:red"})
    assert "colour" in page.content.decode()


def test_a_paper_that_is_gone_meanwhile_is_left_out_and_told(as_ada: Client) -> None:
    topic = make.topic("Theory")
    kept, gone = make_papers(2)
    Paper.objects.filter(pk=gone).delete()
    page = as_ada.get("/papers/selection/", choose([kept, gone], "list")).content.decode()
    assert "1 paper" in page
    assert "1 more no longer exists" in page
    sent = choose([kept, gone], "list", topic=topic.pk)
    done = as_ada.post("/papers/selection/", sent, follow=True).content.decode()
    assert "1 no longer exists." in done
    assert under(topic) == [kept]


def test_only_topics_with_these_papers_are_offered_for_taking_out(as_ada: Client) -> None:
    here, elsewhere = make.topic("Here"), make.topic("Elsewhere")
    papers = make_papers(2, topics=[here])
    make_papers(1, topics=[elsewhere])
    page = as_ada.get("/papers/selection/", choose(papers, "unlist")).content.decode()
    assert "Here (2)" in page
    assert "Elsewhere" not in page[page.index("<form") :].partition("</form>")[0]
    sent = choose(papers, "unlist", topic=elsewhere.pk)
    assert as_ada.post("/papers/selection/", sent).status_code == 422


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "No papers selected"),
        ({"paper": "x,,9" + "9" * 30}, "No papers selected"),
        ({"paper": ",".join(map(str, range(1, 10_003)))}, "at most 10,000 papers at once"),
    ],
)
def test_nothing_and_too_much_are_answered_with_a_sentence(
    as_ada: Client, sent: dict[str, str], sentence: str
) -> None:
    answer = as_ada.post("/papers/selection/", {**sent, "act": "slots"}, follow=True)
    assert sentence in answer.content.decode()


@pytest.mark.parametrize(
    ("act", "others"), [("list", {}), ("slots", {"slots": "0"}), ("unlist", {"topic": "999"})]
)
def test_a_wrong_form_keeps_the_papers(as_ada: Client, act: str, others: dict[str, str]) -> None:
    papers = make_papers(2, topics=[make.topic("Theory")])
    answer = as_ada.post("/papers/selection/", choose(papers, act, **others))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{papers[0]},{papers[1]}"' in page
    assert not Event.objects.exists()


def test_too_many_nominations_are_refused_with_a_sentence(as_ada: Client) -> None:
    papers = make_papers(101)
    answer = as_ada.post("/papers/selection/", choose(papers, "nominate"))
    assert answer.status_code == 422
    assert "at most 100 papers" in answer.content.decode()


def test_an_act_that_changes_nothing_makes_no_event(as_ada: Client) -> None:
    topic = make.topic("Theory")
    papers = make_papers(2, topics=[topic])
    sent = choose(papers, "list", topic=topic.pk, q="number")
    answer = as_ada.post("/papers/selection/", sent)
    assert answer["Location"] == "/papers/?q=number"
    assert "No changes" in as_ada.get("/papers/").content.decode()
    assert not Event.objects.exists()


def test_members_may_not_and_see_no_boxes(as_ben: Client, ada: Member) -> None:
    topic = make.topic("Theory")
    papers = make_papers(2)
    event = list_papers(papers=papers[:1], topic=topic, by=ada, at=NOW)
    assert event is not None
    assert as_ben.get("/papers/selection/", choose(papers, "list")).status_code == 403
    sent = choose(papers, "list", topic=topic.pk)
    assert as_ben.post("/papers/selection/", sent).status_code == 403
    assert as_ben.get(f"/sortings/{event.pk}/").status_code == 403
    assert as_ben.post(f"/sortings/{event.pk}/undoing/").status_code == 403
    assert under(topic) == papers[:1]
    page = as_ben.get("/papers/").content.decode()
    for words in ("checkbox", "curating.css", "ticks", "selection", "boxes"):
        assert words not in page


def test_a_row_that_is_claimed_keeps_its_box(as_ada: Client) -> None:
    (pk,) = make_papers(1)
    headers = {"HX-Request": "true", "HX-Target": f"paper-{pk}"}
    row = as_ada.post(f"/papers/{pk}/claim/", {"boxes": "1"}, headers=headers)
    assert f'name="paper" value="{pk}"' in row.content.decode()


def test_a_refused_claim_says_why_beside_the_row(as_ben: Client, ben: Member, lab: Lab) -> None:
    make.lab(claim_limit=1)
    mine, other = make_papers(2)
    claim_paper(paper=Paper.objects.get(pk=mine), by=ben, at=NOW)
    headers = {"HX-Request": "true", "HX-Target": f"paper-{other}"}
    answer = as_ben.post(f"/papers/{other}/claim/", headers=headers)
    assert answer.status_code == 409
    assert 'id="messages"' in answer.content.decode()


def test_the_pages_cost_the_same_for_2_and_100_papers(
    as_ada: Client, django_assert_max_num_queries: Any
) -> None:
    topic = make.topic("Theory")
    counts = []
    for papers in (make_papers(2, topics=[topic]), make_papers(100, topics=[topic])):
        with django_assert_max_num_queries(8) as queries:
            assert as_ada.get("/papers/selection/", choose(papers, "unlist")).status_code == 200
        counts.append(len(queries))
        with django_assert_max_num_queries(30) as queries:
            as_ada.post("/papers/selection/", choose(papers, "slots", slots="3"))
        counts.append(len(queries))
    assert counts[:2] == counts[2:]
