"""The Markdown line that shows a picture."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[\[\]\\`*_<>$]")


def write_picture(alt: str, address: str) -> str:
    """`![alt](address)`, with the alternative text as plain text whatever it holds."""
    return f"![{_SPECIAL.sub(lambda found: chr(92) + found[0], alt)}]({address})"
