"""For whom a thread works just now, and how much longer it may wait for texts that come to nothing.

A request, or a job of the worker, says so once; the pools ask.
"""

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Requester:
    """`find_key` names the member, None where nobody is known; it is called when first needed."""

    find_key: Callable[[], Hashable | None]
    patience: float  # seconds that jobs without a result may take together

    @property
    def is_out_of_patience(self) -> bool:
        """Whether this request has spent enough on texts that come to nothing."""
        return self.patience <= 0


_current: ContextVar[Requester | None] = ContextVar("requester", default=None)


@contextmanager
def working_for(find_key: Callable[[], Hashable | None], patience: float) -> Iterator[None]:
    """Say for whom all that happens inside is done."""
    token = _current.set(Requester(find_key, patience))
    try:
        yield
    finally:
        _current.reset(token)


def get_requester() -> Requester | None:
    """For whom this thread works, None where nobody said."""
    return _current.get()


@contextmanager
def losing_patience(requester: Requester | None) -> Iterator[None]:
    """Take the time of a job that raises from the requester's patience."""
    started = time.monotonic()
    try:
        yield
    except BaseException:
        if requester is not None:
            requester.patience -= time.monotonic() - started
        raise
