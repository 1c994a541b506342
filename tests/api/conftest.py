"""The member whose programs ask."""

from __future__ import annotations

import pytest

from papers.models import Member
from tests import make


@pytest.fixture
def ada() -> Member:
    """A member of a lab."""
    make.lab()
    return make.member("ada")
