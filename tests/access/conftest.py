"""Everybody who may look: from a stranger to an administrator."""

from __future__ import annotations

import pytest

from papers.models import Lab, Member
from tests import make


@pytest.fixture
def root(lab: Lab) -> Member:
    """An administrator, who is a curator too."""
    return make.member("root", role=Member.Role.CURATOR, is_superuser=True)
