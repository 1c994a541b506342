"""Passkeys: adding, signing in with and without a password, and what is refused."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from papers import throttle
from papers.accounts.passkeys.queries import MOST
from papers.accounts.passkeys.views import TRIES
from papers.models import ApiToken, Mail, Member, Session, Throttle
from tests import make
from tests.accounts.authenticator import SoftPasskey
from tests.clock import Clock

PLACE, SIGN_IN = "/profile/passkeys/", "/accounts/passkey/"
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def open_browser() -> Client:
    return Client(SERVER_NAME="localhost", headers={"User-Agent": AGENT})


def type_password(browser: Client, member: Member) -> Any:
    sent = {"login": member.handle, "password": make.PASSWORD}
    return browser.post("/accounts/login/", sent)


def confirm(browser: Client) -> None:
    answer = browser.post("/accounts/confirmation/", {"password": make.PASSWORD})
    assert answer.status_code == 302


def add(browser: Client, passkey: SoftPasskey, name: str = "Laptop") -> Any:
    options = browser.get(f"{PLACE}new/").context["options"]
    sent = {"name": name, "credential": passkey.create(options)}
    return browser.post(f"{PLACE}new/", sent)


def ask(browser: Client) -> str:
    """What the script of the sign-in page is told."""
    found = browser.get(SIGN_IN, headers={"Accept": "application/json"}).json()
    return json.dumps(found["request_options"])


def sign_in(browser: Client, passkey: SoftPasskey, **changes: str) -> bool:
    answer = browser.post(SIGN_IN, {"credential": passkey.get(ask(browser), **changes)})
    assert answer.status_code == 302
    is_in = browser.get("/papers/").status_code == 200
    assert is_in or answer["Location"] == "/accounts/login/"
    return is_in


@pytest.fixture
def browser(ben: Member) -> Client:
    """Ben's, where he has just confirmed that it is him."""
    found = open_browser()
    type_password(found, ben)
    confirm(found)
    return found


@pytest.fixture
def passkey(browser: Client) -> SoftPasskey:
    """One that Ben added."""
    made = SoftPasskey()
    assert add(browser, made)["Location"] == "/profile/second-factor/codes/"
    return made


def test_adding_asks_who_it_is_gives_codes_and_is_told_by_mail(ben: Member):
    browser = open_browser()
    type_password(browser, ben)
    assert browser.get(f"{PLACE}new/")["Location"].startswith("/accounts/confirmation/")
    confirm(browser)
    made = SoftPasskey()
    page = browser.get(f"{PLACE}new/")
    asked = json.loads(page.context["options"])["publicKey"]
    assert asked["rp"] == {"id": "localhost", "name": "Reading room"}
    assert (asked["user"]["name"], asked["user"]["displayName"]) == ("ben", "Ben Member")
    assert asked["authenticatorSelection"]["residentKey"] == "preferred"
    assert page.context["form"].initial["name"] == "Firefox on Linux"
    nameless = browser.post(f"{PLACE}new/", {"credential": made.create(page.context["options"])})
    assert nameless.status_code == 422
    assert add(browser, made, "Work\nlaptop")["Location"] == "/profile/second-factor/codes/"
    assert "Work laptop" in browser.get(PLACE).text
    assert Authenticator.objects.filter(user=ben).count() == 2, "the passkey, and the codes"
    mail = Mail.objects.get(to=ben.email)
    assert "“Work laptop” was added" in mail.text
    assert "Browser: Firefox on Linux" in mail.text
    second = add(browser, SoftPasskey(), "Phone")
    assert second["Location"] == PLACE, "the codes are there already"


