"""Acts on many papers at once: what is meant, doing it once, taking it back, and who may not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from papers.activity.sentences import say_bulk
from papers.catalogue.actions.bulk_edits import AlreadyUndone, list_papers, set_slots, unlist_papers
from papers.claims.actions.claims import claim_paper
from papers.curation.actions.bulk import undo_sorting
from papers.importing.intake.actions.undo import UNREMARKABLE
from papers.meetings.agenda.actions.ballots import nominate_paper
from papers.meetings.agenda.actions.bulk_nominations import TooManyNominations, nominate_papers
from papers.models import Event, Lab, Listing, Member, Nomination, Paper, SearchDoc, Topic, Vote
from papers.search.index.actions import REFRESHING, refresh
from papers.search.queries import find_papers
from papers.tasks import refresh_index
from papers.topics.actions.listings import change_listing
from tests import make

FEW = 30
"""Statements, however many papers are sorted at once."""

NOW, LATER = make.NOW, make.NOW + timedelta(hours=1)


def make_papers(number: int = 3, **fields: Any) -> list[int]:
    keys = [make.paper(**fields).pk for _ in range(number)]
    refresh(keys)
    return keys


def under(topic: Topic) -> list[int]:
    rows = Listing.objects.filter(topic=topic).order_by("position")
    return list(rows.values_list("paper", flat=True))


def found(text: str, by: Member) -> set[int]:
    return set(find_papers(text, by=by, lab=make.lab(), today=NOW.date()).paper_ids)


def choose(papers: Sequence[int], act: str, **others: Any) -> dict[str, Any]:
    return {"paper": [str(pk) for pk in papers], "act": act, **others}


# --- Actions


def test_papers_are_put_under_a_topic_at_its_end_as_one_event(ada: Member) -> None:
    topic = make.topic("Theory")
    first, *others = make_papers(3)
    make.listing(Paper.objects.get(pk=first), topic, position=7)
    event = list_papers(papers=[*others, first], topic=topic, by=ada, at=NOW)
    assert under(topic) == [first, *others]
    assert event is not None
    assert (event.kind, event.topic, event.by) == (Event.Kind.PAPERS_SORTED, topic, ada)
    assert event.data == {"act": "listed", "number": 2, "papers": others}
    assert found("theory", ada) == set(others)  # by the topic's name
    assert found("topic:theory", ada) == {*others}
    assert list_papers(papers=others, topic=topic, by=ada, at=LATER) is None
    assert Event.objects.count() == 1


def test_what_was_listed_is_taken_back_but_not_what_somebody_noted_since(ada: Member) -> None:
    topic = make.topic("Theory")
    one, other = make_papers(2)
    event = list_papers(papers=[one, other], topic=topic, by=ada, at=NOW)
    noted = Listing.objects.get(paper=one)
    change_listing(listing=noted, note="Read this first.", by=ada, at=LATER)
    undoing = undo_sorting(event=event, by=ada, at=LATER)
    assert under(topic) == [one]
    assert undoing.data["papers"] == [other]
    assert found("topic:theory", ada) == {one}
    with pytest.raises(AlreadyUndone):
        undo_sorting(event=event, by=ada, at=LATER)


def test_papers_come_out_of_a_topic_and_back_as_they_stood(ada: Member, ben: Member) -> None:
    topic, other = make.topic("Theory"), make.topic("Practice")
    papers = make_papers(3)
    for n, pk in enumerate(papers):
        for place in (topic, other):
            make.listing(Paper.objects.get(pk=pk), place, position=n * 10, added_by=ben)
    before = list(Listing.objects.filter(topic=topic).order_by("paper_id").values())
    event = unlist_papers(papers=papers, topic=topic, by=ada, at=LATER)
    assert (under(topic), len(under(other))) == ([], 3)
    assert found("topic:theory", ada) == set()
    undo_sorting(event=event, by=ada, at=LATER)
    after = list(Listing.objects.filter(topic=topic).order_by("paper_id").values())
    for row in (*before, *after):
        del row["id"]
    assert after == before
    assert found("topic:theory", ada) == set(papers)


def test_a_paper_with_a_note_stays_under_its_topic(ada: Member) -> None:
    topic = make.topic("Theory")
    plain, noted = make_papers(2)
    make.listing(Paper.objects.get(pk=plain), topic)
    make.listing(Paper.objects.get(pk=noted), topic, note="The one to begin with.")
    unlist_papers(papers=[plain, noted], topic=topic, by=ada, at=NOW)
    assert under(topic) == [noted]


def test_places_are_set_and_set_back_where_nobody_changed_them(ada: Member) -> None:
    one, two, same = make_papers(3)
    Paper.objects.filter(pk=two).update(slots=5)
    Paper.objects.filter(pk=same).update(slots=3)
    event = set_slots(papers=[one, two, same], slots=3, by=ada, at=NOW)
    assert event is not None
    assert set(Paper.objects.values_list("slots", flat=True)) == {3}
    assert event.data["papers"] == [one, two]
    Paper.objects.filter(pk=one).update(slots=4)
    undo_sorting(event=event, by=ada, at=LATER)
    slots = dict(Paper.objects.values_list("pk", "slots"))
    assert slots == {one: 4, two: 5, same: 3}


def test_papers_are_nominated_with_the_curator_s_vote_and_taken_back(
    ada: Member, ben: Member
) -> None:
    fresh, standing, mine = make_papers(3)
    nominate_paper(paper=Paper.objects.get(pk=standing), by=ben, at=NOW)
    nominate_paper(paper=Paper.objects.get(pk=mine), by=ada, at=NOW)
    event = nominate_papers(papers=[fresh, standing, mine], by=ada, at=LATER)
    assert event is not None
    assert event.data["papers"] == [fresh, standing]
    assert Vote.objects.filter(member=ada).count() == 3
    undo_sorting(event=event, by=ada, at=LATER)
    left = Nomination.objects.open().values_list("paper", flat=True)
    assert set(left) == {standing, mine}
    assert set(Vote.objects.values_list("member", flat=True)) == {ada.pk, ben.pk}


def test_nobody_votes_on_a_thousand_nominations(ada: Member) -> None:
    with pytest.raises(TooManyNominations):
        nominate_papers(papers=range(1, 1002), by=ada, at=NOW)


def test_every_act_has_its_words(ada: Member) -> None:
    acts = ("listed", "unlisted", "slots", "nominated", "undone")
    assert len({say_bulk(act, 2) for act in (*acts, "another")}) == len(acts) + 1
    assert "events" in UNREMARKABLE[Paper]


# --- Pages


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


# --- Thousands


@pytest.mark.django_db(transaction=True)
def test_ten_thousand_papers_are_listed_in_few_statements_and_found_soon_after(
    django_assert_max_num_queries: Any,
) -> None:
    make.lab()
    ada = make.member("ada", role=Member.Role.CURATOR)
    topic = make.topic("Theory")
    Paper.objects.bulk_create(
        Paper(title=f"Paper {n}", title_key=f"paper{n}", added_at=NOW) for n in range(10_000)
    )
    papers = list(Paper.objects.values_list("pk", flat=True))
    refresh(papers)
    with django_assert_max_num_queries(FEW):
        event = list_papers(papers=papers, topic=topic, by=ada, at=NOW)
    assert event is not None
    assert event.data["number"] == len(under(topic)) == 10_000
    job = ProcrastinateJob.objects.get(task_name=REFRESHING)
    assert not SearchDoc.objects.filter(topics__contains=[topic.pk]).exists()
    refresh_index(**job.args)
    assert SearchDoc.objects.filter(topics__contains=[topic.pk]).count() == 10_000
    with django_assert_max_num_queries(FEW):
        undo_sorting(event=event, by=ada, at=LATER)
    assert under(topic) == []
