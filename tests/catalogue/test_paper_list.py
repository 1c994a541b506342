"""The catalogue's page: searched, narrowed, paged, as a page and as a fragment."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from papers.models import Lab, Member, Paper, ReviewDraft
from papers.search.index.actions import refresh
from tests import make

RESULTS = {"HX-Request": "true", "HX-Target": "results"}


def indexed(count: int = 1, **fields: Any) -> list[int]:
    keys = [make.paper(**fields).pk for _ in range(count)]
    refresh(keys)
    return keys


def test_the_catalogue_lists_papers_with_their_state(as_ben: Client, ben: Member) -> None:
    paper = make.paper("Rigid bodies", authors=["Ada Author"], venue="ICLR", year=2021)
    make.claim(paper, ben)
    refresh([paper.pk])
    page = as_ben.get("/papers/").content.decode()
    for words in (
        "Rigid bodies",
        "Ada Author",
        "ICLR 2021",
        "claimed by you",
        f"/papers/{paper.pk}/release/",
    ):
        assert words in page


def test_a_search_finds_words_and_keeps_them_in_the_box(as_ben: Client) -> None:
    indexed(title="Rigid bodies")
    indexed(title="Soft matter")
    page = as_ben.get("/papers/", {"q": "rigid"}).content.decode()
    assert "Rigid bodies" in page
    assert "Soft matter" not in page
    assert 'value="rigid"' in page


def test_matching_words_are_marked_in_the_title_and_in_reviews(
    as_ada: Client, as_ben: Client, ben: Member, cy: Member
) -> None:
    make.lab(independent_reviews=True)
    paper = make.paper("Rigid <b>bodies</b>")
    review = make.review(paper, cy, critique="The rigid part is weak.")
    make.claim(paper, ben)
    refresh([paper.pk])
    page = as_ada.get("/papers/", {"q": "rigid"}).content.decode()
    assert "<mark>Rigid</mark> &lt;b&gt;bodies&lt;/b&gt;" in page
    assert "The <mark>rigid</mark> part is weak." in page
    assert f"#review-{review.pk}" in page
    assert "part is weak" not in as_ben.get("/papers/", {"q": "rigid"}).content.decode()


def test_what_the_search_does_not_understand_is_said_with_a_way_out(as_ben: Client) -> None:
    indexed(title="Rigid bodies")
    page = as_ben.get("/papers/", {"q": "aurthor:ada"}).content.decode()
    assert "<code>aurthor:</code>" in page
    assert "/papers/?q=author%3Aada" in page


def test_facets_are_links_that_keep_the_search(as_ben: Client) -> None:
    indexed(title="Rigid bodies", year=2021)
    page = as_ben.get("/papers/", {"q": "rigid", "size": "25"}).content.decode()
    assert "/papers/?q=rigid+year%3A2021&amp;size=25" in page
    assert "Active filters" not in page
    page = as_ben.get("/papers/", {"q": "rigid year:2021"}).content.decode()
    chips = page.split('aria-label="Active filters"')[1].split("</ul>")[0]
    assert 'href="/papers/?q=rigid"' in chips
    assert "2021" in chips


def test_results_and_facets_come_as_a_fragment(as_ben: Client) -> None:
    indexed(title="Rigid bodies")
    answer = as_ben.get("/papers/", {"q": "rigid"}, headers=RESULTS)
    page = answer.content.decode()
    assert "<html" not in page
    assert page.lstrip().startswith('<div id="results"')
    assert 'id="facets" hx-swap-oob="true"' in page


def test_a_facet_sets_the_box_anew_and_typing_leaves_it_alone(as_ben: Client) -> None:
    indexed(title="Rigid bodies")
    followed = {**RESULTS, "HX-Boosted": "true"}
    page = as_ben.get("/papers/", {"q": "rigid is:open"}, headers=followed).content.decode()
    assert '<input id="finder" hx-swap-oob="true"' in page
    typed = {"q": "rigid is:open", "typing": "1"}
    assert 'id="finder"' not in as_ben.get("/papers/", typed, headers=RESULTS).content.decode()


def test_going_back_gives_the_whole_page(as_ben: Client) -> None:
    headers = {**RESULTS, "HX-History-Restore-Request": "true"}
    page = as_ben.get("/papers/", headers=headers).content.decode()
    assert "<html" in page
    assert "hx-swap-oob" not in page


def test_a_search_while_typing_finds_beginnings_and_gives_the_address_to_share(
    as_ben: Client,
) -> None:
    indexed(title="Rigid bodies")
    answer = as_ben.get("/papers/", {"q": "rig", "typing": "1"}, headers=RESULTS)
    assert "Rigid bodies" in answer.content.decode()
    assert answer.headers["HX-Replace-Url"] == "/papers/?q=rig"


def test_pages_follow_each_other_without_gap(as_ben: Client) -> None:
    indexed(30)
    first = as_ben.get("/papers/", {"size": "25"})
    following = first.context["page"].next_url
    second = as_ben.get(following).context["page"]
    seen = [row.id for row in [*first.context["page"].rows, *second.rows]]
    assert len(seen) == len(set(seen)) == 30
    assert second.next_url == ""


@pytest.mark.parametrize(
    "asked",
    [
        {"q": '\x00((( " or -', "size": "9999", "after": "nonsense"},
        {"q": "x" * 5000, "size": "-1"},
        {"size": "１２", "after": "\x00"},
    ],
)
def test_an_address_that_makes_no_sense_still_shows_a_page(
    as_ben: Client, asked: dict[str, str]
) -> None:
    indexed()
    assert as_ben.get("/papers/", asked).status_code == 200


def test_an_empty_catalogue_offers_the_first_act(as_ben: Client, as_rea: Client) -> None:
    assert "/papers/new/" in as_ben.get("/papers/").content.decode().split("No papers yet")[1]
    assert "Add the first paper" not in as_rea.get("/papers/").content.decode()


def test_a_search_without_result_offers_to_add_the_paper(as_ben: Client) -> None:
    page = as_ben.get("/papers/", {"q": "unheard of"}).content.decode()
    assert "No results" in page
    assert "/papers/new/?title=unheard%20of" in page


def test_a_stranger_signs_in_first_unless_the_lab_reads_in_public(
    stranger: Client, lab: Lab
) -> None:
    assert stranger.get("/papers/").status_code == 302
    make.lab(public_reading=True)
    assert stranger.get("/papers/").status_code == 200


def test_a_claim_from_a_row_answers_with_the_row(as_ben: Client) -> None:
    (pk,) = indexed()
    headers = {"HX-Request": "true", "HX-Target": f"paper-{pk}"}
    row = as_ben.post(f"/papers/{pk}/claim/", headers=headers).content.decode()
    assert row.lstrip().startswith("<li")
    assert "claimed by you" in row


@pytest.mark.parametrize("asked", [{}, {"q": "number"}, {"q": "is:claimed"}])
def test_the_catalogue_costs_the_same_for_2_and_50_rows(
    as_ben: Client,
    ben: Member,
    cy: Member,
    django_assert_max_num_queries: Any,
    asked: dict[str, str],
) -> None:
    make.lab(independent_reviews=True)
    counts = []
    for number in (2, 48):
        for pk in indexed(number, topics=[make.topic()], year=2020, venue="ICLR"):
            paper = Paper.objects.get(pk=pk)
            make.claim(paper, ben, due_on=None)
            make.review(paper, cy, takeaway="So.")
            ReviewDraft.objects.create(
                paper_id=pk, member=ben, started_at=make.NOW, saved_at=make.NOW
            )
        with django_assert_max_num_queries(8) as queries:
            assert as_ben.get("/papers/", asked).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
