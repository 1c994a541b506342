"""What guards every page: the content policy, tokens in forms, cookies, ways back, limits."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib import admin
from django.http import HttpResponse
from django.test import Client

from papers.models import Lab, Member
from papers.outgoing import AddressRefused, look_up
from tests import make
from tests.house.test_bad_values import fill
from tests.house.test_site_map import ROUTES

MINE = [path for path in ROUTES if not path.startswith("admin/") and "(?P" not in path]

INLINE = re.compile(
    rb"<script(?![^>]*\bsrc=)[^>]*>\s*\S|<style|<[^>]+\s(?:style|on[a-z]+)\s*=\s*[\"']|"
    rb"(?:href|src|action)\s*=\s*[\"']?\s*(?:javascript|data:text)",
    re.IGNORECASE,
)
DATA = re.compile(rb"<script[^>]*type=\"application/json\"[^>]*>.*?</script>", re.DOTALL)
PANELS = [
    f"/admin/papers/{model._meta.model_name}/"
    for model in admin.site._registry
    if model._meta.app_label == "papers"
]


def check_policy(answer: HttpResponse, path: str) -> None:
    """Nothing runs on this page that is not a file of ours, whatever stands on it."""
    parts = answer["Content-Security-Policy"].split(";")
    policy = dict(part.strip().split(" ", 1) for part in parts)
    assert policy["default-src"] == "'none'", path
    assert policy["base-uri"] == policy["frame-ancestors"] == "'none'", path
    ends = ("/static/", "/admin/jsi18n/", "'none'")
    assert all(source.endswith(ends) for source in policy["script-src"].split()), path
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*"} & set(" ".join(policy.values()).split())
    if "html" in answer.get("Content-Type", ""):
        body = DATA.sub(b"", answer.content)
        assert not INLINE.search(body), (path, INLINE.search(body))


@pytest.fixture
def something(ada: Member, ben: Member) -> None:
    """One of most things."""
    paper = make.paper("One <b>of</b> us")
    make.review(paper, ben)
    make.listing(paper, make.topic("T"))
    make.experiment("Try it", paper=paper)


@pytest.mark.parametrize("path", [path for path in MINE if "<str" not in path])
def test_every_page_keeps_the_strict_policy(something: None, ada: Member, path: str) -> None:
    for who in (make.browser(ada), Client()):
        answer = who.get(fill(path, "1"))
        check_policy(answer, path)


@pytest.mark.parametrize("path", ["/admin/", "/admin/password_change/", "/admin/jsi18n/", *PANELS])
def test_the_admin_panel_keeps_it_too(something: None, ada: Member, path: str) -> None:
    make.member("root", is_superuser=True, role=Member.Role.CURATOR)
    page = make.browser(Member.objects.get(handle="root"))
    check_policy(page.get(path), path)
    if path in PANELS:
        for further in ("add/", "1/change/", "1/history/", "?q=x"):
            answer = page.get(path + further, follow=True)
            check_policy(answer, path + further)


@pytest.mark.unknown_addresses
def test_pages_that_refuse_keep_it_too(rea: Member, ada: Member) -> None:
    reader, curator = make.browser(rea), make.browser(ada)
    answers = {
        400: reader.get("/", headers={"Host": "evil.example"}),
        403: reader.get("/curation/"),
        404: reader.get("/nowhere/"),
        405: curator.get("/skips/"),
        413: curator.generic("POST", "/import/", b"", CONTENT_LENGTH=str(10**9)),
        422: curator.post("/papers/new/", {"title": ""}),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        check_policy(answer, str(status))


SIGNED = ("mail/leaving/<str:token>/", "chat/slack/", "chat/mattermost/")
"""Programs know no token of a form: there the address or the request is signed."""


@pytest.mark.parametrize("path", MINE)
def test_no_form_is_taken_without_its_token(something: None, ada: Member, path: str) -> None:
    page = Client(enforce_csrf_checks=True)
    page.force_login(ada, "papers.accounts.backends.MemberBackend")
    answer = page.post(fill(path, "1"), {"name": "x"})
    is_signed = path in SIGNED
    refused = 401 if path.startswith(("api/v1/", "api/mcp/")) else 403  # a session is no token
    assert answer.status_code == (404 if is_signed else refused)


FOREIGN = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "http://testserver.evil.example/",
)


@pytest.mark.parametrize("back", FOREIGN)
def test_the_way_back_never_leads_elsewhere(ada: Member, back: str) -> None:
    paper = make.paper("One")
    page = make.browser(ada)
    for path in (
        f"/papers/{paper.pk}/claim/",
        f"/papers/{paper.pk}/nomination/",
        "/profile/theme/",
    ):
        answer = page.post(path, {"next": back, "theme": "dark"})
        assert answer.status_code == 302
        assert re.match(r"/(?![/\\])", answer["Location"])
    ada.set_password(make.PASSWORD)
    ada.save()
    stranger = Client()
    answer = stranger.post(
        "/accounts/login/", {"login": "ada", "password": make.PASSWORD, "next": back}
    )
    assert answer.status_code == 302
    assert re.match(r"/(?![/\\])", answer["Location"])


def test_wrong_passwords_are_limited_in_place_as_at_the_front_door(ada: Member) -> None:
    for path in ("/accounts/login/", "/session/"):
        page = Client()
        answers = [
            page.post(path, {"login": f"ada{path}", "password": f"wrong {n}"}).content.decode()
            for n in range(7)
        ]
        assert "Too many attempts" in answers[-1]
        assert "Too many attempts" not in answers[0]


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fd00::1", "0.0.0.0",
     "2002:7f00:1::", "64:ff9b::7f00:1", "100.64.0.1", "224.0.0.1", "ff02::1", "fe80::1%lo",
     "2001:0:4136:e378:8000:63bf:3fff:fdd2"],
)  # fmt: skip
def test_no_post_reaches_into_the_own_network(address: str) -> None:
    with pytest.raises(AddressRefused):
        look_up(address, 443)


def test_cookies_of_a_site_with_tls_are_for_tls_and_not_for_scripts(tmp_path: Path) -> None:
    code = """
