"""The cast and the doors that all tests share."""

from __future__ import annotations

import os

import pytest
from django.test import Client

from papers.models import Lab, Member
from tests import make

# Playwright's event loop runs in the test's thread; Django would refuse its queries there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def lab(db: None) -> Lab:
    """The lab with the limits of product.md: 2 slots, 3 open claims, 14 days."""
    return make.lab()


@pytest.fixture
def ada(lab: Lab) -> Member:
    """A curator."""
    return make.member("ada", name="Ada Curator", role=Member.Role.CURATOR)


@pytest.fixture
def ben(lab: Lab) -> Member:
    """A member."""
    return make.member("ben", name="Ben Member")


@pytest.fixture
def cy(lab: Lab) -> Member:
    """Another member."""
    return make.member("cy", name="Cy Member")


@pytest.fixture
def dan(lab: Lab) -> Member:
    """An alumnus: cannot sign in, his work stays."""
    return make.member("dan", name="Dan Alumnus", state=Member.State.ALUMNI)


@pytest.fixture
def rea(lab: Lab) -> Member:
    """A reader: reads and comments."""
    return make.member("rea", name="Rea Reader", role=Member.Role.READER)


@pytest.fixture
def stranger(lab: Lab) -> Client:
    """A browser that nobody signed in with."""
    return Client()


@pytest.fixture
def as_ada(ada: Member) -> Client:
    """The curator's browser."""
    return make.browser(ada)


@pytest.fixture
def as_ben(ben: Member) -> Client:
    """The member's browser."""
    return make.browser(ben)


@pytest.fixture
def as_cy(cy: Member) -> Client:
    """The other member's browser."""
    return make.browser(cy)


@pytest.fixture
def as_rea(rea: Member) -> Client:
    """The reader's browser."""
    return make.browser(rea)
