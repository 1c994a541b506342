"""httpx over connections that know the deadline and go to checked addresses alone."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import SplitResult

import httpcore
import httpx
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from papers.outgoing.answer import Answer, NoAnswer
from papers.outgoing.public_servers import (
    AddressRefused,
    Rules,
    check_address,
    get_port,
    look_up,
)

_FAILURES = (
    OSError, ValueError, httpx.HTTPError,
    httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException,
)  # fmt: skip


def ask(
    method: str, url: str, body: bytes, headers: Mapping[str, str], rules: Rules, ends_at: float
) -> Answer:
    """One request to one address; a redirect is an answer like any other.

    Raises AddressRefused or NoAnswer.
    """
    try:
        return _send(method, url, body, headers, rules, ends_at)
    except _FAILURES as problem:
        if isinstance(problem, TimeoutError) or time.monotonic() >= ends_at:
            raise NoAnswer(_("The server took too long to answer.")) from problem
        raise NoAnswer(f"{type(problem).__name__}: {problem}") from problem


def _send(
    method: str, url: str, body: bytes, headers: Mapping[str, str], rules: Rules, ends_at: float
) -> Answer:
    parts = check_address(url, rules)
    get_left(ends_at)
    plain = parts._replace(fragment="").geturl()
    try:
        request = httpx.Request(method, iri_to_uri(plain), content=body, headers=headers)
    except httpx.InvalidURL as problem:
        raise AddressRefused(_("This isn't a valid URL.")) from problem
    # A client of httpx would already read where a redirect leads; that is for us to judge.
    with Transport(Backend(parts, rules, ends_at)) as transport:
        response = transport.handle_request(request)
        try:
            if response.headers.get("Content-Encoding", "identity") not in {"", "identity"}:
                raise NoAnswer(_("The server sent a packed answer that we didn't ask for."))
            read, is_cut = _read(response.iter_raw(), rules.most_bytes)
        finally:
            response.close()
    return Answer(response.status_code, read, dict(response.headers), is_cut)


def _read(chunks: Iterable[bytes], most: int) -> tuple[bytes, bool]:
    """The body up to `most` bytes, and whether there was more."""
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > most:
            return bytes(body[:most]), True
    return bytes(body), False


class Transport(httpx.BaseTransport):
    """httpx over connections of ours."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        context = ssl.create_default_context()
        self._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        asked = httpcore.Request(
            request.method,
            httpcore.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=request.headers.raw,
            content=request.stream,
        )
        answer = self._pool.handle_request(asked)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream))

    def close(self) -> None:
        self._pool.close()


class Backend(httpcore.NetworkBackend):
    """Connects to the host that was checked, at an address that is checked here."""

    def __init__(self, parts: SplitResult, rules: Rules, ends_at: float) -> None:
        self._wanted = (parts.hostname or "").encode("idna").decode(), get_port(parts)
        self._rules, self._ends_at = rules, ends_at

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        if (host, port) != self._wanted:  # two readers of one address understood it differently
            raise AddressRefused(_("This isn't a valid URL."))
        left = get_left(self._ends_at)
        address = look_up(host, port, left, is_local=self._rules.is_local)
        sock = socket.create_connection((address, port), get_left(self._ends_at))
        return _Stream(sock, self._ends_at)


class _Stream(httpcore.NetworkStream):
    """A connection each of whose waits ends with the whole request's deadline.

    A time-out for each read would never end with a server that sends a byte now and then.
    """

    def __init__(self, sock: socket.socket, ends_at: float) -> None:
        self._sock, self._ends_at = sock, ends_at

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._sock.settimeout(get_left(self._ends_at))
        return self._sock.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._sock.settimeout(get_left(self._ends_at))
        self._sock.sendall(buffer)

    def close(self) -> None:
        self._sock.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        self._sock.settimeout(get_left(self._ends_at))
        try:
            sock = ssl_context.wrap_socket(self._sock, server_hostname=server_hostname)
        except BaseException:
            self._sock.close()
            raise
        return _Stream(sock, self._ends_at)


class _Body(httpx.SyncByteStream):
    """What comes in, piece by piece."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


def get_left(ends_at: float) -> float:
    """Seconds until the deadline. Raises TimeoutError when it has passed."""
    left = ends_at - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
