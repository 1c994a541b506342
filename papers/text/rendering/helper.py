"""The helper process: reads texts from its standard input, writes HTML, and can be killed.

It holds everything loaded and forks a worker, which renders. A worker that takes too long is
ended by its own timers, one that takes too much memory by its own limit; the helper says so and
forks the next worker at once (3 ms), so that one bad text costs no one else a start (200 ms).
When the site is gone the input ends, and with it worker and helper.
"""

import gc
import os
import resource
import signal
import sys
from contextlib import suppress
from typing import BinaryIO

from papers.text.rendering.stages import to_html
from papers.text.rendering.wire import LARGEST_ANSWER, REQUEST, Verdict, pack_answer

MEMORY = 200_000_000  # bytes of address space, all in all
GROWN = 100_000_000  # bytes; a worker that has grown beyond is replaced after its answer
ENDED_BY_TIMER = {-signal.SIGPROF: Verdict.TANGLED, -signal.SIGALRM: Verdict.LATE}
SPENT = 3  # a worker's exit code for "I have answered; fork another"


def seconds_for(size: int) -> float:
    """Return the CPU time a text of so many bytes may take; ordinary text needs a third of it."""
    return min(0.2 + size / 160_000, 0.7)


def main() -> None:
    """Serve until the input ends."""
    source, sink = _private_pipes()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _limit_memory()
    to_html("# Warm\n\n*up* $x$ [^1]\n\n[^1]: `now`")
    gc.freeze()
    _write(sink, pack_answer(Verdict.READY))
    while _fork_worker(source, sink):
        pass


def _private_pipes() -> tuple[BinaryIO, int]:
    """Keep the pipes to ourselves: whatever a library reads or prints goes elsewhere."""
    source, sink = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(2, 1)
    return os.fdopen(source, "rb", buffering=0), sink


def _limit_memory() -> None:
    """Set the limit where the system has one (macOS ignores it)."""
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _fork_worker(source: BinaryIO, sink: int) -> bool:
    """Let one worker serve for as long as it lives; say whether another one is needed."""
    worker = os.fork()
    if not worker:
        os._exit(_serve(source, sink))
    code = os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
    if code in ENDED_BY_TIMER:
        _write(sink, pack_answer(ENDED_BY_TIMER[code]))
        return True
    return code == SPENT


def _serve(source: BinaryIO, sink: int) -> int:
    """Answer text after text; return the exit code."""
    while True:
        head = _read(source, REQUEST.size)
        if not head:
            return 0
        size, seconds = REQUEST.unpack(head)
        _write(sink, _answer(_read(source, size), seconds))
        if _has_grown():
            return SPENT


def _answer(text: bytes, seconds: float) -> bytes:
    """Render within the time allowed; when it is over one of the timers ends this process."""
    signal.setitimer(signal.ITIMER_PROF, seconds_for(len(text)))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        html = to_html(text.decode()).encode()
    except Exception:  # noqa: BLE001 (whatever a library raises, the text is shown as typed)
        html = None
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.setitimer(signal.ITIMER_PROF, 0)
    if html is None or len(html) > LARGEST_ANSWER:
        return pack_answer(Verdict.TANGLED)
    return pack_answer(Verdict.WHOLE, html)


def _has_grown() -> bool:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if sys.platform == "darwin" else 1024) > GROWN


def _read(source: BinaryIO, size: int) -> bytes:
    """Read exactly so many bytes, or none when the input has ended."""
    parts = bytearray()
    while len(parts) < size:
        part = source.read(size - len(parts))
        if not part:
            return b""
        parts += part
    return bytes(parts)


def _write(sink: int, answer: bytes) -> None:
    view = memoryview(answer)
    while view:
        view = view[os.write(sink, view) :]


if __name__ == "__main__":
    main()
