"""Reading HTML that a stranger wrote: tags about a paper, and its abstract. Pure."""

from __future__ import annotations

from collections import defaultdict
from html.parser import HTMLParser

from papers.lookups.found_work import Unreadable

MOST_TAGS = 20_000


class _Reader(HTMLParser):
    """Gathers the tags about the paper, and the text of the element that holds the abstract."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: dict[str, list[str]] = defaultdict(list)
        self.abstract: list[str] = []
        self._inside, self._depth, self._count = "", 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._count += 1
        if self._count > MOST_TAGS:
            raise Unreadable("The page is too long.")
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = (values.get("name") or values.get("property", "")).lower()
            self.tags[name].append(values.get("content", ""))
        elif self._inside:
            self._depth += tag == self._inside
        elif values.get("id") == "abstract" or "acl-abstract" in values.get("class", ""):
            self._inside, self._depth = tag, 1

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._depth -= 1
            if not self._depth:
                self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.abstract.append(data)


def read_html(body: bytes) -> tuple[dict[str, list[str]], str]:
    """Contents of meta tags by name, and the text of the abstract. Raises Unreadable."""
    reader = _Reader()
    try:
        reader.feed(body.decode("utf-8", "replace"))
    except AssertionError as problem:
        raise Unreadable("The answer is not HTML.") from problem
    return reader.tags, " ".join(reader.abstract)
