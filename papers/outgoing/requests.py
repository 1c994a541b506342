"""Sending one request, with redirects as far as its rules allow."""

from __future__ import annotations

import time
from collections.abc import Mapping
from urllib.parse import urljoin

from papers.outgoing.answer import Answer, NoAnswer
from papers.outgoing.public_servers import SECONDS, Rules, get_usual_rules

_MOVED = {301, 302, 303, 307, 308}


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
    from papers.outgoing.connection import ask  # loads 4 MB of httpx; few pages ask other servers

    rules = rules or get_usual_rules()
    ends_at = time.monotonic() + (SECONDS if seconds is None else seconds)
    sent = {"User-Agent": "reviewapp", "Accept-Encoding": "identity", **(headers or {})}
    hops = rules.redirects if method == "GET" else 0
    answer = ask(method, url, body, sent, rules, ends_at)
    while hops and answer.status in _MOVED and "location" in answer.headers:
        url, hops = _follow(url, answer), hops - 1
        answer = ask(method, url, body, sent, rules, ends_at)
    return answer


def _follow(url: str, answer: Answer) -> str:
    """Where a redirect leads. Raises NoAnswer."""
    try:
        return urljoin(url, answer.headers["location"])
    except ValueError as problem:
        raise NoAnswer(str(problem)) from problem
