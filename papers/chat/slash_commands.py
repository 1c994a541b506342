"""What somebody typed behind the slash: a word, and what it is about. Pure."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_LINK = re.compile(r"<(https?://[^<>|\s]+)(?:\|[^<>]*)?>")
"""As Slack writes links where it escapes them."""

SAME = {"vote": "nominate", "discuss": "nominate", "review": "claim", "what's": "next", "": "help"}
"""Other words for a command."""

WORDS = ("add", "claim", "nominate", "next", "help")


@dataclass(frozen=True, slots=True)
class Command:
    """`word` is one of WORDS, or what was typed instead; `about` is a link, an ID or words."""

    word: str
    about: str


def read_command(text: str) -> Command:
    """Read a command; a link alone is a paper to add."""
    text = html.unescape(_LINK.sub(r"\1", text)).strip()
    word, _blank, rest = text.partition(" ")
    word = word.lower().rstrip(":")
    word = SAME.get(word, word)
    if word not in WORDS and re.match(r"https?://", text):
        return Command("add", text)
    return Command(word, rest.strip())
