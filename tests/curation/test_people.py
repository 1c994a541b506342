"""Invitations, placeholders, roles and leaving on the curator's desk."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from papers.accounts.actions import invitations
from papers.accounts.actions.departures import LastCurator
from papers.curation.actions.lab import make_alumni, reactivate_member
from papers.models import Claim, Event, Invitation, Lab, Mail, Member, PaperPair
from tests import make

INVITE = {"email": "eve@lab.example", "name": "Eve", "role": "reader", "has_mail": "on"}


def test_curation_opens_on_what_needs_a_hand(as_ada: Client, ada: Member, ben: Member) -> None:
    assert "Needs attention" not in as_ada.get("/curation/").text
    late, same = make.paper("Late"), make.paper("Late!")
    make.claim(late, ben, due_on=make.NOW.date() - timedelta(days=1))
    make.member("joe", name="Joe", state=Member.State.PLACEHOLDER)
    PaperPair.objects.create(one=late, other=same, suggested_by=ben, suggested_at=make.NOW)
    page = as_ada.get("/curation/").text
    for url, text in (
        ("/papers/?q=is:overdue", "1 claim is overdue"),
        ("/curation/duplicates/", "1 suggested duplicate"),
        ("/curation/placeholders/", "1 name from imports to invite"),
    ):
        assert f'<a href="{url}">{text}</a>' in page


def test_an_invitation_shows_its_link_once(as_ada: Client, stranger: Client) -> None:
    answer = as_ada.post("/curation/", INVITE, follow=True)
    link = re.search(r"http://127\.0\.0\.1:8000(/invitations/[\w-]+/)", answer.text)
    assert link
    assert stranger.get(link[1]).status_code == 200
    page = as_ada.get("/curation/").text
    assert "eve@lab.example" in page
    assert link[1] not in page
    assert Mail.objects.get().to == "eve@lab.example"


def test_an_invitation_without_an_address_is_a_link(as_ada: Client) -> None:
    answer = as_ada.post("/curation/", {"name": "Eve", "role": "member"}, follow=True)
    assert "/invitations/" in answer.text
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": "ben@lab.example"}, "already has an account with this email address"),
        ({"email": "", "name": ""}, "Enter an email address, or a name"),
        ({"email": "nonsense"}, "valid email address"),
        ({"role": "king"}, "valid choice"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused(
    as_ada: Client, ben: Member, fields: dict[str, str], sentence: str
) -> None:
    answer = as_ada.post("/curation/", {**INVITE, **fields})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Invitation.objects.exists()


def test_an_invitation_is_renewed_and_taken_back(as_ada: Client, ada: Member) -> None:
    at = make.NOW - timedelta(days=20)
    old = invitations.invite_member(email="eve@lab.example", name="", role="member", by=ada, at=at)
    assert "expired" in as_ada.get("/curation/").text
    as_ada.post(f"/curation/invitations/{old.invitation.pk}/renewal/")
    new = Invitation.objects.get(revoked_at=None)
    assert new.expires_at > make.NOW
    as_ada.post(f"/curation/invitations/{new.pk}/revocation/")
    assert "No pending invitations" in as_ada.get("/curation/").text


def test_a_placeholder_is_invited_with_its_work_named(as_ada: Client) -> None:
    owner = make.member("motokawa", state="placeholder", email="")
    make.claim(make.paper(), owner, due_on=None)
    make.claim(make.paper(), owner, due_on=None)
    make.review(make.paper(), owner)
    page = as_ada.get("/curation/placeholders/").text
    assert 'data-label="On reading list">2<' in page
    assert 'data-label="Reviews">1<' in page
    path = "/curation/placeholders/motokawa/invitation/"
    assert "2 papers and 1 review" in as_ada.get(path).text
    data = {"email": "m@lab.example", "role": "member", "has_mail": "on"}
    assert "/invitations/" in as_ada.post(path, data, follow=True).text
    assert Invitation.objects.get().member == owner
    wrong = as_ada.post(path, {**data, "email": "ada@lab.example"})
    assert wrong.status_code == 422


def test_only_placeholders_are_taken_over(as_ada: Client, ben: Member) -> None:
    assert as_ada.get("/curation/placeholders/ben/invitation/").status_code == 404


def test_a_member_who_leaves_frees_slots_and_keeps_all_else(
    as_ada: Client, ben: Member, as_ben: Client
) -> None:
    lease = make.claim(make.paper(), ben)
    standing = make.claim(make.paper(), ben, due_on=None)
    review = make.review(make.paper(), ben)
    as_ada.post("/curation/members/ben/leaving/")
    ben.refresh_from_db()
    assert (ben.state, ben.is_active) == ("alumni", False)
    assert Claim.objects.get(pk=lease.pk).ending == Claim.Ending.RELEASED
    assert Claim.objects.get(pk=standing.pk).is_open
    assert ben.reviews.get() == review
    assert as_ben.get("/profile/").status_code == 302
    as_ada.post("/curation/members/ben/leaving/")
    assert Event.objects.filter(kind=Event.Kind.MEMBER_CHANGED).count() == 1


def test_who_comes_back_signs_in_again(as_ada: Client, dan: Member) -> None:
    assert "Dan Alumnus" in as_ada.get("/curation/members/?state=alumni").text
    as_ada.post("/curation/members/dan/return/")
    dan.refresh_from_db()
    assert dan.is_active


def test_a_name_that_left_and_returns_is_a_placeholder_again(ada: Member) -> None:
    name = Member.objects.create_user("ghost", None, name="Ghost", state="placeholder")
    make_alumni(member=name, by=ada, at=make.NOW)
    reactivate_member(member=name, by=ada, at=make.NOW)
    name.refresh_from_db()
    assert name.state == "placeholder"


def test_a_role_is_changed_once(as_ada: Client, ben: Member) -> None:
    for _ in range(2):
        as_ada.post("/curation/members/ben/role/", {"role": "curator"})
    ben.refresh_from_db()
    assert ben.is_curator
    assert Event.objects.get().data == {"role": ["member", "curator"]}
    assert as_ada.post("/curation/members/ben/role/", {"role": "king"}).status_code == 422


def test_the_last_curator_stays(as_ada: Client, ada: Member) -> None:
    for path, data in (("leaving", {}), ("role", {"role": "member"})):
        page = as_ada.post(f"/curation/members/ada/{path}/", data, follow=True)
        assert "You need at least one curator" in page.text
    ada.refresh_from_db()
    assert (ada.state, ada.role) == ("active", "curator")


def test_a_curator_does_not_touch_administrators(as_ada: Client, lab: Lab) -> None:
    root = Member.objects.create_superuser("root", "x", name="Root", email="root@lab.example")
    for path in ("leaving", "return", "role"):
        answer = as_ada.post(f"/curation/members/root/{path}/", {"role": "reader"})
        assert answer.status_code == 404
    root.refresh_from_db()
    assert root.is_active


@pytest.mark.parametrize(
    "path",
    [
        "/curation/invitations/1/renewal/",
        "/curation/invitations/1/revocation/",
        "/curation/members/ben/role/",
        "/curation/members/ben/leaving/",
        "/curation/members/dan/return/",
    ],
)
def test_members_cannot_do_curators_acts(
    as_ben: Client, stranger: Client, dan: Member, path: str
) -> None:
    assert as_ben.post(path).status_code == 403
    assert stranger.post(path).status_code == 302
    assert as_ben.get(path).status_code == 405


@pytest.mark.parametrize("count", [2, 60])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("/curation/", 8), ("/curation/placeholders/", 8), ("/curation/members/", 8)],
)
def test_a_list_costs_the_same_for_few_and_many(
    as_ada: Client,
    ada: Member,
    path: str,
    queries: int,
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        make.member(f"p{number}", state="placeholder", email="")
        make.member(f"m{number}")
        email = f"e{number}@lab.example"
        invitations.invite_member(
            email=email, name="", role="member", by=ada, at=make.NOW, has_mail=False
        )
    with django_assert_max_num_queries(queries):
        assert as_ada.get(path).status_code == 200
    if count > 50:
        assert "1 to 50 of" in as_ada.get(path).text
        assert "51 to" in as_ada.get(f"{path}?page=2").text


@pytest.mark.django_db(transaction=True)
def test_two_curators_who_leave_at_once_are_not_both_let_go(ada: Member, lab: Lab) -> None:
    ben = make.member("bea", role="curator")
    barrier, refused = threading.Barrier(2), []

    def leave(member: Member) -> None:
        barrier.wait()
        try:
            make_alumni(member=member, by=member, at=make.NOW)
        except LastCurator:
            refused.append(member)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=leave, args=[who]) for who in (ada, ben)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert Member.objects.active().filter(role="curator").count() == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"has_mail": "on"}, "We emailed the invitation to nina@example.org."),
        ({}, "The invitation is for nina@example.org."),
    ],
    ids=["mailed", "by hand"],
)
def test_the_page_of_a_new_invitation_says_whether_mail_was_sent(
    lab: Lab, as_ada: Client, sent: dict[str, str], said: str
) -> None:
    who = {"email": "nina@example.org", "name": "Nina", "role": "member"}
    assert said in as_ada.post("/curation/", who | sent, follow=True).text
