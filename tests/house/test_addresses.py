"""Addresses that are written for speed are those of the site map."""

from __future__ import annotations

from datetime import date
from inspect import getmembers, isfunction

import pytest
from django.urls import reverse

from papers.text import addresses

DAY = date(2026, 11, 18)
SAME = {
    "paper": (addresses.paper(7, "flat-minima"), ("paper-detail", (7, "flat-minima"), "")),
    "paper_editor": (addresses.paper_editor(7), ("review-editor", (7,), "")),
    "claim": (addresses.claim(7), ("claim", (7,), "")),
    "release": (addresses.release(7), ("claim-release", (7,), "")),
    "passages": (addresses.passages(), ("passage-list", (), "")),
    "review": (addresses.review(7, 3), ("paper-detail", (7,), "#review-3")),
    "review_comments": (addresses.review_comments(3), ("review-comment-list", (3,), "")),
    "review_critique": (addresses.review_critique(3), ("review-critique", (3,), "")),
    "review_versions": (addresses.review_versions(3), ("review-versions", (3,), "")),
    "topic": (addresses.topic("theory/bounds"), ("topic-detail", ("theory/bounds",), "")),
    "topic_branch": (addresses.topic_branch(4), ("topic-branch", (4,), "")),
    "member": (addresses.member("葵"), ("member-detail", ("葵",), "")),
    "experiment": (addresses.experiment(5), ("experiment-detail", (5,), "")),
    "meeting": (addresses.meeting(DAY), ("meeting-detail", (DAY,), "")),
    "meeting_series": (addresses.meeting_series(2), ("meeting-series-edit", (2,), "")),
    "digest": (addresses.digest("2026-W47"), ("digest-week", ("2026-W47",), "")),
    "file": (addresses.file("0f" * 16), ("file", ("0f" * 16,), "")),
    "import_job": (addresses.import_job(9), ("import-detail", (9,), "")),
}


@pytest.mark.parametrize("name", SAME)
def test_an_address_is_that_of_the_site_map(name: str):
    written, (route, args, anchor) = SAME[name]
    assert written == reverse(route, args=args) + anchor


def test_every_address_is_compared():
    functions = {name for name, one in getmembers(addresses, isfunction) if name != "quote"}
    assert functions == set(SAME)


def test_lists_begin_where_the_site_map_says():
    assert reverse("paper-list") == addresses.PAPERS
    assert reverse("topic-list") == addresses.TOPICS
    assert reverse("meeting-list") == addresses.MEETINGS