import json
import django
django.setup()
from django.conf import settings
names = [name for name in dir(settings) if "COOKIE" in name or name.startswith("SECURE_")]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "reviewapp.settings",
        "SITE_URL": "https://papers.example.org",
        "SECRET_KEY": "x" * 60,
        "DATABASE_URL": "postgres://a:b@localhost/c",
        "MAIL_URL": "smtp://localhost",
        "VAR_DIR": str(tmp_path),
    }
    found = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
    )
    kept = json.loads(found.stdout)
    for name in (
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "CSRF_COOKIE_HTTPONLY",
        "SECURE_SSL_REDIRECT",
        "SECURE_CONTENT_TYPE_NOSNIFF",
    ):
        assert kept[name] is True, name
    assert kept["SESSION_COOKIE_SAMESITE"] == kept["CSRF_COOKIE_SAMESITE"] == "Lax"
    assert kept["SECURE_HSTS_SECONDS"] >= 31_536_000


def test_a_stranger_in_a_public_lab_learns_nothing_of_claims_and_people(
    lab: Lab, ada: Member, ben: Member
) -> None:
    lab.public_reading = True
    lab.save()
    paper = make.paper("Open to all")
    make.claim(paper, ben)
    make.index()
    page = Client()
    for query in ("claimed-by:ben", "is:claimed", "is:overdue", "added-by:ada"):
        answer = page.get("/papers/", {"q": query}).content.decode()
        assert "Ben" not in answer.replace("claimed-by:ben", ""), query
    closed = ("/members/", "/members/ben/", "/experiments/", "/meetings/", "/activity/", "/import/")
    for path in (*closed, f"/papers/{paper.pk}/comments/", "/search/mentions/?q=@be"):
        assert page.get(path).status_code in {302, 404}, path
    assert "Ben" not in page.get(paper.get_absolute_url(), follow=True).content.decode()


def test_the_sweeps_see_the_whole_site() -> None:
    assert len(MINE) > 100
    assert len(ROUTES) > len(MINE)
    assert len(PANELS) > 20
