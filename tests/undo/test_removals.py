"""Merges and deletions offer their undo beside the act, in the log, and among all undos."""

from __future__ import annotations

import pytest
from django.test import Client

from papers.models import Event, Lab, Paper, Removal, Topic
from tests import make
from tests.undo.test_undo import find_undo


def merge_topics() -> tuple[str, dict[str, object]]:
    kept, gone = make.topic("Detection"), make.topic("Detecting")
    return f"/topic-merges/{gone.pk}/", {"into": kept.pk}


def delete_topic() -> tuple[str, dict[str, object]]:
    return f"/topic-deletions/{make.topic('Empty').pk}/", {}


def merge_papers() -> tuple[str, dict[str, object]]:
    kept, gone = make.paper("Sharp minima"), make.paper("Sharp Minima")
    make.index()
    return f"/curation/duplicates/{kept.pk}/{gone.pk}/", {"keep": kept.pk}


def delete_paper() -> tuple[str, dict[str, object]]:
    return f"/papers/{make.paper('Sharp minima').pk}/deletion/", {"reason": "A test"}


ACTS = [merge_topics, delete_topic, merge_papers, delete_paper]


def find_state() -> object:
    """What these acts take away."""
    topics, papers = Topic.objects.order_by("pk"), Paper.objects.order_by("pk")
    return list(topics.values_list("name", "path")), list(papers.values_list("title"))


@pytest.mark.parametrize("act", ACTS)
def test_each_is_undone_where_it_was_done(lab: Lab, as_ada: Client, as_ben: Client, act) -> None:
    url, form = act()
    before = find_state()
    page = as_ada.post(url, form, follow=True).text
    assert find_state() != before
    undo = find_undo(as_ada)
    assert f'formaction="{undo}"' in page, "beside the act"
    assert f'formaction="{undo}"' in as_ada.get("/activity/").text
    assert Removal.objects.get().name in as_ada.get("/activity/undo/").text
    assert as_ben.post(undo).status_code == 404
    assert "Undone." in as_ada.post(undo, follow=True).text
    assert find_state() == before
    assert as_ada.post(undo).status_code == 404
    assert "Nothing to undo" in as_ada.get("/activity/undo/").text


def test_a_merge_into_what_was_merged_since_says_so(lab: Lab, as_ada: Client) -> None:
    url, form = merge_topics()
    as_ada.post(url, form)
    undo = find_undo(as_ada)
    other = make.topic("Vision")
    as_ada.post(f"/topic-merges/{form['into']}/", {"into": other.pk})
    assert "has itself been merged or deleted since" in as_ada.post(undo, follow=True).text


@pytest.mark.parametrize("act", [merge_topics, merge_papers, delete_paper])
def test_the_page_before_the_act_says_where_it_is_undone(lab: Lab, as_ada: Client, act) -> None:
    page = as_ada.get(act()[0]).text
    assert 'for 30 days under <a href="/curation/removals/">Merged &amp; deleted</a>' in page


def test_a_restored_lab_offers_no_undo_that_it_has_no_rows_for(lab: Lab, as_ada: Client) -> None:
    url, form = merge_topics()
    as_ada.post(url, form)
    Removal.objects.update(journal=[])
    assert Event.objects.filter(kind=Event.Kind.TOPIC_MERGED).exists()
    assert "Nothing to undo" in as_ada.get("/activity/undo/").text
