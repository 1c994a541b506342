"""No page reads a whole table: the plans of every query at 10,000 papers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from papers.bench.actions import make_synthetic_lab
from papers.bench.words import COMMON, RARE
from papers.models import Member, Paper, Topic
from papers.text.weeks import Week
from tests.clock import NOW

PAPERS = 10_000
LARGE = {"papers_paper", "papers_review", "papers_event"}
PAGES = (
    "/",
    "/papers/",
    f"/papers/?q={RARE}",
    f"/papers/?q={COMMON}",
    "/papers/?q=topic:topic-3",
    "/papers/?q=is:reviewed",
    "/papers/?q=is:open",
    "/topics/",
    "{topic}",
    "/members/bench-3/",
    "/activity/",
    "/papers/{pk}/{slug}/",
    "/papers/{pk}/history/",
    "/papers/{pk}/review/",
    "/digest/{week}/",
    "/digest/{earlier}/",
)

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def _list_scans(plan: dict[str, Any]) -> list[str]:
    here = [plan["Relation Name"]] if plan["Node Type"] == "Seq Scan" else []
    return here + [name for below in plan.get("Plans", ()) for name in _list_scans(below)]


def _explain(sql: str) -> list[str]:
    text = sql.rpartition("enable_seqscan = off; ")[2]
    if text.lstrip("( \n")[:6].upper() not in {"SELECT", "WITH M", "WITH P"}:
        return []
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + text.replace("%", "%%"), [])
        plan = cursor.fetchone()[0]
    return _list_scans((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])


@pytest.mark.slow
def test_no_page_reads_all_papers_reviews_or_events(client: Client) -> None:
    make_synthetic_lab(papers=PAPERS, at=NOW, say=lambda _: None)
    client.force_login(Member.objects.get(handle="bench"), "papers.accounts.backends.MemberBackend")
    paper = Paper.objects.order_by("pk")[PAPERS // 2]
    found, week = [], Week.of(NOW.date())
    topic = Topic.objects.filter(depth=0)[0].get_absolute_url()
    for page in PAGES:
        path = page.format(
            pk=paper.pk, slug=paper.slug, week=week, earlier=week.earlier, topic=topic
        )
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200, path
        for query in queries:
            scans = LARGE & set(_explain(query["sql"]))
            found += [(page, scan, query["sql"][:200]) for scan in scans]
    assert not found, "\n".join(map(str, found))
