"""The rota: fair over a year with holidays, absences, newcomers and leavers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from papers.meetings.series.rotation import Turns, choose, rank

DAY = date(2026, 11, 19)
BEGIN = date(2020, 1, 1)


def make(member: int, *ago: int, **fields) -> Turns:
    """A member who presented so many days ago."""
    days = tuple(DAY - timedelta(days=n) for n in ago)
    return Turns(member, fields.pop("joined_on", BEGIN), days, **fields)


def test_whoever_presented_least_is_next():
    assert [one.member for one in rank([make(1, 7, 14), make(2, 7), make(3)], DAY)] == [3, 2, 1]


def test_with_the_same_load_whoever_waited_longest_is_next():
    assert choose([()], [make(1, 7), make(2, 21), make(3, 14)], DAY) == [2]


def test_whoever_knows_the_subject_presents_it_whatever_their_turns():
    assert choose([[{1}]], [make(1, 7, 14), make(2, 21)], DAY) == [1]


def test_reviewers_come_before_claimants_and_those_before_anyone():
    everybody = [make(1, 7), make(2, 7, 14), make(3)]
    assert choose([[{2}, {1}], [(), {1}], [(), ()]], everybody, DAY) == [2, 1, 3]


def test_among_those_who_know_it_the_one_with_the_fewest_turns_presents():
    assert choose([[{1, 2}]], [make(1, 7, 14), make(2, 7), make(3)], DAY) == [2]


def test_a_paper_of_one_reviewer_is_dealt_before_a_paper_of_two():
    assert choose([[{1, 2}], [{1}]], [make(1), make(2)], DAY) == [2, 1]


def test_who_knows_a_paper_and_is_away_is_not_asked():
    away = ((DAY - timedelta(days=1), DAY),)
    assert choose([[{1}]], [make(1, absences=away), make(2, 7)], DAY) == [2]


def test_several_items_go_to_several_people():
    assert choose([(), (), ()], [make(1), make(2), make(3, 7)], DAY) == [1, 2, 3]


def test_who_is_away_is_not_asked():
    away = ((DAY - timedelta(days=1), DAY),)
    assert choose([()], [make(1, absences=away), make(2, 7)], DAY) == [2]


def test_nobody_there_means_nobody_presents():
    assert choose([()], [make(1, absences=((DAY, DAY),))], DAY) == [None]


def test_a_planned_turn_counts_before_it_is_taken():
    assert choose([()], [make(1, -7), make(2, 7)], DAY) == [2]


def test_a_turn_more_than_a_year_ago_is_forgotten():
    assert rank([make(1, 400)], DAY)[0].load == 0


def test_a_newcomer_is_not_asked_to_catch_up_a_year():
    old = [make(n, *range(7 * n, 360, 28)) for n in range(1, 5)]
    new = make(9, joined_on=DAY - timedelta(days=1))
    loads = {one.member: one.load for one in rank([*old, new], DAY)}
    assert loads[9] >= min(loads[n] for n in range(1, 5)) - 3


@pytest.mark.parametrize("seed", range(20))
def test_over_a_year_those_always_there_differ_by_one_at_most(seed: int):
    random, turns = Random(seed), {n: Turns(n, BEGIN) for n in range(20)}
    told = defaultdict(int)
    steady = set(range(20)) - {3, 4, 5, 6, 7}
    week = date(2026, 1, 8)
    for number in range(52):
        day = week + timedelta(days=7 * number)
        if number in {0, 16, 31, 32, 33, 51}:
            continue  # holidays
        if number == 20:
            turns.pop(3)  # leaves
            turns[20] = Turns(20, day)  # comes
        for away in (4, 5, 6, 7):
            if random.random() < 0.15:
                span = (day, day + timedelta(days=random.choice([1, 10, 40])))
                turns[away] = replace(turns[away], absences=(*turns[away].absences, span))
        wanted = [()] * random.choice([1, 2, 3])
        for member in choose(wanted, list(turns.values()), day):
            assert member is not None
            assert not turns[member].is_away(day)
            turns[member] = replace(turns[member], days=(*turns[member].days, day))
            told[member] += 1
        counts = [told[member] for member in steady]
        assert max(counts) - min(counts) <= 1
    assert max(told.values()) - min(told[member] for member in steady) <= 1
