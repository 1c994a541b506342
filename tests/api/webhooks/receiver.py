"""A program that receives webhooks as the Standard Webhooks specification asks it to."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver(ThreadingHTTPServer):
    """Refuses what is not signed, and takes each id once. `answers` are given before its own."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.secret = ""
        self.answers: list[int] = []
        self.arrived: list[str] = []
        self.taken: dict[str, dict[str, Any]] = {}
        self.times: list[int] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hook"

    @property
    def types(self) -> list[str]:
        """What was taken, in order."""
        return [message["type"] for message in self.taken.values()]

    def receive(self, headers: Mapping[str, str], body: bytes) -> int:
        key, time = headers["webhook-id"], headers["webhook-timestamp"]
        self.arrived.append(key)
        self.times.append(int(time))
        if self.answers:
            return self.answers.pop(0)
        raw = base64.b64decode(self.secret.removeprefix("whsec_"))
        expected = hmac.new(raw, f"{key}.{time}.".encode() + body, hashlib.sha256).digest()
        versions = [one.split(",") for one in headers["webhook-signature"].split(" ")]
        given = [base64.b64decode(value) for version, value in versions if version == "v1"]
        if not any(hmac.compare_digest(expected, one) for one in given):
            return 401
        self.taken.setdefault(key, json.loads(body))
        return 204


class _Request(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.headers["Content-Type"].startswith("application/json")
        self.send_response(self.server.receive(self.headers, body))
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        pass
