"""How the site and its helper process speak over a pipe: frames of a head and a body."""

import struct
from enum import IntEnum

REQUEST = struct.Struct("!HIIIddd")
"""The function's number, the sizes of arguments and data, the largest answer (all bytes), the
seconds of CPU and by the clock that are left, and those of CPU after which it steps back."""

ANSWER = struct.Struct("!BId")
"""The verdict, the size of what follows in bytes, and the seconds of CPU that the job took."""

LARGEST_NOTE = 200  # bytes


class Verdict(IntEnum):
    """What became of a job. READY is what a helper says once, after its start."""

    READY = 0
    DONE = 1
    NOTE = 2  # not the end yet: what the function says of the data while it works
    SLOW = 3  # took too much of the processor, and would again
    LARGE = 4  # took too much memory, or the answer was too large
    LATE = 5  # the time was over while others had the processor
    FAILED = 6  # the function raised, or its process crashed


def pack_answer(verdict: Verdict, body: bytes = b"", cpu: float = 0.0) -> bytes:
    """Return an answer as it goes over the pipe."""
    return ANSWER.pack(verdict, len(body), cpu) + body
