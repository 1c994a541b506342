"""The weeks that an issue of the digest leads to: those around it, none from before the lab."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from django.test import Client

from papers.models import Event
from tests.make import NOW


def begin_lab(year: int) -> None:
    """The first thing that happened in the lab, in the first days of a year."""
    Event.objects.create(kind=Event.Kind.LAB_CHANGED, at=datetime(year, 1, 8, tzinfo=UTC))


def test_every_issue_leads_to_the_ones_around_it(as_ben: Client) -> None:
    begin_lab(2020)
    text = as_ben.get("/digest/2020-W53/").content.decode()
    assert 'href="/digest/2020-W52/" rel="prev"' in text
    assert 'href="/digest/2021-W01/" rel="next"' in text


def test_the_side_names_the_weeks_around_an_old_issue(as_ben: Client) -> None:
    begin_lab(2020)
    text = as_ben.get("/digest/2020-W20/").content.decode()
    issues = text.split('id="issues-head"')[1].split("</nav>")[0]
    assert "/digest/2020-W23/" in issues
    assert "/digest/2020-W16/" in issues
    assert 'href="/digest/2020-W20/" aria-current="page"' in issues


def test_the_issues_begin_with_the_week_of_the_labs_first_event(as_ben: Client) -> None:
    assert list_issues(as_ben, "2026-W47") == ["2026-W47"]
    Event.objects.create(kind=Event.Kind.LAB_CHANGED, at=NOW - timedelta(days=9))
    assert list_issues(as_ben, "2026-W47") == ["2026-W47", "2026-W46"]
    assert list_issues(as_ben, "2026-W44")[-2:] == ["2026-W45", "2026-W44"]
    assert 'rel="prev"' not in as_ben.get("/digest/2026-W46/").content.decode()


def list_issues(browser: Client, name: str) -> list[str]:
    """The weeks that the side of an issue names."""
    text = browser.get(f"/digest/{name}/").content.decode()
    issues = text.split('id="issues-head"')[1].split("</nav>")[0]
    return re.findall(r'href="/digest/(\d{4}-W\d{2})/"', issues)
