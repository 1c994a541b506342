"""Every answer says who may keep it: no page of a member stays in a cache that others share."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from papers.models import Member
from tests import make
from tests.house.test_bad_values import fill
from tests.house.test_site_map import ROUTES

SECRET = ("/accounts/", "/invitations/", "/session/", "/profile/", "/mail/")
APART = {"admin/jsi18n/", "health/", "accounts/logout/", "admin/logout/"}
"""The words of the panel's scripts say so themselves; two end a session."""


@pytest.mark.slow
@pytest.mark.unknown_addresses
@pytest.mark.usefixtures("quiet")
@pytest.mark.django_db
def test_no_answer_may_be_kept_for_others(ada: Member) -> None:
    """Pages, fragments, redirects, refusals and errors, of members and of strangers."""
    pages = [make.browser(ada), Client()]
    for path in (*sorted({*ROUTES} - APART), "no-such-page"):
        for page in pages:
            for headers in ({}, {"HX-Request": "true"}):
                for method in ("GET", "POST"):
                    answer = page.generic(method, fill(path, "1"), headers=headers)
                    said = set(re.split(r",\s*", answer.get("Cache-Control", "")))
                    where = (method, path, answer.status_code, said)
                    assert "no-store" in said or {"private", "no-cache"} <= said, where
                    assert "no-store" in said or not fill(path, "1").startswith(SECRET), where


@pytest.mark.unknown_addresses
def test_what_is_refused_early_is_not_kept_either(stranger: Client) -> None:
    for answer in (
        stranger.get("/", headers={"Host": "evil.example"}),
        stranger.generic("GET", "/", b"x", "text/plain; charset=utf-7"),
        stranger.get("/a%00b/"),
    ):
        assert answer.status_code in {400, 404, 415}
        assert "private" in answer["Cache-Control"]


def test_files_of_the_site_may_be_kept(stranger: Client) -> None:
    answer = stranger.get("/static/css/site.css")
    assert "private" not in answer.get("Cache-Control", "")
    b"".join(answer)
    answer.close()
