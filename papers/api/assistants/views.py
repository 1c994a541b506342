"""Model Context Protocol: a member's assistant searches, reads, and writes drafts.

The stateless subset of "Streamable HTTP" (revisions 2025-03-26 to 2025-11-25): JSON-RPC 2.0 by
POST, answered with JSON. Each tool is one operation of the API, called with the same token, scopes,
limits and rights. Publishing is not among them: an assistant's draft becomes a review
only by its member's own hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import copy
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import resolve
from django.utils.translation import gettext as _

from papers.api.door.views import problem
from papers.api.views.document import make_document
from papers.text.foreign_json import read_json

REVISIONS = ("2025-11-25", "2025-06-18", "2025-03-26")
"""Newest first: what the server answers to one it does not know."""

TOOLS = {
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

PARSE_ERROR, INVALID_REQUEST, NO_METHOD, INVALID_PARAMS = -32700, -32600, -32601, -32602

type Values = dict[str, Any]


class Refused(Exception):
    """A message that cannot be answered, with JSON-RPC's code."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def answer_assistant(request: HttpRequest) -> HttpResponse:
    """One message of an assistant; the caller was found at the door."""
    if request.method != "POST":
        answer = problem(405, _("Send messages with POST."))
        answer["Allow"] = "POST"
        return answer
    message: Any = None
    try:
        message = _read(request)
        if "id" not in message:
            return HttpResponse(status=202)  # a notification asks for no answer
        result = _dispatch(request, message["method"], message.get("params") or {})
    except Refused as refusal:
        key = message.get("id") if isinstance(message, dict) else None
        error = {"code": refusal.code, "message": str(refusal)}
        return JsonResponse({"jsonrpc": "2.0", "id": key, "error": error})
    return JsonResponse({"jsonrpc": "2.0", "id": message["id"], "result": result})


def _read(request: HttpRequest) -> Values:
    try:
        message = read_json(request.body)
    except ValueError as error:
        raise Refused(PARSE_ERROR, _("This isn't JSON.")) from error
    if not isinstance(message, dict) or not isinstance(message.get("method"), str):
        raise Refused(INVALID_REQUEST, _("Send one JSON-RPC message with a method."))
    return message


def _dispatch(request: HttpRequest, method: str, params: Any) -> Values:
    if not isinstance(params, dict):
        raise Refused(INVALID_PARAMS, _("The parameters must be an object."))
    if method == "initialize":
        asked = params.get("protocolVersion")
        return {
            "protocolVersion": asked if asked in REVISIONS else REVISIONS[0],
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "reviewapp", "version": "1"},
            "instructions": (
                "Search and read a lab's papers and reviews, and write drafts for the member whose "
                "token you use. Drafts are not published; the member does that."
            ),
        }
    if method == "ping":
        return {}
    if method == "tools/list":
        return {"tools": [_describe(name) for name in TOOLS]}
    if method == "tools/call":
        return _call(request, params)
    raise Refused(NO_METHOD, _("There is no method “%(name)s”.") % {"name": method[:100]})


def _find(name: str) -> tuple[str, str, Values, Values]:
    """Path, method and description of the operation, and the schemas it refers to."""
    document = make_document()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if operation["operationId"] == TOOLS[name]:
                return path, method.upper(), operation, document["components"]["schemas"]
    raise LookupError(name)


def _describe(name: str) -> Values:
    _path, method, operation, schemas = _find(name)
    parts = operation.get("parameters", ())
    properties = {part["name"]: part["schema"] for part in parts}
    required = [part["name"] for part in parts if part.get("required")]
    body = _get_body(operation, schemas)
    properties |= body.get("properties", {})
    required += body.get("required", [])
    return {
        "name": name,
        "title": operation["summary"],
        "description": " ".join(operation["description"].split()),
        "inputSchema": {"type": "object", "properties": properties, "required": required},
        "annotations": {"readOnlyHint": method == "GET"},
    }


def _get_body(operation: Mapping[str, Any], schemas: Mapping[str, Any]) -> Values:
    if "requestBody" not in operation:
        return {}
    content = operation["requestBody"]["content"]["application/json"]
    return dict(schemas[content["schema"]["$ref"].rpartition("/")[2]])


def _call(request: HttpRequest, params: Values) -> Values:
    """Ask the operation as the same program would, and hand on what it answers."""
    name, given = params.get("name"), params.get("arguments") or {}
    if name not in TOOLS or not isinstance(given, dict):
        raise Refused(INVALID_PARAMS, _("There is no tool of this name."))
    path, method, operation, schemas = _find(name)
    places = {part["name"]: part["in"] for part in operation.get("parameters", ())}
    if "{pk}" in path:
        pk = given.get("pk")
        if not isinstance(pk, int) or not 0 <= pk < 2**63:
            raise Refused(INVALID_PARAMS, _("The number of the paper is missing."))
        path = path.replace("{pk}", str(pk))
    query = {key: value for key, value in given.items() if places.get(key) == "query"}
    fields = _get_body(operation, schemas).get("properties", {})
    body = {key: value for key, value in given.items() if key in fields}
    answer = _ask(request, method, path, urlencode(query), body if fields else None)
    text = answer.content.decode() or _("Done.")
    return {"content": [{"type": "text", "text": text}], "isError": answer.status_code >= 400}


def _ask(
    request: HttpRequest, method: str, path: str, query: str, body: Values | None
) -> HttpResponse:
    inner = copy(request)
    inner.method, inner.path, inner.path_info = method, path, path
    inner.GET = QueryDict(query)
    inner.META = request.META | {
        "REQUEST_METHOD": method, "QUERY_STRING": query, "CONTENT_TYPE": "application/json",
    }  # fmt: skip
    text = json.dumps(body).encode() if body is not None else b""
    inner._body = text
    inner._stream = BytesIO(text)
    found = resolve(path)
    view = found.func.__wrapped__  # type: ignore[attr-defined]  # the door was passed once
    answer: HttpResponse = view(inner, *found.args, **found.kwargs)
    return answer
