"""A member with a passkey."""

from __future__ import annotations

import pytest
from django.test import Client

from papers.models import Member
from tests.accounts.passkeys import SoftPasskey, add, confirm, open_browser, type_password


@pytest.fixture
def laptop(ben: Member) -> Client:
    """Ben's, where he has just confirmed that it is him."""
    found = open_browser()
    type_password(found, ben)
    confirm(found)
    return found


@pytest.fixture
def passkey(laptop: Client) -> SoftPasskey:
    """One that Ben added."""
    made = SoftPasskey()
    assert add(laptop, made)["Location"] == "/profile/second-factor/codes/"
    return made
