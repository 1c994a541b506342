"""The readable page about the API, made from the OpenAPI document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Parameter:
    """A part of the address or of the query."""

    name: str
    is_required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that a program can ask."""

    key: str
    method: str
    path: str
    title: str
    about: str
    parameters: list[Parameter]
    curl: str


def list_operations(schema: Mapping[str, Any], site: str) -> list[Operation]:
    """All operations of the document, with commands for the installation at `site`."""
    return list(_walk(schema, site))


def _walk(schema: Mapping[str, Any], site: str) -> Iterator[Operation]:
    for path, methods in schema["paths"].items():
        for method, one in methods.items():
            content = one.get("requestBody", {}).get("content", {})
            body, form = content.get("application/json", {}), content.get("multipart/form-data", {})
            yield Operation(
                key=one["operationId"],
                method=method.upper(),
                path=path,
                title=one.get("summary", ""),
                about=" ".join(one.get("description", "").replace("`", "").split()),
                parameters=[
                    Parameter(
                        part["name"],
                        part.get("required", False),
                        part.get("description") or part["schema"].get("description", ""),
                    )
                    for part in one.get("parameters", ())
                ],
                curl=_make_curl(
                    method.upper(),
                    site + path,
                    _make_example(body.get("schema", {}), schema),
                    _list_fields(form.get("schema", {})),
                ),
            )


def _make_curl(method: str, url: str, body: str, fields: list[str]) -> str:
    """The command that asks this."""
    parts = ["curl"]
    if method != "GET":
        parts += ["-X", method]
    parts += ["-H", '"Authorization: Bearer $TOKEN"']
    if body:
        parts += ["-H", '"Content-Type: application/json"', "-d", f"'{body}'"]
    parts += [f"-F {field}" for field in fields]
    return " ".join([*parts, f'"{url}"'])


def _list_fields(form: Mapping[str, Any]) -> list[str]:
    """The fields of a form that must be sent; files from the disk."""
    about = form.get("properties", {})
    return [
        f"{name}=@FILE" if about[name].get("format") == "binary" else f'"{name}=…"'
        for name in form.get("required", ())
    ]


def _make_example(body: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """The smallest body that is accepted, as JSON; empty where none is sent."""
    name = body.get("$ref", "").rpartition("/")[2]
    if not name:
        return ""
    found = schema["components"]["schemas"][name]
    wanted = found.get("required", ()) or list(found["properties"])[:2]
    values = {key: _make_value(found["properties"][key]) for key in wanted}
    return json.dumps(values)


def _make_value(about: Mapping[str, Any]) -> Any:
    if "default" in about:
        return about["default"] or "…"
    return {"integer": 1, "array": [], "boolean": False}.get(about.get("type", ""), "…")
