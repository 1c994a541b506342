"""An administrator for the tests of the panel."""

from __future__ import annotations

import pytest
from django.test import Client

from papers.models import (
    Lab,
    Member,
)
from tests import make


@pytest.fixture
def root(lab: Lab) -> Member:
    return Member.objects.create_superuser("root", "x", name="Root", email="root@lab.example")


@pytest.fixture
def as_root(root: Member) -> Client:
    return make.browser(root)
