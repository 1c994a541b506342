"""A test that asks for an address which is on no site map proves nothing, and is told so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.addresses import is_known, note_unknown


@pytest.mark.parametrize("path", ["/", "/papers", "/papers/1/", "/health/", "/static/css/x.css"])
def test_what_answers_is_known(path: str):
    assert is_known(path)


@pytest.mark.parametrize("path", ["/completions/", "/admin/nothing/", "/papers/one/review/x/"])
def test_what_does_not_is_not(path: str):
    assert not is_known(path)


@pytest.mark.django_db
@pytest.mark.unknown_addresses
def test_a_client_that_asks_for_nothing_is_noticed(as_ben: Client):
    with note_unknown() as unknown:
        as_ben.get("/papers/")
        as_ben.get("/completions/")
    assert unknown == {"/completions/"}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.unknown_addresses
def test_a_browser_that_asks_for_nothing_is_noticed(open_as: Callable[..., Page]):
    with note_unknown() as unknown:
        open_as(None).goto("/completions/")
    assert unknown == {"/completions/"}
