"""The helper process: reads jobs from its standard input, writes answers, and can be killed.

It has the functions loaded and forks a child, which works. A child that takes too long is ended by
its own timers, one that takes too much memory by its own limit; the helper says so and forks the
next child at once (3 ms), so that one bad text costs nobody else a start (300 ms). When the site
is gone the input ends, and with it child and helper.
"""

import gc
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any, BinaryIO, get_type_hints

from papers.sandbox.codec import Codec
from papers.sandbox.notes import listen
from papers.sandbox.wire import ANSWER, LARGEST_NOTE, REQUEST, Verdict, pack_answer

GROWN = 100_000_000  # bytes; a child that has grown beyond is replaced after its answer
ENDED_BY = {
    signal.SIGPROF: Verdict.SLOW,
    signal.SIGALRM: Verdict.LATE,
    signal.SIGKILL: Verdict.LARGE,  # the system, out of memory, picks the largest
}
SPENT = 3  # a child's exit code for "I have answered; fork another"

_has_stepped_back = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function to run, and how its arguments and result travel."""

    call: Callable[..., Any]
    codec: Codec


def main() -> None:
    """`python -m papers.sandbox.helper MEMORY NICE MODULE:FUNCTION...`: serve until input ends."""
    memory, niceness, *names = sys.argv[1:]
    source, sink = _private_pipes()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    functions = [_load(name) for name in names]
    signal.signal(signal.SIGVTALRM, lambda *_: _step_back(int(niceness)))
    _limit_memory(int(memory))
    gc.collect()
    gc.freeze()
    _write(sink, pack_answer(Verdict.READY))
    while _fork_child(functions, source, sink):
        pass


def _load(name: str) -> Function:
    """Import a function; its module may have a `warm_up()`, which makes the first job quick."""
    path, _, attribute = name.partition(":")
    module = import_module(path)
    call = getattr(module, attribute)
    getattr(module, "warm_up", lambda: None)()
    return Function(call, Codec(*get_type_hints(call).values()))


def _private_pipes() -> tuple[BinaryIO, int]:
    """Keep the pipes to ourselves: whatever a library reads or prints goes elsewhere."""
    source, sink = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(2, 1)
    return os.fdopen(source, "rb", buffering=0), sink


def _limit_memory(memory: int) -> None:
    """Set the limits where the system has them (macOS ignores them)."""
    for limit in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        with suppress(OSError, ValueError):
            resource.setrlimit(limit, (memory, memory))


def _fork_child(functions: Sequence[Function], source: BinaryIO, sink: int) -> bool:
    """Let one child serve for as long as it lives; say whether another one is needed."""
    child = os.fork()
    if not child:
        os._exit(_serve(functions, source, sink))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code >= 0:
        return code == SPENT
    _write(sink, pack_answer(ENDED_BY.get(signal.Signals(-code), Verdict.FAILED)))
    return True


def _serve(functions: Sequence[Function], source: BinaryIO, sink: int) -> int:
    """Do job after job; return the exit code."""
    listen(lambda text: _write(sink, _pack_note(text)))
    while head := _read(source, REQUEST.size):
        number, arguments, size, largest, cpu, seconds, quick = REQUEST.unpack(head)
        sent = _read(source, arguments), _read(source, size)
        answer = _work(functions[number], *sent, cpu, seconds, quick)
        if len(answer) > largest + ANSWER.size:
            answer = pack_answer(Verdict.LARGE)
        _write(sink, answer)
        if _has_grown() or _has_stepped_back or answer[0] != Verdict.DONE:
            return SPENT
    return 0


def _pack_note(text: str) -> bytes:
    return pack_answer(Verdict.NOTE, text.encode("utf-8", "replace")[:LARGEST_NOTE])


def _work(
    function: Function, arguments: bytes, data: bytes, cpu: float, seconds: float, quick: float
) -> bytes:
    """Do one job within the time allowed; when it is over one of the timers ends this process."""
    started = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, quick)
    signal.setitimer(signal.ITIMER_PROF, cpu)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    verdict, made = Verdict.DONE, b""
    try:
        result = function.call(data, *function.codec.decode(arguments))
        made = function.codec.encode(result)
    except MemoryError:
        verdict = Verdict.LARGE
    except Exception:  # noqa: BLE001 (whatever a library raises, the site answers)
        verdict = Verdict.FAILED
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return pack_answer(verdict, made, time.process_time() - started)


def _step_back(niceness: int) -> None:
    """Let pages and quick jobs go first from now on; there is no way back for this process."""
    global _has_stepped_back
    if not _has_stepped_back:
        _has_stepped_back = True
        os.nice(niceness)


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
