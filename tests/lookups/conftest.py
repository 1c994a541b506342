"""Stubs in place of services, switched on for one test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.lookups.stubs import Reply, Stub


@pytest.fixture
def stand_in(settings: Any) -> Iterator[Callable[..., Stub]]:
    """A function that starts a stub for a service and lets the lab ask it; all others stay off."""
    stubs: list[Stub] = []
    settings.LOOKUPS = frozenset()
    settings.LOOKUP_SERVERS = {}

    def start(service: str, reply: Reply | bytes | Callable[[str], Reply]) -> Stub:
        stub = Stub(Reply(reply) if isinstance(reply, bytes) else reply)
        stubs.append(stub)
        settings.LOOKUPS |= {service.removesuffix("1")}
        settings.LOOKUP_SERVERS = {**settings.LOOKUP_SERVERS, service: stub.origin}
        return stub

    yield start
    for stub in stubs:
        stub.close()
