"""Requests to other sites: public addresses alone, one deadline for the whole, no redirects."""

from __future__ import annotations

import ast
import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings

from papers import outgoing
from papers.outgoing import AddressRefused, NoAnswer, Rules, check_address, is_public, send_request

CLOSED = [
    "127.0.0.1", "10.0.0.8", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0",
    "100.64.0.1", "192.0.2.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1",
    "::127.0.0.1", "::8.8.8.8", "fec0::1", "fd00::1", "fe80::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::1", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1",
    "64:ff9b:1::8.8.8.8", "2001:db8::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "100::1",
    "5f00::1", "4000::1",
]  # fmt: skip
OPEN = ["1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1", "2002:101:101::1", "64:ff9b::1.1.1.1"]
ODD = ["2130706433", "0177.0.0.1", "0x7f.1", "127.1", "localhost", "[::127.0.0.1]", "[fec0::1]"]


@pytest.mark.parametrize("address", CLOSED)
def test_what_is_not_routed_on_the_public_internet_is_closed(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", OPEN)
def test_what_everybody_reaches_is_open(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("host", ODD)
def test_other_spellings_of_closed_addresses_are_refused(host: str) -> None:
    with pytest.raises(AddressRefused):
        send_request("POST", f"https://{host}/hook")


@pytest.mark.parametrize(
    "url",
    ["https://a..b/", f"https://{'a' * 70}.example/", "https://[::1", "//x", "https://x:y@z/"],
)
def test_an_address_that_is_none_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(AddressRefused, match="URL"):
        check_address(url)


LOCAL = ["localhost", "a.localhost", "LOCALHOST.", "127.1", "2130706433", "0x7f.1", "10.0.0.8",
         "mattermost", "chat.local", "chat.internal", "nas.home.arpa", "[::1]"]  # fmt: skip


@pytest.mark.parametrize("host", LOCAL)
@pytest.mark.parametrize("url", ["https://{}/hook", "http://{}:8065/hook"])
def test_a_server_of_the_own_network_is_refused_at_once_with_what_allows_it(
    url: str, host: str, settings: Any
) -> None:
    with pytest.raises(AddressRefused, match=r"https.*port.*WEBHOOK_LOCAL_HOSTS=yes"):
        check_address(url.format(host))
    settings.WEBHOOK_LOCAL_HOSTS = True
    check_address(url.format(host))


@pytest.mark.parametrize(
    "url",
    ["http://chat.example/", "https://chat.example:8443/", "http://chat.example:80/", "ftp:x"],
)
def test_one_sentence_names_all_rules_of_an_address(url: str) -> None:
    with pytest.raises(AddressRefused, match=r"https://.*public internet.*port \(443\)"):
        check_address(url)


class Server:
    """Answers each connection by calling `talk` with it, in a thread."""

    def __init__(self, talk: Callable[[socket.socket], None]) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.talk, self.count = talk, 0
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}/"

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.count += 1
            threading.Thread(target=self._answer, args=[client], daemon=True).start()

    def _answer(self, client: socket.socket) -> None:
        with client:
            try:
                self.talk(client)
            except OSError:
                return  # the other side has left, as it should


@pytest.fixture
def serve(settings: Any) -> Iterator[Callable[[Callable[[socket.socket], None]], Server]]:
    settings.WEBHOOK_LOCAL_HOSTS = True
    servers: list[Server] = []

    def start(talk: Callable[[socket.socket], None]) -> Server:
        servers.append(Server(talk))
        return servers[-1]

    yield start
    for server in servers:
        server.listener.close()


def say_slowly(head: bytes, piece: bytes) -> Callable[[socket.socket], None]:
    """A byte or two at a time, for ever: no single read takes long."""

    def talk(client: socket.socket) -> None:
        client.recv(65536)
        client.sendall(head)
        while True:
            client.sendall(piece)
            threading.Event().wait(0.02)

    return talk


@pytest.mark.parametrize(
    ("head", "piece"),
    [(b"", b""), (b"HTTP/1.1 200 OK\r\nX: ", b"x"), (b"HTTP/1.1 200 OK\r\n\r\n", b"y")],
    ids=["silent", "slow head", "slow body"],
)
def test_the_whole_request_has_one_deadline(serve: Any, head: bytes, piece: bytes) -> None:
    server = serve(say_slowly(head, piece))
    begun = time.monotonic()
    with pytest.raises(NoAnswer, match="too long"):
        send_request("POST", server.url, seconds=0.3)
    assert time.monotonic() - begun < 100 * 0.3, "a slow server would have gone on for ever"


def test_a_slow_handshake_ends_too(serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve(say_slowly(b"\x16\x03\x03\x40\x00", b"\x02"))
    with pytest.raises(NoAnswer, match="too long"):
        send_request("POST", server.url.replace("http:", "https:"), seconds=0.3)


def test_a_name_server_that_does_not_answer_ends_too(monkeypatch: pytest.MonkeyPatch) -> None:
    is_over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: is_over.wait(60) and [])
    with pytest.raises(NoAnswer, match="too long"):
        send_request("POST", "https://hooks.example.org/", seconds=0.2)
    is_over.set()


def test_the_name_is_looked_up_once_and_the_checked_address_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name server that answers with a public address first and with ours afterwards."""
    asked, tried = [], []
    answers = iter(["1.1.1.1", "127.0.0.1"])

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(0, 0, 0, "", (next(answers), port))]

    def connect(address: tuple[str, int], *_: Any) -> socket.socket:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(NoAnswer):
        send_request("POST", "https://rebinding.example/hook")
    assert (asked, tried) == (["rebinding.example"], [("1.1.1.1", 443)])


def test_one_closed_address_among_several_closes_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(0, 0, 0, "", (address, 443)) for address in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)
    with pytest.raises(AddressRefused, match="public internet"):
        send_request("POST", "https://mixed.example/")


def test_a_redirect_is_not_followed_and_a_body_is_not_read_without_end(serve: Any) -> None:
    size = 2 * outgoing.MOST_BYTES
    head = f"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: {size}\r\n\r\n".encode()

    def talk(client: socket.socket) -> None:
        client.recv(65536)
        client.sendall(head + b"x" * size)

    server = serve(talk)
    answer = send_request("GET", server.url)
    assert (answer.status, len(answer.body), server.count) == (302, outgoing.MOST_BYTES, 1)


def test_a_path_in_any_script_is_sent(serve: Any) -> None:
    heard: list[bytes] = []

    def talk(client: socket.socket) -> None:
        heard.append(client.recv(65536))
        client.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    assert send_request("GET", f"{serve(talk).url}%7B/論文?q=ü ö").status == 204
    assert heard[0].startswith(b"GET /%7B/%E8%AB%96%E6%96%87?q=%C3%BC%20%C3%B6 HTTP/1.1\r\n")


def test_nothing_else_asks_other_sites() -> None:
    """Every other request would have to make all of these checks again."""
    ways = {"http.client", "urllib.request", "requests", "httpx", "httpcore", "urllib3", "aiohttp"}
    found = [
        str(path)
        for path in (Path(site_settings.BASE_DIR) / "papers").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and ways & {getattr(node, "module", None), *(one.name for one in node.names)}
    ]
    # What the library of providers asks goes through `outgoing` by an adapter of its `requests`.
    names = ("provider_adapter", "outgoing")
    adapter = {f"papers/accounts/providers/{name}.py" for name in names}
    others = {path for path in found if not path.endswith(tuple(adapter))}
    assert {Path(path).parent.name for path in others} == {"outgoing"}


def talk_with(*answers: bytes) -> Callable[[socket.socket], None]:
    """One answer for each connection, in turn."""
    left = list(answers)

    def talk(client: socket.socket) -> None:
        client.recv(65536)
        client.sendall(left.pop(0))

    return talk


def test_a_redirect_is_followed_as_far_as_the_rules_say(serve: Any) -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n"
    server = serve(talk_with(moved, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
    rules = Rules(origins=frozenset({server.url.rstrip("/")}), is_local=True, redirects=1)
    assert send_request("GET", server.url, rules=rules).body == b"ok"
    assert server.count == 2


def test_a_redirect_to_another_server_is_refused_before_anything_is_asked(serve: Any) -> None:
    other = serve(talk_with(b"HTTP/1.1 200 OK\r\n\r\n"))
    moved = f"HTTP/1.1 302 Found\r\nLocation: {other.url}\r\nContent-Length: 0\r\n\r\n"
    server = serve(talk_with(moved.encode()))
    rules = Rules(origins=frozenset({server.url.rstrip("/")}), is_local=True, redirects=3)
    with pytest.raises(AddressRefused, match="servers we ask"):
        send_request("GET", server.url, rules=rules)
    assert other.count == 0


def test_a_packed_body_is_refused(serve: Any) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(bomb)}\r\n\r\n"
    with pytest.raises(NoAnswer, match="packed"):
        send_request("GET", serve(talk_with(head.encode() + bomb)).url)
