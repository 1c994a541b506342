"""A small client for the API of reviewapp: one file, Python 3.10 or newer, nothing to install.

    from reviewapp import Lab

    lab = Lab("https://lab.example", token="rva_...")
    for paper in lab.list("papers", q="layer norm"):
        print(paper["id"], paper["title"])
    lab.save_draft(17, summary="It holds.", verdict="try")

Lists are read to their end, 429 is waited for, and each write carries an `Idempotency-Key`, so
that a request sent again after a broken connection acts once. Refusals raise `Problem`.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin
from urllib.request import Request, urlopen

Values = dict[str, Any]  # no `type` statement: scripts run under the Python that is there

PREFIX = "/api/v1/"
TRIES = 5
LONGEST_WAIT = 120.0
"""Seconds for which an answer 429 is waited for at most."""


class Problem(Exception):
    """A refusal: `status`, `detail` in words, and `errors` by field (RFC 9457)."""

    def __init__(self, status: int, detail: str, errors: Mapping[str, list[str]]) -> None:
        fields = "; ".join(f"{name}: {' '.join(said)}" for name, said in errors.items())
        super().__init__(" ".join(filter(None, (str(status), detail, fields))))
        self.status, self.detail, self.errors = status, detail, dict(errors)


class Lab:
    """One installation, asked with one token."""

    def __init__(self, site: str, *, token: str, timeout: float = 60.0) -> None:
        if not site.startswith(("https://", "http://")):
            raise ValueError("The site's address must start with https://.")
        self.site, self._token, self._timeout = site.rstrip("/"), token, timeout

    def get(self, path: str, **query: Any) -> Any:
        """What is at a path, such as `papers/17`."""
        return self._ask("GET", path, query=query)

    def list(self, path: str, **query: Any) -> Iterator[Values]:
        """All rows of a list, page after page."""
        page = self.get(path, **query)
        while isinstance(page, dict):
            yield from page["items"]
            if not page["next"]:
                return
            page = self.get(page["next"])
        yield from page

    def post(self, path: str, body: Values | None = None) -> Any:
        """Make something."""
        return self._ask("POST", path, body=body)

    def put(self, path: str, body: Values | None = None) -> Any:
        """Put something in the place of what is there."""
        return self._ask("PUT", path, body=body)

    def delete(self, path: str) -> Any:
        """Take something back."""
        return self._ask("DELETE", path)

    def download(self, path: str, **query: Any) -> bytes:
        """A file or an export, such as `exports/bibtex`."""
        content: bytes = self._send("GET", self._make_url(path, query), b"", {})
        return content

    def upload(self, path: str, file: Path, **fields: str) -> Any:
        """Send a file with some fields: `papers/17/files`, or `files` with `alt`."""
        edge = uuid.uuid4().hex
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        name = file.name.replace('"', "_")
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = b"".join([*parts, head.encode(), file.read_bytes(), f"\r\n--{edge}--\r\n".encode()])
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        return self._read(self._send("POST", self._make_url(path, {}), body, headers))

    def add_paper(self, title: str, *, names: tuple[str, ...] = (), **facts: Any) -> Values:
        """Add a paper; `names` are IDs and links in any form. A work that is there raises 409."""
        made: Values = self.post("papers", {"title": title, "names": list(names), **facts})
        return made

    def get_draft(self, paper: int) -> Values:
        """One's own draft of a paper's review; an empty one with the first stamp where there is
        none."""
        try:
            draft: Values = self.get(f"papers/{paper}/draft")
        except Problem as problem:
            if problem.status != 404:
                raise
            return {"stamp": "0.0"}
        return draft

    def save_draft(self, paper: int, **texts: str) -> Values | None:
        """Change these texts of one's own draft; the others stay. 409 when it was saved elsewhere
        at the same moment."""
        stamp = self.get_draft(paper)["stamp"]
        saved: Values | None = self.put(f"papers/{paper}/draft", {"stamp": stamp, **texts})
        return saved

    def publish(self, paper: int) -> Values:
        """Publish one's own draft as it is; the token needs the scope `publish`."""
        stamp = self.get_draft(paper)["stamp"]
        review: Values = self.post(f"papers/{paper}/review", {"stamp": stamp})
        return review

    def _ask(
        self, method: str, path: str, *, query: Values | None = None, body: Values | None = None
    ) -> Any:
        text = json.dumps(body or {}).encode() if method in {"POST", "PUT"} else b""
        headers = {"Content-Type": "application/json"} if text else {}
        return self._read(self._send(method, self._make_url(path, query or {}), text, headers))

    def _make_url(self, path: str, query: Values) -> str:
        known = {name: value for name, value in query.items() if value is not None}
        url = urljoin(f"{self.site}{PREFIX}", path)
        if not url.startswith(f"{self.site}{PREFIX}"):
            raise ValueError(f"{path} isn't a path of the API.")  # the token goes nowhere else
        return f"{url}?{urlencode(known)}" if known else url

    def _read(self, content: bytes) -> Any:
        return json.loads(content) if content else None

    def _send(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """The body of the answer. Sent again with the same key where that may help."""
        known = {"Authorization": f"Bearer {self._token}", **headers}
        if method != "GET":
            known["Idempotency-Key"] = uuid.uuid4().hex
        for left in reversed(range(TRIES)):
            request = Request(url, data=body or None, headers=known, method=method)  # noqa: S310
            try:
                with urlopen(request, timeout=self._timeout) as answer:  # noqa: S310
                    content: bytes = answer.read()
                    return content
            except HTTPError as refusal:
                wait = _find_wait(refusal)
                if wait is None or not left:
                    raise _read_problem(refusal) from refusal
                time.sleep(wait)
            except (URLError, TimeoutError, ConnectionError):
                if not left:
                    raise
                time.sleep(2.0 ** (TRIES - left) / 4)
        raise AssertionError


def _find_wait(refusal: HTTPError) -> float | None:
    """Seconds after which to ask again; None where the answer would be the same."""
    if refusal.code == 429:
        return min(float(refusal.headers.get("Retry-After") or 1), LONGEST_WAIT)
    return 1.0 if refusal.code in {502, 503, 504} else None


def _read_problem(refusal: HTTPError) -> Problem:
    with refusal:
        text = refusal.read()
    try:
        body = json.loads(text)
        return Problem(refusal.code, body["detail"] or body["title"], body["errors"])
    except (ValueError, KeyError, TypeError):
        return Problem(refusal.code, str(refusal.reason), {})
