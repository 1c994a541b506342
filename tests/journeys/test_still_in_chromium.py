"""Pages do not move under the reader's eyes while they arrive over a slow line."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from papers.models import Member, Paper, Topic

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SLOW = {"offline": False, "latency": 40, "downloadThroughput": 150_000, "uploadThroughput": 150_000}
MOST = 0.02  # of the viewport, as the Layout Instability API weighs it
WATCH = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const {value, hadRecentInput, sources} of list.getEntries()) {
    const texts = sources.map(({node}) => node?.textContent?.trim().slice(0, 40));
    if (!hadRecentInput) window.shifts.push([value, texts]);
  }
}).observe({type: "layout-shift", buffered: true});
"""


@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_that_arrives_slowly_stays_where_it_is(
    open_as: Callable[..., Page], width: int
) -> None:
    call_command("demo", stdout=StringIO())
    read = Paper.objects.filter(reviews__isnull=False, abstract="").order_by("pk")[0]
    topic = Topic.objects.filter(listings__isnull=False).order_by("pk")[0]
    moved: dict[str, object] = {}
    for address in ("/papers/", read.get_absolute_url(), topic.get_absolute_url()):
        page = open_as(Member.objects.get(handle="ada"), viewport={"width": width, "height": 800})
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.emulateNetworkConditions", SLOW)
        page.add_init_script(WATCH)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        shifts = page.evaluate("window.shifts")
        if sum(value for value, _ in shifts) > MOST:
            moved[address] = shifts
        page.context.close()
    assert not moved, moved
