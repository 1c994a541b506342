"""Days of a regular meeting: weeks, holidays, and clocks that are put forward and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.meetings.series.recurrence import Rule, list_days, make_start

THURSDAY = 3
BERLIN, SYDNEY = ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Sydney")


def test_the_first_day_is_the_next_such_weekday():
    rule = Rule(THURSDAY, date(2026, 11, 16))
    assert list_days(rule, date(2026, 11, 16), 2) == [date(2026, 11, 19), date(2026, 11, 26)]


def test_the_day_itself_counts():
    rule = Rule(THURSDAY, date(2026, 11, 19))
    assert list_days(rule, date(2026, 11, 19), 1) == [date(2026, 11, 19)]


def test_holidays_are_skipped_and_the_next_day_takes_their_place():
    rule = Rule(THURSDAY, date(2026, 12, 17), skipped=[date(2026, 12, 24), date(2026, 12, 31)])
    assert list_days(rule, date(2026, 12, 17), 2) == [date(2026, 12, 17), date(2027, 1, 7)]


def test_every_second_week_keeps_its_rhythm_over_a_holiday():
    rule = Rule(THURSDAY, date(2026, 11, 19), every_weeks=2, skipped=[date(2026, 12, 3)])
    assert list_days(rule, date(2026, 11, 20), 2) == [date(2026, 12, 17), date(2026, 12, 31)]


def test_a_rule_with_every_day_skipped_ends():
    days = [date(2026, 11, 19) + timedelta(days=7 * n) for n in range(600)]
    assert list_days(Rule(THURSDAY, days[0], skipped=frozenset(days)), days[0], 3) == []


@given(
    st.integers(0, 6), st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 5),
    st.integers(0, 400),
)  # fmt: skip
def test_listed_days_are_those_on_which_the_rule_holds(
    weekday: int, start: date, every: int, later: int
):
    rule, since = Rule(weekday, start, every), start + timedelta(days=later)
    days = list_days(rule, since, 3)
    span = [since + timedelta(days=n) for n in range((days[-1] - since).days + 1)]
    assert [day for day in span if rule.holds_on(day)] == days


@pytest.mark.parametrize("zone", [BERLIN, SYDNEY, ZoneInfo("America/New_York"), UTC])
def test_the_clock_on_the_wall_shows_the_same_time_all_year(zone):
    rule = Rule(THURSDAY, date(2026, 1, 1))
    for day in list_days(rule, date(2026, 1, 1), 60):
        local = make_start(day, time(14, 30), zone).astimezone(zone)
        assert (local.date(), local.time()) == (day, time(14, 30))


def test_summer_time_moves_the_instant():
    assert make_start(date(2026, 3, 26), time(14), BERLIN) == datetime(2026, 3, 26, 13, tzinfo=UTC)
    assert make_start(date(2026, 4, 2), time(14), BERLIN) == datetime(2026, 4, 2, 12, tzinfo=UTC)


def test_a_time_that_the_clocks_leap_over_comes_after_the_leap():
    start = make_start(date(2026, 3, 29), time(2, 30), BERLIN)
    assert start.astimezone(BERLIN).time() == time(3, 30)


def test_a_time_that_comes_twice_is_the_first():
    start = make_start(date(2026, 10, 25), time(2, 30), BERLIN)
    assert start == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
