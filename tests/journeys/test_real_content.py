"""Every page with real content, at five widths, in the dark and in print: nothing breaks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from papers.models import Experiment, Lab, Meeting, Member, Review, Topic
from tests import real_content

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WIDTHS = [320, 360, 768, 1280, 1920]
CHECK = (Path(__file__).parent / "layout.js").read_text()
PLAIN = [
    "/", "/papers/", "/papers/?q=gradients", "/topics/", "/members/",
    "/members/ada/", "/members/ben/",
    "/experiments/", "/experiments/calibration/", "/meetings/", "/digest/",
    "/activity/", "/help/", "/help/reviews/", "/help/search/", "/help/shortcuts/",
    "/searches/", "/notifications/", "/profile/", "/profile/notifications/", "/profile/feeds/",
]  # fmt: skip
WRITING = ["/papers/new/", "/experiments/new/", "/import/"]
PUBLIC = ["/", "/papers/", "/topics/", "/digest/", "/help/", "/help/start/"]
"""What a visitor of a lab that reads in public is offered."""

CURATING = [
    "/curation/", "/curation/placeholders/", "/curation/members/", "/curation/lab/",
    "/curation/digest/", "/curation/questions/", "/curation/questions/?set=thorough",
    "/curation/setup/", "/curation/placeholders/p0/invitation/", "/meetings/new/",
    "/meetings/series/",
]  # fmt: skip
ASK = """
async (links) => (await Promise.all(links.map(async link =>
  [link, (await fetch(link, {redirect: "manual"})).status]))).filter(([, s]) => s === 403)
"""
CLOSED = """
async (links) => (await Promise.all(links.map(async link => [link, (await fetch(link)).url])))
  .filter(([, to]) => to.includes("/accounts/login")).map(([link]) => link)
"""
LINKS = "[...new Set([...document.querySelectorAll('a[href^=\"/\"]')].map(a => a.pathname))]"


def list_pages(handle: str) -> list[str]:
    papers = real_content.list_papers()
    found = list(PLAIN)
    first = papers[0]
    found += [paper.get_absolute_url() for paper in papers[: 4 if handle == "ada" else 1]]
    found += [f"/papers/{first.pk}/{name}/" for name in ("reviews", "history", "similar")]
    found += [topic.get_absolute_url() for topic in Topic.objects.all()[:2]]
    found += [one.get_absolute_url() for one in Experiment.objects.all()[:2]]
    for one in Review.objects.all()[:1]:
        found += [f"/reviews/{one.pk}/versions/", f"/reviews/{one.pk}/comments/"]
    for meeting in Meeting.objects.all():
        found += [meeting.get_absolute_url(), f"{meeting.get_absolute_url()}room/"]
    if handle != "rea":
        found += [*WRITING, f"/papers/{first.pk}/review/"]
    if handle == "ada":
        meeting = Meeting.objects.order_by("day").last()
        topic = Topic.objects.filter(listings__paper=first).first()
        assert meeting is not None
        assert topic is not None
        found += [*CURATING, f"/papers/{first.pk}/edit/", f"{meeting.get_absolute_url()}edit/"]
        split = {"act": "split", "topic": topic.pk, "paper": first.pk}
        found += [f"/topic-splits/{topic.pk}/", f"/papers/selection/?{urlencode(split)}"]
        found += [f"{topic.get_absolute_url()}?edit", f"/topic-merges/{topic.pk}/"]
    return found


def test_no_page_breaks_under_real_content(open_as: Callable[..., Page]):
    """The curator's walk looks at every width and medium; the others' at links they may follow."""
    real_content.fill_lab()
    wrong = [found for handle in ("ada", "ben", "rea") for found in walk(open_as, handle)]
    assert not wrong, "\n".join(wrong)


def test_a_visitor_of_a_public_lab_meets_no_closed_door(open_as: Callable[..., Page]):
    """Every link on public pages leads to a page, not to the sign-in, but for Sign in itself."""
    real_content.fill_lab()
    Lab.objects.update(public_reading=True)
    page = open_as(None, viewport={"width": 1280, "height": 800})
    papers = [paper.get_absolute_url() for paper in real_content.list_papers()[:1]]
    topics = [topic.get_absolute_url() for topic in Topic.objects.all()[:1]]
    closed = []
    for address in [*PUBLIC, *papers, *topics]:
        page.goto(address)
        links = [one for one in page.evaluate(LINKS) if not one.startswith("/accounts/")]
        closed += [f"{address}: {link}" for link in page.evaluate(CLOSED, links)]
        closed += [f"{address}: {one}" for one in page.evaluate(CHECK)]
    assert not closed, "\n".join(sorted(set(closed)))


def walk(open_as: Callable[..., Page], handle: str) -> list[str]:
    """What this member finds wrong on the pages and behind their links."""
    page = open_as(Member.objects.get(handle=handle), viewport={"width": 1280, "height": 800})
    wrong: list[str] = []
    links: dict[str, str] = {}
    for address in list_pages(handle):
        answer = page.goto(address)
        if answer is None or answer.status != 200:
            wrong.append(f"{handle} {address}: answered {answer and answer.status}")
            continue
        for link in page.evaluate(LINKS):
            links.setdefault(link, address)
        found = look(page) if handle == "ada" else page.evaluate(CHECK)
        wrong += [f"{handle} {address}: {one}" for one in found]
    refused = page.evaluate(ASK, [link for link in links if "/logout" not in link])
    page.close()
    return wrong + [f"{handle} {links[link]}: {link} answers {status}" for link, status in refused]


def look(page: Page) -> list[str]:
    """What is wrong on this page, loaded once, at each width, then in the dark and in print."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width}: {one}" for one in page.evaluate(CHECK)]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in page.evaluate(CHECK)]
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print", color_scheme="light")
    found += [f"print: {one}" for one in page.evaluate(CHECK)]
    page.emulate_media(media="screen", color_scheme="light")
    return found
