"""How the site and its rendering helper speak over a pipe."""

import struct
from enum import IntEnum

REQUEST = struct.Struct("!Id")  # the size of the text in bytes, the seconds left for it
ANSWER = struct.Struct("!BI")  # the verdict, the size of the HTML in bytes

LARGEST_ANSWER = 4_000_000  # bytes; 200,000 characters of ordinary text make about 300,000


class Verdict(IntEnum):
    """What came of a text. READY is what a helper says once, after its start."""

    READY = 0
    WHOLE = 1
    TANGLED = 2  # took too much of the processor or of memory, and would again
    LATE = 3  # the time was over while others had the processor


def pack_answer(verdict: Verdict, html: bytes = b"") -> bytes:
    """Return an answer as it goes over the pipe."""
    return ANSWER.pack(verdict, len(html)) + html
