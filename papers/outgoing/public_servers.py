"""Which addresses this site asks: public servers, by names that are looked up once."""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Event, Thread
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

SECONDS = 10.0
"""For the whole request: looking up names, connecting, sending, and reading the answer."""

MOST_BYTES = 64 * 1024
"""Of an answer's body, where the rules say nothing else."""

_UNICAST = IPv6Network("2000::/3")
"""All that is given out to networks of the public internet (RFC 4291, section 2.4)."""

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""Gateways turn these into the version 4 address at their end (RFC 6052)."""

_OWN_NAMES = (".localhost", ".local", ".internal", ".home.arpa")
"""Ends of names that are never public (RFC 6761, 6762, 8375, and ICANN's `internal`)."""


class AddressRefused(Exception):
    """Not an address that this site asks."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Where one request may go. `origins` as "https://api.example.org"; None: any public server.

    `is_local` allows servers of the own network and plain http. A body longer than `most_bytes` is
    cut there. Only a GET follows redirects.
    """

    origins: frozenset[str] | None = None
    is_local: bool = False
    redirects: int = 0
    most_bytes: int = MOST_BYTES


def check_address(url: str, rules: Rules | None = None) -> SplitResult:
    """The parts of an address that is allowed by its looks; no look-up.

    Raises AddressRefused with the reason.
    """
    rules = rules or get_usual_rules()
    try:
        parts = urlsplit(url)
        port, host = parts.port, (parts.hostname or "").encode("idna").decode()
    except ValueError as problem:  # UnicodeError is one
        raise AddressRefused(_("This isn't a valid URL.")) from problem
    if parts.username is not None or parts.password is not None:
        raise AddressRefused(_("Remove the user name and password from the URL."))
    if rules.is_local:
        if parts.scheme not in {"http", "https"} or not host:
            raise AddressRefused(
                _("The URL must start with https:// or http:// and name a server.")
            )
    elif parts.scheme != "https" or port not in {None, 443} or not host or _is_closed(host):
        raise AddressRefused(_say_rules(host))
    if rules.origins is not None and _make_origin(parts) not in rules.origins:
        raise AddressRefused(_("%(host)s isn't one of the servers we ask.") % {"host": host})
    return parts


def get_port(parts: SplitResult) -> int:
    """The port that the address names, or the usual one."""
    return parts.port or (443 if parts.scheme == "https" else 80)


def look_up(host: str, port: int, seconds: float = SECONDS, *, is_local: bool | None = None) -> str:
    """A public address of this host.

    Raises AddressRefused when one of its addresses is not public, OSError when it has none or the
    name servers do not answer in time.
    """
    addresses = _resolve(host, port, seconds)
    is_local = settings.WEBHOOK_LOCAL_HOSTS if is_local is None else is_local
    if not is_local and any(map(_is_closed, addresses)):
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
    """Whether this is an address or a name of a server that may not be asked; no look-up."""
    address = _read_address(host)
    if address is not None:
        return not is_public(address)
    name = host.rstrip(".").lower()
    return "." not in name or name.endswith(_OWN_NAMES)


def _read_address(host: str) -> IPv4Address | IPv6Address | None:
    """The address that a host is, in any spelling that connecting understands (`127.1`)."""
    with suppress(ValueError):
        return ip_address(host.partition("%")[0])
    with suppress(OSError):
        return IPv4Address(socket.inet_aton(host))
    return None


def get_usual_rules() -> Rules:
    """Any public server, or those of the own network too where the lab says so."""
    return Rules(is_local=settings.WEBHOOK_LOCAL_HOSTS)


def _make_origin(parts: SplitResult) -> str:
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    port = "" if parts.port in {None, usual} else f":{parts.port}"
    return f"{parts.scheme}://{parts.hostname}{port}"


def _say_rules(host: str) -> str:
    """All of them at once, and what opens the own network where the server is there."""
    if host and _is_closed(host):
        return _say_own_network(host)
    return _(
        "The URL must start with https://, name a server on the public internet, and use the "
        "standard port (443)."
    )


def _say_own_network(host: str) -> str:
    return _(
        "%(host)s isn't a server on the public internet. Use a URL with https://, a public server "
        "and the standard port (443), or ask your administrator to allow servers on your own "
        "network (WEBHOOK_LOCAL_HOSTS=yes)."
    ) % {"host": host}


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
