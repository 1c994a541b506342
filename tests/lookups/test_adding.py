"""Adding a paper while other services are asked about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from papers.lookups.actions.asking import answer_lookup
from papers.models import Claim, Lookup, Member, Paper
from tests import make
from tests.clock import CLOCK, NOW, Clock
from tests.lookups import shapes
from tests.lookups.stubs import Reply, Stub
from tests.lookups.test_asking import make_due

pytestmark = pytest.mark.django_db
Start = Callable[..., Stub]
LOOK = {"HX-Request": "true", "HX-Target": "recognized"}
NEW = "/papers/new/"
LINK = "https://arxiv.org/pdf/2106.12345v3"
BIBTEX = "@misc{a, title={Another work about water}, eprint={2106.12345}, archiveprefix={arXiv}}"


def look(client: Client, anything: str, **more: str) -> str:
    data = {"anything": anything, "look": "on", **more}
    return client.post(NEW, data, headers=LOOK).content.decode()


def answer() -> None:
    for lookup in Lookup.objects.filter(state="waiting"):
        answer_lookup(pk=lookup.pk, at=CLOCK.now())


def test_a_look_asks_and_says_so_and_then_fills_in(
    stand_in: Start, as_ben: Client, clock: Clock
) -> None:
    clock.stop(NOW)
    stub = stand_in("arxiv", shapes.arxiv())
    page = look(as_ben, LINK)
    assert "Recognized: arXiv:2106.12345." in page
    assert "Looking it up at arXiv" in page
    assert not stub.asked, "a page waits for no other server"
    seen = f"{Lookup.objects.get().pk}-waiting"
    assert f'"seen": "{seen}"' in page
    again = {"anything": LINK, "look": "on", "seen": seen}
    assert as_ben.post(NEW, again, headers=LOOK).status_code == 204
    answer()
    page = look(as_ben, LINK, seen=seen)
    assert "filled in from arXiv." in page
    assert f'<data data-fill="title" value="{shapes.TITLE}" hidden>' in page
    assert 'data-fill="authors" value="Ann Lee\nJérôme Ek"' in page
    assert "hx-trigger" not in page
    assert not Paper.objects.exists()


def test_a_get_asks_nothing_and_makes_nothing(stand_in: Start, as_ben: Client) -> None:
    stand_in("arxiv", shapes.arxiv())
    page = as_ben.get(NEW, {"anything": LINK}).content.decode()
    assert "Recognized" in page
    assert not Lookup.objects.exists()
    assert 'hx-trigger="load, input' in page, "the page asks by itself, with a POST"


def test_without_scripts_a_second_look_shows_the_answer(stand_in: Start, as_ben: Client) -> None:
    stand_in("arxiv", shapes.arxiv())
    as_ben.post(NEW, {"anything": LINK, "look": "on"})
    answer()
    typed = {"anything": LINK, "look": "on", "venue": "My venue"}
    initial = as_ben.post(NEW, typed).context["form"].initial
    assert (initial["title"], initial["venue"]) == (shapes.TITLE, "My venue")


def test_one_click_before_the_answer_adds_claims_and_is_filled_in(
    stand_in: Start, as_ben: Client, ben: Member
) -> None:
    stand_in("arxiv", shapes.arxiv())
    added = as_ben.post(NEW, {"anything": LINK, "claim": "on"})
    paper = Paper.objects.get()
    assert added.headers["Location"] == paper.get_absolute_url()
    assert paper.title == "arXiv:2106.12345"
    assert Claim.objects.get().member == ben
    page = as_ben.get(paper.get_absolute_url()).content.decode()
    assert "Looking up the details at arXiv" in page
    answer()
    paper.refresh_from_db()
    assert (paper.title, paper.year, paper.abstract) == (shapes.TITLE, 2021, shapes.ABSTRACT)
    page = as_ben.get(paper.get_absolute_url()).content.decode()
    assert "Filled in from arXiv" in page


def test_when_the_network_is_away_the_page_says_that_we_try_again(
    stand_in: Start, as_ben: Client
) -> None:
    stub = stand_in("arxiv", Reply(status=503))
    as_ben.post(NEW, {"anything": LINK})
    answer()
    paper = Paper.objects.get()
    page = as_ben.get(paper.get_absolute_url()).content.decode()
    assert "arXiv didn't answer" in page
    assert "try again" in page
    stub.reply = Reply(shapes.arxiv())
    as_ben.post(NEW, {"anything": LINK, "look": "on"})
    make_due()
    answer()
    paper.refresh_from_db()
    assert paper.title == shapes.TITLE


def test_two_papers_with_like_names_are_added_while_arxiv_is_away(
    stand_in: Start, as_ben: Client
) -> None:
    stand_in("arxiv", Reply(status=503))
    as_ben.post(NEW, {"anything": "2106.12345"})
    as_ben.post(NEW, {"anything": "2106.12346"})
    assert Paper.objects.count() == 2


def test_an_answer_that_is_there_is_used_by_the_click(stand_in: Start, as_ben: Client) -> None:
    stand_in("arxiv", shapes.arxiv())
    look(as_ben, LINK)
    answer()
    as_ben.post(NEW, {"anything": LINK})
    paper = Paper.objects.get()
    assert (paper.title, paper.year) == (shapes.TITLE, 2021)
    assert paper.lookup.state == "filled"
    assert paper.links.get().url == LINK


def test_what_was_typed_is_not_filled_over(stand_in: Start, as_ben: Client) -> None:
    stand_in("arxiv", shapes.arxiv())
    look(as_ben, LINK)
    answer()
    typed = {"names": LINK, "title": shapes.TITLE, "authors": "Me", "abstract": ""}
    as_ben.post(NEW, typed)
    paper = Paper.objects.get()
    assert (paper.authors, paper.abstract) == (["Me"], ""), "the member saw it and left it empty"


def test_a_title_typed_by_hand_is_added_at_once_and_the_rest_comes_later(
    stand_in: Start, as_ben: Client
) -> None:
    stand_in("arxiv", shapes.arxiv())
    as_ben.post(NEW, {"names": LINK, "title": shapes.TITLE, "venue": "ICR"})
    answer()
    paper = Paper.objects.get()
    assert (paper.venue, paper.abstract) == ("ICR", shapes.ABSTRACT)


def test_a_pasted_entry_with_another_title_is_kept_and_questioned(
    stand_in: Start, as_ben: Client
) -> None:
    stand_in("arxiv", shapes.arxiv())
    look(as_ben, BIBTEX)
    answer()
    page = look(as_ben, BIBTEX)
    assert "arXiv has another title under this ID" in page
    assert 'data-fill="title" value="Another work about water"' in page
    assert 'data-fill="abstract"' not in page


def test_an_id_that_arxiv_does_not_know_needs_a_title(stand_in: Start, as_ben: Client) -> None:
    stand_in("arxiv", shapes.ARXIV_NOTHING)
    look(as_ben, LINK)
    answer()
    assert "arXiv doesn't know it" in look(as_ben, LINK)
    assert as_ben.post(NEW, {"anything": LINK}).status_code == 422


def test_what_the_lab_has_under_another_name_is_found_by_the_answer(
    stand_in: Start, as_ben: Client
) -> None:
    own = 'xmlns:arxiv="http://arxiv.org/schemas/atom"'
    stand_in("arxiv", shapes.arxiv(more=f"<arxiv:doi {own}>10.1000/xyz</arxiv:doi>"))
    paper = make.paper("Completely different name")
    paper.identifiers.create(kind="doi", value="10.1000/xyz")
    look(as_ben, LINK)
    answer()
    page = look(as_ben, LINK)
    assert "Already in the library" in page
    assert paper.get_absolute_url() in page


SHARED = [
    ({"url": LINK, "title": "[2106.12345] Rigid Bodies"}, LINK, "Rigid Bodies"),
    ({"text": f"Look at this! {LINK}", "title": "x"}, "https://arxiv.org/abs/2106.12345", "x"),
    ({"url": "https://press.example/a", "title": "Rigid Bodies - Press"},
     "https://press.example/a", "Rigid Bodies"),
    ({"url": "https://press.example/a", "name": "Rest - A Study", "title": "y",
      "text": "10.1000/xyz  some words"}, "https://doi.org/10.1000/xyz", "Rest - A Study"),
    ({"title": "Rigid Bodies"}, "Rigid Bodies", ""),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "anything", "title"), SHARED)
def test_a_shared_page_opens_the_form(
    as_ben: Client, sent: dict[str, Any], anything: str, title: str
) -> None:
    form = as_ben.get(NEW, sent).context["form"]
    assert form.initial["anything"].splitlines()[0] == anything
    assert form.initial["shared"] == title
    assert not Paper.objects.exists()


def test_a_stranger_who_shares_signs_in_first_and_comes_back(stranger: Client) -> None:
    answer = stranger.get(NEW, {"url": LINK})
    assert "next=" in answer.headers["Location"]
    assert "2106.12345" in answer.headers["Location"]


def test_the_bookmarklet_and_the_manifest(as_ben: Client, stranger: Client) -> None:
    page = as_ben.get("/papers/new/browser/").content.decode()
    assert "javascript:(()=%3E{" in page
    manifest = stranger.get("/manifest.webmanifest").json()
    assert manifest["share_target"]["action"] == NEW
    assert manifest["share_target"]["method"] == "GET"
