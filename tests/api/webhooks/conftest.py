"""A curator, and a receiver that is told of everything."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from papers.api.webhooks.actions.endpoints import add_endpoint
from papers.api.webhooks.webhook_kinds import ALL
from papers.models import Lab, Member, WebhookEndpoint
from tests import make
from tests.api.webhooks.receiver import Receiver
from tests.make import NOW


@pytest.fixture
def cora(db: None) -> Member:
    """A curator of a lab."""
    make.lab()
    return make.member("cora", role=Member.Role.CURATOR, name="Cora")


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """Its server, which this installation may reach."""
    settings.WEBHOOK_LOCAL_HOSTS = True
    with Receiver() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def endpoint(receiver: Receiver, cora: Member) -> WebhookEndpoint:
    """The receiver, told of all kinds from a moment before."""
    made, receiver.secret = add_endpoint(name="Robot", url=receiver.url, kinds=ALL, by=cora, at=NOW)
    return made


@pytest.fixture
def closed_lab(cora: Member) -> Lab:
    """A lab in which reviews are independent."""
    return make.lab(independent_reviews=True)
