"""A program with a token, as the tests of the API use it."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.test.client import encode_multipart

from papers.api.tokens.actions import make_token
from papers.models import ApiToken, Member
from tests.make import NOW

ALL = tuple(ApiToken.Scope.values)


class Program:
    """A program with a token of this member."""

    def __init__(self, member: Member, *scopes: str, days: int = 30) -> None:
        given = scopes or ALL
        self.token, self.secret = make_token(
            name="Script", scopes=given, days=days, by=member, at=NOW
        )
        self.client = Client()

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """The answer to a request under `/api/v1/`."""
        headers = {"Authorization": f"Bearer {self.secret}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        url = path if path.startswith("/") else f"/api/v1/{path}"
        kind = "application/json"
        if isinstance(body, dict) and "file" in body:
            name, content = body["file"]
            sent = body | {"file": SimpleUploadedFile(name, content)}
            text: Any = encode_multipart("edge", sent)
            kind = "multipart/form-data; boundary=edge"
        else:
            text = json.dumps(body) if body is not None else ""
        return self.client.generic(  # type: ignore[return-value]
            method, url, text, content_type=kind, headers=headers
        )

    def get(self, path: str, **headers: str) -> Any:
        """What a GET answers, which must be 200."""
        answer = self.ask("GET", path, **headers)
        assert answer.status_code == 200, (path, answer.status_code, answer.content[:300])
        return json.loads(answer.content)
