"""The site's side: keeps helpers warm, shares them out fairly, and gives each job its limits.

Safe with threads (each helper does one job at a time) and with forks (a child forgets its parent's
helpers).
"""

import atexit
import os
import queue
import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from papers.sandbox.codec import Codec, NotDecodable
from papers.sandbox.process import START, AnswerLate, Helper, HelperLost
from papers.sandbox.requester import Requester, get_requester, losing_patience
from papers.sandbox.turns import NoTurn, Turns
from papers.sandbox.wire import REQUEST, Verdict


class NoResult(Exception):
    """A job came to nothing; `note` is what the function last said of the data."""

    def __init__(self, note: str = "") -> None:
        super().__init__(note)
        self.note = note


class TooBusy(NoResult):
    """No place or no helper was free, or others had the processor: another try may succeed."""


class TooSlow(NoResult):
    """The job needs more time of the processor than it may take."""


class TooLarge(NoResult):
    """The job needs more memory than it may take, or its result is too large."""


class JobFailed(NoResult):
    """The function raised, or its process crashed."""


REFUSALS: dict[Verdict, type[NoResult]] = {
    Verdict.SLOW: TooSlow,
    Verdict.LARGE: TooLarge,
    Verdict.LATE: TooBusy,
    Verdict.FAILED: JobFailed,
}
QUICK, AT_ONCE = 0.1, 0.000_1
"""Seconds of CPU after which a job steps back behind the pages of the site: any member's, and that
of a member whose last job was hard."""

HARD = {Verdict.SLOW, Verdict.LARGE, Verdict.LATE}
"""Ends of jobs that are held against a member for a while."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may take: seconds of CPU, seconds by the clock (waiting included), and bytes.

    `wait`, in seconds, is how much of the time it may wait for a free helper.
    """

    cpu: float
    seconds: float
    answer: int
    wait: float = 3600.0


class Task[T]:
    """A pure function `f(data: bytes, ...)`, named "module:function", and what it returns.

    Its module is imported in the helper alone. `gives` is the annotation of its result, `takes`
    those of its further arguments: nothing but plain values and the dataclasses named there travel.
    """

    def __init__(self, function: str, gives: Any, *takes: Any) -> None:
        self.function = function
        self.codec = Codec(gives, *takes)


class Pool:
    """A few helpers that know some tasks, started when first needed, and shared by all threads."""

    def __init__(
        self, *tasks: Task[Any], size: int, memory: int, niceness: int, hard: float = 0.5
    ) -> None:
        """`memory` in bytes for each helper; `niceness` is that of jobs that take long.

        A job that takes the part `hard` of its CPU counts as hard.
        """
        self._numbers = {task.function: number for number, task in enumerate(tasks)}
        self._arguments = [str(memory), str(niceness), *self._numbers]
        self._size, self._hard = size, hard
        self._reset()
        atexit.register(self.end)
        os.register_at_fork(after_in_child=self._after_fork)

    def run[T](self, task: Task[T], limits: Limits, data: bytes, *arguments: Any) -> T:
        """Return the function's result, or raise a NoResult that says why there is none."""
        if not self._is_warm:
            self.warm_up()
        requester = get_requester()
        if requester is not None and requester.is_out_of_patience:
            raise TooBusy
        with losing_patience(requester):
            answer = self._ask(task, limits, data, arguments, requester)
        try:
            made: T = task.codec.decode(answer)
        except NotDecodable as wrong:
            raise JobFailed from wrong
        return made

    def warm_up(self) -> None:
        """Start the helpers ahead of the first job, and wait for one; not counted against a job."""
        self._is_warm = True
        waiting = [self._free.get() for _ in range(self._free.qsize())]
        for helper in waiting:
            try:
                self._free.put(helper or self._start(instead_of=None))
            except OSError:
                self._free.put(None)
        with suppress(HelperLost, AnswerLate, NoTurn), self._helper(None, START) as helper:
            helper.get_ready(time.monotonic() + START)

    @property
    def is_held_off(self) -> bool:
        """Whether this request's member sent a hard job lately: what can wait should not be asked
        for while a thread of the server waits."""
        requester = get_requester()
        return requester is not None and self._turns.is_hard(requester.find_key())

    def end(self) -> None:
        """End all helpers; a later job starts new ones."""
        for helper in list(self._helpers):
            self._helpers.discard(helper)
            helper.end()

    @property
    def pids(self) -> set[int]:
        """The process ids of the helpers."""
        return {helper.pid for helper in self._helpers}

    def _ask(
        self,
        task: Task[Any],
        limits: Limits,
        data: bytes,
        arguments: tuple[Any, ...],
        requester: Requester | None,
    ) -> bytes:
        packed = task.codec.encode(arguments)
        until = time.monotonic() + limits.seconds
        who = requester.find_key() if requester else None
        try:
            with self._helper(who, min(limits.wait, limits.seconds)) as helper:
                helper.get_ready(until)
                quick = AT_ONCE if self._turns.is_hard(who) else QUICK
                head = self._pack_head(task, limits, data, packed, until - time.monotonic(), quick)
                answer = helper.ask([head, packed, data], limits.answer, until)
        except AnswerLate as late:
            self._turns.note_hard(who)
            raise TooBusy from late
        except (HelperLost, NoTurn) as lost:
            raise TooBusy from lost
        if answer.verdict in HARD or answer.cpu > self._hard * limits.cpu:
            self._turns.note_hard(who)
        if answer.verdict is not Verdict.DONE:
            raise REFUSALS.get(answer.verdict, JobFailed)(answer.note)
        return answer.body

    def _pack_head(
        self,
        task: Task[Any],
        limits: Limits,
        data: bytes,
        packed: bytes,
        seconds: float,
        quick: float,
    ) -> bytes:
        number = self._numbers[task.function]
        left = max(0.001, seconds)
        return REQUEST.pack(number, len(packed), len(data), limits.answer, limits.cpu, left, quick)

    @contextmanager
    def _helper(self, who: Hashable | None, seconds: float) -> Iterator[Helper]:
        """Lend a helper; one that failed is replaced, unless it has only not started yet."""
        with self._turns.take(who, time.monotonic() + seconds):
            helper = self._take()
            try:
                yield helper
            except AnswerLate:
                if helper.is_starting():
                    self._free.put(helper)
                else:
                    self._replace(helper)
                raise
            except BaseException:
                self._replace(helper)
                raise
            self._free.put(helper)

    def _take(self) -> Helper:
        """Take a helper; whoever holds a turn finds one, or the place of one."""
        helper = self._free.get()
        if helper is not None and helper.is_alive():
            return helper
        try:
            return self._start(instead_of=helper)
        except OSError as refused:
            self._free.put(None)
            raise HelperLost from refused

    def _start(self, instead_of: Helper | None) -> Helper:
        if instead_of is not None:
            self._helpers.discard(instead_of)
            instead_of.end()
        helper = Helper(self._arguments)
        self._helpers.add(helper)
        return helper

    def _replace(self, helper: Helper) -> None:
        """Kill a helper and let the next get ready while nobody waits for it."""
        try:
            self._free.put(self._start(instead_of=helper))
        except OSError:
            self._free.put(None)

    def _reset(self) -> None:
        self._is_warm = False
        self._helpers: set[Helper] = set()
        self._turns = Turns(self._size)
        # Last in, first out: a helper that is warm is taken before another one is started.
        self._free: queue.LifoQueue[Helper | None] = queue.LifoQueue()
        for _ in range(self._size):
            self._free.put(None)

    def _after_fork(self) -> None:
        for helper in self._helpers:
            helper.forget()
        self._reset()
