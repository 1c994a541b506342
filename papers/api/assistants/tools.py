"""The tools of an assistant: operations of the API, described and called by name and arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from papers.api.guide.openapi import make_document

OPERATIONS = {
    "search_papers": "list_papers",
    "get_paper": "get_paper",
    "get_paper_reviews": "list_paper_reviews",
    "get_paper_comments": "list_comments",
    "list_topics": "list_topics",
    "list_experiments": "list_experiments",
    "list_meetings": "list_meetings",
    "list_my_drafts": "list_drafts",
    "get_my_draft": "get_draft",
    "save_my_draft": "save_draft",
}
"""Name of each tool, and the operation that it is."""

type Values = dict[str, Any]


class UnknownTool(Exception):
    """There is no tool of this name."""


class WrongArguments(Exception):
    """The arguments of a call can't be used; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Call:
    """What a tool asks of the API."""

    method: str
    path: str
    query: Values
    body: Values | None


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool. Where each argument goes: into the path, the query or the body."""

    name: str
    method: str
    path: str
    title: str
    about: str
    schemas: dict[str, Values]
    places: dict[str, str]
    required: list[str]

    def describe(self) -> Values:
        """The tool for a client of the protocol; its schema needs no other document."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.about,
            "inputSchema": {
                "type": "object",
                "properties": self.schemas,
                "required": self.required,
                "additionalProperties": False,
            },
            "annotations": {"readOnlyHint": self.method == "GET"},
        }

    def make_call(self, given: Values) -> Call:
        """What the tool asks with these arguments. Raises WrongArguments."""
        for name in given.keys() - self.places.keys():
            raise WrongArguments(self._refuse(name))
        path = self.path
        if self.places.get("id") == "path":
            path = path.replace("{pk}", str(_read_id(given)))
        parts = {
            place: {name: value for name, value in given.items() if self.places[name] == place}
            for place in ("query", "body")
        }
        takes_body = "body" in self.places.values()
        return Call(self.method, path, parts["query"], parts["body"] if takes_body else None)

    def _refuse(self, name: str) -> str:
        if not self.places:
            return _("This tool takes no arguments.")
        said = _("There is no argument “%(name)s”. This tool takes: %(known)s.")
        return said % {"name": name[:100], "known": ", ".join(self.places)}


def list_tools() -> dict[str, Tool]:
    """All tools by name."""
    document = make_document()
    schemas = document["components"]["schemas"]
    found = {
        operation["operationId"]: (path, method.upper(), operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    return {name: _make_tool(name, *found[key], schemas) for name, key in OPERATIONS.items()}


def find_tool(name: Any) -> Tool:
    """Raises UnknownTool."""
    if not isinstance(name, str) or name not in OPERATIONS:
        raise UnknownTool(_("There is no tool of this name."))
    return list_tools()[name]


def _make_tool(
    name: str, path: str, method: str, operation: Values, schemas: Mapping[str, Values]
) -> Tool:
    parts = {_get_argument(part): part for part in operation.get("parameters", ())}
    body = _get_body(operation, schemas)
    fields = body.get("properties", {})
    required = [key for key, part in parts.items() if part.get("required")]
    about = {key: part["schema"] for key, part in parts.items()} | fields
    return Tool(
        name=name,
        method=method,
        path=path,
        title=operation["summary"],
        about=" ".join(operation["description"].split()),
        schemas={key: _resolve(one, schemas) for key, one in about.items()},
        places={key: part["in"] for key, part in parts.items()} | dict.fromkeys(fields, "body"),
        required=required + body.get("required", []),
    )


def _get_argument(part: Values) -> str:
    """An argument is named as answers name it."""
    name: str = part["name"]
    return "id" if name == "pk" else name


def _get_body(operation: Values, schemas: Mapping[str, Values]) -> Values:
    if "requestBody" not in operation:
        return {}
    content = operation["requestBody"]["content"]["application/json"]
    resolved: Values = _resolve(content["schema"], schemas)
    return resolved


def _resolve(about: Any, schemas: Mapping[str, Values]) -> Any:
    """A schema with what it refers to in the place of the references."""
    if isinstance(about, list):
        return [_resolve(one, schemas) for one in about]
    if not isinstance(about, dict):
        return about
    if "$ref" in about:
        return _resolve(schemas[about["$ref"].rpartition("/")[2]], schemas)
    return {key: _resolve(one, schemas) for key, one in about.items()}


def _read_id(given: Values) -> int:
    key = given.get("id")
    if type(key) is not int or not 0 <= key < 2**63:
        raise WrongArguments(_("Send the paper's number as “id”."))
    return key
