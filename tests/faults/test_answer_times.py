"""How long an answer takes does not tell whether the lab knows an address.

Where the answer is the same for both, known and unknown addresses are asked in turn, in pairs whose
order is drawn. While they differ, more pairs are added to those measured:
what really differs goes on to differ, what others disturb evens out. Inviting is left out: it tells
curators openly who is a member.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable
from itertools import count, cycle
from statistics import median
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.http import HttpResponse
from django.test import Client

from papers.accounts.actions import invitations
from papers.models import Member, Throttle
from tests import make
from tests.make import NOW

PAIRS, FEW, ROUNDS, MOST = 200, 40, 8, 0.05
"""Pairs of a round, those of `make test`, rounds, and the part by which medians may differ."""

type Asking = Callable[[Client, str, str], HttpResponse]
_hosts = count(1)


class Hasher(PBKDF2PasswordHasher):
    """As production hashes, in a sixtieth of the time: a difference weighs sixty times as much."""

    iterations = 20_000


def _post(path: str, field: str, **others: str) -> Asking:
    def ask(browser: Client, login: str, host: str) -> HttpResponse:
        return browser.post(path, {field: login, **others}, REMOTE_ADDR=host)  # type: ignore[return-value]

    return ask


def _open_invitation(browser: Client, token: str, host: str) -> HttpResponse:
    return browser.get(f"/invitations/{token}/", REMOTE_ADDR=host)  # type: ignore[return-value]


DOORS: dict[str, tuple[Asking, int, str]] = {
    "sign-in": (_post("/accounts/login/", "login", password="wrong one"), 422, ""),
    "reset": (_post("/accounts/reset/", "login"), 302, "/accounts/reset/sent/"),
    "device": (_post("/accounts/device/", "login"), 302, "/accounts/reset/sent/"),
    "own address": (_post("/profile/email/", "email"), 302, "/profile/"),
    "invitation": (_open_invitation, 410, ""),
}
"""How each is asked, the status of the answer, and where it leads."""


@pytest.fixture
def members(settings: Any, lab: object) -> list[Member]:
    """As many as it takes for nobody to be asked about too often."""
    settings.PASSWORD_HASHERS = [f"{__name__}.Hasher"]
    for number in range(PAIRS):
        make.member(f"known{number}", state="invited")
    Member.objects.update(password=make_password(make.PASSWORD), state="active")
    return list(Member.objects.filter(handle__startswith="known").order_by("pk"))


def list_logins(door: str, members: list[Member], ada: Member) -> list[tuple[str, str]]:
    """A known and an unknown one, for each pair."""
    if door != "invitation":
        return [(one.email or "", f"other{one.pk}@lab.example") for one in members]
    pairs = []
    for number in range(len(members)):
        issued = invitations.invite_member(
            name=f"Eve {number}",
            email=f"eve{number}@lab.example",
            role="member",
            by=ada,
            at=NOW,
            has_mail=False,
        )
        invitations.revoke_invitation(invitation=issued.invitation, by=ada, at=NOW)
        token = issued.url.rstrip("/").rpartition("/")[2]
        pairs.append((token, token[::-1]))
    return pairs


def measure(
    ask: Asking, status: int, leads_to: str, browser: Client, login: str
) -> tuple[float, float]:
    """Seconds of this thread's processor and by the clock."""
    number = next(_hosts)
    host = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
    spent, started = time.thread_time(), time.perf_counter()
    answer = ask(browser, login, host)
    took = time.thread_time() - spent, time.perf_counter() - started
    assert (answer.status_code, answer.headers.get("Location", "")) == (status, leads_to)
    return took


type Times = dict[bool, list[tuple[float, float]]]


def ask_pairs(
    door: str, pairs: list[tuple[str, str]], browse: Callable[[], Client], times: Times
) -> None:
    """Add what each request took to `times`, known and unknown ones apart."""
    gc.disable()  # a sweep of the whole heap falls into some requests and not into others
    try:
        for known, unknown in pairs:
            both = [(True, known), (False, unknown)]
            random.shuffle(both)
            for is_known, login in both:
                times[is_known].append(measure(*DOORS[door], browse(), login))
    finally:
        gc.enable()


def compare(door: str, times: Times) -> list[float]:
    """By which part known and unknown differ: processor, and clock.

    The median of what a pair differs by: where requests take one of two times, as they do for
    reasons of the machine, the median of each kind may be either.
    """
    medians = [
        [median(one[kind] for one in times[is_known]) for is_known in (True, False)]
        for kind in (0, 1)
    ]
    print(
        f"{door}: processor {medians[0][0] * 1e3:.2f} and {medians[0][1] * 1e3:.2f} ms, "
        f"clock {medians[1][0] * 1e3:.2f} and {medians[1][1] * 1e3:.2f} ms"
    )
    apart = [
        median(known[kind] - unknown[kind] for known, unknown in zip(*times.values(), strict=True))
        for kind in (0, 1)
    ]
    return [abs(one) / max(both) for one, both in zip(apart, medians, strict=True)]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [FEW, pytest.param(PAIRS, marks=pytest.mark.faults)])
@pytest.mark.parametrize("door", DOORS)
def test_known_and_unknown_addresses_are_answered_as_fast(
    door: str, members: list[Member], ada: Member, count: int
) -> None:
    """By the processor with few pairs, which others disturb little; by the clock with many."""
    senders = cycle(members)
    browse: Callable[[], Client] = (
        (lambda: make.browser(next(senders))) if door == "own address" else Client
    )
    found: list[list[float]] = []
    times: Times = {True: [], False: []}
    for _ in range(ROUNDS):
        pairs = list_logins(door, members[:count], ada)
        measure(*DOORS[door], browse(), pairs[0][1])  # what only the first request loads
        ask_pairs(door, pairs, browse, times)
        found.append(compare(door, times))
        if max(found[-1] if count == PAIRS else found[-1][:1]) < MOST:
            return
        Throttle.objects.all().delete()
    pytest.fail(f"goes on to differ by {found}")
