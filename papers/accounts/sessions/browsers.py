"""What a browser says of itself, in plain words. Pure: no database, no request."""

from __future__ import annotations

import re

BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Vivaldi", "Vivaldi"), ("YaBrowser", "Yandex Browser"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chromium", "Chromium"), ("Chrome", "Chrome"),
    ("Safari", "Safari"), ("curl", "curl"),
)  # fmt: skip
"""What stands in the text, and whose name it is; the first that is met wins, because most
browsers name others besides."""

SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"),
    ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Macintosh", "macOS"), ("Linux", "Linux"),
    ("BSD", "BSD"),
)  # fmt: skip


def name_browser(agent: str) -> str:
    """`Firefox` of a User-Agent; empty when it is none that we know."""
    return _find(agent, BROWSERS, r"\b{}\w*/")


def name_system(agent: str) -> str:
    """`Windows` of a User-Agent; empty when it is none that we know."""
    return _find(agent, SYSTEMS, "{}")


def _find(agent: str, names: tuple[tuple[str, str], ...], pattern: str) -> str:
    known = (name for sign, name in names if re.search(pattern.format(sign), agent))
    return next(known, "")
