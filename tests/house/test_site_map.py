"""Sweeps over every address of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from papers.models import Member
from papers.text.titles import TAKEN_SLUGS

OPEN = re.compile(
    r"^(robots\.txt|favicon|\.well-known/|accounts/|api/(v1|mcp)/|invitations/|session/|health/"
    r"|admin/|profile/email/|manifest\.)"
)
"""What a stranger must reach to sign in, or answers for itself (the API with 401); the panel sends
her away."""


def list_patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from list_patterns(entry, path)
        else:
            yield path, entry


def fill(path: str) -> str:
    path = re.sub(r"<(?:key|uuid):\w+>", "1", path)
    path = re.sub(r"<day:\w+>", "2026-11-18", path)
    return "/" + re.sub(r"<[^>]+>", "x", path)


ROUTES = sorted({path for path, _ in list_patterns(get_resolver())})
CLOSED = [path for path in ROUTES if not OPEN.match(path) and "(?P" not in path]


def test_the_site_map_is_swept():
    assert len(CLOSED) > 40


@pytest.mark.django_db
@pytest.mark.parametrize("path", CLOSED)
def test_a_stranger_is_sent_to_sign_in(stranger: Client, path: str):
    for method in ("get", "post"):
        answer = getattr(stranger, method)(fill(path))
        assert answer.status_code in {302, 404, 405}, (method, path)
        if answer.status_code == 302:
            assert answer["Location"].startswith("/accounts/login/"), (method, path)


@pytest.mark.django_db
@pytest.mark.parametrize("path", CLOSED)
def test_htmx_learns_that_the_session_has_ended(stranger: Client, path: str):
    answer = stranger.post(fill(path), headers={"HX-Request": "true"})
    assert answer.status_code in {401, 302, 404, 405}, path


WITH_A_FACTOR = {
    "profile/second-factor/app/removal/", "profile/second-factor/codes/",
    "profile/second-factor/codes/file/",
}  # fmt: skip
"""Pages about an authenticator app, which are not there for whoever has none."""


@pytest.mark.django_db
@pytest.mark.parametrize("path", [p for p in CLOSED if "<" not in p])
def test_every_plain_page_opens_for_a_member_or_says_why_not(ada: Member, path: str):
    answer = make_browser(ada).get(fill(path))
    expected = {404} if path in WITH_A_FACTOR else {200, 302, 405}
    assert answer.status_code in expected, path


def make_browser(member: Member) -> Client:
    from tests import make

    return make.browser(member)


def test_no_paper_has_a_slug_that_names_another_page():
    beside = {m[1] for path in ROUTES if (m := re.match(r"papers/<key:pk>/([a-z]+)/", path))}
    assert beside == TAKEN_SLUGS
