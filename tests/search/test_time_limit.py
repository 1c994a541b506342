"""A search that takes too long looks among the newest papers and says so."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from papers.search import queries
from papers.search.index.actions import refresh
from papers.search.queries import find_papers
from tests import make

ASKED = {"today": date(2026, 11, 18)}


@pytest.mark.django_db(transaction=True)
def test_a_search_that_takes_too_long_is_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    lab, ben = make.lab(), make.member("ben")
    refresh([make.paper("Common thing").pk for _ in range(5)])
    whole = find_papers("common", by=ben, lab=lab, **ASKED)
    assert len(whole.paper_ids) == 5
    assert not whole.is_cut_short
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)
    slow = "SET LOCAL statement_timeout = {}; SELECT pg_sleep(1); "
    monkeypatch.setattr(queries, "_BOUND", slow)
    monkeypatch.setattr(queries, "TIME_LIMIT", 20)
    for text in ("common", "common -is:overdue", "common or is:overdue"):
        found = find_papers(text, by=ben, lab=lab, with_facets=True, **ASKED)
        assert found.is_cut_short, text
        assert len(found.paper_ids) == 5, text
        assert "newest 2,000" in found.remarks[-1].text
