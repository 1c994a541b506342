"""The help page is made from the table of fields; completions go on from what is typed."""

from __future__ import annotations

import pytest
from django.test import Client

from papers.models import Lab, Member
from papers.search.index.actions import refresh
from papers.search.language.search_fields import FIELDS
from papers.search.palette.completion import complete
from tests import make


def test_the_help_page_explains_every_field(as_ben: Client) -> None:
    page = as_ben.get("/help/search/").content.decode()
    for name in FIELDS:
        assert f'id="field-{name}"' in page


def test_a_stranger_signs_in_first(stranger: Client) -> None:
    assert stranger.get("/help/search/").status_code == 302
    assert stranger.get("/search/completions/?q=ti").status_code == 302


@pytest.fixture
def known(ben: Member, lab: Lab) -> Lab:
    """A lab with a paper, a topic and a venue."""
    paper = make.paper("Diffusion of ideas", venue="NeurIPS", topics=[make.topic("Deep Learning")])
    refresh([paper.pk])
    return lab


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("ti", "title:"),
        ("graph is:op", "graph is:open"),
        ("-is:op", "-is:open"),
        ("(is:op", "(is:open"),
        ("topic:dee", "topic:deep-learning"),
        ('topic:"deep l', "topic:deep-learning"),
        ("reviewer:be", "reviewer:ben"),
        ("venue:neu", "venue:NeurIPS"),
        ("diff", "diffusion"),
        ("sort:ye", "sort:year"),
    ],
)
def test_completions_go_on_from_the_end(
    typed: str, completed: str, known: Lab, ben: Member
) -> None:
    assert completed in [one.completed for one in complete(typed, by=ben, lab=known)]


@pytest.mark.parametrize("typed", ["", " ", "zz:", "year:20", '"', "((", "a:b:c", "title:x y"])
def test_nothing_to_go_on_with_is_no_error(typed: str, known: Lab, ben: Member) -> None:
    complete(typed, by=ben, lab=known)


def test_completions_come_as_links(as_ben: Client, known: Lab) -> None:
    page = as_ben.get("/search/completions/", {"q": "graph is:op"}).content.decode()
    assert "/papers/?q=graph" in page
    assert "is:open" in page


def test_a_long_text_is_completed_quickly(known: Lab, ben: Member) -> None:
    for unit in ("a", "-", 'a:"', "(", "a:"):
        complete(unit * (500 // len(unit)), by=ben, lab=known)


@pytest.mark.parametrize("text", ["attention is all you need", "how does it do that", "the of"])
def test_stop_words_are_dropped_without_a_word(as_ben: Client, known: Lab, text: str) -> None:
    page = as_ben.get("/papers/", {"q": text}).content.decode()
    results = page.split('id="messages"')[-1]
    assert "message-warning" not in results
    assert "too common" not in results
    assert "ignored" not in results.casefold()
