"""What a function in the sandbox says about its data before it ends, or is ended."""

from collections.abc import Callable

_listener: Callable[[str], None] | None = None


def note(text: str) -> None:
    """Say what was recognized so far ("BibTeX"), for the sentence about a limit that was met.

    The last note counts. Outside the sandbox it does nothing.
    """
    if _listener is not None:
        _listener(text)


def listen(listener: Callable[[str], None]) -> None:
    """Hand every note to this function."""
    global _listener
    _listener = listener
