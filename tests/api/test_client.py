"""The client in docs/client: pages, waiting after 429, one key for each write, refusals."""

from __future__ import annotations

import ast
import importlib.util
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.house.sources import ROOT

SPEC = importlib.util.spec_from_file_location("client", ROOT / "docs/client/reviewapp.py")
assert SPEC
assert SPEC.loader
CLIENT: Any = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(CLIENT)


class Server(ThreadingHTTPServer):
    """Gives prepared answers in turn: status, headers, body; None breaks the connection."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.answers: list[tuple[int, dict[str, str], Any] | None] = []
        self.asked: list[tuple[str, dict[str, str], bytes]] = []


class _Request(BaseHTTPRequestHandler):
    server: Server

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append((f"{self.command} {self.path}", dict(self.headers), body))
        prepared = self.server.answers.pop(0)
        if prepared is None:
            self.close_connection = True
            return
        status, headers, content = prepared
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if status != 204:
            self.wfile.write(json.dumps(content).encode())

    do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 (names of the library)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


@pytest.fixture
def lab(server: Server) -> Any:
    return CLIENT.Lab(f"http://127.0.0.1:{server.server_address[1]}/", token="rva_x")


def test_lists_are_read_to_their_end(server: Server, lab: Any):
    more = "/api/v1/papers?q=a%26b&after=x"
    server.answers = [
        (200, {}, {"items": [{"id": 1}], "next": more}),
        (200, {}, {"items": [{"id": 2}], "next": None}),
        (200, {}, [{"id": 3}]),
    ]
    assert [one["id"] for one in lab.list("papers", q="a&b", after=None)] == [1, 2]
    assert [one["id"] for one in lab.list("drafts")] == [3]
    assert [asked[0] for asked in server.asked] == [
        "GET /api/v1/papers?q=a%26b", f"GET {more}", "GET /api/v1/drafts",
    ]  # fmt: skip
    assert {asked[1]["Authorization"] for asked in server.asked} == {"Bearer rva_x"}


def test_a_write_is_sent_again_under_its_key(
    server: Server, lab: Any, monkeypatch: pytest.MonkeyPatch
):
    waits: list[float] = []
    monkeypatch.setattr(CLIENT.time, "sleep", waits.append)
    server.answers = [None, (429, {"Retry-After": "7"}, {}), (503, {}, {}), (204, {}, None)]
    assert lab.put("papers/1/vote") is None
    keys = {asked[1]["Idempotency-Key"] for asked in server.asked}
    assert len(server.asked) == 4
    assert len(keys) == 1
    assert waits[1] == 7
    server.answers = [(201, {}, {"id": 5})]
    assert lab.add_paper("T", names=("2106.12345",))["id"] == 5
    assert server.asked[-1][1]["Idempotency-Key"] not in keys


def test_a_refusal_says_what_is_wrong_and_the_token_stays_at_home(server: Server, lab: Any):
    told = {"title": "x", "status": 422, "detail": "Some fields.", "errors": {"body": ["Empty."]}}
    server.answers = [(422, {}, told), (404, {}, {})]
    with pytest.raises(CLIENT.Problem, match=r"422 Some fields\. body: Empty\.") as refused:
        lab.post("papers/1/comments", {"body": ""})
    assert refused.value.errors == {"body": ["Empty."]}
    assert lab.get_draft(1) == {"stamp": "0.0"}
    with pytest.raises(ValueError, match="path of the API"):
        lab.get("https://evil.example/api/v1/papers")


def test_texts_of_a_draft_that_are_not_named_are_not_sent(server: Server, lab: Any):
    draft = {"stamp": "3.1", "summary": "Good.", "critique": "", "paper": 1, "saved_at": "x"}
    server.answers = [(200, {}, draft), (200, {}, draft | {"stamp": "3.2"})]
    assert lab.save_draft(1, critique="Small.")["stamp"] == "3.2"
    sent = json.loads(server.asked[1][2])
    assert sent == {"stamp": "3.1", "critique": "Small."}


def test_a_file_is_sent_in_parts(server: Server, lab: Any, tmp_path: Path):
    file = tmp_path / "plot.png"
    file.write_bytes(b"\x89PNG\r\n")
    server.answers = [(201, {}, {"key": "k"}), (200, {}, "bytes")]
    assert lab.upload("files", file, alt="A plot")["key"] == "k"
    _line, headers, body = server.asked[0]
    assert headers["Content-Type"].startswith("multipart/form-data; boundary=")
    assert b'name="alt"\r\n\r\nA plot\r\n' in body
    assert b'filename="plot.png"\r\n\r\n\x89PNG\r\n\r\n--' in body
    assert lab.download("exports/bibtex", q="x") == b'"bytes"'


def test_it_is_written_for_the_python_that_older_machines_have() -> None:
    ast.parse((ROOT / "docs/client/reviewapp.py").read_text(), feature_version=(3, 10))
