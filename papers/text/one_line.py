"""Texts of one line (names, titles, places), and the ends of lines. Pure."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_BREAK = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]\\s*")


def make_line(text: str) -> str:
    """The text as one line: line breaks and tabs become a blank, other characters that nobody
    sees (controls, halves of pairs) go. What holds none of them stays to the letter.

    A name with a line break would begin a line of its own in a calendar, a mail or a BibTeX file.
    """
    if text.isprintable():
        return text
    plain = _UNSEEN.sub("", text)
    line = _BREAK.sub(" ", plain)
    return text if line == text else line.strip()


CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""What nobody types or sees, and no text keeps; the database refuses some of it."""


def tidy_breaks(text: str) -> str:
    """Line ends as everywhere; browsers send carriage returns with them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def fold_name(name: str) -> str:
    """One text for a name in any case and spacing; C and C++ stay two."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def join_texts(one: str, other: str) -> str:
    """Both texts, one below the other, each once."""
    if not other.strip() or other.strip() in one:
        return one
    return f"{one.rstrip()}\n\n{other}" if one.strip() else other


def measure(text: str) -> int:
    """The width of a text in letters; Chinese, Japanese and Korean signs are two letters wide."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(one) in {"W", "F"} else 1 for one in text)
