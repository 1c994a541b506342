"""Waiting for what is meant, instead of for some time: the one place where a test may sleep."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page

PATIENCE = 180.0
"""Seconds; only a test that fails, or a machine that others keep busy, waits so long."""


def wait_for(
    condition: Callable[[], object],
    said: str | Callable[[], object] = "",
    *,
    seconds: float = PATIENCE,
    sleep: Callable[[float], None] = time.sleep,
    every: float = 0.02,
) -> None:
    """Return when the condition holds; else fail with what is said.

    `sleep` takes seconds; while a page is open, `sleep_in(page)` lets its events come in.
    """
    deadline = time.monotonic() + seconds
    while not condition():
        late = time.monotonic() > deadline
        assert not late, f"waited in vain: {said() if callable(said) else said}"
        sleep(every)


def sleep_in(page: Page) -> Callable[[float], None]:
    """A sleep during which the page's events and held requests are seen to."""
    return lambda seconds: page.wait_for_timeout(seconds * 1000)


def wait_for_frames(page: Page) -> None:
    """Return when the page has drawn what it was told before."""
    page.evaluate("() => new Promise(d => requestAnimationFrame(() => requestAnimationFrame(d)))")
