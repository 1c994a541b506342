"""One clock: the product reads Django's, tests read the one that they set."""

from __future__ import annotations

import ast
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import template_localtime

from papers.models import Member
from tests.clock import NOW, Clock
from tests.house.sources import ROOT, list_names, parse_files

MACHINE = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns",
    "time.localtime", "time.gmtime", "time.ctime", "time.strftime", "functions.Now",
}  # fmt: skip
"""What asks the machine for the date; spans are measured by `time.monotonic` and its like."""

DJANGO = {"timezone.now", "timezone.localdate", "timezone.localtime"}
DATABASE = re.compile(
    r"\b(now|clock_timestamp|statement_timestamp)\(\)|\bcurrent_(date|time)", re.I
)
TEMPLATES = re.compile(r"\{% now |\|time(since|until)\b(?!:)")


def find_readers(folder: str, words: set[str]) -> list[str]:
    return [
        f"{path}:{line} reads {name}"
        for path, tree in parse_files(folder)
        for line, name in list_names(tree)
        if name in words
    ]


def test_no_test_and_no_maker_reads_a_clock_that_it_does_not_set():
    # A token of a provider is checked by its library against the machine's clock.
    own = (
        "tests/clock.py", "tests/house/test_clock.py", "tests/days/",
        "tests/accounts/providers/stub.py",
    )  # fmt: skip
    found = find_readers("tests", MACHINE | DJANGO)
    assert [one for one in found if not one.startswith(own)] == []


@pytest.mark.parametrize("folder", ["papers", "reviewapp"])
def test_the_site_reads_no_other_clock_than_djangos(folder: str):
    assert find_readers(folder, MACHINE) == []


SHARED_CLOCK = ("lookups", "actions", "turns.py")
"""Turns at other sites are shared by machines whose clocks may differ: the database's decides."""


def test_the_site_asks_neither_database_nor_templates_for_the_time():
    asking = [
        f"{path}:{node.lineno}"
        for path, tree in parse_files("papers")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if DATABASE.search(node.value) and "migrations" not in path.parts
        if path.parts[-3:] != SHARED_CLOCK
    ]
    pages = [
        p.name for p in (ROOT / "templates").rglob("*.html") if TEMPLATES.search(p.read_text())
    ]
    assert (asking, pages) == ([], [])


@pytest.mark.parametrize(
    "line",
    [
        "from datetime import date; date.today()",
        "import datetime; datetime.datetime.now()",
        "from django.utils import timezone as timezone; timezone.now()",
        "from django.utils.timezone import now as right_now; right_now()",
        "from time import time; time()",
    ],
)
def test_a_reader_would_be_found(line: str):
    assert {name for _, name in list_names(ast.parse(line))} & (MACHINE | DJANGO)


@pytest.mark.django_db
def test_a_test_begins_at_noon_whatever_the_day_and_goes_on(clock: Clock):
    shown = timezone.now()
    assert timedelta() < shown - NOW < timedelta(minutes=5)
    assert timezone.now() > shown
    assert Member.objects.create_user("eve").joined_at > shown, "a default bound to Django's now"
    clock.move(timedelta(days=30))
    assert timezone.localdate() == NOW.date() + timedelta(days=30)


def test_a_stopped_clock_stands_still(clock: Clock):
    clock.stop(NOW)
    assert timezone.now() == timezone.now() == NOW
    clock.move(timedelta(hours=1))
    assert timezone.now() == NOW + timedelta(hours=1)


def test_templates_still_put_times_into_the_zone_of_the_reader():
    with timezone.override("Asia/Tokyo"):
        assert template_localtime(NOW).hour == 21
