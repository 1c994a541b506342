"""How the site and its rendering helper speak over a pipe: a size, a verdict, the bytes."""

import struct
from enum import IntEnum

REQUEST = struct.Struct("!I")  # the size of the text in bytes
ANSWER = struct.Struct("!BI")  # the verdict, the size of the HTML in bytes

LARGEST_ANSWER = 4_000_000  # bytes; 200,000 characters of ordinary text make about 300,000


class Verdict(IntEnum):
    """What came of a text. READY is what a helper says once, after its start."""

    READY = 0
    WHOLE = 1
    TANGLED = 2


def pack_answer(verdict: Verdict, html: bytes = b"") -> bytes:
    """Return an answer as it goes over the pipe."""
    return ANSWER.pack(verdict, len(html)) + html
