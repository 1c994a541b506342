"""Acts on many papers at once: what is meant, doing it once, taking it back, and who may not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from papers.activity.sentences import say_bulk
from papers.catalogue.actions.bulk_edits import AlreadyUndone, list_papers, set_slots, unlist_papers
from papers.curation.sorting.actions import undo_sorting
from papers.importing.intake.undoing.actions.removal import UNREMARKABLE
from papers.meetings.agenda.actions.ballots import nominate_paper
from papers.meetings.agenda.actions.bulk_nominations import TooManyNominations, nominate_papers
from papers.models import Event, Listing, Member, Nomination, Paper, SearchDoc, Vote
from papers.search.index.actions import REFRESHING, refresh
from papers.tasks import refresh_index
from papers.topics.actions.listings import change_listing
from tests import make
from tests.curation.choosing import FEW, found, make_papers, under

NOW, LATER = make.NOW, make.NOW + timedelta(hours=1)


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


def test_spellings_of_a_venue_become_one_and_come_back(as_ada: Client, ada: Member) -> None:
    papers = make_papers(4)
    for pk, venue in zip(papers, ("nips2021", "NeurIPS", "NeurIPS", "<b>NIPS"), strict=True):
        Paper.objects.filter(pk=pk).update(venue=venue)
    refresh(papers)
    chosen = {"paper": ",".join(map(str, papers)), "act": "venue"}
    page = as_ada.get("/papers/selection/", chosen).text
    assert 'value="NeurIPS"' in page, "the most frequent is proposed"
    assert "Now: NeurIPS · &lt;b&gt;NIPS · nips2021" in page
    assert as_ada.post("/papers/selection/", {**chosen, "venue": " "}).status_code == 422
    done = as_ada.post("/papers/selection/", {**chosen, "venue": "NeurIPS"}, follow=True).text
    assert "Venue of 2 papers set to NeurIPS." in done
    assert set(Paper.objects.values_list("venue", flat=True)) == {"NeurIPS"}
    assert set(SearchDoc.objects.values_list("venue", flat=True)) == {"NeurIPS"}
    undo_sorting(event=Event.objects.latest("pk"), by=ada, at=LATER)
    assert list(SearchDoc.objects.order_by("pk").values_list("venue", flat=True)) == [
        "NeurIPS", "NeurIPS", "NeurIPS", "<b>NIPS",
    ]  # fmt: skip
    assert Paper.objects.get(pk=papers[0]).venue == "nips2021"


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
    acts = ("listed", "unlisted", "split", "slots", "venue", "nominated", "undone")
    assert len({say_bulk(act, 2) for act in (*acts, "another")}) == len(acts) + 1
    assert "events" in UNREMARKABLE[Paper]


# --- Pages


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
