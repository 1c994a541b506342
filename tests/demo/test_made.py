"""The demo lab as it stands: every state, nothing in the future, every page opens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from papers.demo.actions import NotADemo, make_demo
from papers.demo.calendar import Calendar
from papers.models import Claim, Comment, Event, Experiment, Member, Paper
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.NOW


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo, made once for the tests that only look at it, and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_demo(password="x", at=NOW)
        yield
        transaction.set_rollback(True)


def test_the_demo_shows_every_state_there_is(made: None) -> None:
    assert set(Experiment.objects.values_list("state", flat=True)) == set(Experiment.State.values)
    endings = set(Claim.objects.values_list("ending", flat=True))
    assert endings == {"", *Claim.Ending.values}
    states = {"active", "alumni", "placeholder"}
    assert set(Member.objects.values_list("state", flat=True)) == states
    assert Claim.objects.open().filter(due_on__lt=NOW.date()).exists()


def test_nothing_in_the_demo_lies_in_the_future(made: None) -> None:
    assert not Event.objects.filter(at__gt=NOW).exists()
    assert not Comment.objects.filter(created_at__gt=NOW).exists()


def test_every_page_of_the_demo_opens(made: None) -> None:
    browser = make.browser(Member.objects.get(handle="ada"))
    paths = ["/", "/members/", "/digest/2026-W47/", "/digest/2026-W46/", "/activity/"]
    paths += [member.get_absolute_url() for member in Member.objects.all()]
    paths += [paper.get_absolute_url() for paper in Paper.objects.all()[:5]]
    for path in paths:
        assert browser.get(path).status_code == 200, path


def test_making_it_again_over_itself_is_refused(made: None) -> None:
    with pytest.raises(NotADemo):
        make_demo(password="x", at=NOW)


def test_thursdays_lie_on_both_sides_of_today() -> None:
    zone = make.lab(time_zone="UTC").zone
    for days in range(7):
        calendar = Calendar(datetime(2026, 11, 16 + days, 9, tzinfo=UTC), zone)  # type: ignore[arg-type]
        assert calendar.get_thursday("last") < calendar.today < calendar.get_thursday("next")
        assert calendar.get_thursday("last").isoweekday() == 4
