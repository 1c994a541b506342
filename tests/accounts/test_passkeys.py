"""Passkeys: adding, signing in with and without a password, removing."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client

from papers.accounts.passkeys.queries import MOST
from papers.models import ApiToken, Mail, Member, Session, Throttle
from tests import make
from tests.accounts.passkeys import (
    AGENT,
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
from tests.clock import Clock


def test_adding_asks_who_it_is_gives_codes_and_is_told_by_mail(ben: Member):
    laptop = open_browser()
    type_password(laptop, ben)
    assert laptop.get(f"{PLACE}new/")["Location"].startswith("/accounts/confirmation/")
    confirm(laptop)
    made = SoftPasskey()
    page = laptop.get(f"{PLACE}new/")
    asked = json.loads(page.context["options"])["publicKey"]
    assert asked["rp"] == {"id": "localhost", "name": "Reading room"}
    assert (asked["user"]["name"], asked["user"]["displayName"]) == ("ben", "Ben Member")
    assert asked["authenticatorSelection"]["residentKey"] == "preferred"
    assert page.context["form"].initial["name"] == "Firefox on Linux"
    nameless = laptop.post(f"{PLACE}new/", {"credential": made.create(page.context["options"])})
    assert nameless.status_code == 422
    assert add(laptop, made, "Work\nlaptop")["Location"] == "/profile/second-factor/codes/"
    assert "Work laptop" in laptop.get(PLACE).text
    assert Authenticator.objects.filter(user=ben).count() == 2, "the passkey, and the codes"
    mail = Mail.objects.get(to=ben.email)
    assert "“Work laptop” was added" in mail.text
    assert "Browser: Firefox on Linux" in mail.text
    second = add(laptop, SoftPasskey(), "Phone")
    assert second["Location"] == PLACE, "the codes are there already"


def test_it_signs_in_alone(ben: Member, passkey: SoftPasskey):
    laptop = open_browser()
    sent = {"credential": passkey.get(ask(laptop)), "next": "/topics/"}
    answer = laptop.post(SIGN_IN, sent)
    assert answer["Location"] == "/topics/"
    assert laptop.cookies["device"].value, "a known device from now on"
    session = Session.objects.get(pk=laptop.session.session_key)
    assert (session.member, session.agent) == (ben, AGENT)
    assert not Throttle.objects.filter(kind="passkey", level__gte=1).exists()
    again = laptop.post(SIGN_IN, sent)
    assert again.status_code == 302, "who is in is led on"


def test_and_after_the_password(ben: Member, passkey: SoftPasskey):
    laptop = open_browser()
    assert type_password(laptop, ben)["Location"] == "/accounts/code/"
    assert laptop.get("/papers/").status_code == 302
    page = laptop.get("/accounts/code/")
    other = SoftPasskey(user=passkey.user)
    wrong = laptop.post("/accounts/code/", {"credential": other.get(page.context["options"])})
    assert wrong.status_code == 422
    assert "isn't one of yours" in wrong.context["errors_of"].errors["credential"][0]
    right = {"credential": passkey.get(wrong.context["options"])}
    assert laptop.post("/accounts/code/", right).status_code == 302
    assert laptop.get("/papers/").status_code == 200


def test_a_recovery_code_stands_in_for_a_lost_one(ben: Member, passkey: SoftPasskey):
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    laptop = open_browser()
    type_password(laptop, ben)
    assert laptop.post("/accounts/code/", {"code": codes[0]}).status_code == 302
    assert laptop.get("/papers/").status_code == 200


def test_one_that_knows_no_finger_is_good_after_the_password_alone(ben: Member, laptop: Client):
    weak = SoftPasskey(is_verifying=False)
    add(laptop, weak)
    assert "After the password only" in laptop.get(PLACE).text
    assert not sign_in(open_browser(), weak)
    other = open_browser()
    type_password(other, ben)
    options = other.get("/accounts/code/").context["options"]
    other.post("/accounts/code/", {"credential": weak.get(options)})
    assert other.get("/papers/").status_code == 200


def test_a_removed_one_and_one_of_an_alumnus_are_refused(
    ben: Member, laptop: Client, passkey: SoftPasskey
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


def test_the_last_way_into_an_account_stays(ben: Member, laptop: Client, passkey: SoftPasskey):
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
    laptop: Client, as_cy: Client, passkey: SoftPasskey
):
    pk = Authenticator.objects.get(type="webauthn").pk
    assert laptop.post(f"{PLACE}{pk}/", {"name": ""}).status_code == 422
    assert laptop.post(f"{PLACE}{pk}/", {"name": "<b>Key"})["Location"] == PLACE
    assert "&lt;b&gt;Key" in laptop.get(PLACE).text
    assert as_cy.get(f"{PLACE}{pk}/").status_code == 404
    assert as_cy.post(f"{PLACE}{pk}/", {"name": "Mine"}).status_code == 404
    as_cy.post("/accounts/confirmation/", {"password": make.PASSWORD})
    assert as_cy.post(f"{PLACE}{pk}/removal/").status_code == 404
    assert sign_in(open_browser(), passkey)


def test_there_is_an_end_to_their_number(laptop: Client, ben: Member, passkey: SoftPasskey):
    one = Authenticator.objects.get(type="webauthn")
    spare = [Authenticator(user=ben, type=one.type, data=one.data) for _ in range(MOST - 1)]
    Authenticator.objects.bulk_create(spare)
    assert "You have 20 passkeys." in add(laptop, SoftPasskey()).text
    assert Authenticator.objects.filter(type="webauthn").count() == MOST


def test_curators_with_one_have_their_second_factor(settings: Any, ada: Member):
    settings.SECOND_FACTOR_FOR_CURATORS = True
    laptop = open_browser()
    type_password(laptop, ada)
    assert laptop.get("/curation/")["Location"] == "/profile/second-factor/"
    confirm(laptop)
    assert laptop.get(PLACE).status_code == 200
    made = SoftPasskey()
    add(laptop, made)
    assert laptop.get("/curation/").status_code == 200
    fresh = open_browser()
    assert sign_in(fresh, made)
    assert fresh.get("/curation/").status_code == 200


def test_a_passkey_confirms_dangerous_acts(clock: Clock, passkey: SoftPasskey, ben: Member):
    laptop = open_browser()
    assert sign_in(laptop, passkey)
    clock.move(timedelta(hours=1))
    sent = {"name": "script", "scopes": ["read"], "days": "30"}
    page = laptop.post("/profile/tokens/", sent)
    fields: dict[str, Any] = {}
    for name, value in page.context["waiting"]:
        fields.setdefault(name, []).append(value)
    wrong = SoftPasskey(user=passkey.user).get(page.context["options"])
    page = laptop.post("/profile/tokens/", {**fields, "confirm-credential": wrong})
    assert page.status_code == 422
    assert not ApiToken.objects.exists()
    right = passkey.get(page.context["options"])
    answer = laptop.post("/profile/tokens/", {**fields, "confirm-credential": right})
    assert answer.status_code == 302
    assert ApiToken.objects.get().member == ben
