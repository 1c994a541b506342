"""Drafts stay with their author when an administrator moves the account and resets its password."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.test import Client

from papers import access
from papers.accounts.actions.draft_locks import count_locked
from papers.models import Mail, Member, Paper, ReviewDraft
from tests import make
from tests.accounts.asked import write_asked_mails
from tests.admin.panel import row_url

EVIL, NEW_PASSWORD, SECRET = "evil@x.example", "a longer phrase", "unpublished words"


@pytest.fixture
def root(lab: object) -> Member:
    return make.member("root", name="Root", is_superuser=True, role=Member.Role.CURATOR)


@pytest.fixture
def paper(ben: Member) -> Paper:
    """A paper on which Ben has a draft, and put another one away."""
    paper = make.paper()
    times = {"started_at": make.NOW, "saved_at": make.NOW}
    ReviewDraft.objects.create(paper=paper, member=ben, summary=SECRET, **times)
    ReviewDraft.objects.create(
        paper=paper, member=ben, summary=f"{SECRET} of old", discarded_at=make.NOW, **times
    )
    return paper


def move(root: Member, member: Member, email: str = EVIL) -> None:
    data = {"name": member.name, "handle": member.handle, "email": email}
    make.browser(root).post(row_url(member), data)


def get_in(email: str = EVIL) -> Client:
    """Reset the password by the link to this address, and sign in with the new one."""
    browser = Client()
    browser.post("/accounts/reset/", {"login": email})
    write_asked_mails()
    link = re.search(r"(/accounts/reset/\S+)", Mail.objects.filter(to=email)[0].text)
    assert link
    there = browser.get(link[1], follow=True).request["PATH_INFO"]
    browser.post(there, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    answer = browser.post("/accounts/login/", {"login": email, "password": NEW_PASSWORD})
    assert answer.status_code == 302
    return browser


def list_pages(paper: Paper) -> list[str]:
    return ["/", "/profile/", f"/papers/{paper.pk}/review/", paper.get_absolute_url(), "/papers/"]


def test_whoever_resets_a_moved_account_reads_no_draft(
    root: Member, ben: Member, paper: Paper
) -> None:
    move(root, ben)
    browser = get_in()
    for path in list_pages(paper):
        assert SECRET not in browser.get(path, follow=True).text, path
    browser.post(f"/papers/{paper.pk}/review/return/")
    assert list(access.drafts_of(Member.objects.get(pk=ben.pk))) == []
    browser.post("/profile/address/")
    assert count_locked(ben) == 2, "saying yes from inside opens nothing"
    assert "2 drafts are locked" in browser.get("/profile/").text
    assert ReviewDraft.objects.filter(summary__contains=SECRET).count() == 2


def test_the_address_from_before_opens_them(root: Member, ben: Member, paper: Paper) -> None:
    move(root, ben)
    browser = get_in()
    mail = Mail.objects.get(to="ben@lab.example", template="accounts/mail/drafts_locked")
    link = re.search(r"(/accounts/drafts/\S+)", mail.text)
    assert link
    assert "Unlock drafts" in Client().get(link[1]).text
    assert count_locked(ben) == 2, "a program that opens links opens no draft"
    Client().post(link[1])
    assert SECRET in browser.get(f"/papers/{paper.pk}/review/").text
    assert ReviewDraft.objects.get(discarded_at=None).summary == SECRET
    assert "unlocked already" in Client().get(link[1], follow=True).text


def test_whoever_runs_the_server_opens_them(root: Member, ben: Member, paper: Paper) -> None:
    move(root, ben)
    get_in()
    call_command("unlock_drafts", "BEN")
    assert count_locked(ben) == 0
    assert ReviewDraft.objects.get(discarded_at=None).summary == SECRET


def test_a_newer_draft_is_not_lost_to_an_unlocked_one(
    root: Member, ben: Member, paper: Paper
) -> None:
    move(root, ben)
    get_in()
    times = {"started_at": make.NOW, "saved_at": make.NOW}
    newer = ReviewDraft.objects.create(paper=paper, member=ben, summary="newer", **times)
    call_command("unlock_drafts", "ben")
    assert ReviewDraft.objects.get(discarded_at=None) == newer
    assert access.drafts_of(Member.objects.get(pk=ben.pk)).count() == 3


def test_a_member_who_agrees_keeps_drafts_open(root: Member, ben: Member, paper: Paper) -> None:
    move(root, ben, "ben@new.example")
    browser = Client()
    data = {"login": "ben", "password": make.PASSWORD}
    page = browser.post("/accounts/login/", data, follow=True)
    assert "An administrator changed your email" in page.text
    assert "from ben@lab.example to ben@new.example" in browser.get("/profile/").text
    browser.post("/profile/address/")
    inside = get_in("ben@new.example")
    assert SECRET in inside.get(f"/papers/{paper.pk}/review/").text


def test_signing_in_alone_is_no_agreement(root: Member, ben: Member, paper: Paper) -> None:
    move(root, ben)
    Client().post("/accounts/login/", {"login": "ben", "password": make.PASSWORD})
    get_in()
    assert count_locked(ben) == 2


def test_ones_own_reset_locks_nothing(ben: Member, paper: Paper) -> None:
    inside = get_in(ben.email)
    assert SECRET in inside.get(f"/papers/{paper.pk}/review/").text
