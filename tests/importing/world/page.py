"""A page as it is written, with what a careful reader finds in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.importing.world.works import Work


@dataclass
class Page:
    """Lines, and the truth about the papers in them, in the form of the measure."""

    name: str
    rows: list[str] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The whole document."""
        return "\n".join(self.rows) + "\n"

    def put(self, *lines: str) -> None:
        """Lines that name no paper."""
        for line in lines:
            self.rows.extend(line.split("\n"))

    def paper(
        self,
        work: Work,
        *lines: str,
        tells: str = "url",
        topic: Sequence[str] = (),
        members: Sequence[str] = (),
        venue: str = "",
    ) -> None:
        """Lines about a paper; `tells` names the facts that they state: url, year, venue, review."""
        self.note(work, tells=tells, topic=topic, members=members, venue=venue)
        self.put(*lines)

    def note(
        self,
        work: Work,
        *,
        tells: str = "url",
        topic: Sequence[str] = (),
        members: Sequence[str] = (),
        venue: str = "",
    ) -> None:
        """The truth about a paper whose first line comes next."""
        said = tells.split()
        self.entries.append({
            "line": len(self.rows) + 1,
            "kind": "paper",
            "title": work.title,
            "title_as_written": work.title,
            "urls": [work.url] if "url" in said else [],
            "arxiv_id": (work.arxiv or None) if "url" in said else None,
            "year": work.year if "year" in said else None,
            "venue_tags": [venue or work.tag] if "venue" in said else [],
            "topics": [list(topic)] if topic else [],
            "members": list(members),
            "review": "review" in said,
        })  # fmt: skip

    def truth(self) -> dict[str, Any]:
        """What the measure compares with."""
        return {"file": self.name, "entries": self.entries}
