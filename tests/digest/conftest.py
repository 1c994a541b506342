"""A mail server, and members who are here for long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from papers.models import Event, Member
from reviewapp.environment import parse_mail_url
from tests.digest.issues import LONG_AGO, NOW
from tests.smtp import Postbox, postbox


@pytest.fixture
def post(settings: Any) -> Iterator[Postbox]:
    with postbox() as server:
        settings.MAILERS = {"default": parse_mail_url(f"smtp://127.0.0.1:{server.port}")}
        yield server


@pytest.fixture
def here_for_long(ada: Member, ben: Member) -> None:
    Member.objects.update(digest_since=LONG_AGO)
    Event.objects.create(kind=Event.Kind.PAPER_ADDED, at=NOW - timedelta(days=7), by=ada)
