"""Guessing is slowed down; nobody is locked out by it, and no lab by one of its machines."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from papers import throttle
from papers.accounts.signing_in.guarding import ACCOUNT, ACCOUNT_AND_ADDRESS, ADDRESS, KNOWN_DEVICE
from papers.models import Mail, Member, Throttle
from papers.throttle import Limit, TooOften
from tests import make
from tests.accounts.asked import write_asked_mails
from tests.clock import CLOCK, Clock

LOGIN = "/accounts/login/"
HOME, CAFE = "192.0.2.1", "198.51.100.7"
SLOWED = "Too many attempts"


def sign_in(browser: Client, login: str, password: str = make.PASSWORD, *, ip: str = CAFE) -> Any:
    return browser.post(LOGIN, {"login": login, "password": password}, REMOTE_ADDR=ip)


def guess(login: str, tries: int, *, ip: str = CAFE, browser: Client | None = None) -> int:
    """Wrong passwords, in a new browser unless one is given; how many were looked at."""
    browser = browser or Client()
    answers = [sign_in(browser, login, f"wrong {n}", ip=ip) for n in range(tries)]
    assert {answer.status_code for answer in answers} == {422}
    return sum(SLOWED not in answer.text for answer in answers)


def fill(count: throttle.Count) -> None:
    """As if it had been tried until it was full, and far beyond: it drains during no test."""
    kind, slot = count.row
    full = {"level": count.limit.burst * 100, "at": CLOCK.now()}
    Throttle.objects.update_or_create(kind=kind, slot=slot, defaults=full)


def known_browser(member: Member) -> Client:
    """A browser in which the member signed in and out again."""
    browser = Client()
    assert sign_in(browser, member.handle, ip="203.0.113.99").status_code == 302
    browser.post("/accounts/logout/")
    assert browser.get("/profile/").status_code == 302
    return browser


def test_a_stranger_slows_down_only_the_stranger(ben: Member) -> None:
    assert guess("ben", 12) == ACCOUNT_AND_ADDRESS.burst
    assert sign_in(Client(), "ben", ip=HOME).status_code == 302, "the member, from elsewhere"
    slowed = sign_in(Client(), "ben")
    assert slowed.status_code == 422
    assert SLOWED in slowed.text


def test_handle_and_address_are_one_account(ben: Member) -> None:
    assert guess("ben", 3) + guess("BEN@lab.example", 3) + guess("Ben", 3) == 5


def test_a_known_device_gets_in_from_the_strangers_own_network(ben: Member) -> None:
    browser = known_browser(ben)
    assert guess("ben", 40, ip=HOME) == 5
    assert sign_in(browser, "ben", ip=HOME).status_code == 302


def test_one_who_guesses_does_not_shut_out_the_lab(ben: Member, cy: Member) -> None:
    browser = known_browser(cy)
    assert guess("nobody", 3, ip=HOME) == 3
    assert Throttle.objects.filter(kind="address", level__gt=2).count() == 1
    Throttle.objects.all().delete()
    fill(ADDRESS.of(HOME))
    assert guess("somebody", 3, ip=HOME) == 0
    assert sign_in(browser, "cy", ip=HOME).status_code == 302
    assert sign_in(Client(), "ben", ip=CAFE).status_code == 302
    assert SLOWED in sign_in(Client(), "ben", ip=HOME).text


def test_right_passwords_fill_no_count(ben: Member) -> None:
    for _ in range(ACCOUNT_AND_ADDRESS.burst * 3):
        assert sign_in(Client(), "ben").status_code == 302
    assert not Throttle.objects.filter(level__gte=1).exists()


def test_guessing_from_many_addresses_stays_slow(ben: Member) -> None:
    looked_at = sum(guess("ben", 1, ip=f"203.0.113.{n}") for n in range(60))
    assert looked_at == ACCOUNT.burst
    day = 24 * 60 * 60 / ACCOUNT.seconds + ACCOUNT.burst
    assert day == 750


def test_under_attack_a_new_device_gets_in_by_a_mailed_link(ben: Member) -> None:
    fill(ACCOUNT.of(f"member {ben.pk}"))
    browser = Client()
    refused = sign_in(browser, "ben", ip=HOME)
    assert "/accounts/device/" in refused.text
    answer = browser.post("/accounts/device/", {"login": "ben"}, follow=True)
    assert "Check your email" in answer.text
    write_asked_mails()
    link = re.search(r"(/accounts/device/[^/\s]+/)", Mail.objects.get(to=ben.email).text)
    assert link
    assert "Is this your device?" in browser.get(link[1]).text
    assert SLOWED in sign_in(browser, "ben", ip=HOME).text, "opening it proves nothing"
    assert browser.post(link[1])["Location"] == LOGIN
    assert sign_in(browser, "ben", "wrong", ip=HOME).status_code == 422
    assert sign_in(browser, "ben", ip=HOME).status_code == 302
    assert SLOWED in sign_in(Client(), "ben", ip=CAFE).text, "others are as slow as before"


def test_a_device_link_lets_nobody_in_and_ends(ben: Member) -> None:
    browser = Client()
    browser.post("/accounts/device/", {"login": "ben"})
    write_asked_mails()
    link = re.search(r"(/accounts/device/[^/\s]+/)", Mail.objects.get().text)
    assert link
    browser.post(link[1])
    assert browser.get("/profile/").status_code == 302
    ben.set_password("a longer phrase")
    ben.save()
    assert "has expired" in browser.get(link[1], follow=True).text
    assert "has expired" in browser.get("/accounts/device/made-up/", follow=True).text


def test_a_known_device_has_a_count_of_its_own(ben: Member) -> None:
    browser = known_browser(ben)
    assert guess("ben", 40, browser=browser) == KNOWN_DEVICE.burst + ACCOUNT_AND_ADDRESS.burst
    assert sign_in(known_browser(ben), "ben").status_code == 302, "another device of hers"


def test_a_device_is_known_for_its_member_alone(ben: Member, cy: Member) -> None:
    browser = known_browser(cy)
    assert guess("ben", 9, browser=browser) == ACCOUNT_AND_ADDRESS.burst


def test_a_device_is_forgotten_when_the_password_changes(ben: Member) -> None:
    browser = known_browser(ben)
    ben.set_password("a longer phrase")
    ben.save()
    fill(ACCOUNT.of(f"member {ben.pk}"))
    assert SLOWED in sign_in(browser, "ben", "a longer phrase").text


def test_a_made_up_cookie_is_a_stranger(ben: Member) -> None:
    browser = Client()
    browser.cookies["device"] = known_browser(ben).cookies["device"].value[:-2] + "xx"
    assert guess("ben", 9, browser=browser) == ACCOUNT_AND_ADDRESS.burst


def test_an_unknown_account_is_slowed_like_a_known_one(ben: Member) -> None:
    assert guess("ben", 8) == guess("nobody", 8, ip=HOME)


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password was hashed."""

    algorithm = "md5"
    calls: list[str] = []

    def encode(self, password: str, salt: str) -> str:
        self.calls.append(password)
        return str(super().encode(password, salt))


