"""What an import needs of GitHub's answers, in a tenth of their size. Pure; the sandbox runs it.

The fields are those of GitHub's REST API, version 2022-11-28: "List repository issues" and "List
issue comments for a repository".
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from papers.lookups.found import Unreadable
from papers.lookups.services.json import as_list, as_object, as_text, load_json

KEPT = (
    "number", "title", "body", "state", "created_at", "closed_at", "html_url", "url", "issue_url",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one answer as JSON objects joined by commas; `problem` when there are none."""

    rows: str = ""
    problem: str = ""


def condense(body: bytes) -> Page:
    """One page of issues or comments. Pull requests are left out."""
    try:
        found = load_json(body)
    except Unreadable as problem:
        return Page(problem=str(problem))
    if not isinstance(found, list):
        return Page(problem="The answer is not a list of issues.")
    rows = [_keep(as_object(one)) for one in found if not as_object(one).get("pull_request")]
    return Page(",\n".join(json.dumps(row, ensure_ascii=False) for row in rows))


def _keep(row: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {name: row[name] for name in KEPT if row.get(name) is not None}
    kept["user"] = {"login": as_text(as_object(row.get("user")).get("login"))}
    if "title" in kept:
        people = [as_text(as_object(one).get("login")) for one in as_list(row.get("assignees"))]
        kept["assignees"] = [{"login": name} for name in people]
        labels = [as_text(as_object(one).get("name")) for one in as_list(row.get("labels"))]
        kept["labels"] = [{"name": name} for name in labels]
    return kept
