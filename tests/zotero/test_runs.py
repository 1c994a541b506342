"""Runs that end early, are refused, or meet somebody else's change."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from papers.models import (
    Member,
    Paper,
    ZoteroLibrary,
    ZoteroQuestion,
)
from papers.zotero.actions import syncing
from papers.zotero.actions.syncing import READ_ONLY, REFUSED, UNKNOWN
from papers.zotero.service import zotero_client
from tests import make
from tests.zotero.acts import change, fill, sync
from tests.zotero.stub import Zotero

pytestmark = pytest.mark.django_db


def test_a_run_that_ends_in_the_middle_goes_on_where_it_was(
    zotero: Zotero, library: ZoteroLibrary, monkeypatch: pytest.MonkeyPatch
):
    for number in range(130):
        zotero.put(f"AAAA{number:04d}".replace("0", "B").replace("1", "C"), title=f"Paper {number}")
    monkeypatch.setattr(syncing, "MOST_REQUESTS", 5)
    runs = 0
    while sync(library).synced_at is None:
        runs += 1
        assert runs < 9
    assert runs
    assert Paper.objects.count() == len(zotero.items)
    asked = [path for _, _, path in zotero.asked if "itemKey" in path]
    assert len(asked) == len(set(asked)), "no item was read twice"


@pytest.mark.parametrize(
    ("answer", "pause"),
    [((429, {"Retry-After": "300"}), 300), ((503, {}), 60), ((200, {"Backoff": "40"}), 40)],
)
def test_zoteros_pauses_are_kept(
    zotero: Zotero, library: ZoteroLibrary, answer: tuple[int, dict[str, str]], pause: int
):
    fill(zotero)
    zotero.fail = [answer]
    sync(library)
    if answer[0] == 200:
        assert library.problem, "the answer was no JSON"
    else:
        assert (library.next_at - make.NOW).total_seconds() >= pause
    assert len(zotero.asked) == 1
    assert Paper.objects.count() == 0


def test_refusals_are_said(zotero: Zotero, library: ZoteroLibrary):
    fill(zotero)
    zotero.can_write = False
    assert sync(library).problem == READ_ONLY
    assert Paper.objects.count() == 2, "reading goes on"
    zotero.fail = [(404, {})]
    assert sync(library).problem == UNKNOWN
    ZoteroLibrary.objects.update(key="wrong")
    assert sync(library).problem == REFUSED


def test_a_write_that_lost_the_race_is_settled_by_the_next_run(
    zotero: Zotero, library: ZoteroLibrary, ben: Member
):
    fill(zotero)
    sync(library)
    change(Paper.objects.get(title="On Graphs"), ben, year=1999)
    zotero.before_write = lambda: zotero.put("AAAAAAA2", date="2030")
    assert sync(library).problem == ""
    zotero.before_write = lambda: None
    assert zotero.items["AAAAAAA2"]["date"] == "2030", "refused"
    sync(library)
    question = ZoteroQuestion.objects.get()
    assert (question.ours, question.theirs) == (1999, 2030)


def test_at_most_one_request_a_second(
    zotero: Zotero, library: ZoteroLibrary, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(zotero_client, "ZOTERO", replace(zotero_client.ZOTERO, seconds=1.0))
    fill(zotero)
    sync(library)
    times = [at for at, _, _ in zotero.asked]
    assert len(times) >= 4
    assert min(later - sooner for sooner, later in pairwise(times)) >= 1.0
