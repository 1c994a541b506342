"""Nobody gets into an account by keeping the lab's lists: not by addresses, nor by returns."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from papers.accounts.actions import invitations
from papers.accounts.actions.members import make_confirmation_url
from papers.curation.actions import lab as curating
from papers.feeds.actions import find_reader, renew_token
from papers.models import Event, FeedToken, Invitation, Mail, Member, ReviewDraft
from tests import make
from tests.accounts.asked import write_asked_mails
from tests.admin.panel import act, row_url
from tests.clock import CLOCK

EVIL = "curator@evil.example"


def ask_for_reset(email: str) -> str | None:
    """The path of the link that goes to this address, if one does."""
    Client().post("/accounts/reset/", {"login": email})
    write_asked_mails()
    mail = Mail.objects.filter(to=email).first()
    found = re.search(r"(/accounts/reset/\S+)", mail.text) if mail else None
    return found[1] if found else None


@pytest.mark.parametrize("state", ["active", "alumni"])
def test_a_curator_moves_no_account_to_another_address(
    as_ada: Client, ada: Member, ben: Member, state: str
) -> None:
    Member.objects.filter(pk=ben.pk).update(state=state)
    data = {"name": "Ben", "handle": "ben", "email": EVIL, "password": "x", "state": "active"}
    as_ada.post(row_url(ben), data)
    ben.refresh_from_db()
    assert (ben.email, ben.state) == ("ben@lab.example", state)
    assert ben.check_password(make.PASSWORD)
    with pytest.raises(curating.AddressIsTheirs):
        curating.change_member(member=ben, changes={"email": EVIL}, by=ada, at=make.NOW)
    assert ask_for_reset(EVIL) is None


def test_the_whole_way_round_opens_nothing(as_ada: Client, ben: Member) -> None:
    ReviewDraft.objects.create(
        paper=make.paper(), member=ben, summary="mine", started_at=make.NOW, saved_at=make.NOW
    )
    act(as_ada, Member, "make_alumni", ben)
    as_ada.post(row_url(ben), {"name": "Ben", "handle": "ben", "email": EVIL})
    act(as_ada, Member, "reactivate_member", ben)
    assert ask_for_reset(EVIL) is None
    assert ask_for_reset("ben@lab.example") is not None


@pytest.mark.parametrize("trace", ["password", "last_login", "invitation"])
def test_an_account_is_given_to_nobody_by_an_invitation(
    ada: Member, ben: Member, trace: str
) -> None:
    """One without a password (single sign-on) is no empty place either."""
    if trace != "password":
        ben.set_unusable_password()
    ben.last_login = make.NOW if trace == "last_login" else None
    ben.save()
    if trace == "invitation":
        Invitation.objects.create(
            member=ben, token_hash="x", created_at=make.NOW, expires_at=make.NOW,
            accepted_at=make.NOW,
        )  # fmt: skip
    curating.make_alumni(member=ben, by=ada, at=make.NOW)
    curating.reactivate_member(member=ben, by=ada, at=make.NOW)
    ben.refresh_from_db()
    assert ben.state == Member.State.ACTIVE
    Member.objects.filter(pk=ben.pk).update(state=Member.State.PLACEHOLDER)
    with pytest.raises(invitations.AlreadyMember):
        invitations.invite_placeholder(member=ben, email=EVIL, role="member", by=ada, at=make.NOW)


def test_an_administrator_moves_an_account_and_the_old_address_is_told(
    ada: Member, ben: Member
) -> None:
    root = make.member("root", name="Root", is_superuser=True)
    data = {"name": "Ben", "handle": "ben", "email": "New@lab.example"}
    make.browser(root).post(row_url(ben), data)
    ben.refresh_from_db()
    assert ben.email == "new@lab.example"
    told = Mail.objects.get(to="ben@lab.example")
    for text in (told.text, told.html):
        assert "Root, an administrator" in text
        assert "new@lab.example" in text
    event = Event.objects.get(kind=Event.Kind.MEMBER_CHANGED)
    assert (event.by, event.member) == (root, ben)
    assert "email" in event.data["fields"]


def test_the_address_of_a_name_without_an_account_is_free_to_correct(ada: Member) -> None:
    name = make.member("waits", state="placeholder", email="")
    changes = {"email": "W@lab.example"}
    moved = curating.change_member(member=name, changes=changes, by=ada, at=make.NOW)
    assert moved.email == "w@lab.example"
    assert not Mail.objects.exists()


def test_what_let_in_before_lets_nobody_in_after_a_return(ada: Member, ben: Member) -> None:
    browser = make.browser(ben)
    feeds = renew_token(by=ben, at=make.NOW)
    reset = ask_for_reset(ben.email)
    confirmation = make_confirmation_url(member=ben, email="new@lab.example")
    assert reset
    assert browser.get("/profile/").status_code == 200
    curating.make_alumni(member=ben, by=ada, at=CLOCK.now())
    curating.reactivate_member(member=ben, by=ada, at=CLOCK.now())
    assert browser.get("/profile/").status_code == 302, "her session"
    assert find_reader(feeds) is None
    assert not FeedToken.objects.exists()
    assert "has expired or was already used" in Client().get(reset, follow=True).text
    again = Client()
    answer = again.post("/accounts/login/", {"login": "ben", "password": make.PASSWORD})
    assert answer.status_code == 302, "her password is hers"
    again.post(confirmation.removeprefix("http://127.0.0.1:8000"))
    ben.refresh_from_db()
    assert ben.email == "ben@lab.example"


def test_nobody_sets_anothers_password_in_the_panel(as_ada: Client, ben: Member) -> None:
    root = make.browser(make.member("root", is_superuser=True))
    for browser in (as_ada, root):
        page = browser.get(row_url(ben))
        assert 'name="password' not in page.text
        assert ben.password not in page.text
        browser.post(row_url(ben), {"name": "B", "handle": "ben", "email": "", "password": "x" * 9})
        assert browser.get(f"{row_url(ben)}../password/").status_code in {302, 404}
    ben.refresh_from_db()
    assert ben.check_password(make.PASSWORD)
