"""Model Context Protocol: a member's assistant searches, reads, and writes drafts.

The stateless subset of "Streamable HTTP" (revisions 2025-03-26 to 2025-11-25): JSON-RPC 2.0 by
POST, answered with JSON. Each tool is one operation of the API, called with the same token, scopes,
limits and rights. Publishing is not among them: an assistant's draft becomes a review
only by its member's own hand.
"""

from __future__ import annotations

import json
from copy import copy
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import resolve
from django.utils.translation import gettext as _

from papers.api.assistants.tools import (
    Call,
    UnknownTool,
    Values,
    WrongArguments,
    find_tool,
    list_tools,
)
from papers.api.door.views import problem
from papers.text.foreign_json import read_json

REVISIONS = ("2025-11-25", "2025-06-18", "2025-03-26")
"""Newest first: what the server answers to one it does not know."""

PARSE_ERROR, INVALID_REQUEST, NO_METHOD, INVALID_PARAMS = -32700, -32600, -32601, -32602


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
        return {"tools": [tool.describe() for tool in list_tools().values()]}
    if method == "tools/call":
        return _call(request, params)
    raise Refused(NO_METHOD, _("There is no method “%(name)s”.") % {"name": method[:100]})


def _call(request: HttpRequest, params: Values) -> Values:
    """Ask the operation as the same program would, and hand on what it answers."""
    given = params.get("arguments") or {}
    try:
        tool = find_tool(params.get("name"))
    except UnknownTool as unknown:
        raise Refused(INVALID_PARAMS, str(unknown)) from unknown
    if not isinstance(given, dict):
        raise Refused(INVALID_PARAMS, _("The arguments must be an object."))
    try:
        answer = _ask(request, tool.make_call(given))
    except WrongArguments as refusal:
        return _say(str(refusal), is_error=True)
    return _say(answer.content.decode() or _("Done."), is_error=answer.status_code >= 400)


def _say(text: str, *, is_error: bool) -> Values:
    return {"content": [{"type": "text", "text": text}], "isError": is_error}


def _ask(request: HttpRequest, asked: Call) -> HttpResponse:
    inner = copy(request)
    inner.method, inner.path, inner.path_info = asked.method, asked.path, asked.path
    query = urlencode(asked.query)
    inner.GET = QueryDict(query)
    inner.META = request.META | {
        "REQUEST_METHOD": asked.method, "QUERY_STRING": query, "CONTENT_TYPE": "application/json",
    }  # fmt: skip
    text = json.dumps(asked.body).encode() if asked.body is not None else b""
    inner._body = text
    inner._stream = BytesIO(text)
    found = resolve(asked.path)
    view = found.func.__wrapped__  # type: ignore[attr-defined]  # the door was passed once
    answer: HttpResponse = view(inner, *found.args, **found.kwargs)
    return answer
