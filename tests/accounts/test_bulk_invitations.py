"""Inviting many: a pasted list of names and addresses."""

from __future__ import annotations

import pytest
from django.test import Client

from papers.accounts.pasted_people import read_people
from papers.models import Invitation, Mail, Member
from tests import make

PATH = "/curation/invitations/"
LIST = (
    "Ada Lovelace <Ada@x.org>\n* bob@x.org\n\nCarol\tcarol@x.org\nada@x.org, Ada\n"
    '"Li, Wei" <li@x.org>'
)


def test_people_are_read_as_they_are_pasted():
    found = read_people(LIST)
    assert [(one.email, one.name) for one in found.people] == [
        ("ada@x.org", "Ada Lovelace"), ("bob@x.org", ""), ("carol@x.org", "Carol"),
        ("li@x.org", "Li Wei"),
    ]  # fmt: skip
    assert found.unreadable == []


@pytest.mark.parametrize(
    ("text", "emails", "unreadable"),
    [
        ("a@x.org, b@x.org; c@x.org", ["a@x.org", "b@x.org", "c@x.org"], []),
        ("Ann a@x.org and Bo b@x.org", [], [1]),
        ("name,email\nAnn,a@x.org", ["a@x.org"], [1]),
        ("nobody", [], [1]),
        ("Æsa Ø. <aesa@x.org>", ["aesa@x.org"], []),
        ("", [], []),
    ],
)
def test_lines_without_one_address_are_named(text: str, emails: list[str], unreadable: list[int]):
    found = read_people(text)
    assert [one.email for one in found.people] == emails
    assert found.unreadable == unreadable


def test_each_gets_a_link_of_their_own(as_ada: Client, ben: Member):
    make.member("dora", email="dora@x.org")
    sent = {"people": f"{LIST}\nDora dora@x.org", "role": "reader", "days": "3"}
    page = as_ada.post(PATH, sent, follow=True)
    assert "4 invitations sent." in page.text
    assert "Already have an account: Dora." in page.text
    assert set(Mail.objects.values_list("to", flat=True)) == {
        "ada@x.org", "bob@x.org", "carol@x.org", "li@x.org",
    }  # fmt: skip
    rows = Invitation.objects.select_related("member")
    assert {row.member.role for row in rows} == {"reader"}
    assert {(row.expires_at - row.created_at).days for row in rows} == {3}
    assert len({row.token_hash for row in rows}) == 4
    as_ada.post(PATH, sent)
    assert Invitation.objects.filter(revoked_at=None).count() == 4


def test_one_wrong_line_and_nobody_is_invited(as_ada: Client):
    answer = as_ada.post(PATH, {"people": "a@x.org\nBob", "role": "member", "days": "14"})
    assert answer.status_code == 422
    assert "Line 2 has no email address we can read." in answer.text
    assert "Bob" in answer.text
    assert not Invitation.objects.exists()


def test_at_most_so_many_at_a_time(as_ada: Client):
    many = "\n".join(f"p{n}@x.org" for n in range(151))
    answer = as_ada.post(PATH, {"people": many, "role": "member", "days": "14"})
    assert "Invite at most 150 people at a time." in answer.text


def test_members_may_not(as_ben: Client):
    assert as_ben.post(PATH, {"people": "a@x.org"}).status_code == 403
