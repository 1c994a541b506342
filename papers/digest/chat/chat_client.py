"""Posting to a chat server."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from papers.outgoing import AddressRefused, NoAnswer, send_request

FINAL = {400, 401, 403, 404, 405, 410, 413}
"""Answers after which asking again gives the same."""


class NotPosted(Exception):
    """The server did not take it; `is_final` when it never will."""

    def __init__(self, sentence: str, *, is_final: bool) -> None:
        super().__init__(sentence)
        self.is_final = is_final


def post_json(url: str, body: dict[str, Any]) -> None:
    """POST as JSON. Raises NotPosted."""
    headers = {"Content-Type": "application/json; charset=utf-8"}
    try:
        answer = send_request("POST", url, body=json.dumps(body).encode(), headers=headers)
    except AddressRefused as problem:
        raise NotPosted(str(problem), is_final=True) from problem
    except NoAnswer as problem:
        raise NotPosted(str(problem), is_final=False) from problem
    if not 200 <= answer.status < 300:
        raise NotPosted(
            _("The server answered %(status)s.") % {"status": answer.status},
            is_final=answer.status in FINAL,
        )
