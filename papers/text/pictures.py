"""Pictures in texts: the line that shows one, and how they travel where nobody can read them."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[\[\]\\`*_<>$]")
_IMAGE = re.compile(r'<img (?:alt="([^"<>]*)" )?[^<>]*?src="(/files/[0-9a-f]{32}/)"[^<>]*>')
_NAMED = re.compile(r"\]\((/files/[0-9a-f]{32}/\))")


def write_picture(alt: str, address: str) -> str:
    """`![alt](address)`, with the alternative text as plain text whatever it holds."""
    return f"![{_SPECIAL.sub(lambda found: chr(92) + found[0], alt)}]({address})"


def link_pictures(html: str, site: str) -> str:
    """Rendered HTML with a link to the site in place of each picture.

    For mails, files and readers outside: a browser there could not show it, and only who may read
    the text may follow the link.
    """
    return _IMAGE.sub(lambda found: f'<a href="{site}{found[2]}">{found[1] or found[2]}</a>', html)


def complete_addresses(text: str, site: str) -> str:
    """A Markdown text whose pictures are named with the site."""
    return _NAMED.sub(lambda found: f"]({site}{found[1]}", text)