def test_it_signs_in_alone(ben: Member, passkey: SoftPasskey):
    browser = open_browser()
    sent = {"credential": passkey.get(ask(browser)), "next": "/topics/"}
    answer = browser.post(SIGN_IN, sent)
    assert answer["Location"] == "/topics/"
    assert browser.cookies["device"].value, "a known device from now on"
    session = Session.objects.get(pk=browser.session.session_key)
    assert (session.member, session.agent) == (ben, AGENT)
    assert not Throttle.objects.filter(kind="passkey", level__gte=1).exists()
    again = browser.post(SIGN_IN, sent)
    assert again.status_code == 302, "who is in is led on"


def test_and_after_the_password(ben: Member, passkey: SoftPasskey):
    browser = open_browser()
    assert type_password(browser, ben)["Location"] == "/accounts/code/"
    assert browser.get("/papers/").status_code == 302
    page = browser.get("/accounts/code/")
    other = SoftPasskey(user=passkey.user)
    wrong = browser.post("/accounts/code/", {"credential": other.get(page.context["options"])})
    assert wrong.status_code == 422
    assert "isn't one of yours" in wrong.context["errors_of"].errors["credential"][0]
    right = {"credential": passkey.get(wrong.context["options"])}
    assert browser.post("/accounts/code/", right).status_code == 302
    assert browser.get("/papers/").status_code == 200


def test_a_recovery_code_stands_in_for_a_lost_one(ben: Member, passkey: SoftPasskey):
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    browser = open_browser()
    type_password(browser, ben)
    assert browser.post("/accounts/code/", {"code": codes[0]}).status_code == 302
    assert browser.get("/papers/").status_code == 200


def test_one_that_knows_no_finger_is_good_after_the_password_alone(ben: Member, browser: Client):
    weak = SoftPasskey(is_verifying=False)
    add(browser, weak)
    assert "After the password only" in browser.get(PLACE).text
    assert not sign_in(open_browser(), weak)
    other = open_browser()
    type_password(other, ben)
    options = other.get("/accounts/code/").context["options"]
    other.post("/accounts/code/", {"credential": weak.get(options)})
    assert other.get("/papers/").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example"}, {"origin": "http://sub.localhost"},
        {"origin": "http://localhost:8000"}, {"host": "evil.example"}, {"key": SoftPasskey().key},
        {"id": b"another"}, {"user": "zz"}, {"user": ""}, {"user": "AAAA"},
    ],
)  # fmt: skip
def test_a_wrong_answer_lets_nobody_in(passkey: SoftPasskey, wrong: dict[str, Any]):
    forged = SoftPasskey(**{"key": passkey.key, "id": passkey.id, "user": passkey.user, **wrong})
    assert not sign_in(open_browser(), forged)
    assert sign_in(open_browser(), passkey)


def test_an_answer_is_good_for_one_challenge_and_one_member(
    cy: Member, ben: Member, passkey: SoftPasskey
):
    browser = open_browser()
    sent = {"credential": passkey.get(ask(browser))}
    assert browser.post(SIGN_IN, sent)["Location"] == "/"
    thief = open_browser()
    assert thief.post(SIGN_IN, sent)["Location"] == "/accounts/login/", "no challenge was asked for"
    ask(thief)
    assert thief.post(SIGN_IN, sent)["Location"] == "/accounts/login/", "another one was"
    other = open_browser()
    type_password(other, cy)
    confirm(other)
    add(other, SoftPasskey())
    as_cy = open_browser()
    type_password(as_cy, cy)
    options = as_cy.get("/accounts/code/").context["options"]
    assert as_cy.post("/accounts/code/", {"credential": passkey.get(options)}).status_code == 422


