"""What a WSGI application is told about a request that an event loop has received (PEP 3333)."""

from __future__ import annotations

import sys
from collections.abc import MutableMapping
from typing import IO, Any
from urllib.parse import unquote_to_bytes

Scope = MutableMapping[str, Any]

_UNPREFIXED = {"CONTENT_LENGTH", "CONTENT_TYPE"}


def get_declared_length(scope: Scope) -> int | None:
    """The bytes that the body will have, as its client says; None when it does not say."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return None


def make_environ(scope: Scope, body: IO[bytes], length: int) -> dict[str, Any]:
    """The environment of a request with `length` bytes of body."""
    server, client = scope["server"] or ("localhost", 80), scope["client"] or ("", 0)
    return {
        **_name_headers(scope),
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "CONTENT_LENGTH": str(length),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _name_headers(scope: Scope) -> dict[str, str]:
    """Each header under its name in CGI; of several with one name, all values with commas."""
    named: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name = raw_name.decode("latin-1").upper().replace("-", "_")
        name = name if name in _UNPREFIXED else f"HTTP_{name}"
        value = raw_value.decode("latin-1")
        named[name] = f"{named[name]},{value}" if name in named else value
    return named
