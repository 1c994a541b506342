"""The one way in which this site asks another: checked address, whole deadline, no redirects.

Whoever may name an address could otherwise reach into the lab's own network. The host's name is
looked up once, every address of it is checked, and the connection goes to the one that was
checked: a name that answers differently the second time gains nothing. A redirect is an answer
like any other and is not followed.
`WEBHOOK_LOCAL_HOSTS` allows servers inside the own network (a Mattermost in the cellar).
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Event, Thread, Timer
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

SECONDS = 10.0
"""For the whole request: looking up the name, connecting, sending, and reading the answer."""

MOST_BYTES = 64 * 1024
"""Of an answer's body; what follows is not read."""

_UNICAST = IPv6Network("2000::/3")
"""All that is given out to networks of the public internet (RFC 4291, section 2.4)."""

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""Gateways turn these into the version 4 address at their end (RFC 6052)."""


class AddressRefused(Exception):
    """Not an address that this site asks."""


class NoAnswer(Exception):
    """The server could not be reached, broke off, or took longer than the deadline."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said; the body up to MOST_BYTES."""

    status: int
    body: bytes


def send_request(
    method: str,
    url: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    seconds: float | None = None,
) -> Answer:
    """Ask another server; the answer comes within `seconds` (SECONDS) or not at all.

    Raises AddressRefused or NoAnswer.
    """
    parts = check_address(url)
    seconds = SECONDS if seconds is None else seconds
    ends_at = time.monotonic() + seconds
    try:
        address = look_up(parts.hostname or "", get_port(parts), seconds)
        with _connect(parts, address, ends_at) as connection:
            path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
            connection.request(
                method, iri_to_uri(path), body, {"User-Agent": "reviewapp", **(headers or {})}
            )
            response = connection.getresponse()
            answer = Answer(response.status, response.read(MOST_BYTES))
        if time.monotonic() >= ends_at:
            raise TimeoutError  # what was read may end where the connection was shut
        return answer
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise NoAnswer(_describe(problem, ends_at)) from problem


def check_address(url: str) -> SplitResult:
    """The parts of an address that is allowed by its looks; no look-up.

    Raises AddressRefused with the reason.
    """
    try:
        parts = urlsplit(url)
        port, host = parts.port, (parts.hostname or "").encode("idna").decode()
    except ValueError as problem:  # UnicodeError is one
        raise AddressRefused(_("This isn't a valid URL.")) from problem
    schemes = {"http", "https"} if settings.WEBHOOK_LOCAL_HOSTS else {"https"}
    if parts.scheme not in schemes or not host:
        raise AddressRefused(_("The URL must start with https:// and name a server."))
    if parts.username or parts.password:
        raise AddressRefused(_("Remove the user name and password from the URL."))
    if not settings.WEBHOOK_LOCAL_HOSTS and port not in {None, 443}:
        raise AddressRefused(_("Only the standard https port is allowed."))
    if _is_closed(host):
        raise AddressRefused(_say_own_network(host))
    return parts


def get_port(parts: SplitResult) -> int:
    """The port that the address names, or the usual one."""
    return parts.port or (443 if parts.scheme == "https" else 80)


def look_up(host: str, port: int, seconds: float = SECONDS) -> str:
    """A public address of this host.

    Raises AddressRefused when one of its addresses is not public, OSError when it has none or the
    name servers do not answer in time.
    """
    addresses = _resolve(host, port, seconds)
    if any(map(_is_closed, addresses)):
        raise AddressRefused(_say_own_network(host))
    return addresses[0]


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether everybody on the internet reaches the same server under this address.

    Of version 6 only what is given out to public networks; an address that stands for one of
    version 4 (mapped, 6to4, translated) is what that one is.
    """
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    inner = IPv4Address(int(address) % 2**32) if address in _TRANSLATED else None
    inner = inner or address.ipv4_mapped or address.sixtofour
    if inner is not None:
        return is_public(inner)
    return address in _UNICAST and address.is_global


def _is_closed(host: str) -> bool:
    """Whether this is an address, not a name, of a server that may not be asked."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return not (settings.WEBHOOK_LOCAL_HOSTS or is_public(address))


def _say_own_network(host: str) -> str:
    return _("%(host)s isn't a server on the public internet.") % {"host": host}


def _resolve(host: str, port: int, seconds: float) -> list[str]:
    """All addresses of a name. The system's own look-up knows no deadline: it goes on in a thread
    of its own when ours has passed."""
    found: list[list[str] | Exception] = []
    is_done = Event()

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.append([str(row[4][0]) for row in rows])
        except Exception as problem:  # noqa: BLE001 (raised again below)
            found.append(problem)
        is_done.set()

    Thread(target=ask, daemon=True).start()
    if not is_done.wait(seconds):
        raise TimeoutError
    if isinstance(found[0], Exception):
        raise found[0]
    return found[0]


@contextmanager
def _connect(
    parts: SplitResult, address: str, ends_at: float
) -> Iterator[http.client.HTTPConnection]:
    """A connection to the checked address; the name stays in the headers and the certificate.

    A time-out on a socket counts for each read: a server that sends a byte now and then would
    never end. So the connection is shut from outside when the time is over.
    """
    left = max(ends_at - time.monotonic(), 0.001)
    host, port = parts.hostname or "", get_port(parts)
    plain = socket.create_connection((address, port), left)
    sock: Any = plain
    if parts.scheme == "https":
        sock = ssl.create_default_context().wrap_socket(
            plain, server_hostname=host, do_handshake_on_connect=False
        )
    timer = Timer(max(ends_at - time.monotonic(), 0.001), _shut, [sock])
    timer.daemon = True
    timer.start()
    connection = http.client.HTTPConnection(host, port)
    connection.sock = sock
    if parts.scheme == "https":
        connection.default_port = 443
    try:
        if parts.scheme == "https":
            sock.do_handshake()
        yield connection
    finally:
        timer.cancel()
        connection.close()
        sock.close()


def _shut(sock: socket.socket) -> None:
    """Wake whoever waits for this socket; below TLS, which knows no such thing."""
    try:
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
    except OSError:
        return  # it was closed already


def _describe(problem: Exception, ends_at: float) -> str:
    if isinstance(problem, TimeoutError) or time.monotonic() >= ends_at:
        return _("The server took too long to answer.")
    return f"{type(problem).__name__}: {problem}"
