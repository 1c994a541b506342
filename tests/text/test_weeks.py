"""Weeks by name: their days, their neighbours, and their bounds when clocks change."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.moments import say_week
from papers.text.weeks import NoSuchWeek, Week

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def test_a_week_runs_from_monday_to_sunday() -> None:
    week = Week.parse("2026-W47")
    assert (week.monday, week.sunday) == (date(2026, 11, 16), date(2026, 11, 22))


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("2026-W47", "16 – 22 November 2026"),
        ("2026-W40", "28 September – 4 October 2026"),
        ("2026-W53", "28 December 2026 – 3 January 2027"),
    ],
)
def test_month_and_year_are_said_once_where_they_are_the_same(name: str, days: str) -> None:
    assert say_week(Week.parse(name)) == days


def test_the_first_days_of_january_may_lie_in_the_old_year() -> None:
    assert str(Week.of(date(2027, 1, 3))) == "2026-W53"
    assert str(Week.of(date(2024, 12, 30))) == "2025-W01"


def test_week_53_has_neighbours_in_two_years() -> None:
    week = Week.parse("2026-W53")
    assert (str(week.earlier), str(week.later)) == ("2026-W52", "2027-W01")


@pytest.mark.parametrize(
    "name",
    ["2025-W53", "2026-W00", "2026-W54", "2026-W7", "2026-47", "2026-w47", "", "2026-W47 ",
     "0000-W01", "9999-W52", "1899-W52", "3000-W01", "２０２６-W47", "2026-W47\n", "../2026-W47"],
)  # fmt: skip
def test_nonsense_is_no_week(name: str) -> None:
    with pytest.raises(NoSuchWeek):
        Week.parse(name)


def test_the_weeks_at_the_edges_have_one_neighbour() -> None:
    assert Week.parse("1900-W01").earlier is None
    assert Week.parse("2999-W52").later is None


@pytest.mark.parametrize(
    ("name", "hours"), [("2026-W47", 168), ("2026-W13", 167), ("2026-W43", 169)]
)
def test_a_change_of_clocks_makes_a_week_shorter_or_longer(name: str, hours: int) -> None:
    start, end = Week.parse(name).bounds(COPENHAGEN)
    assert end - start == timedelta(hours=hours)


def test_a_week_begins_at_midnight_of_the_lab() -> None:
    start, _ = Week.parse("2026-W47").bounds(ZoneInfo("Asia/Tokyo"))
    assert start.isoformat() == "2026-11-15T15:00:00+00:00"


def test_a_midnight_that_does_not_exist_moves_to_the_first_instant_that_does() -> None:
    # In Beirut clocks went from 0:00 to 1:00 on Sunday 2024-03-31; the week ends after it.
    start, end = Week.parse("2024-W13").bounds(ZoneInfo("Asia/Beirut"))
    assert end - start == timedelta(hours=167)


@given(st.dates(date(1901, 1, 1), date(2998, 1, 1)))
def test_every_day_lies_in_exactly_the_week_that_names_it(day: date) -> None:
    week = Week.of(day)
    assert week.monday <= day <= week.sunday
    assert Week.parse(str(week)) == week
    assert week.later is not None
    assert week.later.earlier == week


@given(st.datetimes(datetime(1971, 1, 1), datetime(2037, 1, 1), timezones=st.just(COPENHAGEN)))  # noqa: DTZ001
def test_every_instant_lies_within_the_bounds_of_its_week(at: datetime) -> None:
    start, end = Week.of(at.date()).bounds(COPENHAGEN)
    assert start <= at < end
