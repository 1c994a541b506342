"""Addresses of pages that rows, events and rendered texts link to, said once.

`reverse()` costs some 20 microseconds, and one page may hold two hundred links; these functions
are plain text and `tests/house/test_addresses.py` compares each with `reverse()`.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from papers.text.slots import Slot

PAPERS = "/papers/"
TOPICS = "/topics/"
MEETINGS = "/meetings/"


def paper(pk: int, slug: str = "") -> str:
    """A paper's page; without a slug it redirects to the full address."""
    return f"{PAPERS}{pk}/{slug}/" if slug else f"{PAPERS}{pk}/"


def paper_editor(pk: int) -> str:
    """Where the viewer writes a review of a paper."""
    return f"{PAPERS}{pk}/review/"


def claim(paper_pk: int) -> str:
    """Where a POST claims a paper."""
    return f"{PAPERS}{paper_pk}/claim/"


def release(paper_pk: int) -> str:
    """Where a POST releases one's claim on a paper."""
    return f"{PAPERS}{paper_pk}/release/"


def passages() -> str:
    """The passages of a search, fetched after its rows."""
    return f"{PAPERS}passages/"


def review(paper_pk: int, pk: int) -> str:
    """A review, on the page of its paper."""
    return f"{PAPERS}{paper_pk}/#review-{pk}"


def review_comments(pk: int) -> str:
    """The discussion of a review."""
    return f"/reviews/{pk}/comments/"


def review_critique(pk: int) -> str:
    """Which points of one's own critique still hold."""
    return f"/reviews/{pk}/critique/"


def review_versions(pk: int) -> str:
    """Every published version of a review."""
    return f"/reviews/{pk}/versions/"


def topic(path: str) -> str:
    """A topic's page; `path` holds the slugs from the outermost topic in."""
    return f"{TOPICS}{path}/"


def topic_branch(pk: int) -> str:
    """The topics below one, for the index beside a page."""
    return f"/topic-branches/{pk}/"


def member(handle: str) -> str:
    """A member's page; a handle may hold letters of any script."""
    return f"/members/{quote(handle)}/"


def experiment(pk: int) -> str:
    """One experiment."""
    return f"/experiments/{pk}/"


def meeting(day: date, number: int = 1) -> str:
    """The meeting of a day; the second and later ones have their number behind it."""
    return f"{MEETINGS}{Slot(day, number)}/"


def meeting_series(pk: int) -> str:
    """Where curators change a regular meeting."""
    return f"{MEETINGS}series/{pk}/"


def digest(week: object) -> str:
    """The digest of a week, named like `2026-W47`."""
    return f"/digest/{week}/"


def import_job(pk: int) -> str:
    """One import: preview, progress or result."""
    return f"/import/{pk}/"


def file(key: str) -> str:
    """Where a file is served; texts show pictures from such addresses alone."""
    return f"/files/{key}/"
