"""Sessions: where a member is signed in, and signing out there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client

from papers.accounts.sessions.browsers import name_browser, name_system
from papers.accounts.sessions.store import NOTED_EVERY, SessionStore
from papers.models import Member, Session
from tests import make
from tests.clock import Clock

PLACE = "/profile/sessions/"
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
DESK = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)


def sign_in(member: Member, agent: str) -> Client:
    client = Client(headers={"User-Agent": agent})
    sent = {"login": member.handle, "password": make.PASSWORD}
    assert client.post("/accounts/login/", sent).status_code == 302
    return client


@pytest.mark.parametrize(
    ("agent", "browser", "system"),
    [
        (LAPTOP, "Firefox", "Linux"),
        (PHONE, "Safari", "iPhone"),
        (DESK, "Edge", "Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0.0.0 Mobile Safari/5", "Chrome", "Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) OPR/120.0 Chrome/1", "Opera", "macOS"),
        ("", "", ""),
        ("Edgar", "", ""),
    ],
)  # fmt: skip
def test_browsers_are_named(agent: str, browser: str, system: str):
    assert (name_browser(agent), name_system(agent)) == (browser, system)


def test_the_page_lists_sessions_and_marks_this_one(clock: Clock, ben: Member, cy: Member):
    sign_in(cy, DESK)
    sign_in(ben, PHONE)
    clock.move(timedelta(hours=2))
    page = sign_in(ben, LAPTOP).get(PLACE)
    here, there = page.context["sessions"]
    assert (here.name, here.is_current) == ("Firefox on Linux", True)
    assert (there.name, there.is_current) == ("Safari on iPhone", False)
    assert "Last used" in page.text, page.text[page.text.find("Your sessions") :][:900]
    assert not any(session.session_key in page.text for session in Session.objects.all())


def test_a_session_signed_out_is_dead_at_its_next_request(ben: Member, cy: Member):
    laptop, phone, other = sign_in(ben, LAPTOP), sign_in(ben, PHONE), sign_in(cy, DESK)
    number = Session.objects.get(member=ben, agent=PHONE).number
    other.post(f"{PLACE}{number}/closing/")
    assert phone.get("/papers/").status_code == 200, "only one's own"
    answer = laptop.post(f"{PLACE}{number}/closing/", follow=True)
    assert "Signed out: Safari on iPhone." in answer.text
    assert phone.get("/papers/")["Location"].startswith("/accounts/login/")
    here = Session.objects.get(member=ben).number
    laptop.post(f"{PLACE}{here}/closing/")
    assert laptop.get("/papers/").status_code == 200, "this one is left by signing out"


def test_a_request_under_way_does_not_bring_a_session_back(ben: Member):
    laptop = sign_in(ben, LAPTOP)
    phone = SessionStore(sign_in(ben, PHONE).session.session_key)
    phone["typed"] = "late"
    laptop.post(f"{PLACE}others/closing/")
    with pytest.raises(UpdateError):
        phone.save()
    phone.note_use()
    assert Session.objects.get().agent == LAPTOP


def test_all_others_are_signed_out_at_once(ben: Member, cy: Member):
    laptop, *others = (sign_in(ben, agent) for agent in (LAPTOP, PHONE, DESK))
    stays = sign_in(cy, DESK)
    answer = laptop.post(f"{PLACE}others/closing/", follow=True)
    assert "Signed out 2 sessions." in answer.text
    assert [one.get("/papers/").status_code for one in others] == [302, 302]
    assert (laptop.get("/papers/").status_code, stays.get("/papers/").status_code) == (200, 200)


def test_a_new_password_ends_and_unlists_the_others(ben: Member):
    laptop, phone = sign_in(ben, LAPTOP), sign_in(ben, PHONE)
    new = "much better words"
    sent = {"oldpassword": make.PASSWORD, "password1": new, "password2": new}
    assert laptop.post("/accounts/password/", sent).status_code == 302
    (only,) = laptop.get(PLACE).context["sessions"]
    assert only.is_current
    assert phone.get("/papers/").status_code == 302


def test_use_is_written_down_every_few_minutes(clock: Clock, ben: Member):
    laptop = sign_in(ben, LAPTOP)
    first = Session.objects.get().used_at
    clock.move(NOTED_EVERY / 2)
    laptop.get(PLACE)
    assert Session.objects.get().used_at == first
    clock.move(NOTED_EVERY)
    laptop.get(PLACE)
    assert Session.objects.get().used_at > first
