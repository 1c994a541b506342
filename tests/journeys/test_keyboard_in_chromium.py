"""The keyboard alone: the focus is always seen, reaches everything, and survives every swap."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from papers.demo.actions import make_demo
from papers.models import Meeting, Member, Paper
from tests import make
from tests.clock import NOW
from tests.importing.intake.test_choices import show
from tests.waiting import wait_for_frames

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUS = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const box = here.getBoundingClientRect();
  const shown = here.closest("label") ?? here;
  const drawn = [here, shown].some((one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== "none" || style.boxShadow !== "none";
  });
  const cover = [...document.querySelectorAll(".bottom, .save-bar")].filter((bar) =>
    bar.checkVisibility() && !bar.contains(here) && getComputedStyle(bar).position !== "static"
    && bar.getBoundingClientRect().top < box.top && bar.getBoundingClientRect().bottom > box.bottom);
  return {
    name: `${here.tagName} ${(here.getAttribute("aria-label") ?? here.innerText ?? here.name ?? "").trim().slice(0, 40)}`,
    isSeen: drawn && box.bottom > 0 && box.top < innerHeight && !cover.length,
    isLast: here === [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
      .filter((one) => one.checkVisibility() && !one.disabled && one.tabIndex >= 0).at(-1),
  };
}"""  # noqa: E501
MOST_STEPS = 300


@pytest.fixture
def ada() -> Member:
    """A curator with a desk: claims, drafts, a part in the next meeting."""
    make_demo(password="x", at=NOW)
    make.index()
    return Member.objects.get(handle="ada")


def list_pages() -> dict[str, str]:
    """The pages that members work on."""
    paper = Paper.objects.filter(reviews__isnull=False).order_by("pk")[0]
    meeting = Meeting.objects.coming(NOW)[0]
    return {
        "desk": "/",
        "catalogue": "/papers/",
        "paper": paper.get_absolute_url(),
        "editor": f"/papers/{paper.pk}/review/",
        "meeting": meeting.get_absolute_url(),
        "board": "/experiments/",
        "preview": show(Member.objects.get(handle="ada")).get_absolute_url(),
        "room": f"{meeting.get_absolute_url()}room/",
    }


@pytest.mark.parametrize("width", [360, 1280])
def test_the_tab_key_walks_every_page_and_shows_where_it_is(
    open_as: Callable[..., Page], ada: Member, width: int
):
    page = open_as(ada, viewport={"width": width, "height": 760})
    wrong = []
    for name, address in list_pages().items():
        page.goto(address)
        page.wait_for_load_state("networkidle")
        for _ in range(MOST_STEPS):
            page.keyboard.press("Tab")
            wait_for_frames(page)  # the next one scrolls to what got the focus
            focus = page.evaluate(FOCUS)
            if focus is None or focus["isLast"]:
                break
            if not focus["isSeen"]:
                wrong.append(f"{name}: {focus['name']}")
        else:
            wrong.append(f"{name}: the end is not reached")
    assert not wrong, "\n".join(wrong)


ACTS = """(wanted) => {
  const kinds = new Map();
  for (const act of document.querySelectorAll("main :is(button, a):is([hx-post], [hx-get])")) {
    if (!act.checkVisibility() || act.matches("[data-confirm], [aria-disabled=true]")) continue;
    const address = act.getAttribute("hx-post") ?? act.getAttribute("hx-get");
    kinds.set(`${address.replace(/\\d+/g, "N")} ${act.value}`, act);
  }
  kinds.get(wanted)?.focus();
  window.isAsked = true;
  document.addEventListener("htmx:afterSettle", () => { window.isSettled = true; });
  return [...kinds.keys()];
}"""
"""The kinds of buttons that swap a part of the page; one of the kind wanted gets the focus."""

ANSWERED = "() => !window.isAsked || window.isSettled"
"""A part was swapped, or another page was loaded."""


@pytest.mark.parametrize("name", ["catalogue", "paper", "meeting", "room", "board", "preview"])
def test_no_swap_loses_the_focus(open_as: Callable[..., Page], ada: Member, name: str):
    """Each kind of button that swaps a part of the page, pressed with Enter."""
    page, address = open_as(ada), list_pages()[name]
    page.goto(address)
    wrong = []
    for kind in page.evaluate(ACTS, ""):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        if kind not in page.evaluate(ACTS, kind):
            continue
        page.keyboard.press("Enter")
        page.wait_for_function(ANSWERED)
        if page.url.split("#")[0].endswith(address) and not page.evaluate(FOCUS):
            wrong.append(kind)
    assert not wrong, "\n".join(wrong)