def measure(login: str) -> tuple[int, list[str]]:
    """Hashes and statements of a wrong password for this account."""
    CountingHasher.calls.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = sign_in(Client(), login, "wrong", ip="203.0.113.5")
    assert "Wrong handle, email or password" in answer.text
    return len(CountingHasher.calls), [re.sub(r"'[^']*'|\d+", "?", q["sql"]) for q in queries]


def test_every_sign_in_that_fails_does_the_same_work(
    ben: Member, dan: Member, settings: Any
) -> None:
    make.member("waits", state="invited")
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    measure("warm@up.example")
    hashes, statements = measure("nobody@x.example")
    assert hashes == 1
    for login in ("ben", "ben@lab.example", "dan", "dan@lab.example", "nobody", "waits"):
        assert measure(login) == (hashes, statements), login


TRIES = Limit("test", 3, 60)


def test_a_count_drains_with_time(lab: object) -> None:
    count = TRIES.of("somebody")
    for _ in range(3):
        throttle.take(count, at=make.NOW)
    with pytest.raises(TooOften) as refusal:
        throttle.take(count, at=make.NOW)
    assert refusal.value.seconds == 60
    throttle.take(count, at=make.NOW + timedelta(seconds=60))
    with pytest.raises(TooOften):
        throttle.take(count, at=make.NOW + timedelta(seconds=61))
    for _ in range(3):
        throttle.take(count, at=make.NOW + timedelta(days=1))


