"""What a browser keeps of texts that the server has not confirmed."""

from __future__ import annotations

from playwright.sync_api import Page

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


def list_kept_words(page: Page) -> list[str]:
    """Every text of every copy, in both places where the editor keeps them."""
    return [text for text in page.evaluate(WORDS) if text]
