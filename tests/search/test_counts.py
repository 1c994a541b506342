"""Counts of results and of facets: exact among many papers, and somewhere they end."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from papers.models import Lab, Member, Paper, SearchDoc
from papers.search.index.actions import refresh
from papers.search.results import COUNT_LIMIT
from tests import make
from tests.search.test_queries import search


def test_every_count_is_exact_among_many_papers(ben: Member, lab: Lab, ada: Member) -> None:
    """Facets too: what only the oldest of 1,200 papers have is named beside the list."""
    topic = make.topic("Old school")
    old = make.paper("Old thing", venue="OLDCONF", added_at=make.NOW - timedelta(days=900))
    make.listing(old, topic)
    make.review(old, ada)
    refresh([old.pk, *(make.paper("Common thing").pk for _ in range(1_199))])
    for text in ("", "thing", "thing sort:old"):
        found = search(text, ben, lab, with_facets=True)
        assert str(found.count) == "1,200", text
        assert len(found.paper_ids) == 50
        values = {one.field: {v.label: str(v.count) for v in one.values} for one in found.facets}
        assert values["topic"] == {"Old school": "1", "": "1,199"}, "the rest has none"
        assert values["reviewer"] == {ada.name: "1"}
        assert values["venue"]["OLDCONF"] == "1"
        assert values["is"]["reviewed"] == "1"
    assert str(search("absent", ben, lab).count) == "0"


def test_a_count_ends_somewhere_and_says_so(ben: Member, lab: Lab) -> None:
    refresh([make.paper("Common thing").pk])
    multiply(COUNT_LIMIT)
    assert str(search("", ben, lab).count) == "20,000+"
    assert str(search("sort:old", ben, lab).count) == "20,000+"
    found = search("common", ben, lab, with_facets=True)
    assert found.count.is_capped, "very common words are counted among the newest"
    assert all(one.count.is_capped for facet in found.facets for one in facet.values)


def multiply(times: int) -> None:
    """So many more papers like the one that is there."""
    for model in (Paper, SearchDoc):
        quote = connection.ops.quote_name
        names = [quote(f.column) for f in model._meta.concrete_fields if not f.generated]
        key = quote(model._meta.pk.column)
        values = [f"{one} + n" if one == key else one for one in names]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) SELECT "
                f"{', '.join(values)} FROM {model._meta.db_table}, generate_series(1, %s) n",
                [times],
            )
