"""Adding a paper by pasting anything."""

from __future__ import annotations

from django.test import Client

from papers.models import Claim, Member, Paper
from tests import make

CITED = (
    "Lee, A., & Ek, B. (2019). Rigid bodies in motion. In ICLR 2019. https://doi.org/10.1000/xyz"
)
LOOK = {"HX-Request": "true", "HX-Target": "recognized"}


def test_what_is_pasted_is_shown_and_nothing_is_made(as_ben: Client) -> None:
    answer = as_ben.post("/papers/new/", {"anything": CITED, "look": "on"}, headers=LOOK)
    page = answer.content.decode()
    assert page.lstrip().startswith('<div id="recognized"')
    assert '<data data-fill="title" value="Rigid bodies in motion" hidden>' in page
    assert not Paper.objects.exists()


def test_without_scripts_only_empty_fields_are_filled(as_ben: Client) -> None:
    typed = {"anything": CITED, "title": "My own title", "look": "on"}
    initial = as_ben.post("/papers/new/", typed).context["form"].initial
    assert initial["title"] == "My own title"
    assert initial["authors"] == "A Lee\nB Ek"
    assert initial["anything"] == CITED


def test_a_paste_is_added_and_claimed_in_one_click(as_ben: Client, ben: Member) -> None:
    answer = as_ben.post("/papers/new/", {"anything": CITED, "claim": "on"})
    paper = Paper.objects.get()
    assert answer.headers["Location"] == paper.get_absolute_url()
    assert (paper.title, paper.year, paper.venue) == ("Rigid bodies in motion", 2019, "ICLR 2019")
    assert paper.identifiers.get().value == "10.1000/xyz"
    assert Claim.objects.get().member == ben


def test_a_refused_claim_leaves_the_paper_added(as_ben: Client, ben: Member) -> None:
    ben.claim_limit = 1
    ben.save()
    as_ben.post("/papers/new/", {"anything": CITED, "claim": "on"})
    page = as_ben.post(
        "/papers/new/", {"anything": "Quite another title", "claim": "on"}, follow=True
    )
    assert "Paper added, but not claimed" in page.content.decode()
    assert (Paper.objects.count(), Claim.objects.count()) == (2, 1)


def test_what_the_lab_has_is_shown_by_its_identifier(as_ben: Client) -> None:
    as_ben.post("/papers/new/", {"anything": CITED})
    paste = {"anything": "https://dx.doi.org/10.1000/XYZ", "look": "on"}
    page = as_ben.post("/papers/new/", paste, headers=LOOK).content.decode()
    assert "Already in the library" in page
    assert Paper.objects.get().get_absolute_url() in page


def test_what_the_lab_has_is_shown_by_its_title(as_ben: Client) -> None:
    make.paper("Rigid bodies in motion")
    page = as_ben.post("/papers/new/", {"anything": CITED, "look": "on"}).content.decode()
    assert "We may already have it" in page


def test_the_address_may_bring_what_was_pasted(as_ben: Client) -> None:
    page = as_ben.get("/papers/new/", {"anything": "arXiv:2106.12345"})
    assert page.context["form"].initial["names"] == "https://arxiv.org/abs/2106.12345"


def test_a_link_without_title_asks_for_the_title(as_ben: Client) -> None:
    answer = as_ben.post("/papers/new/", {"anything": "2106.12345"})
    assert answer.status_code == 422
    assert "https://arxiv.org/abs/2106.12345" in answer.content.decode()
