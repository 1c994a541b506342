"""Invitations: the only way in."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from papers.accounts.actions import invitations
from papers.accounts.actions.members import EmailTaken
from papers.accounts.queries import InvitationState, hash_token
from papers.models import Claim, Event, Invitation, Mail, Member, Review
from tests import make

NEW = {"name": "Eve New", "handle": "eve", "password": "a longer phrase"}


def invite(by: Member, email: str = "eve@lab.example", **fields: Any) -> invitations.Issued:
    fields = {"name": "Eve", "role": "member", "by": by, "at": make.NOW, **fields}
    return invitations.invite_member(email=email, **fields)


def path_of(issued: invitations.Issued) -> str:
    return issued.url.removeprefix("http://127.0.0.1:8000")


def token_of(issued: invitations.Issued) -> str:
    return issued.url.rstrip("/").rpartition("/")[2]


def accept(issued: invitations.Issued, **fields: str) -> Member:
    return invitations.accept_invitation(token=token_of(issued), at=make.NOW, **{**NEW, **fields})


def test_an_invitation_goes_out_by_mail_with_its_link(ada: Member) -> None:
    issued = invite(ada)
    mail = Mail.objects.get()
    assert mail.to == "eve@lab.example"
    assert issued.url in mail.text
    assert issued.url in mail.html
    assert Event.objects.get().kind == Event.Kind.MEMBER_INVITED


def test_the_database_keeps_only_the_hash_of_a_token(ada: Member) -> None:
    issued = invite(ada, has_mail=False)
    assert not Mail.objects.exists()
    assert Invitation.objects.get().token_hash == hash_token(token_of(issued))


def test_who_takes_up_an_invitation_is_in(ada: Member, stranger: Client) -> None:
    issued = invite(ada, role="reader")
    assert "Ada Curator has invited you to join as a reader" in stranger.get(path_of(issued)).text
    answer = stranger.post(path_of(issued), NEW)
    assert answer["Location"] == "/"
    eve = Member.objects.get(handle="eve")
    assert (eve.name, eve.state, eve.role, eve.email) == (
        "Eve New", "active", "reader", "eve@lab.example",
    )  # fmt: skip
    assert stranger.get("/profile/").status_code == 200
    assert Event.objects.filter(kind=Event.Kind.MEMBER_JOINED, by=eve).count() == 1


def test_an_invitation_works_once(ada: Member, stranger: Client) -> None:
    issued = invite(ada)
    accept(issued)
    answer = stranger.post(path_of(issued), {**NEW, "handle": "eve2"})
    assert answer.status_code == 410
    assert "already been accepted" in answer.text


def test_an_invitation_ends_after_two_weeks(ada: Member, stranger: Client) -> None:
    issued = invite(ada, at=make.NOW - timedelta(days=14, seconds=1))
    answer = stranger.get(path_of(issued))
    assert (answer.status_code, "has expired" in answer.text) == (410, True)
    with pytest.raises(invitations.InvitationClosed) as closed:
        accept(issued)
    assert closed.value.state == InvitationState.EXPIRED


def test_an_unknown_token_is_told_in_a_sentence(stranger: Client) -> None:
    assert stranger.get("/invitations/nothing/").status_code == 410


def test_a_revoked_invitation_lets_nobody_in(ada: Member) -> None:
    issued = invite(ada)
    now = make.NOW
    assert invitations.revoke_invitation(invitation=issued.invitation, by=ada, at=now) is True
    assert invitations.revoke_invitation(invitation=issued.invitation, by=ada, at=now) is False
    with pytest.raises(invitations.InvitationClosed):
        accept(issued)


def test_a_renewed_invitation_replaces_the_old_link(ada: Member) -> None:
    old = invite(ada)
    new = invitations.renew_invitation(invitation=old.invitation, by=ada, at=make.NOW)
    with pytest.raises(invitations.InvitationClosed):
        accept(old)
    assert accept(new).is_active


def test_inviting_an_address_twice_renews_the_invitation(ada: Member) -> None:
    invite(ada)
    invite(ada, email="EVE@lab.example")
    assert Member.objects.filter(email="eve@lab.example").count() == 1
    assert Invitation.objects.filter(revoked_at=None).count() == 1


def test_who_has_an_account_is_not_invited(ada: Member, ben: Member) -> None:
    with pytest.raises(invitations.AlreadyMember, match="Ben Member"):
        invite(ada, email=ben.email)


def test_handles_are_made_from_the_address_and_never_twice(ada: Member, ben: Member) -> None:
    member = invite(ada, email="ben@other.example").invitation.member
    assert member.handle == "ben-2"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"handle": "BEN"}, "handle"),
        ({"handle": "two words"}, "handle"),
        ({"password": "12345678"}, "password"),
        ({"password": "short"}, "password"),
        ({"name": ""}, "name"),
    ],
)
def test_a_wrong_answer_keeps_the_invitation_open(
    ada: Member, ben: Member, stranger: Client, fields: dict[str, str], field: str
) -> None:
    issued = invite(ada)
    answer = stranger.post(path_of(issued), {**NEW, **fields})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert accept(issued).is_active


def test_a_placeholder_is_taken_over_with_all_its_work(ada: Member, stranger: Client) -> None:
    owner = make.member("motokawa", state=Member.State.PLACEHOLDER, email="")
    paper = make.paper()
    claim, review = make.claim(paper, owner, due_on=None), make.review(make.paper(), owner)
    issued = invitations.invite_placeholder(
        member=owner, email="m@lab.example", role="member", by=ada, at=make.NOW
    )
    assert "1 paper and 1 review" in Mail.objects.get().text
    assert "1 paper and 1 review" in stranger.get(path_of(issued)).text
    member = accept(issued, handle="motokawa", name="Tetsuya Motokawa")
    assert member.pk == owner.pk
    assert Claim.objects.get(pk=claim.pk).member == member
    assert Review.objects.get(pk=review.pk).member == member
    assert (member.email, member.state) == ("m@lab.example", "active")


def test_a_placeholder_is_not_invited_with_the_address_of_another(ada: Member, ben: Member) -> None:
    owner = make.member("motokawa", state=Member.State.PLACEHOLDER, email="")
    with pytest.raises(EmailTaken):
        invitations.invite_placeholder(
            member=owner, email=ben.email, role="member", by=ada, at=make.NOW
        )


@pytest.mark.django_db(transaction=True)
def test_two_who_take_up_one_invitation_at_once_make_one_member(ada: Member) -> None:
    issued = invite(ada)
    barrier, results = threading.Barrier(5), []

    def take(number: int) -> None:
        barrier.wait()
        try:
            results.append(accept(issued, handle=f"eve{number}").handle)
        except invitations.InvitationClosed as closed:
            results.append(str(closed.state))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=[n]) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results.count("accepted") == 4
    assert Event.objects.filter(kind=Event.Kind.MEMBER_JOINED).count() == 1
