"""A made-up document: its text, and the works that stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.importing.invented.works import Paper

GREETINGS = (
    "We are a reading group that meets every week. Everybody is welcome to join us.",
    "A curated list of papers that we read in our lab. Pull requests are welcome!",
    "",
)


ENDS = (
    "## Contributing\n\nPlease open a [pull request](https://github.com/a/b/pulls) and follow these steps:\n\n"
    "1. Fork the repository.\n2. Add your paper to the list.\n3. Run `make check`.\n",
    "## License\n\nThis list is under [CC0](https://creativecommons.org/publicdomain/zero/1.0/).\n",
    "",
    "",
)


@dataclass
class Document:
    """A document with its truth; `name` ends as its format does."""

    name: str
    text: str
    papers: list[Paper]
    tells: frozenset[str]
    kind: str

    def truth(self) -> dict[str, Any]:
        """What a careful reader writes down, as the measure wants it."""
        return {"file": self.name, "entries": [self._entry(paper) for paper in self.papers]}

    def _entry(self, paper: Paper) -> dict[str, Any]:
        has_id = "url" in self.tells or "arxiv" in self.tells
        return {
            "line": paper.line,
            "kind": "paper",
            "title": paper.title,
            "title_as_written": paper.title,
            "urls": [paper.url] if "url" in self.tells else [],
            "arxiv_id": paper.arxiv if has_id else None,
            "year": paper.year if "year" in self.tells else None,
            "venue_tags": [paper.tag] if "venue" in self.tells else [],
            "topics": [paper.topic] if paper.topic else [],
            "members": [paper.reader] if "reader" in self.tells else [],
            "review": "note" in self.tells,
        }
