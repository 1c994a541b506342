"""Adding pictures while writing: pasted, dropped and chosen, by keyboard too, in real Chromium."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from papers.models import File, Member, Paper
from tests import make
from tests.files.pictures import draw

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GIVE = """(area, [kind, data]) => {
  const files = new DataTransfer();
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  files.items.add(new window.File([bytes], 'image.png', { type: 'image/png' }));
  const event = kind === 'paste'
    ? new ClipboardEvent('paste', { clipboardData: files, bubbles: true, cancelable: true })
    : new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true });
  return !area.dispatchEvent(event);
}"""
LINE = re.compile(r"!\[The loss falls\]\(/files/[0-9a-f]{32}/\)")


@pytest.fixture
def paper() -> Paper:
    return make.paper()


@pytest.fixture
def page(open_as, ben: Member, paper: Paper) -> Iterator[Page]:
    page: Page = open_as(ben)
    page.goto(f"/papers/{paper.pk}/review/")
    expect(page.get_by_role("toolbar").first).to_be_visible()
    yield page
    page.wait_for_load_state("networkidle")
    page.goto("about:blank")


@pytest.fixture
def area(page: Page) -> Locator:
    area = page.locator("[name=summary]")
    area.click()
    return area


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_a_picture_that_is_pasted_or_dropped_is_described_and_shown(
    page: Page, area: Locator, kind: str
):
    area.press_sequentially("See:")
    assert area.evaluate(GIVE, [kind, b64encode(draw(size=(300, 200))).decode()])
    dialog = page.get_by_role("dialog", name="Add a picture")
    expect(dialog.get_by_label("Alternative text")).to_be_focused()
    page.keyboard.type("The loss falls")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(area).to_be_focused()
    assert LINE.search(area.input_value()), area.input_value()
    file = File.objects.get()
    shown = page.locator(f".prose img[src='/files/{file.key}/']")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 300
    expect(page.locator("#saved time")).to_be_visible()


def test_a_refused_picture_says_why_and_keeps_the_description(page: Page, area: Locator, tmp_path):
    page.get_by_role("toolbar").nth(1).get_by_role("button", name="Picture").click()
    dialog = page.get_by_role("dialog", name="Add a picture")
    wrong = tmp_path / "a.png"
    wrong.write_bytes(b"<svg onload='alert(1)'/>")
    dialog.get_by_label("Picture").set_input_files(wrong)
    dialog.get_by_label("Alternative text").fill("The loss falls")
    dialog.get_by_role("button", name="Add picture").click()
    expect(dialog.get_by_role("alert")).to_contain_text("This type of file can't be added here.")
    expect(dialog.get_by_label("Alternative text")).to_have_value("The loss falls")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert not File.objects.exists()


def test_a_comment_takes_a_picture_by_keyboard(page: Page, paper: Paper, tmp_path):
    page.goto(f"/papers/{paper.pk}/comments/")
    link = page.get_by_role("link", name="Add a picture").first
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Add a picture")
    right = tmp_path / "a.png"
    right.write_bytes(draw())
    dialog.get_by_label("Picture").set_input_files(right)
    dialog.get_by_label("Alternative text").fill("The loss falls")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    body = page.locator("textarea[name=body]").first
    expect(body).to_have_value(LINE)
    page.locator("form.comment-form button[type=submit]").first.click()
    expect(page.locator(".prose img")).to_be_visible()
    assert File.objects.get().meant_for == "comment"
