"""Numbers in forms and addresses. Pure."""

from __future__ import annotations

LARGEST = 2**63 - 1
"""The largest number that a key of the database can be (bigint)."""


def read_number(text: str, most: int = LARGEST) -> int | None:
    """The whole number from 0 to `most` that the digits name; None for anything else.

    Never `int(text)` of what was sent: Python refuses more than 4,300 digits with an error, the
    database more than 19.
    """
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(most)):
        return None
    number = int(text)
    return number if number <= most else None
