"""Sending one request, with redirects as far as its rules allow."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpcore
import httpx
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from papers.outgoing.connection import Backend, Transport, get_left
from papers.outgoing.public_servers import (
    SECONDS,
    AddressRefused,
    Rules,
    check_address,
    get_usual_rules,
)

_MOVED = {301, 302, 303, 307, 308}


class NoAnswer(Exception):
    """The server could not be reached, broke off, or took longer than the deadline."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said, with the names of headers in lower case."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    is_cut: bool = False


def send_request(
    method: str,
    url: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    seconds: float | None = None,
    rules: Rules | None = None,
) -> Answer:
    """Ask another server; the answer comes within `seconds` (SECONDS) or not at all.

    Raises AddressRefused or NoAnswer.
    """
    rules = rules or get_usual_rules()
    ends_at = time.monotonic() + (SECONDS if seconds is None else seconds)
    sent = {"User-Agent": "reviewapp", "Accept-Encoding": "identity", **(headers or {})}
    hops = rules.redirects if method == "GET" else 0
    try:
        answer = _send(method, url, body, sent, rules, ends_at)
        while hops and answer.status in _MOVED and "location" in answer.headers:
            url, hops = urljoin(url, answer.headers["location"]), hops - 1
            answer = _send(method, url, body, sent, rules, ends_at)
    except (OSError, httpx.HTTPError, ValueError) as problem:
        raise NoAnswer(_describe(problem, ends_at)) from problem
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as problem:
        raise NoAnswer(_describe(problem, ends_at)) from problem
    return answer


def _send(
    method: str,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    rules: Rules,
    ends_at: float,
) -> Answer:
    """One request to one address; a redirect is an answer like any other."""
    parts = check_address(url, rules)
    get_left(ends_at)
    plain = parts._replace(fragment="").geturl()
    try:
        request = httpx.Request(method, iri_to_uri(plain), content=body, headers=headers)
    except httpx.InvalidURL as problem:
        raise AddressRefused(_("This isn't a valid URL.")) from problem
    # A client of httpx would already read where a redirect leads; that is for us to judge.
    with Transport(Backend(parts, rules, ends_at)) as transport:
        response = transport.handle_request(request)
        try:
            if response.headers.get("Content-Encoding", "identity") not in {"", "identity"}:
                raise NoAnswer(_("The server sent a packed answer that we didn't ask for."))
            read, is_cut = _read(response.iter_raw(), rules.most_bytes)
        finally:
            response.close()
    return Answer(response.status_code, read, dict(response.headers), is_cut)


def _read(chunks: Iterable[bytes], most: int) -> tuple[bytes, bool]:
    """The body up to `most` bytes, and whether there was more."""
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > most:
            return bytes(body[:most]), True
    return bytes(body), False


def _describe(problem: Exception, ends_at: float) -> str:
    if isinstance(problem, TimeoutError) or time.monotonic() >= ends_at:
        return _("The server took too long to answer.")
    return f"{type(problem).__name__}: {problem}"
