"""What a passkey answers that is forged, broken, stale or asked for elsewhere lets nobody in."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from papers import throttle
from papers.accounts.passkeys.views import TRIES
from papers.models import Member, Throttle
from tests import make
from tests.accounts.passkeys import (
    PLACE,
    SIGN_IN,
    SoftPasskey,
    add,
    ask,
    confirm,
    open_browser,
    sign_in,
    type_password,
)


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
    laptop = open_browser()
    sent = {"credential": passkey.get(ask(laptop))}
    assert laptop.post(SIGN_IN, sent)["Location"] == "/"
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
def test_what_no_browser_sends_is_refused_in_words(laptop: Client, text: str):
    stranger = open_browser()
    ask(stranger)
    assert stranger.post(SIGN_IN, {"credential": text})["Location"] == "/accounts/login/"
    page = stranger.get("/accounts/login/")
    assert "That passkey doesn't open an account here." in page.text.replace("&#x27;", "'")
    laptop.get(f"{PLACE}new/")
    answer = laptop.post(f"{PLACE}new/", {"name": "x", "credential": text})
    assert answer.status_code == 422
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("broken", ["attestationObject", "clientDataJSON"])
def test_a_broken_key_is_not_added(laptop: Client, broken: str):
    for junk in (
        "AA",
        "oWNmbXQ",
        "v" * 900,
        "gYGBgYGB" * 200,
        "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YUA",
    ):
        options = laptop.get(f"{PLACE}new/").context["options"]
        answer = json.loads(SoftPasskey().create(options))
        answer["response"][broken] = junk
        sent = {"name": "x", "credential": json.dumps(answer)}
        assert laptop.post(f"{PLACE}new/", sent).status_code == 422
    assert not Authenticator.objects.exists()


def test_behind_a_proxy_the_host_of_the_site_counts(settings: Any, ben: Member):
    settings.SITE, settings.IS_SECURE = urlsplit("https://papers.example.org"), True
    settings.ALLOWED_HOSTS = ["papers.example.org", "10.0.0.5"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    origin, host = "https://papers.example.org", "papers.example.org"
    for name in ("papers.example.org", "10.0.0.5"):
        laptop = Client(SERVER_NAME=name, headers={"X-Forwarded-Proto": "https"})
        type_password(laptop, ben)
        confirm(laptop)
        made = SoftPasskey(origin=origin, host=host)
        assert add(laptop, made).status_code == 302
        near = SoftPasskey(origin="https://wiki.papers.example.org", host=host)
        assert add(laptop, near).status_code == 422
        fresh = Client(SERVER_NAME=name, headers={"X-Forwarded-Proto": "https"})
        assert sign_in(fresh, made)
        Authenticator.objects.all().delete()


def test_the_way_in_is_counted_and_other_ways_stay_open(ben: Member, passkey: SoftPasskey):
    count = TRIES.of("127.0.0.1")
    kind, slot = count.row
    full = {"level": count.limit.burst, "at": make.NOW + timedelta(hours=1)}
    Throttle.objects.update_or_create(kind=kind, slot=slot, defaults=full)
    laptop = open_browser()
    answer = laptop.get(SIGN_IN, headers={"Accept": "application/json"})
    assert (answer.status_code, "Too many" in answer.json()["said"]) == (429, True)
    assert laptop.post(SIGN_IN, {"credential": "x"})["Location"] == "/accounts/login/"
    assert type_password(laptop, ben)["Location"] == "/accounts/code/"
    with pytest.raises(throttle.TooOften):
        throttle.take(count, at=make.NOW)
