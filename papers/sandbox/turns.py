"""Whose turn it is: a few jobs at once, at most one of a member, and those who wait in rotation.

Members whose last job was hard (met a limit, or took long) share what is left when one place is
kept free for all others. However many of them there are, an ordinary text waits for ordinary
texts only, and few threads of the server are held by jobs that come to nothing.
"""

import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

MOST_WAITING_EACH = 2
"""Jobs of one member that wait; a further one is refused at once."""

HARD_FOR = 60.0
"""Seconds for which a hard job is held against a member."""

MOST_NOTED = 1_000
"""Members whose hard jobs are noted."""


class NoTurn(Exception):
    """Too many wait already, or no place became free in time."""


class _Ticket:
    """One job that waits or works; `who` None is nobody in particular, for whom nothing counts."""

    def __init__(self, who: Hashable | None, *, is_hard: bool) -> None:
        self.who: Hashable = object() if who is None else who
        self.is_hard = is_hard
        self.called = threading.Event()


class Turns:
    """Shares `at_once` places among all threads of this process."""

    def __init__(self, at_once: int) -> None:
        self._lock = threading.Lock()
        self._at_once = at_once
        self._most_hard = max(0, at_once - 1)
        self._running: Counter[Hashable] = Counter()
        self._hard_running = 0
        self._waiting: OrderedDict[Hashable, deque[_Ticket]] = OrderedDict()
        self._hard_until: OrderedDict[Hashable, float] = OrderedDict()

    @contextmanager
    def take(self, who: Hashable | None, until: float) -> Iterator[None]:
        """Hold a place; raises NoTurn when there is none before `until` (time.monotonic)."""
        ticket = self._stand_in_line(who)
        if not ticket.called.wait(max(0.0, until - time.monotonic())) and self._leave(ticket):
            raise NoTurn
        try:
            yield
        finally:
            self._release(ticket)

    def note_hard(self, who: Hashable | None) -> None:
        """Hold it against a member that a job met a limit or took long."""
        if who is None:
            return
        with self._lock:
            self._hard_until[who] = time.monotonic() + HARD_FOR
            self._hard_until.move_to_end(who)
            while len(self._hard_until) > MOST_NOTED:
                self._hard_until.popitem(last=False)

    def _stand_in_line(self, who: Hashable | None) -> _Ticket:
        with self._lock:
            ticket = _Ticket(who, is_hard=self.is_hard(who))
            line = self._waiting.setdefault(ticket.who, deque())
            line.append(ticket)
            self._call()
            if not ticket.called.is_set() and self._is_crowded(ticket, line):
                self._remove(ticket)
                raise NoTurn
            return ticket

    def is_hard(self, who: Hashable | None) -> bool:
        """Whether a hard job is held against this member just now."""
        return self._hard_until.get(who, 0.0) > time.monotonic()

    def _is_crowded(self, ticket: _Ticket, line: deque[_Ticket]) -> bool:
        if len(line) > MOST_WAITING_EACH:
            return True
        hard = sum(one.is_hard for line in self._waiting.values() for one in line)
        return ticket.is_hard and hard > self._most_hard

    def _call(self) -> None:
        """Call whose turn it is; each member who was called goes to the end of the line."""
        for who in list(self._waiting):
            if sum(self._running.values()) >= self._at_once:
                return
            ticket = self._waiting[who][0]
            is_free = not ticket.is_hard or self._hard_running < self._most_hard
            if self._running[who] or not is_free:
                continue
            self._remove(ticket)
            if who in self._waiting:
                self._waiting.move_to_end(who)
            self._running[who] += 1
            self._hard_running += ticket.is_hard
            ticket.called.set()

    def _leave(self, ticket: _Ticket) -> bool:
        """Leave the line; False when called at the very last moment."""
        with self._lock:
            if ticket.called.is_set():
                return False
            self._remove(ticket)
            return True

    def _remove(self, ticket: _Ticket) -> None:
        line = self._waiting[ticket.who]
        line.remove(ticket)
        if not line:
            del self._waiting[ticket.who]

    def _release(self, ticket: _Ticket) -> None:
        with self._lock:
            self._running[ticket.who] -= 1
            if not self._running[ticket.who]:
                del self._running[ticket.who]
            self._hard_running -= ticket.is_hard
            self._call()
