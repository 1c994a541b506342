"""What an import needs of a tracker's answers, in a tenth of their size. Pure; the sandbox runs it.

The fields are those of GitHub's REST API, version 2022-11-28 ("List repository issues", "List issue
comments for a repository"), and of GitLab's, version 4 ("List project issues", "List project issue
notes").
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from papers.lookups.found_work import Unreadable
from papers.lookups.services.json import as_list, as_object, as_text, load_json

KEPT = (
    "number", "iid", "title", "body", "description", "state", "created_at", "closed_at",
    "html_url", "web_url", "url", "issue_url",
)  # fmt: skip

type Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one answer as JSON objects joined by commas; `problem` when there are none.

    `discussed` has the numbers of issues whose comments stand in a list of their own.
    """

    rows: str = ""
    problem: str = ""
    discussed: tuple[int, ...] = ()


def condense_github(body: bytes, _project: str = "") -> Page:
    """One page of issues or comments. Pull requests are left out."""
    return _condense(body, lambda row: None if row.get("pull_request") else _keep(row, "user"))


def condense_gitlab(body: bytes, project: str) -> Page:
    """One page of issues or notes; `project` is its address in the API. What the machine noted
    ("changed the label") is left out.
    """
    discussed = list[int]()

    def keep(row: Row) -> Row | None:
        if row.get("system"):
            return None
        kept = _keep(row, "author")
        if isinstance(number := row.get("iid"), int):
            kept["url"] = f"{project}/issues/{number}"
            if row.get("user_notes_count"):
                discussed.append(number)
        elif isinstance(number := row.get("noteable_iid"), int):
            kept["issue_url"] = f"{project}/issues/{number}"
        return kept

    page = _condense(body, keep)
    return Page(page.rows, page.problem, tuple(discussed))


def _condense(body: bytes, keep: Callable[[Row], Row | None]) -> Page:
    try:
        found = load_json(body)
    except Unreadable as problem:
        return Page(problem=str(problem))
    if not isinstance(found, list):
        return Page(problem="The answer is not a list of issues.")
    rows = [kept for one in found if (kept := keep(as_object(one)))]
    return Page(",\n".join(json.dumps(row, ensure_ascii=False) for row in rows))


def _keep(row: Row, writer: str) -> Row:
    """The fields of a row that are of use; `writer` names that of whoever wrote it."""
    kept: Row = {name: row[name] for name in KEPT if row.get(name) is not None}
    kept[writer] = {"login": _get_login(row.get(writer))}
    if "title" in kept:
        kept["assignees"] = [{"login": _get_login(one)} for one in as_list(row.get("assignees"))]
        labels = [_get_label(one) for one in as_list(row.get("labels"))]
        kept["labels"] = [{"name": name} for name in labels if name]
    return kept


def _get_label(label: Any) -> str:
    """GitLab gives the name alone."""
    return as_text(label) or as_text(as_object(label).get("name"))


def _get_login(person: Any) -> str:
    """GitHub's word, or GitLab's."""
    found = as_object(person)
    return as_text(found.get("login")) or as_text(found.get("username"))
