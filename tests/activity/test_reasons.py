"""Whoever did something in the curators' log says why, once, and all members read it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from papers.activity.actions import give_reason
from papers.activity.queries import list_activity
from papers.events import record
from papers.models import Event, Lab, Member
from papers.models.event import CURATORS_ACTS
from tests import make
from tests.make import NOW

LOG = "/activity/?kind=curation"


def act(by: Member, kind: Event.Kind = Event.Kind.TOPIC_ADDED) -> str:
    event = record(kind, make.topic(), by=by, at=NOW)
    return f"/activity/{event.pk}/reason/"


def test_a_reason_is_given_once_and_read_by_all(
    lab: Lab, ada: Member, as_ada: Client, as_ben: Client
):
    there = act(ada)
    assert f'href="{there}"' in as_ada.get(LOG).text
    assert f'href="{there}"' not in as_ben.get(LOG).text
    assert "added the topic" in as_ada.get(there).text, "what it is about"
    answer = as_ada.post(there, {"reason": "Asked for by <b>Ben</b>."}, follow=True)
    assert "Reason added." in answer.text
    log = as_ben.get(LOG).text
    assert '<q dir="auto">Asked for by &lt;b&gt;Ben&lt;/b&gt;.</q>' in log
    assert there not in as_ada.get(LOG).text
    assert as_ada.post(there, {"reason": "Other words."}).status_code == 404
    assert give_reason(event=Event.objects.get(), reason="Other words.") is False
    assert as_ben.get(LOG).text.count("Asked for by") == 1


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_reason_is_a_line(reason: str, lab: Lab, ada: Member, as_ada: Client):
    there = act(ada)
    assert as_ada.post(there, {"reason": reason}).status_code == 422
    assert "reason" not in Event.objects.get().data


def test_nobody_gives_the_reason_of_another(
    lab: Lab, ada: Member, as_ada: Client, as_ben: Client, ben: Member
):
    eve = make.member("eve", role=Member.Role.CURATOR)
    there = act(ada)
    assert make.browser(eve).post(there, {"reason": "Because."}).status_code == 404
    assert as_ben.post(there, {"reason": "Because."}).status_code == 403
    assert as_ada.get(act(ada, Event.Kind.REVIEW_DELETED)).status_code == 404, "not in this log"


def test_a_reason_comes_within_thirty_days(lab: Lab, ada: Member, as_ada: Client, clock):
    there = act(ada)
    clock.start(NOW + timedelta(days=29))
    assert as_ada.get(there).status_code == 200
    clock.start(NOW + timedelta(days=31))
    as_ada.force_login(ada)
    assert as_ada.get(there).status_code == 404
    assert there not in as_ada.get(LOG).text


def test_the_message_of_an_act_leads_to_its_reason(lab: Lab, ada: Member, as_ada: Client):
    page = as_ada.post("/curation/appearance/", {"accent": "petrol"}, follow=True)
    [event] = Event.objects.filter(kind=Event.Kind.LAB_CHANGED)
    there = f"/activity/{event.pk}/reason/"
    assert f'href="{there}"' in page.text
    answer = as_ada.post(there, {"reason": "Our university's color."}, follow=True)
    assert "Accent color: Plum → Petrol" in answer.text
    assert "Our university&#x27;s color." in answer.text
    assert f"/activity/{event.pk}/undo/" in answer.text, "it can be undone as before"


def test_an_act_that_asked_for_its_reason_asks_no_more(lab: Lab, ada: Member, as_ada: Client):
    make.member("eve")
    sent = {"role": "curator", "reason": "Runs the group now."}
    page = as_ada.post("/curation/members/eve/role/", sent, follow=True)
    assert "Add a reason" not in page.text
    make.member("finn")
    page = as_ada.post("/curation/members/finn/role/", {"role": "curator"}, follow=True)
    assert "Add a reason" in page.text


def test_the_log_lists_what_can_be_explained(lab: Lab, ada: Member):
    for kind in CURATORS_ACTS:
        record(kind, by=ada, at=NOW)
    assert len(list_activity(ada, lab, group="curation").activities) == len(CURATORS_ACTS)