def test_a_clock_that_is_set_back_drains_nothing(lab: object) -> None:
    for _ in range(3):
        throttle.take(TRIES.of("x"), at=make.NOW)
    with pytest.raises(TooOften):
        throttle.take(TRIES.of("x"), at=make.NOW - timedelta(days=1))


def test_counts_are_taken_together_or_not_at_all(lab: object) -> None:
    narrow, wide = Limit("narrow", 1, 60).of("x"), Limit("wide", 10, 60).of("x")
    throttle.take(narrow, wide, at=make.NOW)
    with pytest.raises(TooOften):
        throttle.take(narrow, wide, at=make.NOW)
    assert Throttle.objects.get(kind="wide").level == 1


def test_the_table_holds_neither_names_nor_addresses_and_has_an_end(ben: Member) -> None:
    guess("ben", 1)
    for row in Throttle.objects.values():
        assert row["kind"] in {"pair", "account", "address"}
        assert 0 <= row["slot"] < Throttle.SLOTS
    many = {TRIES.of(f"somebody {n}").row for n in range(1000)}
    assert {kind for kind, _ in many} == {"test"}
    assert len(many) > 950, "few share a count"


@pytest.mark.django_db(transaction=True)
def test_parallel_tries_get_no_more_than_one_after_the_other(lab: object) -> None:
    barrier, results = threading.Barrier(12), []

    def attempt() -> None:
        barrier.wait()
        try:
            throttle.take(TRIES.of("x"), Limit("other", 50, 1).of("y"), at=make.NOW)
            results.append(True)
        except TooOften:
            results.append(False)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (results.count(True), results.count(False)) == (3, 9)


@pytest.mark.parametrize("proxies", [0, 1])
@pytest.mark.parametrize("is_forged", [False, True])
@pytest.mark.parametrize("attackers", [1, 50])
def test_a_hundred_guesses_a_second_do_not_keep_the_owner_out(
    ben: Member, settings: Any, clock: Clock, attackers: int, is_forged: bool, proxies: int
) -> None:
    """Two seconds of them, counted: the clock goes on by 10 ms each. Forged addresses stand in
    X-Forwarded-For, before the one that a proxy adds.
    """
    known = known_browser(ben)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    clock.stop(make.NOW)
    looked_at = 0
    for n in range(200):
        clock.move(timedelta(milliseconds=10))
        ip, made_up = f"198.51.100.{n % attackers}", f"10.{n}.{n}.{n}"
        passed_on = [made_up] * is_forged + [ip] * proxies
        more = {"HTTP_X_FORWARDED_FOR": ", ".join(passed_on)} if passed_on else {}
        sent = {"login": "ben", "password": f"wrong {n}"}
        answer = Client().post(LOGIN, sent, REMOTE_ADDR="10.0.0.1" if proxies else ip, **more)
        assert answer.status_code == 422
        looked_at += SLOWED not in answer.text
        if n == 150:
            assert sign_in(known, "ben", ip=HOME).status_code == 302, "meanwhile"
    assert looked_at == (ACCOUNT_AND_ADDRESS.burst if attackers == 1 else ACCOUNT.burst)
