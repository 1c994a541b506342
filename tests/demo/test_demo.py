"""The demo lab: made once, renewed on demand, and never over a real lab."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from papers.demo.actions import is_demo, make_demo
from papers.demo.calendar import Calendar
from papers.models import Claim, Comment, Event, Experiment, Member, Paper, Review
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.NOW


def count() -> dict[str, int]:
    models = (Member, Paper, Review, Claim, Comment, Experiment, Event)
    return {model.__name__: model.objects.count() for model in models}


def test_the_demo_shows_every_state_there_is() -> None:
    make_demo(password="x", at=NOW)
    assert set(Experiment.objects.values_list("state", flat=True)) == set(Experiment.State.values)
    endings = set(Claim.objects.values_list("ending", flat=True))
    assert endings == {"", *Claim.Ending.values}
    states = {"active", "alumni", "placeholder"}
    assert set(Member.objects.values_list("state", flat=True)) == states
    assert Claim.objects.open().filter(due_on__lt=NOW.date()).exists()


def test_nothing_in_the_demo_lies_in_the_future() -> None:
    make_demo(password="x", at=NOW)
    assert not Event.objects.filter(at__gt=NOW).exists()
    assert not Comment.objects.filter(created_at__gt=NOW).exists()


@pytest.mark.parametrize("days", [1, 5])  # a Thursday, on which the group meets, and a Monday
def test_the_demo_can_be_made_on_any_day_of_the_week(days: int) -> None:
    make_demo(password="x", at=NOW + timedelta(days=days, hours=-11))
    assert Review.objects.count() > 15


def test_asking_twice_makes_one_demo(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo")
    first = count()
    call_command("demo")
    call_command("demo", "--if-empty")
    assert count() == first
    assert "already" in capsys.readouterr().out


def test_a_fresh_demo_takes_the_place_of_the_old_one() -> None:
    call_command("demo")
    first = count()
    Paper.objects.filter(reviews=None).delete()
    call_command("demo", "--fresh")
    assert count() == first
    assert is_demo()


@pytest.mark.parametrize("option", ["--fresh", ""])
def test_a_real_lab_is_left_alone(option: str) -> None:
    make.paper("A real paper")
    with pytest.raises(CommandError, match="not the demo"):
        call_command("demo", *filter(None, [option]))
    assert Paper.objects.get().title == "A real paper"


def test_a_lab_with_anything_in_it_is_not_empty(capsys: pytest.CaptureFixture[str]) -> None:
    make.member("somebody")
    call_command("demo", "--if-empty")
    assert not Paper.objects.exists()
    assert capsys.readouterr().out == ""


def test_the_printed_password_signs_in(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo")
    password = capsys.readouterr().out.split()[-1]
    assert Client().login(username="ada", password=password)
    assert not Client().login(username="dan", password=password)
    assert not Client().login(username="sorensen", password=password)


def test_every_page_of_the_demo_opens() -> None:
    make_demo(password="x", at=NOW)
    browser = make.browser(Member.objects.get(handle="ada"))
    paths = ["/", "/members/", "/digest/2026-W47/", "/digest/2026-W46/", "/activity/"]
    paths += [member.get_absolute_url() for member in Member.objects.all()]
    paths += [paper.get_absolute_url() for paper in Paper.objects.all()[:5]]
    for path in paths:
        assert browser.get(path).status_code == 200, path


def test_thursdays_lie_on_both_sides_of_today() -> None:
    zone = make.lab(time_zone="UTC").zone
    for days in range(7):
        calendar = Calendar(datetime(2026, 11, 16 + days, 9, tzinfo=UTC), zone)  # type: ignore[arg-type]
        assert calendar.get_thursday("last") < calendar.today < calendar.get_thursday("next")
        assert calendar.get_thursday("last").isoweekday() == 4
