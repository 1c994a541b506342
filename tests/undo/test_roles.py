"""Roles are given back as far as the one who undoes may give them, and to who is there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from papers.accounts.actions.departures import LastAdministrator
from papers.curation.actions.lab import change_member, change_role, make_alumni
from papers.models import Event, Lab, Member
from tests import make
from tests.make import NOW
from tests.undo.test_settings import give_role, prepare
from tests.undo.test_undo import find_undo


def test_nobody_raises_an_administrator(lab: Lab, ada: Member, as_ada: Client):
    """A curator may not give an administrator a role, nor give one back."""
    root = make.member("root", is_superuser=True, role=Member.Role.CURATOR)
    chief = make.member("chief", is_superuser=True, role=Member.Role.CURATOR)
    change_role(member=chief, role="reader", by=root, at=NOW)
    [event] = Event.objects.filter(kind=Event.Kind.MEMBER_CHANGED)
    assert as_ada.post(f"/activity/{event.pk}/undo/").status_code == 404
    assert "Nothing to undo" in as_ada.get("/activity/undo/").text
    make.browser(root).post(f"/activity/{event.pk}/undo/")
    chief.refresh_from_db()
    assert chief.role == Member.Role.CURATOR


def test_who_lost_the_role_of_a_curator_does_not_take_it_back(lab: Lab, ada: Member):
    eve = make.member("eve", role=Member.Role.CURATOR)
    change_role(member=ada, role="member", by=ada, at=NOW)
    [event] = Event.objects.filter(kind=Event.Kind.MEMBER_CHANGED)
    ada.refresh_from_db()
    assert make.browser(ada).post(f"/activity/{event.pk}/undo/").status_code == 404
    make.browser(eve).post(f"/activity/{event.pk}/undo/")
    ada.refresh_from_db()
    assert ada.role == Member.Role.CURATOR


def test_the_last_curator_stays_one(lab: Lab, ada: Member, as_ada: Client):
    """The undo of a promotion is a demotion like any other."""
    eve = make.member("eve")
    change_role(member=eve, role="curator", by=ada, at=NOW)
    undo = find_undo(as_ada)
    Member.objects.filter(pk=ada.pk).update(role=Member.Role.MEMBER)
    answer = make.browser(eve).post(undo, follow=True)
    assert "at least one curator" in answer.text
    eve.refresh_from_db()
    assert eve.role == Member.Role.CURATOR


def test_an_undone_promotion_ends_the_sessions_of_the_member(lab: Lab, ada: Member, as_ada: Client):
    eve = make.member("eve")
    as_ada.post("/curation/members/eve/role/", {"role": "curator"})
    browser = make.browser(eve)
    assert browser.get("/curation/").status_code == 200
    as_ada.post(find_undo(as_ada))
    assert browser.get("/curation/").status_code == 302


def test_rights_and_settings_ask_for_the_password_again(
    lab: Lab, ada: Member, as_ada: Client, clock
):
    undo = prepare(give_role, ada, as_ada)[2]
    clock.start(NOW + timedelta(hours=12))
    asked = as_ada.post(undo, headers={"Referer": "http://testserver/activity/"})
    assert asked.status_code == 422
    assert Member.objects.get(handle="eve").role == Member.Role.READER
    sent = {"confirm-password": make.PASSWORD}
    answer = as_ada.post(undo, sent, headers={"Referer": f"http://testserver{undo}"})
    assert answer["Location"] == "/activity/undo/", "not to the address that only takes a form"
    assert Member.objects.get(handle="eve").role == Member.Role.CURATOR


def test_an_administrators_rights_are_undone_by_administrators_alone(
    lab: Lab, ada: Member, as_ada: Client
):
    root = make.member("root", is_superuser=True, role=Member.Role.CURATOR)
    eve = make.member("eve", is_superuser=True)
    change_member(member=eve, changes={"is_superuser": False}, by=root, at=NOW)
    undo = find_undo(make.browser(root))
    assert "ended the administrator rights of" in as_ada.get("/activity/?kind=curation").text
    assert undo not in as_ada.get("/activity/undo/").text
    assert as_ada.post(undo).status_code == 404, "a curator makes no administrator"
    assert "Undone." in make.browser(root).post(undo, follow=True).text
    eve.refresh_from_db()
    assert eve.is_superuser


def test_the_last_administrator_stays_one(lab: Lab, ada: Member):
    root = make.member("root", is_superuser=True, role=Member.Role.CURATOR)
    browser = make.browser(root)
    for act in (make_alumni, lambda **who: change_member(changes={"is_superuser": False}, **who)):
        with pytest.raises(LastAdministrator):
            act(member=root, by=root, at=NOW)
    answer = browser.post("/curation/members/root/leaving/", follow=True)
    assert "the last administrator" in answer.text
    root.refresh_from_db()
    assert root.is_superuser
    assert root.state == Member.State.ACTIVE


def test_an_account_that_its_owner_closed_meanwhile_stays_closed(
    lab: Lab, ada: Member, as_ada: Client
):
    eve = make.member("eve")
    make_alumni(member=eve, by=ada, at=NOW)
    undo = find_undo(as_ada)
    Member.objects.filter(pk=eve.pk).update(closed_at=NOW)
    assert as_ada.post(undo).status_code == 404
    assert Member.objects.get(pk=eve.pk).state == Member.State.ALUMNI
