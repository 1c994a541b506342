"""Inviting somebody whose name came with an import: one person, not two."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from papers.accounts.pasted_people import Person, read_people
from papers.curation.inviting.queries import find_namesakes
from papers.models import Invitation, Member
from tests import make

ANA = {"email": "ana.silva@lab.example", "name": "Ana Silva", "role": "member", "has_mail": "on"}


def make_placeholder(handle: str, name: str) -> Member:
    member = make.member(handle, name=name, email="", state=Member.State.PLACEHOLDER)
    make.claim(make.paper(), member, due_on=None)
    return member


def list_offered(answer: Any) -> list[tuple[str, bool]]:
    """What the form asks about, and whether it is selected."""
    form = answer.context["form"]
    chosen = form["take_over"].value()
    return [(key, key in chosen) for key, _ in form.fields["take_over"].choices]


@pytest.mark.parametrize(
    ("name", "email", "is_same"),
    [
        ("Ana Silva", "", True),
        ("silva, ANA", "", True),
        ("", "ana-silva@x.org", True),  # the handle
        ("", "silva.ana@x.org", False),
        ("Ana", "", False),
        ("Ana Maria Silva", "", False),
        ("Ana Souza", "", None),
        ("Bo Silva", "bo@x.org", None),
        ("", "info@x.org", None),
    ],
)
def test_names_agree_by_their_words(db: None, name: str, email: str, is_same: bool | None) -> None:
    make_placeholder("ana-silva", "Ana Silva")
    found = find_namesakes([Person(1, email, name)])
    assert [one.is_same for one in found] == ([] if is_same is None else [is_same])


def test_names_in_other_letters_agree_too(db: None) -> None:
    make_placeholder("tanaka", "田中 太郎")
    assert find_namesakes([Person(1, "", "田中　太郎")])[0].is_same
    assert find_namesakes([Person(1, "", "ＴＡＮＡＫＡ")]) == []


def test_whoever_has_an_account_is_asked_about_nobody(ben: Member) -> None:
    make_placeholder("ben-2", ben.name)
    assert find_namesakes([Person(1, ben.email, ben.name)]) == []
    assert find_namesakes([Person(1, ben.email.upper(), ben.name)]) == []


def test_the_owner_of_a_name_takes_it_over(as_ada: Client) -> None:
    member = make_placeholder("ana-silva", "Ana Silva")
    before = Member.objects.count()
    asked = as_ada.post("/curation/", ANA)
    assert asked.status_code == 422
    assert "One question first. Nothing was sent yet." in asked.text
    assert "Not saved" not in asked.text
    key = "ana-silva ana.silva@lab.example"
    assert list_offered(asked) == [(key, True)]
    assert not Invitation.objects.exists()
    done = as_ada.post("/curation/", {**ANA, "asked": [key], "take_over": [key]}, follow=True)
    assert "/invitations/" in done.text
    assert Invitation.objects.get().member == member
    assert Member.objects.count() == before


def test_somebody_else_of_that_name_is_a_new_person(as_ada: Client) -> None:
    member = make_placeholder("ana-silva", "Ana Silva")
    as_ada.post("/curation/", {**ANA, "asked": ["ana-silva ana.silva@lab.example"]})
    invited = Invitation.objects.get().member
    assert (invited.name, invited == member) == ("Ana Silva", False)


def test_what_was_not_asked_about_is_asked_even_if_a_form_says_so(as_ada: Client) -> None:
    make_placeholder("ana-silva", "Ana Silva")
    forged = {**ANA, "asked": ["someone x@x.org"], "take_over": ["someone x@x.org"]}
    assert as_ada.post("/curation/", forged).status_code == 422
    assert not Invitation.objects.exists()


def test_many_are_asked_about_at_once(as_ada: Client) -> None:
    ana, jo = make_placeholder("ana", "Ana"), make_placeholder("jo", "Jo Berg")
    text = "Ana Silva <ana.s@x.org>\nberg, jo: jo@x.org\nEve <eve@x.org>"
    sent = {"people": text.replace(":", ""), "role": "member", "days": "14"}
    asked = as_ada.post("/curation/invitations/", sent)
    assert list_offered(asked) == [("jo jo@x.org", True), ("ana ana.s@x.org", False)]
    both = ["jo jo@x.org", "ana ana.s@x.org"]
    done = as_ada.post("/curation/invitations/", {**sent, "asked": both, "take_over": both})
    assert done.status_code == 302
    invited = dict(Invitation.objects.values_list("email", "member"))
    assert (invited["jo@x.org"], invited["ana.s@x.org"]) == (jo.pk, ana.pk)
    assert Member.objects.get(pk=invited["eve@x.org"]).name == "Eve"


def test_one_name_goes_to_one_person(as_ada: Client) -> None:
    make_placeholder("ana", "Ana")
    sent = {"people": "Ana Silva <as@x.org>\nAna Souza <az@x.org>", "role": "member", "days": "14"}
    both = ["ana as@x.org", "ana az@x.org"]
    answer = as_ada.post("/curation/invitations/", {**sent, "asked": both, "take_over": both})
    assert answer.status_code == 422
    assert "each name once" in answer.text
    assert list_offered(answer) == [(both[0], True), (both[1], True)]
    assert not Invitation.objects.exists()


def test_an_address_that_got_an_account_meanwhile_is_left_out(as_ada: Client, ben: Member) -> None:
    make_placeholder("ana", "Ana")
    sent = {"people": f"Ana <{ben.email}>", "role": "member", "days": "14"}
    key = f"ana {ben.email}"
    done = as_ada.post(
        "/curation/invitations/", {**sent, "asked": [key], "take_over": [key]}, follow=True
    )
    assert "Already have an account" in done.text
    assert not Invitation.objects.exists()


def test_the_question_costs_two_queries_for_many(db: None, django_assert_num_queries: Any) -> None:
    for n in range(20):
        make_placeholder(f"p{n}", f"Person {chr(97 + n)}")
    text = "\n".join(f"Person {chr(97 + n)} <p{n}@x.org>" for n in range(20))
    with django_assert_num_queries(2):
        assert len(find_namesakes(read_people(text).people)) >= 20
