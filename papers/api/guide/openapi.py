"""The OpenAPI document (3.1) of all operations."""

from __future__ import annotations

from typing import Any

PREFIX = "/api/v1/"
PROBLEM = "application/problem+json"

DOWNLOADS = {"get_file", "get_export"}
"""Operations that answer with a file."""

CONTENT = {"*/*": {"schema": {"type": "string", "format": "binary"}}}


def make_document() -> dict[str, Any]:
    """The document; refusals are named with the type in which they are sent (RFC 9457)."""
    from papers.api.door.urls import REFUSALS, api  # loads pydantic: see papers.api.urls

    document = dict(api.get_openapi_schema(path_prefix=PREFIX))
    for methods in document["paths"].values():
        for operation in methods.values():
            if operation["operationId"] in DOWNLOADS:
                operation["responses"][200]["content"] = CONTENT
            for status in REFUSALS:
                answer = operation["responses"][status]
                answer["content"] = {PROBLEM: answer["content"]["application/json"]}
    document["paths"] = dict(sorted(document["paths"].items()))
    return document
