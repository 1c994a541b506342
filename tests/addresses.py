"""Addresses that tests ask for: each must be on the site map, or the test proves nothing.

A page that does not exist leaks nothing, has no violation and shows no word; so a request to an
address that has moved makes a test green for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.signals import request_started
from django.urls import Resolver404, resolve


@contextmanager
def note_unknown() -> Iterator[set[str]]:
    """What is asked for meanwhile, by test clients and browsers, and is on no site map.

    Requests to a server that runs in another process are not seen.
    """
    unknown: set[str] = set()

    def note(environ: dict[str, Any], **_: object) -> None:
        path = environ["PATH_INFO"]
        if not is_known(path):
            unknown.add(path)

    request_started.connect(note)
    try:
        yield unknown
    finally:
        request_started.disconnect(note)


def is_known(path: str) -> bool:
    """Whether a view, a file or a redirect to the same with a slash answers there."""
    if path.startswith((settings.STATIC_URL, "/health/")):
        return True  # answered before the site map is asked
    return any(_resolves(one, settings.ROOT_URLCONF) for one in (path, f"{path}/"))


@lru_cache(maxsize=10_000)
def _resolves(path: str, site_map: str) -> bool:
    """A sweep asks for the same address a hundred times."""
    try:
        # Bytes of UTF-8 in the guise of Latin-1, as WSGI has them.
        match = resolve(path.encode("latin-1", "replace").decode(errors="replace"), site_map)
    except Resolver404:
        return False
    return not re.fullmatch(r".*\bcatch_all_view", match.view_name or match._func_path)
