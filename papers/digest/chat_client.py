"""Posting to a chat server: only to addresses outside, with a time-out, never redirected.

The host's name is looked up once, every address is checked, and the connection goes to the
address that was checked: a name that answers differently the second time gains nothing.
`WEBHOOK_LOCAL_HOSTS` allows servers inside the own network (a Mattermost in the cellar).
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

_TRANSLATED = IPv6Network("64:ff9b::/96")  # RFC 6052: gateways turn these into version 4

TIMEOUT = 10.0
"""Seconds for the connection and for each answer."""

FINAL = {400, 401, 403, 404, 405, 410, 413}
"""Answers after which asking again gives the same."""


class AddressRefused(Exception):
    """Not an address to which this site posts."""


class NotPosted(Exception):
    """The server did not take it; `is_final` when it never will."""

    def __init__(self, sentence: str, *, is_final: bool) -> None:
        super().__init__(sentence)
        self.is_final = is_final


class _Plain(http.client.HTTPConnection):
    """Connects to the checked address; the name stays in the headers."""

    address = ""

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class _Secure(http.client.HTTPSConnection):
    """The same with TLS; the certificate must be the name's."""

    address = ""

    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.port), self.timeout)
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(plain, server_hostname=self.host)


def check_address(url: str) -> SplitResult:
    """The parts of an address to which posting is allowed by its looks; no look-up.

    Raises AddressRefused with the reason.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as problem:
        raise AddressRefused(_("This isn't a valid URL.")) from problem
    schemes = {"http", "https"} if settings.WEBHOOK_LOCAL_HOSTS else {"https"}
    if parts.scheme not in schemes or not parts.hostname:
        raise AddressRefused(_("The URL must start with https:// and name a server."))
    if parts.username or parts.password:
        raise AddressRefused(_("Remove the user name and password from the URL."))
    if not settings.WEBHOOK_LOCAL_HOSTS and port not in {None, 443}:
        raise AddressRefused(_("Only the standard https port is allowed."))
    return parts


def look_up(host: str, port: int) -> str:
    """A public address of this host. Raises AddressRefused, or OSError when it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(one[4][0]) for one in found]
    if not settings.WEBHOOK_LOCAL_HOSTS:
        for address in addresses:
            # is_global is False for loopback, private, link-local and reserved ranges.
            one = _unwrap(ip_address(address.partition("%")[0]))
            if not one.is_global or one.is_multicast:
                raise AddressRefused(
                    _("%(host)s is a server inside your network.") % {"host": host}
                )
    return addresses[0]


def _unwrap(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The address of version 4 that one of version 6 stands for, where it does."""
    if isinstance(address, IPv4Address):
        return address
    inner = IPv4Address(int(address) % 2**32) if address in _TRANSLATED else None
    return inner or address.ipv4_mapped or address.sixtofour or address


def post_json(url: str, body: dict[str, Any]) -> None:
    """POST as JSON. Raises NotPosted."""
    try:
        parts = check_address(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = parts.hostname or ""
        status = _post(parts, host, port, look_up(host, port), json.dumps(body).encode())
    except AddressRefused as problem:
        raise NotPosted(str(problem), is_final=True) from problem
    except (OSError, http.client.HTTPException) as problem:
        raise NotPosted(f"{type(problem).__name__}: {problem}", is_final=False) from problem
    if not 200 <= status < 300:
        raise NotPosted(
            _("The server answered %(status)s.") % {"status": status}, is_final=status in FINAL
        )


def _post(parts: SplitResult, host: str, port: int, address: str, body: bytes) -> int:
    kind = _Secure if parts.scheme == "https" else _Plain
    connection = kind(host, port, timeout=TIMEOUT)
    connection.address = address
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "reviewapp"}
    try:
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()