HOSTILE = [
    "", "x", "[]", "3", "null", "{}", '{"response": 3}', '{"response": {"userHandle": 3}}',
    '{"response": {"clientDataJSON": "e30"}}', '{"response": {"clientDataJSON": "////"}}',
    "[" * 9_000, '{"response":' * 900 + "1" + "}" * 900, "9" * 19_000, "{" + " " * 30_000 + "}",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_no_browser_sends_is_refused_in_words(browser: Client, text: str):
    stranger = open_browser()
    ask(stranger)
    assert stranger.post(SIGN_IN, {"credential": text})["Location"] == "/accounts/login/"
    page = stranger.get("/accounts/login/")
    assert "That passkey doesn't open an account here." in page.text.replace("&#x27;", "'")
    browser.get(f"{PLACE}new/")
    answer = browser.post(f"{PLACE}new/", {"name": "x", "credential": text})
    assert answer.status_code == 422
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("broken", ["attestationObject", "clientDataJSON"])
def test_a_broken_key_is_not_added(browser: Client, broken: str):
    for junk in (
        "AA",
        "oWNmbXQ",
        "v" * 900,
        "gYGBgYGB" * 200,
        "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YUA",
    ):
        options = browser.get(f"{PLACE}new/").context["options"]
        answer = json.loads(SoftPasskey().create(options))
        answer["response"][broken] = junk
        sent = {"name": "x", "credential": json.dumps(answer)}
        assert browser.post(f"{PLACE}new/", sent).status_code == 422
    assert not Authenticator.objects.exists()


def test_a_removed_one_and_one_of_an_alumnus_are_refused(
    ben: Member, browser: Client, passkey: SoftPasskey
):
    Member.objects.filter(pk=ben.pk).update(state=Member.State.ALUMNI)
    assert not sign_in(open_browser(), passkey)
    Member.objects.filter(pk=ben.pk).update(state=Member.State.ACTIVE)
    pk = Authenticator.objects.get(type="webauthn").pk
    fresh = open_browser()
    assert sign_in(fresh, passkey)
    question = fresh.get(f"{PLACE}{pk}/removal/")["Location"]
    assert question.startswith("/accounts/confirmation/")
    way = fresh.get("/accounts/confirmation/passkey/").context["options"]
    fresh.post("/accounts/confirmation/passkey/", {"credential": passkey.get(way)})
    assert "Remove “Laptop”?" in fresh.get(f"{PLACE}{pk}/removal/").text
    assert fresh.post(f"{PLACE}{pk}/removal/")["Location"] == PLACE
    assert not Authenticator.objects.exists(), "the codes go with the last second factor"
    assert "“Laptop” was removed" in Mail.objects.filter(to=ben.email).first().text
    assert not sign_in(open_browser(), passkey)
    assert type_password(open_browser(), ben)["Location"] == "/"


def test_the_last_way_into_an_account_stays(ben: Member, browser: Client, passkey: SoftPasskey):
    ben.set_unusable_password()
    ben.email = ""
    ben.save()
    fresh = open_browser()
    assert sign_in(fresh, passkey)
    way = fresh.get("/accounts/confirmation/passkey/").context["options"]
    fresh.post("/accounts/confirmation/passkey/", {"credential": passkey.get(way)})
    pk = Authenticator.objects.get(type="webauthn").pk
    assert "only way into your account" in fresh.get(f"{PLACE}{pk}/removal/").text
    assert "only way" in fresh.post(f"{PLACE}{pk}/removal/", follow=True).text
    assert sign_in(open_browser(), passkey)
    add(fresh, SoftPasskey(), "Spare")
    fresh.post(f"{PLACE}{pk}/removal/")
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_names_change_and_others_passkeys_are_nobodys_business(
    browser: Client, as_cy: Client, passkey: SoftPasskey
):
    pk = Authenticator.objects.get(type="webauthn").pk
    assert browser.post(f"{PLACE}{pk}/", {"name": ""}).status_code == 422
    assert browser.post(f"{PLACE}{pk}/", {"name": "<b>Key"})["Location"] == PLACE
    assert "&lt;b&gt;Key" in browser.get(PLACE).text
    assert as_cy.get(f"{PLACE}{pk}/").status_code == 404
    assert as_cy.post(f"{PLACE}{pk}/", {"name": "Mine"}).status_code == 404
    as_cy.post("/accounts/confirmation/", {"password": make.PASSWORD})
    assert as_cy.post(f"{PLACE}{pk}/removal/").status_code == 404
    assert sign_in(open_browser(), passkey)


def test_there_is_an_end_to_their_number(browser: Client, ben: Member, passkey: SoftPasskey):
    one = Authenticator.objects.get(type="webauthn")
    spare = [Authenticator(user=ben, type=one.type, data=one.data) for _ in range(MOST - 1)]
    Authenticator.objects.bulk_create(spare)
    assert "You have 20 passkeys." in add(browser, SoftPasskey()).text
    assert Authenticator.objects.filter(type="webauthn").count() == MOST


def test_curators_with_one_have_their_second_factor(settings: Any, ada: Member):
    settings.SECOND_FACTOR_FOR_CURATORS = True
    browser = open_browser()
    type_password(browser, ada)
    assert browser.get("/curation/")["Location"] == "/profile/second-factor/"
    confirm(browser)
    assert browser.get(PLACE).status_code == 200
    made = SoftPasskey()
    add(browser, made)
    assert browser.get("/curation/").status_code == 200
    fresh = open_browser()
    assert sign_in(fresh, made)
    assert fresh.get("/curation/").status_code == 200


def test_a_passkey_confirms_dangerous_acts(clock: Clock, passkey: SoftPasskey, ben: Member):
    browser = open_browser()
    assert sign_in(browser, passkey)
    clock.move(timedelta(hours=1))
    sent = {"name": "script", "scopes": ["read"], "days": "30"}
    page = browser.post("/profile/tokens/", sent)
    fields: dict[str, Any] = {}
    for name, value in page.context["waiting"]:
        fields.setdefault(name, []).append(value)
    wrong = SoftPasskey(user=passkey.user).get(page.context["options"])
    page = browser.post("/profile/tokens/", {**fields, "confirm-credential": wrong})
    assert page.status_code == 422
    assert not ApiToken.objects.exists()
    right = passkey.get(page.context["options"])
    answer = browser.post("/profile/tokens/", {**fields, "confirm-credential": right})
    assert answer.status_code == 302
    assert ApiToken.objects.get().member == ben


def test_behind_a_proxy_the_host_of_the_site_counts(settings: Any, ben: Member):
    settings.SITE, settings.IS_SECURE = urlsplit("https://papers.example.org"), True
    settings.ALLOWED_HOSTS = ["papers.example.org", "10.0.0.5"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    origin, host = "https://papers.example.org", "papers.example.org"
    for name in ("papers.example.org", "10.0.0.5"):
        browser = Client(SERVER_NAME=name, headers={"X-Forwarded-Proto": "https"})
        type_password(browser, ben)
        confirm(browser)
        made = SoftPasskey(origin=origin, host=host)
        assert add(browser, made).status_code == 302
        near = SoftPasskey(origin="https://wiki.papers.example.org", host=host)
        assert add(browser, near).status_code == 422
        fresh = Client(SERVER_NAME=name, headers={"X-Forwarded-Proto": "https"})
        assert sign_in(fresh, made)
        Authenticator.objects.all().delete()


def test_the_way_in_is_counted_and_other_ways_stay_open(ben: Member, passkey: SoftPasskey):
    count = TRIES.of("127.0.0.1")
    kind, slot = count.row
    full = {"level": count.limit.burst, "at": make.NOW + timedelta(hours=1)}
    Throttle.objects.update_or_create(kind=kind, slot=slot, defaults=full)
    browser = open_browser()
    answer = browser.get(SIGN_IN, headers={"Accept": "application/json"})
    assert (answer.status_code, "Too many" in answer.json()["said"]) == (429, True)
    assert browser.post(SIGN_IN, {"credential": "x"})["Location"] == "/accounts/login/"
    assert type_password(browser, ben)["Location"] == "/accounts/code/"
    with pytest.raises(throttle.TooOften):
        throttle.take(count, at=make.NOW)
