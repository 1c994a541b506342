"""The server between clients and threads: its limits, its stop, and its end when it is killed."""

from __future__ import annotations

import http.client
import os
import resource
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bench.load import list_family
from tests.production import Server
from tests.waiting import wait_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("server")]
PATIENCE = 30.0
HEAD = b"Host: 127.0.0.1\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path, WEB_PROCESSES="1")
    running.start()
    yield running
    if running.process and running.process.poll() is None:
        running.kill()


def connect(server: Server) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", server.port))
    line.settimeout(PATIENCE)
    return line


def read_all(line: socket.socket) -> bytes:
    """What comes until the other side closes."""
    said = b""
    with suppress(ConnectionResetError):
        while piece := line.recv(65536):
            said += piece
    return said


def is_running(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_a_body_larger_than_any_page_takes_is_refused_unread(server: Server):
    with connect(server) as line:
        line.sendall(
            b"POST /import/ HTTP/1.1\r\n" + HEAD + FORM + b"Content-Length: 99000000\r\n\r\n"
        )
        assert line.recv(100).startswith(b"HTTP/1.1 413 ")


def test_a_body_of_unknown_length_is_counted(server: Server):
    """In chunks a body bears no length that could be refused at once."""
    with connect(server) as line:
        line.sendall(
            b"POST /import/ HTTP/1.1\r\n" + HEAD + FORM + b"Transfer-Encoding: chunked\r\n\r\n"
        )
        chunk = b"x" * 1_000_000
        with suppress(ConnectionError):
            for _ in range(30):
                line.sendall(b"%x\r\n%b\r\n" % (len(chunk), chunk))
        assert line.recv(100).startswith(b"HTTP/1.1 413 ")


def test_a_body_in_chunks_arrives(server: Server):
    """Under the server before, the application saw none of it."""
    form = urlencode({"login": "nobody@lab.example", "csrfmiddlewaretoken": "a" * 32}).encode()
    with connect(server) as line:
        line.sendall(
            b"POST /accounts/login/ HTTP/1.1\r\nConnection: close\r\n" + HEAD + FORM
            + b"Cookie: csrftoken=" + b"a" * 32 + b"\r\nTransfer-Encoding: chunked\r\n\r\n"
            + b"%x\r\n%b\r\n0\r\n\r\n" % (len(form), form)
        )  # fmt: skip
        assert b'value="nobody@lab.example"' in read_all(line)


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET /" + b"x" * 10_000 + b" HTTP/1.1\r\n" + HEAD + b"\r\n", b"414"),
        (b"GET / HTTP/1.1\r\n" + HEAD + b"X: " + b"x" * 20_000 + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\n" + HEAD + b"X: x\r\n" * 200 + b"\r\n", b"431"),
    ],
)
def test_a_head_without_measure_is_refused(server: Server, head: bytes, status: bytes):
    with connect(server) as line:
        line.sendall(head)
        assert line.recv(100).split(b" ")[1] == status


def test_the_idlest_connection_makes_room_for_a_new_one(tmp_path: Path):
    arguments = "--log-level=info --worker-connections=20"
    server = Server(tmp_path, WEB_PROCESSES="1", GUNICORN_CMD_ARGS=arguments)
    server.start()
    try:
        lines = [connect(server) for _ in range(60)]
        assert server.answers()
        assert read_all(lines[0]) == b"", "the first of those that said nothing was closed"
        for line in lines:
            line.close()
    finally:
        server.kill()


def test_a_request_in_flight_is_answered_when_the_server_is_told_to_stop(server: Server):
    assert server.process
    form = urlencode({"login": "nobody", "password": "x", "csrfmiddlewaretoken": "a" * 32}).encode()
    with connect(server) as line:
        line.sendall(
            b"POST /accounts/login/ HTTP/1.1\r\n" + HEAD + FORM
            + b"Cookie: csrftoken=" + b"a" * 32 + b"\r\nContent-Length: %d\r\n\r\n" % len(form)
            + form[:10]
        )  # fmt: skip
        os.killpg(server.process.pid, signal.SIGTERM)
        wait_for(lambda: not server.answers())  # no new connection is taken
        line.sendall(form[10:])
        answer = read_all(line)
    assert answer.startswith(b"HTTP/1.1 422 "), "the sign-in is wrong"
    assert b"connection: close" in answer.lower()
    assert server.process.wait(PATIENCE) == 0


def test_an_open_connection_does_not_hold_up_the_stop(server: Server):
    assert server.process
    call = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    call.request("GET", "/health/")
    call.getresponse().read()
    start = time.monotonic()
    server.process.terminate()
    assert server.process.wait(PATIENCE) == 0
    assert time.monotonic() - start < 9, "less than the time that a request in flight has"
    call.close()


def test_workers_end_with_their_master(server: Server):
    assert server.process
    family = list_family(server.process.pid)
    assert len(family) > 1
    server.process.kill()
    server.process.wait()
    wait_for(lambda: not any(map(is_running, family)))


def test_a_low_limit_of_open_files_is_raised(tmp_path: Path):
    server = Server(tmp_path, WEB_PROCESSES="1")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
    try:
        server.start()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    try:
        lines = [connect(server) for _ in range(400)]
        assert server.answers()
        for line in lines:
            line.close()
    finally:
        server.kill()
