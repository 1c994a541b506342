"""The guide: ten pages, each with its text, its picture, and the way to the next."""

from __future__ import annotations

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils.html import strip_tags

from papers.help.contents import PAGES
from papers.models import Lab
from tests import make


def test_the_guide_names_its_ten_pages_and_the_two_beside(as_ben: Client, lab: Lab):
    page = as_ben.get("/help/").content.decode()
    assert len(PAGES) == 10
    for name in (*(one.name for one in PAGES), "search", "shortcuts"):
        assert f'href="/help/{name}/"' in page


@pytest.mark.parametrize("name", [page.name for page in PAGES])
def test_each_page_is_short_and_has_a_picture(as_ben: Client, lab: Lab, name: str):
    answer = as_ben.get(f"/help/{name}/")
    text = strip_tags(answer.content.decode().split('class="prose"')[1].split("<figure")[0])
    assert answer.status_code == 200
    assert 50 < len(text.split()) < 200
    assert finders.find(f"img/help/{name}.jpg")


@pytest.mark.unknown_addresses
def test_a_page_that_is_not_there_does_not_exist(as_ben: Client, lab: Lab):
    assert as_ben.get("/help/nothing/").status_code == 404


def test_strangers_read_the_guide_where_the_lab_reads_in_public(stranger: Client):
    make.lab(public_reading=True)
    assert stranger.get("/help/start/").status_code == 200
