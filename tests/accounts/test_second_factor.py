"""A second factor: setting it up, signing in with it, and requiring it of curators."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.test import Client

from papers.models import Member
from tests import make

AT = 1_795_003_215
"""Seconds; in the middle of one code."""

PLACE = "/profile/second-factor/"
pytestmark = pytest.mark.django_db


def sign_in(client: Client, member: Member) -> Any:
    sent = {"login": member.handle, "password": make.PASSWORD}
    return client.post("/accounts/login/", sent)


def confirm(client: Client) -> None:
    """Say once more who one is, as each change of the second factor asks."""
    answer = client.post("/accounts/confirmation/", {"password": make.PASSWORD})
    assert answer.status_code == 302


def make_code(secret: str, steps: int = 0) -> str:
    return f"{auth.hotp_value(secret, AT // 30 + steps):06}"


@pytest.fixture(autouse=True)
def _fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code must not change between being read and being typed."""
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: AT))


@pytest.fixture
def app(ben: Member) -> str:
    """Ben's app: the secret in it."""
    client = Client()
    sign_in(client, ben)
    assert client.get(f"{PLACE}app/")["Location"].startswith("/accounts/confirmation/")
    confirm(client)
    page = client.get(f"{PLACE}app/")
    secret: str = page.context["form"].secret
    answer = client.post(f"{PLACE}app/", {"code": make_code(secret)})
    assert answer["Location"] == f"{PLACE}codes/"
    return secret


def test_setting_it_up_gives_recovery_codes_and_seals_the_secret(ben: Member, app: str):
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert app not in stored
    assert Authenticator.objects.get(type="recovery_codes").user_id == ben.pk


def test_the_password_alone_does_not_sign_in(ben: Member, app: str):
    client = Client()
    answer = sign_in(client, ben)
    assert answer["Location"] == "/accounts/code/"
    assert client.get("/papers/").status_code == 302
    wrong = client.post("/accounts/code/", {"code": "000000"})
    assert wrong.status_code == 422
    assert "Wrong code." in wrong.text
    assert client.get("/papers/").status_code == 302


@pytest.mark.parametrize(("steps", "is_right"), [(-3, False), (-1, True), (1, True), (3, False)])
def test_a_phone_may_be_half_a_minute_off(ben: Member, app: str, steps: int, is_right: bool):
    client = Client()
    sign_in(client, ben)
    answer = client.post("/accounts/code/", {"code": make_code(app, steps)})
    assert (answer.status_code == 302) is is_right
    assert (client.get("/papers/").status_code == 200) is is_right


def test_a_recovery_code_works_once(ben: Member, app: str):
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    for status in (302, 422):
        client = Client()
        sign_in(client, ben)
        assert client.post("/accounts/code/", {"code": code}).status_code == status


def test_guessing_codes_is_slowed_down(ben: Member, app: str):
    client = Client()
    sign_in(client, ben)
    for _ in range(5):
        client.post("/accounts/code/", {"code": "000000"})
    answer = client.post("/accounts/code/", {"code": make_code(app)})
    assert answer.status_code == 422
    assert "Too many attempts." in answer.text


def test_nobody_reaches_the_second_step_without_the_first(app: str):
    assert Client().get("/accounts/code/")["Location"].startswith("/accounts/login/")


def test_a_change_asks_who_it_is(ben: Member, app: str):
    client = Client()
    sign_in(client, ben)
    client.post("/accounts/code/", {"code": make_code(app, 1)})
    for path in ("app/removal/", "codes/new/", "codes/file/"):
        answer = client.get(f"{PLACE}{path}")
        assert answer.status_code in {302, 403}
    wrong = client.post("/accounts/confirmation/", {"password": "not it"})
    assert wrong.status_code == 422
    confirm(client)
    assert client.get(f"{PLACE}codes/file/").text.count("\n") == 10
    assert client.post(f"{PLACE}app/removal/")["Location"] == PLACE
    assert not Authenticator.objects.exists()


def test_curators_need_one_where_the_setting_says_so(
    settings: Any, as_ada: Client, as_ben: Client, ada: Member
):
    assert as_ada.get("/curation/").status_code == 200
    settings.SECOND_FACTOR_FOR_CURATORS = True
    for path in ("/", "/papers/", "/curation/", "/admin/", "/profile/tokens/"):
        assert as_ada.get(path)["Location"] == PLACE
    assert "Curators need a second factor here." in as_ada.get("/curation/", follow=True).text
    assert as_ben.get("/papers/").status_code == 200
    Authenticator.objects.create(user=ada, type="totp", data={"secret": ""})
    assert as_ada.get("/curation/").status_code == 200
