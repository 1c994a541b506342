"""Every page of three labs (empty, demo, real content) on contact sheets, to be looked at.

`make faults` walks them: each page fits its window and breaks no policy. `SHEETS=yes`
lays their pictures side by side in docs/screens/.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page

from papers.demo.actions import make_demo
from papers.models import Experiment, Meeting, Member, Paper, Review, Topic
from tests import make, real_content
from tests.access_matrix import TABLE
from tests.clock import NOW

pytestmark = [pytest.mark.browser, pytest.mark.faults, pytest.mark.django_db(transaction=True)]

SCREENS = Path(__file__).parents[2] / "docs" / "screens"
LOOKS = {
    "1280-light": (1280, 1000, 0.25),
    "1280-dark": (1280, 1000, 0.25),
    "360-light": (360, 760, 0.5),
    "360-dark": (360, 760, 0.5),
}
"""Width and height of the window, and how small it stands on the sheet."""

READERS = {"everybody", "public", "members", "reviewers", "curators"}
CAPTION = 14
GAP = 6


def fill_nothing() -> None:
    """A lab on its first day: one curator, no paper."""
    make.lab()
    make.member("ada", name="Ada Curator", role=Member.Role.CURATOR)


def fill_demo() -> None:
    make_demo(password="x", at=NOW)


LABS: dict[str, Callable[[], None]] = {
    "empty": fill_nothing,
    "demo": fill_demo,
    "real": real_content.fill_lab,
}


def list_addresses() -> Iterator[str]:
    """Every address without a subject, then pages of the first things of each kind."""
    for row in TABLE.splitlines():
        address, _, rights = row.partition(" ")
        if "<" not in address and rights.split()[:1] and rights.split()[0] in READERS:
            yield f"/{address}"
    for model in (Topic, Experiment, Meeting):
        yield from (one.get_absolute_url() for one in model.objects.order_by("pk")[:2])
    for meeting in Meeting.objects.order_by("pk")[:1]:
        yield from (f"{meeting.get_absolute_url()}{name}/" for name in ("room", "edit"))
    for paper in Paper.objects.filter(reviews__isnull=False).distinct().order_by("pk")[:2]:
        yield paper.get_absolute_url()
        yield from (f"/papers/{paper.pk}/{name}/" for name in ("reviews", "history", "edit"))
        yield f"/papers/{paper.pk}/review/"
    for review in Review.objects.order_by("pk")[:1]:
        yield f"/reviews/{review.pk}/versions/"


@pytest.mark.parametrize("lab", list(LABS))
def test_every_page_fits_on_the_contact_sheet(open_as: Callable[..., Page], lab: str):
    LABS[lab]()
    ada = Member.objects.get(handle="ada")
    wrong = []
    for look, (width, height, scale) in LOOKS.items():
        page = open_as(
            ada,
            viewport={"width": width, "height": height},
            device_scale_factor=scale,
            color_scheme=look.rpartition("-")[2],
        )
        pictures = {}
        for address in list_addresses():
            if not is_page(page, address):
                continue
            page.goto(address)
            page.wait_for_load_state("networkidle")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append(f"{look} {address}: wider than its window")
            pictures[address] = page.screenshot()
        wrong += [f"{look}: {one}" for one in page.complaints]  # type: ignore[attr-defined]
        page.close()
        if os.environ.get("SHEETS"):
            lay_out(pictures, SCREENS / f"sheet-{lab}-{look}.jpg")
    assert not wrong, "\n".join(wrong)


def is_page(page: Page, address: str) -> bool:
    """Whether a whole page answers there: no file, no part of a page, no way to another."""
    answer = page.request.get(address, max_redirects=0)
    return answer.status == 200 and "<main" in answer.text()


def lay_out(pictures: dict[str, bytes], path: Path) -> None:
    """One sheet of all pictures, each under its address."""
    images = {address: Image.open(io.BytesIO(one)) for address, one in pictures.items()}
    wide, high = next(iter(images.values())).size
    columns = max(1, 1_800 // (wide + GAP))
    rows = -(-len(images) // columns)
    sheet = Image.new(
        "RGB", (columns * (wide + GAP) + GAP, rows * (high + CAPTION + GAP) + GAP), "#777"
    )
    draw = ImageDraw.Draw(sheet)
    for number, (address, image) in enumerate(images.items()):
        left = GAP + number % columns * (wide + GAP)
        top = GAP + number // columns * (high + CAPTION + GAP)
        draw.text((left, top), address[: wide // 6], fill="#fff")
        sheet.paste(image, (left, top + CAPTION))
    sheet.save(path, quality=35, optimize=True, progressive=True)
