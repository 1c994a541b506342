"""The pictures of the guide, from the demo lab. `PICTURES=yes` writes them anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from papers.demo.actions import make_demo
from papers.help.contents import PAGES
from papers.models import Experiment, Meeting, Member, Paper
from tests.clock import NOW

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PICTURES = Path(__file__).parents[2] / "static" / "img" / "help"


def list_addresses() -> dict[str, str]:
    """The page of the site that each page of the guide shows."""
    paper = Paper.objects.filter(reviews__isnull=False).order_by("pk").first()
    meeting = Meeting.objects.filter(held_at__isnull=False).order_by("-day").first()
    assert paper is not None
    assert meeting is not None
    assert Experiment.objects.exists()
    return {
        "start": "/",
        "papers": "/papers/",
        "lists": "/import/",
        "claims": "/members/ada/",
        "reviews": f"{paper.get_absolute_url()}#reviews",
        "writing": f"/papers/{paper.pk}/review/",
        "experiments": "/experiments/",
        "meetings": meeting.get_absolute_url(),
        "digest": "/digest/",
        "curators": "/curation/members/",
    }


def test_every_page_of_the_guide_shows_a_page_that_is_there(open_as: Callable[..., Page]):
    make_demo(password="x", at=NOW)
    ada = Member.objects.get(handle="ada")
    page = open_as(ada, viewport={"width": 1200, "height": 750}, device_scale_factor=0.8)
    addresses = list_addresses()
    assert list(addresses) == [one.name for one in PAGES]
    for name, address in addresses.items():
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, address
        if os.environ.get("PICTURES"):
            page.wait_for_load_state("networkidle")
            page.screenshot(path=PICTURES / f"{name}.jpg", type="jpeg", quality=55)
