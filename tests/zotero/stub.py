"""A server on this machine that behaves as Zotero's Web API does, for one group.

After https://www.zotero.org/support/dev/web_api/v3: versions, partial changes, 412 for what
changed meanwhile, 404 for other groups, 403 for a key without the right.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

GROUP, KEY = 4711, "k3yOfTheStubServer0000"


class Zotero:
    """The library, and the server that shows it; `fail` holds answers to give instead."""

    def __init__(self) -> None:
        self.version = 0
        self.items: dict[str, dict[str, Any]] = {}
        self.collections: dict[str, dict[str, Any]] = {}
        self.gone: dict[str, tuple[str, int]] = {}
        self.can_write = True
        self.fail: list[tuple[int, dict[str, str]]] = []
        self.lose_answers = 0
        self.before_write: Callable[[], None] = lambda: None
        self.asked: list[tuple[float, str, str]] = []
        self.lock = threading.Lock()
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                stub.handle(self)

            do_POST = do_DELETE = do_GET  # noqa: N815

            def log_message(self, *_: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    # What people do in Zotero.

    def put(self, key: str, **data: Any) -> None:
        """Make or change an item."""
        self.version += 1
        fresh = {
            "key": key, "itemType": "journalArticle", "title": "", "creators": [], "date": "",
            "publicationTitle": "", "abstractNote": "", "DOI": "", "url": "", "collections": [],
        }  # fmt: skip
        self.items[key] = {**self.items.get(key, fresh), **data, "version": self.version}

    def put_collection(self, key: str, name: str, parent: str = "") -> None:
        self.version += 1
        row = {"key": key, "name": name, "parentCollection": parent or False}
        self.collections[key] = {**row, "version": self.version}

    def delete(self, key: str) -> None:
        self.version += 1
        kind = "items" if self.items.pop(key, None) else "collections"
        self.collections.pop(key, None)
        self.gone[key] = kind, self.version

    def list_notes(self) -> list[dict[str, Any]]:
        return [one for one in self.items.values() if one["itemType"] == "note"]

    # What programs ask.

    def handle(self, asked: BaseHTTPRequestHandler) -> None:
        body = asked.rfile.read(int(asked.headers.get("Content-Length") or 0))
        with self.lock:
            self.asked.append((time.monotonic(), asked.command, asked.path))
            status, headers, answer = self._answer(asked, body)
            is_lost = self.lose_answers and asked.command == "POST"
            self.lose_answers -= bool(is_lost)
            if is_lost:
                status, answer = 502, ""
        data = answer.encode()
        asked.send_response(status)
        for name, value in headers.items():
            asked.send_header(name, value)
        if status != 204:
            asked.send_header("Content-Length", str(len(data)))
        asked.end_headers()
        asked.wfile.write(data)

    def _answer(
        self, asked: BaseHTTPRequestHandler, body: bytes
    ) -> tuple[int, dict[str, str], str]:
        if self.fail:
            status, headers = self.fail.pop(0)
            return status, headers, "no"
        if asked.headers.get("Zotero-API-Key") != KEY:
            return 403, {}, "Invalid key"
        parts = urlsplit(asked.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/keys/current":
            rights = {"library": True, "write": self.can_write}
            return 200, {}, json.dumps({"access": {"groups": {str(GROUP): rights}}})
        path = parts.path.removeprefix(f"/groups/{GROUP}/")
        if path == parts.path:
            return 404, {}, "Not found"
        if asked.command == "GET":
            return self._read(path, query)
        if not self.can_write:
            return 403, {}, "Write access denied"
        self.before_write()
        if asked.command == "POST":
            return self._write(json.loads(body))
        row = self.items.get(path.removeprefix("items/"))
        if row is None:
            return 404, {}, ""
        if row["version"] > int(asked.headers["If-Unmodified-Since-Version"]):
            return 412, {}, ""
        self.delete(row["key"])
        return 204, {"Last-Modified-Version": str(self.version)}, ""

    def _read(self, path: str, query: dict[str, str]) -> tuple[int, dict[str, str], str]:
        since, keys = int(query.get("since", 0)), query.get("itemKey", "").split(",")
        headers = {"Last-Modified-Version": str(self.version)}
        found: Any
        if path == "deleted":
            found = {
                kind: [key for key, (of, at) in self.gone.items() if of == kind and at > since]
                for kind in ("items", "collections")
            }
        else:
            rows = (self.collections if path == "collections" else self.items).values()
            if path == "items/top":
                rows = [one for one in rows if "parentItem" not in one]
            if path == "items":
                rows = [one for one in rows if one["key"] in keys]
            rows = [one for one in rows if one["version"] > since]
            if query.get("format") == "versions":
                found = {one["key"]: one["version"] for one in rows}
            else:
                start, limit = int(query.get("start", 0)), int(query.get("limit", 50))
                page = list(rows)[start : start + limit]
                found = [{"key": one["key"], "data": one} for one in page]
        return 200, headers, json.dumps(found)

    def _write(self, rows: list[dict[str, Any]]) -> tuple[int, dict[str, str], str]:
        said: dict[str, dict[str, Any]] = {"successful": {}, "unchanged": {}, "failed": {}}
        self.version += 1
        for place, row in enumerate(rows):
            there = self.items.get(row["key"])
            version = there["version"] if there else 0
            if version != row["version"]:
                said["failed"][str(place)] = {"key": row["key"], "code": 412, "message": "changed"}
                continue
            self.items[row["key"]] = {**(there or {}), **row, "version": self.version}
            said["successful"][str(place)] = {"key": row["key"], "version": self.version}
        return 200, {"Last-Modified-Version": str(self.version)}, json.dumps(said)
