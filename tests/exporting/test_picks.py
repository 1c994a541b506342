"""Hand-picked papers: ticked, pasted or named in an address."""

from __future__ import annotations

import pytest
from django.test import Client

from papers.catalogue.actions.citation_keys import assign_citation_keys
from papers.models import Member, Paper
from tests import make


@pytest.fixture
def three(lab: object) -> list[Paper]:
    """One with an arXiv ID, one that is cited, one with a title alone."""
    papers = [
        make.paper("Sharp minima", authors=["Ann Lee"], year=2020),
        make.paper("Flat minima", authors=["Bo Ng"], year=2021),
        make.paper("Deep nets: a view", year=2022),
    ]
    papers[0].identifiers.create(kind="arxiv", value="2101.00001")
    assign_citation_keys([paper.pk for paper in papers])
    make.index()
    return papers


def titles(page: Client, url: str) -> str:
    return b"".join(page.get(url.replace("/export/", "/export/related/"))).decode()


def test_pasted_lines_lead_to_an_address_of_just_those(ben: Member, three: list[Paper]) -> None:
    page = make.browser(ben)
    for line, number in (
        ("arXiv:2101.00001", 0), ("https://arxiv.org/abs/2101.00001v3", 0), ("ng2021flat", 1),
        ("- deep nets, A view", 2), (f"#{three[1].pk}", 1),
        (f"http://testserver{three[2].get_absolute_url()}", 2),
    ):  # fmt: skip
        answer = page.post("/export/picks/", {"lines": line})
        assert answer.status_code == 302, line
        assert answer["Location"] == f"/export/?papers={three[number].pk}", line


def test_the_related_work_of_picked_papers_is_in_their_order(
    ben: Member, three: list[Paper]
) -> None:
    page = make.browser(ben)
    data = {"lines": "Deep nets: a view\nSharp minima", "paper": [str(three[0].pk)]}
    answer = page.post("/export/picks/", data)
    assert answer["Location"] == f"/export/?papers={three[0].pk},{three[2].pk}"
    text = titles(page, answer["Location"])
    assert text.index("Sharp minima") < text.index("Deep nets")
    assert "Flat" not in text
    assert "2 papers you picked." in page.get(answer["Location"]).content.decode()


def test_a_line_that_names_nothing_is_named(ben: Member, three: list[Paper]) -> None:
    page = make.browser(ben)
    answer = page.post("/export/picks/", {"lines": "Sharp minima\nUnheard of\n10.1000/none"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "2 lines don&#x27;t name a paper in the library: “Unheard of”, “10.1000/none”" in text
    assert page.post("/export/picks/", {"lines": ""}).status_code == 422


def test_ticked_boxes_of_the_list_are_exported(ada: Member, three: list[Paper]) -> None:
    page = make.browser(ada)
    assert 'formaction="/export/picks/"' in page.get("/papers/").content.decode()
    one, two, _ = three
    answer = page.get(f"/export/picks/?paper={two.pk}&paper={one.pk}&act=list&q=minima")
    assert answer["Location"] == f"/export/?papers={two.pk},{one.pk}"
    answer = page.get(f"/export/picks/?paper={two.pk}&whole=1&q=minima")
    assert answer["Location"] == "/export/?q=minima"
    text = page.get("/export/picks/?q=minima").content.decode()
    assert text.count('name="paper"') == 2


def test_picks_that_do_not_exist_are_not_found(ben: Member, three: list[Paper]) -> None:
    page = make.browser(ben)
    for query in ("papers=99999", "papers=x", f"papers={'9' * 50}"):
        assert page.get(f"/export/?{query}").status_code == 404
        assert page.get(f"/export/bibtex/?{query}").status_code == 404
    answer = page.post(f"/profile/bibliographies/?papers={three[0].pk}", {"format": "bibtex"})
    assert answer.status_code == 404
