"""A real worker in a thread of the test, with the stubs and settings of the test."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from procrastinate import App
from procrastinate.contrib.django import app as site_app
from procrastinate.periodic import PeriodicRegistry

from tests.waiting import wait_for


@contextmanager
def running_worker() -> Iterator[None]:
    """The queue's jobs are done as in production; periodic ones are not."""
    app: App = site_app.with_connector(site_app.connector.get_worker_connector())
    app.periodic_registry = PeriodicRegistry()  # its own: the site's keeps its jobs
    state: dict[str, object] = {}

    async def work() -> None:
        async with app.open_async():
            state["task"] = asyncio.current_task()
            state["loop"] = asyncio.get_running_loop()
            try:
                await app.run_worker_async(concurrency=4, install_signal_handlers=False)
            except asyncio.CancelledError:
                return

    def run() -> None:
        asyncio.run(work())
        connections.close_all()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    wait_for(lambda: "task" in state, "the worker does not start")
    try:
        yield
    finally:
        stop(thread, state)


def stop(thread: threading.Thread, state: dict[str, object]) -> None:
    loop, task = state["loop"], state["task"]
    loop.call_soon_threadsafe(task.cancel)  # type: ignore[attr-defined]
    thread.join(15)
