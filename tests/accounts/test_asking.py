"""Asking for a mail: one answer for every address, and no more mails than anybody needs."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from papers.accounts.account_mails import MAILS_BY_MEMBER, MAILS_BY_STRANGER, MAILS_TO
from papers.accounts.actions import invitations
from papers.models import Mail, Member
from tests import make
from tests.accounts.asked import write_asked_mails

KNOWN, UNKNOWN, ALUMNUS = "ben@lab.example", "who@lab.example", "dan@lab.example"


def watch(browser: Client, path: str, data: dict[str, str]) -> tuple[Any, list[str], str]:
    """Status and way on, the statements without their values, and the page after it."""
    with CaptureQueriesContext(connection) as queries:
        answer = browser.post(path, data)
    statements = [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries]
    page = browser.get(answer["Location"]).text
    for address in data.values():
        page = page.replace(address, "ADDRESS")
    page = re.sub(r"\b\w{64}\b", "TOKEN", page)
    return (answer.status_code, answer["Location"]), statements, page


@pytest.mark.parametrize("path", ["/accounts/reset/", "/accounts/device/"])
def test_strangers_get_one_answer_for_every_address(ben: Member, dan: Member, path: str) -> None:
    answers = [
        watch(Client(REMOTE_ADDR=f"192.0.2.{n}"), path, {"login": login})
        for n, login in enumerate((KNOWN, UNKNOWN, ALUMNUS))
    ]
    assert answers[0] == answers[1] == answers[2]
    assert not any("papers_member" in statement for statement in answers[0][1])
    write_asked_mails()
    assert [mail.to for mail in Mail.objects.all()] == [KNOWN]


def test_members_get_one_answer_for_every_new_address(as_ben: Client, cy: Member) -> None:
    watch(as_ben, "/profile/email/", {"email": "first@lab.example"})
    answers = [
        watch(as_ben, "/profile/email/", {"email": email})
        for email in ("cy@lab.example", "free@lab.example")
    ]
    assert answers[0] == answers[1]
    write_asked_mails()
    assert "belongs to another account" in Mail.objects.get(to="cy@lab.example").text
    assert "/profile/email/" in Mail.objects.get(to="free@lab.example").text


def test_a_member_asks_for_few_mails(as_ben: Client) -> None:
    codes = [
        as_ben.post("/profile/email/", {"email": f"a{n}@x.example"}).status_code for n in range(50)
    ]
    assert codes.count(302) == MAILS_BY_MEMBER.burst
    assert set(codes) == {302, 422}
    write_asked_mails()
    assert Mail.objects.count() == MAILS_BY_MEMBER.burst
    refused = as_ben.post("/profile/email/", {"email": "late@x.example"})
    assert "Too many attempts. Try again in 10 minutes." in refused.text


def test_one_address_gets_few_mails_whoever_asks(ben: Member) -> None:
    for n in range(30):
        asker = make.browser(make.member(f"asker{n}"))
        asker.post("/profile/email/", {"email": "Victim@x.example"})
        Client(REMOTE_ADDR=f"192.0.2.{n}").post("/accounts/reset/", {"login": KNOWN})
        Client(REMOTE_ADDR=f"192.0.2.{n}").post("/accounts/device/", {"login": "ben"})
    write_asked_mails()
    assert Mail.objects.filter(to="victim@x.example").count() == MAILS_TO.burst
    assert Mail.objects.filter(to=KNOWN).count() == MAILS_TO.burst


def test_a_stranger_asks_for_few_mails(ben: Member) -> None:
    browser = Client()
    answers = [browser.post("/accounts/reset/", {"login": f"a{n}@x.example"}) for n in range(30)]
    assert [answer.status_code for answer in answers].count(302) == MAILS_BY_STRANGER.burst
    assert "Too many attempts" in answers[-1].text
    assert len(write_asked_mails()) == MAILS_BY_STRANGER.burst


def test_an_invitation_that_was_mailed_often_is_handed_on_by_hand(
    as_ada: Client, ada: Member
) -> None:
    issued = invitations.invite_member(
        email="eve@x.example", name="Eve", role="member", by=ada, at=make.NOW
    )
    for _ in range(20):
        issued = invitations.renew_invitation(invitation=issued.invitation, by=ada, at=make.NOW)
    assert issued.is_held_back
    assert "/invitations/" in issued.url
    assert Mail.objects.filter(to="eve@x.example").count() == MAILS_TO.burst


def test_a_link_that_lets_in_is_in_no_column_in_clear(ben: Member, ada: Member) -> None:
    Client().post("/accounts/reset/", {"login": KNOWN})
    make.browser(ben).post("/profile/email/", {"email": "new@lab.example"})
    invitations.invite_member(email="e@x.example", name="", role="member", by=ada, at=make.NOW)
    write_asked_mails()
    links = [
        re.search(r"https?://\S+/((?:accounts/reset|profile/email|invitations)/\S{20,})", mail.text)
        for mail in Mail.objects.all()
    ]
    assert len(links) == 3
    tokens = [link[1].rstrip("/").rpartition("/")[2] for link in links if link]
    for table in connection.introspection.table_names():
        assert find_in_table(table, "accounts/reset/", "profile/email/", *tokens) == 0, table


def find_in_table(table: str, *words: str) -> int:
    """How many rows hold one of the words in any column."""
    holds = " OR ".join(["position(%s in line::text) > 0"] * len(words))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} AS line WHERE {holds}", words)
        return int(cursor.fetchone()[0])


def test_the_text_of_a_mail_is_read_with_the_secret_key_alone(ben: Member, settings: Any) -> None:
    Client().post("/accounts/reset/", {"login": KNOWN})
    write_asked_mails()
    assert "/accounts/reset/" in Mail.objects.get().text
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key"
    assert Mail.objects.get().text is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert "/accounts/reset/" in Mail.objects.get().text
