"""Dangerous acts ask for the password, unless the member has just signed in."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from papers.models import ApiToken, Member, Paper
from tests import make
from tests.clock import Clock

REASON = 'Listed twice:\n"<b>" & more'


@pytest.fixture(autouse=True)
def _an_hour_later(request: pytest.FixtureRequest, clock: Clock) -> None:
    """Everybody signed in an hour ago."""
    for name in ("as_ada", "as_ben"):
        if name in request.fixturenames:
            request.getfixturevalue(name)
    clock.move(timedelta(hours=1))


def list_fields(page: Any) -> dict[str, str]:
    """What the page that asks sends once more."""
    assert page.status_code == 422
    assert "Confirm it's you" in unescape(page.text)
    return dict(page.context["waiting"]) | {"confirm-back": page.context["back"]}


def test_the_form_goes_on_once_the_password_is_right(as_ada: Client):
    paper = make.paper("Twice")
    path = f"/papers/{paper.pk}/deletion/"
    page = as_ada.post(path, {"reason": REASON}, headers={"Referer": f"http://testserver{path}"})
    assert page.context["back"] == f"http://testserver{path}"
    fields = list_fields(page)
    assert fields["reason"] == REASON
    wrong = as_ada.post(path, fields | {"confirm-password": "not it"})
    assert list_fields(wrong) == fields
    assert Paper.objects.filter(pk=paper.pk).exists()
    right = as_ada.post(path, fields | {"confirm-password": make.PASSWORD})
    assert right.status_code == 302
    assert not Paper.objects.filter(pk=paper.pk).exists()
    again = as_ada.post(f"/papers/{make.paper('Other').pk}/deletion/", {"reason": "x"})
    assert again.status_code == 302, "asked once in half an hour"


@pytest.mark.parametrize(
    "path",
    [
        "topic-deletions/{topic}/", "topic-merges/{topic}/", "curation/members/ben/role/",
        "curation/members/ben/leaving/", "curation/", "curation/invitations/",
        "profile/email/", "profile/tokens/", "admin/papers/member/{ben}/change/",
        "curation/duplicates/{paper}/{paper}/", "curation/removals/1/undoing/", "curation/lab/",
        "curation/zotero/", "curation/digest/rooms/", "archives/", "profile/feeds/",
        "profile/bibliographies/", "profile/closing/",
        "curation/webhooks/1/test/", "curation/webhooks/1/activation/",
        "curation/webhooks/1/pause/", "curation/webhooks/1/removal/",
        "curation/webhooks/deliveries/1/resending/",
    ],
)  # fmt: skip
def test_what_is_dangerous_asks(as_ada: Client, ben: Member, path: str):
    found = path.format(topic=make.topic().pk, ben=ben.pk, paper=make.paper().pk)
    before = Member.objects.values().get(pk=ben.pk)
    assert list_fields(as_ada.post(f"/{found}", {"name": "x"}))["name"] == "x"
    assert Member.objects.values().get(pk=ben.pk) == before


def test_pages_and_harmless_acts_do_not_ask(as_ben: Client):
    assert as_ben.get("/profile/tokens/").status_code == 200
    assert as_ben.post("/profile/theme/", {"theme": "dark"}).status_code == 302


def test_those_who_may_not_are_refused_and_not_asked(as_ben: Client):
    assert as_ben.post(f"/papers/{make.paper().pk}/deletion/").status_code == 403
    assert as_ben.post("/admin/papers/member/add/")["Location"].startswith("/admin/login/")


def test_guessing_there_is_slowed_down(as_ben: Client):
    for _ in range(6):
        page = as_ben.post("/profile/tokens/", {"name": "x", "confirm-password": "guess"})
    assert "Too many attempts." in page.text
    late = as_ben.post("/profile/tokens/", {"name": "x", "confirm-password": make.PASSWORD})
    assert late.status_code == 422
    assert not ApiToken.objects.exists()


def test_how_long_it_holds_is_a_setting(settings: Any, as_ben: Client):
    settings.CONFIRM_AFTER = timedelta(hours=2)
    assert "Confirm it" not in as_ben.post("/profile/email/", {"email": "new@example.org"}).text


@pytest.mark.django_db(transaction=True)
def test_a_role_is_changed_on_the_page_itself(
    open_as: Any, ada: Member, ben: Member, clock: Clock, live_server: Any
):
    page: Page = open_as(ada)
    page.goto(f"{live_server.url}/curation/members/")
    clock.move(timedelta(hours=1))
    row = page.get_by_label("Role of Ben Member", exact=True)
    row.select_option("reader")
    row.locator("xpath=ancestor::form").get_by_role("button").click()
    expect(page.get_by_role("heading", name="Confirm it's you")).to_be_visible()
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_label("Role of Ben Member", exact=True)).to_have_value("reader")
    ben.refresh_from_db()
    assert ben.role == Member.Role.READER
