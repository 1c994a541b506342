"""A secret word in texts that are typed and not sent is looked for everywhere, as every role."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client

from papers.models import Lab, Member, Paper
from papers.search.index.actions import refresh
from papers.writing.actions import save_text
from tests import make
from tests.house.test_secrets import (
    SECRET,
    find_by_search,
    find_secret,
    list_addresses,
    list_admin_addresses,
)
from tests.make import NOW


@pytest.fixture
def paper(lab: Lab, ada: Member) -> Paper:
    return make.paper("A paper that everybody knows", topics=[make.topic("Known topic")])


@pytest.mark.parametrize("role", ["ada", "ben", "rea", "admin", "stranger"])
def test_what_is_typed_and_not_sent_shows_to_nobody_but_its_author(
    request: pytest.FixtureRequest, paper: Paper, ada: Member, ben: Member, rea: Member, cy: Member,
    role: str,
):  # fmt: skip
    """In comments, papers, topics, experiments, notes and profiles: no page, search, feed or
    export, no completion and no table of the panel knows of it."""
    make.lab(public_reading=True)
    make.member("root", is_superuser=True, role=Member.Role.CURATOR)
    browser = Client()
    if role != "stranger":
        member = None if role == "admin" else request.getfixturevalue(role)
        browser = make.browser(member or Member.objects.get(handle="root"))
    addresses = list_addresses(paper)
    places = [urlsplit(address).path for address in addresses]
    for place in dict.fromkeys(places):
        save_text(place=place, fields=[["body", SECRET]], version=0, by=cy, at=NOW)
    refresh([paper.pk])
    if role in {"ada", "admin"}:
        addresses += list_admin_addresses()
    asked = [f"/drafts/?{urlencode({'place': place})}" for place in places]
    assert find_secret(browser, [*addresses, *asked]) == []
    assert find_by_search(browser, paper) == []
    assert find_secret(make.browser(cy), asked) == asked
