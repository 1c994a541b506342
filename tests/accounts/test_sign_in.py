"""Signing in and out, and passwords."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from papers.models import Mail, Member
from tests import make
from tests.accounts.asked import write_asked_mails

LOGIN = "/accounts/login/"


def sign_in(browser: Client, login: str, password: str = make.PASSWORD) -> int:
    return browser.post(LOGIN, {"login": login, "password": password}).status_code


@pytest.mark.parametrize("login", ["ben", "Ben", "ben@lab.example", "BEN@lab.example"])
def test_a_member_signs_in_by_handle_or_address(stranger: Client, ben: Member, login: str) -> None:
    answer = stranger.post(LOGIN, {"login": login, "password": make.PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_signing_in_leads_to_where_one_wanted_to_go(stranger: Client, ben: Member) -> None:
    answer = stranger.post(
        f"{LOGIN}?next=/profile/", {"login": "ben", "password": make.PASSWORD, "next": "/profile/"}
    )
    assert answer["Location"] == "/profile/"


def test_signing_in_never_leads_to_another_site(stranger: Client, ben: Member) -> None:
    data = {"login": "ben", "password": make.PASSWORD, "next": "https://evil.example/"}
    assert stranger.post(LOGIN, data)["Location"] == "/"


def test_a_wrong_password_is_refused_with_one_sentence(stranger: Client, ben: Member) -> None:
    answer = stranger.post(LOGIN, {"login": "ben", "password": "wrong"})
    assert answer.status_code == 422
    assert "do not belong together" in answer.text
    unknown = stranger.post(LOGIN, {"login": "nobody", "password": "wrong"})
    assert "do not belong together" in unknown.text


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("alumni", "This account is closed"),
        ("placeholder", "do not belong together"),
        ("invited", "do not belong together"),
    ],
)
def test_who_is_not_active_cannot_sign_in(
    stranger: Client, lab: object, state: str, said: str
) -> None:
    make.member("gone", state=state)
    answer = stranger.post(LOGIN, {"login": "gone", "password": make.PASSWORD}, follow=True)
    assert said in answer.text
    assert stranger.get("/profile/").status_code == 302


def test_an_account_that_is_closed_ends_its_sessions(as_ben: Client, ben: Member) -> None:
    assert as_ben.get("/profile/").status_code == 200
    ben.state = Member.State.ALUMNI
    ben.save(update_fields=["state"])
    assert as_ben.get("/profile/").status_code == 302


def test_signing_out_needs_a_click(as_ben: Client) -> None:
    assert "Sign out?" in as_ben.get("/accounts/logout/").text
    assert as_ben.post("/accounts/logout/")["Location"] == LOGIN
    assert as_ben.get("/profile/").status_code == 302


@pytest.mark.unknown_addresses
@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/email/", "/accounts/login/code/"])
def test_pages_of_the_library_that_the_lab_does_not_use_do_not_exist(
    as_ben: Client, path: str
) -> None:
    assert as_ben.get(path).status_code == 404


def test_a_forgotten_password_is_set_anew_by_mail(stranger: Client, ben: Member) -> None:
    answer = stranger.post("/accounts/reset/", {"login": "BEN@lab.example"}, follow=True)
    assert "Check your email" in answer.text
    write_asked_mails()
    mail = Mail.objects.get()
    assert mail.to == "ben@lab.example"
    link = re.search(r"http://127\.0\.0\.1:8000(/accounts/reset/\S+)", mail.text)
    assert link
    page = stranger.get(link[1], follow=True)
    assert "Choose a new password" in page.text
    there = page.request["PATH_INFO"]
    wrong = stranger.post(there, {"password1": "a longer phrase", "password2": "another"})
    assert wrong.status_code == 422
    new = {"password1": "a longer phrase", "password2": "a longer phrase"}
    assert "Your password is saved" in stranger.post(there, new, follow=True).text
    assert sign_in(stranger, "ben", "a longer phrase") == 302
    assert "does not work any more" in stranger.get(link[1], follow=True).text


def test_a_password_is_changed_with_the_present_one(as_ben: Client, stranger: Client) -> None:
    data = {"oldpassword": "wrong", "password1": "a longer phrase", "password2": "a longer phrase"}
    wrong = as_ben.post("/accounts/password/", data)
    assert wrong.status_code == 422
    assert "not your present password" in wrong.text
    right = as_ben.post("/accounts/password/", {**data, "oldpassword": make.PASSWORD})
    assert right["Location"] == "/profile/"
    assert as_ben.get("/profile/").status_code == 200, "the session lives on"
    assert sign_in(stranger, "ben", "a longer phrase") == 302
