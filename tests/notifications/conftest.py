"""The job has run before: what happens from now on notifies."""

from __future__ import annotations

import pytest

from papers.models import (
    Lab,
)
from papers.notifications.actions.notifying import create_notifications
from tests.make import NOW
from tests.notifications.news import MINUTE


@pytest.fixture(autouse=True)
def _begin(lab: Lab) -> None:
    """The job has run before: what happens from now on is told."""
    create_notifications(at=NOW - MINUTE)
