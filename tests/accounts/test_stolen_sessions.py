"""A session that somebody copied is dead at its next request, whatever ended it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from papers.curation.actions import lab
from papers.models import Member, Session
from tests import make
from tests.clock import CLOCK

NEW = "much better words"


def change_password(member: Member, browser: Client) -> None:
    sent = {"oldpassword": make.PASSWORD, "password1": NEW, "password2": NEW}
    assert browser.post("/accounts/password/", sent).status_code == 302


def get_another_role(member: Member, browser: Client) -> None:
    root = make.member("root", is_superuser=True)
    role = "curator" if member.role == Member.Role.MEMBER else "member"
    assert make.browser(root).post(f"/curation/members/{member.handle}/role/", {"role": role})


def become_administrator(member: Member, browser: Client) -> None:
    root = make.member("root", is_superuser=True)
    lab.change_member(member=member, changes={"is_superuser": True}, by=root, at=CLOCK.now())


def leave(member: Member, browser: Client) -> None:
    root = make.member("root", is_superuser=True)
    lab.make_alumni(member=member, by=root, at=CLOCK.now())


def leave_and_return(member: Member, browser: Client) -> None:
    leave(member, browser)
    root = Member.objects.get(handle="root")
    assert lab.reactivate_member(member=member, by=root, at=CLOCK.now())


def sign_out_elsewhere(member: Member, browser: Client) -> None:
    stolen = Session.objects.filter(member=member).exclude(pk=browser.session.session_key).get()
    browser.post(f"/profile/sessions/{stolen.number}/closing/")


def sign_out_everywhere_else(member: Member, browser: Client) -> None:
    browser.post("/profile/sessions/others/closing/")


def close_account(member: Member, browser: Client) -> None:
    sent = {"name": "keep", "handle": member.handle}
    assert browser.post("/profile/closing/", sent).status_code == 302


@pytest.mark.parametrize(
    "end",
    [
        change_password, get_another_role, become_administrator, leave, leave_and_return,
        sign_out_elsewhere, sign_out_everywhere_else, close_account,
    ],
)  # fmt: skip
@pytest.mark.parametrize("role", ["member", "curator"])
def test_a_stolen_session_is_dead(
    ada: Member, end: Callable[[Member, Client], None], role: str
) -> None:
    member = make.member("ben", role=role)
    browser, stolen = make.browser(member), Client()
    stolen.cookies["sessionid"] = make.browser(member).cookies["sessionid"].value
    assert stolen.get("/papers/").status_code == 200
    end(member, browser)
    for headers in ({}, {"If-None-Match": "*"}):
        again = stolen.get("/papers/", headers=headers)
        assert again.status_code == 302
        assert again["Location"].startswith("/accounts/login/")
    assert stolen.post("/profile/theme/", {"theme": "dark"}).status_code == 302
    assert Member.objects.get(pk=member.pk).theme == "system"
