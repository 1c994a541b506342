"""Memory of processes that live long and hold texts of megabytes for moments."""

import ctypes
from contextlib import suppress

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
"""Parameters of mallopt(3)."""


def give_back_memory() -> None:
    """Let freed texts of megabytes leave the process: glibc would otherwise raise the bound from
    which on it maps blocks by themselves, and keep holes of that size in a heap for each thread.
    """
    with suppress(OSError, AttributeError):  # another C library has no such function
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(M_MMAP_THRESHOLD, 1 << 18)
        mallopt(M_TRIM_THRESHOLD, 1 << 23)
        mallopt(M_ARENA_MAX, 2)
