"""What browsers and robots ask every site for."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import make


@pytest.mark.parametrize(("is_public", "closed"), [(False, "/"), (True, "/accounts/")])
def test_robots_may_read_what_strangers_may(stranger: Client, is_public: bool, closed: str) -> None:
    make.lab(public_reading=is_public)
    answer = stranger.get("/robots.txt")
    assert answer.content.decode() == f"User-agent: *\nDisallow: {closed}\n"


def test_there_is_someone_to_tell_of_a_weakness(stranger: Client) -> None:
    make.lab()
    text = stranger.get("/.well-known/security.txt").content.decode()
    assert text.startswith("Contact: mailto:")
    assert "Expires: 2027-05-" in text


def test_the_icon_is_found_where_old_browsers_look(stranger: Client) -> None:
    make.lab()
    assert stranger.get("/favicon.ico")["Location"].endswith(".ico")
