"""A progress bar without a known share moves, or is striped where motion is not wanted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from papers.models import ImportJob, Member
from tests import make

LOOK = """e => { const style = getComputedStyle(e);
  return [style.animationName, style.backgroundImage.split("(")[0]] }"""


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_long_import_shows_that_it_goes_on(open_as: Callable[..., Page], ben: Member) -> None:
    job = ImportJob.objects.create(
        name="list.md", by=ben, created_at=make.NOW, asked_at=make.NOW, work=ImportJob.Work.READ
    )
    page = open_as(ben)
    page.goto(job.get_absolute_url())
    bar = page.locator("progress")
    assert bar.evaluate(LOOK) == ["under-way", "linear-gradient"]
    page.emulate_media(reduced_motion="reduce")
    assert bar.evaluate(LOOK) == ["none", "repeating-linear-gradient"]
