"""Join links: one link for many, a limit, an end, and an invitation to each address."""

from __future__ import annotations

import threading
from datetime import timedelta
from re import search
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from papers.accounts.actions.invitations import InvitationClosed, accept_invitation, invite_member
from papers.accounts.joining.actions import (
    MadeLink,
    make_join_link,
    revoke_join_link,
    send_join_invitation,
)
from papers.accounts.queries import InvitationState, hash_token
from papers.models import Event, Invitation, JoinLink, Mail, Member
from tests import make
from tests.clock import Clock

pytestmark = pytest.mark.django_db

END = make.NOW + timedelta(days=30)


def make_link(by: Member, **fields: Any) -> MadeLink:
    fields = {"name": "Seminar", "role": "reader", "most_uses": 2, "ends_at": END, **fields}
    return make_join_link(**fields, by=by, at=make.NOW)


def path_of(made: MadeLink) -> str:
    return made.url.removeprefix("http://127.0.0.1:8000")


def send(made: MadeLink, email: str, name: str = "Eve") -> str:
    """The token of the invitation that the worker sends; nothing when it sends none."""
    send_join_invitation(link=made.link.pk, name=name, email=email, at=make.NOW)
    mail = Mail.objects.order_by("pk").last()
    found = search(r"/invitations/([^/\s]+)/", mail.text) if mail and mail.to == email else None
    return found[1] if found else ""


def accept(token: str, handle: str) -> Member:
    return accept_invitation(
        token=token, handle=handle, name=handle, password="a longer phrase", at=make.NOW
    )


def test_a_curator_makes_a_link_and_somebody_joins_by_it(
    ada: Member, as_ada: Client, stranger: Client
):
    sent = {"name": "Seminar", "role": "reader", "most_uses": "5", "ends_on": "2026-12-31"}
    shown = as_ada.get(as_ada.post("/curation/join-links/", sent)["Location"])
    url: str = shown.context["url"]
    link = JoinLink.objects.get()
    assert link.token_hash == hash_token(url.rstrip("/").rpartition("/")[2])
    assert as_ada.get(f"/curation/join-links/{link.pk}/").status_code == 200, "for ten minutes"
    page = stranger.get(url.removeprefix("http://127.0.0.1:8000"))
    assert "join as a reader" in page.text
    token = send(MadeLink(link, url), "eve@example.org")
    assert "Seminar" not in Mail.objects.get().text
    assert stranger.get(f"/invitations/{token}/").status_code == 200
    assert accept(token, "eve").role == "reader"
    assert "1 of 5" in as_ada.get("/curation/join-links/").text
    as_ada.post(f"/curation/join-links/{link.pk}/revocation/")
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["join-link-made", "member-invited", "member-joined", "join-link-revoked"]


@pytest.mark.parametrize(
    "wrong", [{"role": "curator"}, {"most_uses": "0"}, {"most_uses": "501"},
              {"ends_on": "2026-11-17"}, {"ends_on": "2028-01-01"}, {"ends_on": "soon"}],
)  # fmt: skip
def test_a_link_has_a_limit_an_end_and_makes_no_curators(as_ada: Client, wrong: dict[str, str]):
    sent = {"name": "X", "role": "member", "most_uses": "5", "ends_on": "2026-12-31", **wrong}
    assert as_ada.post("/curation/join-links/", sent).status_code == 422
    assert not JoinLink.objects.exists()


def test_the_answer_is_the_same_for_known_and_unknown_addresses(
    ada: Member, ben: Member, stranger: Client
):
    made = make_link(ada)
    answers = [
        stranger.post(path_of(made), {"name": "Eve", "email": email})
        for email in (ben.email, "eve@example.org")
    ]
    assert [one["Location"] for one in answers] == ["/accounts/joining/sent/"] * 2
    assert not Mail.objects.exists(), "the worker looks up who has the address"
    assert send(made, ben.email) == ""
    assert "already has an account" in Mail.objects.get().text
    assert Member.objects.filter(email=ben.email).get().role == "member"


def test_a_closed_or_forged_link_lets_nobody_ask(ada: Member, stranger: Client, clock: Clock):
    made = make_link(ada)
    waiting = send(made, "eve@example.org")
    assert stranger.get("/accounts/joining/forged/").status_code == 410
    assert stranger.get(path_of(made)[:-2] + "/").status_code == 410
    revoke_join_link(link=made.link, by=ada, at=make.NOW)
    assert stranger.get(path_of(made)).status_code == 410
    assert stranger.get(f"/invitations/{waiting}/").status_code == 410, "what it sent is void too"
    assert send(made, "late@example.org") == ""
    short = make_link(ada, ends_at=make.NOW + timedelta(hours=1))
    waiting = send(short, "fay@example.org")
    clock.move(timedelta(hours=2))
    assert stranger.post(path_of(short), {"name": "F", "email": "f@x.org"}).status_code == 410
    assert stranger.get(f"/invitations/{waiting}/").status_code == 410, "nobody joins after the end"


def test_the_last_use_closes_it(ada: Member, stranger: Client):
    made = make_link(ada, most_uses=1)
    first, second = send(made, "eve@example.org"), send(made, "fay@example.org")
    accept(first, "eve")
    assert "used up" in stranger.get(f"/invitations/{second}/").text
    assert stranger.get(path_of(made)).status_code == 410


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_for_the_last_use_one_gets_in(lab: Any, ada: Member):
    made = make_link(ada, most_uses=1)
    tokens = [send(made, f"{name}@example.org") for name in ("eve", "fay")]
    start, results = threading.Barrier(2), []

    def take(token: str, handle: str) -> None:
        start.wait()
        try:
            results.append(accept(token, handle).handle)
        except InvitationClosed as closed:
            results.append(closed.state)
        connections.close_all()

    threads = [threading.Thread(target=take, args=pair) for pair in zip(tokens, "ab", strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert InvitationState.USED_UP in results
    assert JoinLink.objects.get().uses == Member.objects.filter(handle__in="ab").count() == 1


def test_asking_again_replaces_and_a_curators_invitation_keeps_its_role(ada: Member):
    made = make_link(ada)
    before = send(made, "eve@example.org")
    assert send(made, "eve@example.org") != before
    assert Invitation.objects.filter(revoked_at=None).count() == 1
    issued = invite_member(email="fay@x.org", name="Fay", role="curator", by=ada, at=make.NOW)
    accept(send(made, "fay@x.org"), "fay")
    assert Member.objects.get(handle="fay").role == "curator"
    assert (issued.invitation.join_link, JoinLink.objects.get().uses) == (None, 0)


def test_asking_is_throttled_for_each_network_address(ada: Member, stranger: Client):
    path = path_of(make_link(ada))
    answers = [
        stranger.post(path, {"name": "Eve", "email": f"e{n}@x.org"}).status_code for n in range(21)
    ]
    assert answers == [302] * 20 + [422]


def test_a_link_has_bounded_invitations_open(ada: Member):
    made = make_link(ada, most_uses=1)
    tokens = [send(made, f"e{number}@x.org") for number in range(22)]
    assert [bool(token) for token in tokens] == [True] * 21 + [False]
