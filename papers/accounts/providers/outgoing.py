"""The library's requests to providers, by this site's own rules for asking others.

Their addresses come from the operator's environment, and from what those servers say of
themselves: they are trusted, and may be within the own network. All else holds: one deadline for
the whole request, a bounded answer, no redirect, nothing from `.netrc` or proxy variables.
"""

from __future__ import annotations

from http.client import responses
from io import BytesIO
from typing import Any, cast

import requests
from requests.adapters import BaseAdapter

from papers.outgoing import AddressRefused, NoAnswer, Rules, send_request

SECONDS = 5.0
"""For each of the two to four requests of one sign-in."""

RULES = Rules(is_local=True, most_bytes=256 * 1024)


def make_session(has_plain: bool) -> requests.Session:
    """A session for the library; `has_plain` for a provider on this very machine."""
    session = requests.Session()
    session.trust_env = False
    session.max_redirects = 0
    session.adapters.clear()
    session.mount("https://", OutgoingAdapter())
    if has_plain:
        session.mount("http://", OutgoingAdapter())
    return session


class OutgoingAdapter(BaseAdapter):
    """Sends what `requests` has prepared by `papers.outgoing`."""

    def send(  # type: ignore[override]
        self, request: requests.PreparedRequest, **kwargs: Any
    ) -> requests.Response:
        """Ask; every failure is one that the library knows."""
        body = cast("str | bytes", request.body or b"")  # the library sends forms
        headers = {name: str(value) for name, value in request.headers.items()}
        try:
            answer = send_request(
                request.method or "GET",
                request.url or "",
                body=body.encode() if isinstance(body, str) else body,
                headers={**headers, "Accept-Encoding": "identity"},
                seconds=SECONDS,
                rules=RULES,
            )
        except (AddressRefused, NoAnswer) as problem:
            raise requests.ConnectionError(str(problem), request=request) from problem
        if answer.is_cut:
            raise requests.ConnectionError("The answer is too long.", request=request)
        response = requests.Response()
        response.status_code, response.raw = answer.status, BytesIO(answer.body)
        response.headers.update(answer.headers)
        response.url, response.request = request.url or "", request
        response.reason = responses.get(answer.status, "")
        return response

    def close(self) -> None:
        """Nothing is left open."""
