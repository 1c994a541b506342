"""What a browser keeps of a text, and what the server has of it."""

from __future__ import annotations

from playwright.sync_api import Page

from papers.models import ReviewDraft
from tests.waiting import sleep_in, wait_for

WORDS = """async () => {
  const ask = (asked) => new Promise((done, fail) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const database = await ask(indexedDB.open('reviewapp', 1));
  const copies = await ask(database.transaction('texts').objectStore('texts').getAll());
  database.close();
  return [...Object.values(localStorage), ...copies]
    .flatMap(text => JSON.parse(text).fields ?? [])
    .map(([name, text]) => text);
}"""


def list_saved_words(page: Page) -> list[str]:
    """Every text of every copy, in both places where the editor keeps them."""
    return [text for text in page.evaluate(WORDS) if text]


def expect_no_saved_words(page: Page) -> None:
    """Wait until the browser forgot its copies: it does once the server's answer is in."""
    wait_for(
        lambda: not list_saved_words(page), lambda: list_saved_words(page), sleep=sleep_in(page)
    )


def expect_draft(page: Page, **texts: str) -> None:
    """Wait until the one draft says this."""

    def find() -> dict[str, str] | None:
        return ReviewDraft.objects.values(*texts).first()

    wait_for(lambda: find() == texts, find, sleep=sleep_in(page))
