"""The palette and the list of mentions: what they find, for whom, and at what cost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from papers.models import Lab, Meeting, Member, Paper
from papers.search.index.actions import refresh
from papers.search.palette.commands import list_acts
from papers.search.palette.queries import list_mentions, list_palette
from tests import make

TODAY = make.NOW.date()


@pytest.fixture
def paper(ben: Member, lab: Lab) -> Paper:
    """A paper under a topic, and a meeting."""
    topic = make.topic("Attention and memory")
    paper = make.paper(
        "Attention is all you need", authors=["A. Vaswani", "N. Shazeer"], year=2017, topics=[topic]
    )
    refresh([paper.pk])
    at = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    Meeting.objects.create(title="Attention day", day=at.date(), starts_at=at, created_at=make.NOW)
    return paper


def find(text: str, by: Member, lab: Lab) -> dict[str, list[str]]:
    groups = list_palette(text, by=by, lab=lab, today=TODAY)
    return {group.name: [find.name for find in group.finds] for group in groups}


def test_a_few_letters_find_papers_topics_and_meetings(paper: Paper, ben: Member, lab: Lab) -> None:
    found = find("atten", ben, lab)
    assert found["Papers"] == ["Attention is all you need"]
    assert found["Topics"] == ["Attention and memory"]
    assert found["Meetings"] == ["Attention day"]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("be", "Members", "Ben Member"),
        ("BEN", "Members", "Ben Member"),
        ("vaswani need", "Papers", "Attention is all you need"),
        ("2026-11", "Meetings", "Attention day"),
        ("meet", "Meetings", "Attention day"),
        ("add", "Actions", "Add a paper"),
        ("new pap", "Actions", "Add a paper"),
        ("digest", "Actions", "Weekly digest"),
        ("claim", "Actions", "Claim a paper"),
        ("release", "Actions", "Release or extend a claim"),
    ],
)
def test_each_kind_is_found_by_its_own_words(
    paper: Paper, ben: Member, lab: Lab, text: str, kind: str, name: str
) -> None:
    assert find(text, ben, lab)[kind][0] == name


def test_a_curator_finds_what_only_curators_do(ada: Member, ben: Member, lab: Lab) -> None:
    assert find("invite", ada, lab)["Actions"][0] == "Invite someone"
    assert find("duplicates", ada, lab)["Actions"][0] == "Merge duplicates"
    assert "Actions" not in find("invite", ben, lab)
    [actions] = list_palette("claim", by=ben, lab=lab, today=TODAY)
    assert actions.finds[0].url == "/papers/?q=is:open"


def test_a_paper_is_found_by_its_number(paper: Paper, ben: Member, lab: Lab) -> None:
    assert find(f"#{paper.pk}", ben, lab)["Papers"] == [paper.title]
    assert find(str(paper.pk), ben, lab)["Papers"] == [paper.title]


def test_japanese_titles_and_names_are_found(ben: Member, lab: Lab) -> None:
    make.member("sato", name="佐藤 花子")
    refresh([make.paper("拡散モデルの理論").pk])
    assert find("拡散", ben, lab)["Papers"] == ["拡散モデルの理論"]
    assert find("佐藤", ben, lab)["Members"] == ["佐藤 花子"]


def test_one_letter_begins_too_many_papers(paper: Paper, ben: Member, lab: Lab) -> None:
    assert "Papers" not in find("a", ben, lab)


@pytest.mark.parametrize(
    "text",
    ["%", "_", "'", '"', "((", "\\", "title:", "#", "@", "9" * 30, "#99999999999", "x" * 200],
)
def test_no_text_is_an_error(paper: Paper, as_ben: Client, text: str) -> None:
    for address in ("/search/palette/", "/search/mentions/"):
        assert as_ben.get(address, {"q": text}).status_code == 200
        assert as_ben.get(address, {"q": "#" + text}).status_code == 200


def test_acts_are_those_one_may_do(ada: Member, ben: Member, rea: Member) -> None:
    names = {who: {act.name for act in list_acts(who)} for who in (ada, ben, rea)}
    assert "Curation" in names[ada]
    assert "Curation" not in names[ben]
    assert "Add a paper" in names[ben]
    assert "Add a paper" not in names[rea]
    assert "My desk" in names[rea]


def test_the_page_works_without_a_script(paper: Paper, as_ben: Client) -> None:
    page = as_ben.get("/search/palette/?q=atten").content.decode()
    assert "<html" in page
    assert f'href="{paper.get_absolute_url()}"' in page


def test_the_dialog_gets_the_finds_alone(paper: Paper, as_ben: Client) -> None:
    headers = {"HX-Request": "true", "HX-Target": "finds"}
    part = as_ben.get("/search/palette/?q=atten", headers=headers).content.decode()
    assert "<html" not in part
    assert paper.get_absolute_url() in part


def test_nothing_found_leads_to_the_search(as_ben: Client) -> None:
    page = as_ben.get("/search/palette/?q=zzzz").content.decode()
    assert 'href="/papers/?q=zzzz"' in page


def test_the_palette_is_for_members(stranger: Client) -> None:
    make.lab(public_reading=True)
    assert stranger.get("/search/palette/?q=ada").status_code == 302
    assert stranger.get("/search/mentions/?q=@a").status_code == 302


def test_more_papers_cost_no_more_queries(paper: Paper, ben: Member, lab: Lab) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            list_palette("attention", by=ben, lab=lab, today=TODAY)
        return len(queries)

    few = count()
    refresh([make.paper(f"Attention {n}", topics=[make.topic(f"Attention {n}")]).pk
             for n in range(30)])  # fmt: skip
    assert count() == few <= 5


@pytest.mark.parametrize(
    ("text", "typed"), [("@be", ["@ben"]), ("@Member", ["@ben"]), ("ben", []), ("@", ["@ben"])]
)
def test_members_are_mentioned_by_handle(
    ben: Member, lab: Lab, text: str, typed: list[str]
) -> None:
    finds = list_mentions(text, by=ben, lab=lab, today=TODAY)
    assert [find.typed for find in finds] == typed


def test_papers_are_mentioned_by_number(paper: Paper, ben: Member, lab: Lab) -> None:
    for text in ("#atten", f"#{paper.pk}"):
        finds = list_mentions(text, by=ben, lab=lab, today=TODAY)
        assert [find.typed for find in finds] == [f"#{paper.pk}"]
    assert list_mentions("#", by=ben, lab=lab, today=TODAY) == []


@pytest.mark.parametrize(
    "text", ["https://arxiv.org/pdf/2106.12345v3", "2106.12345", "10.1000/182", "www.lab.org/a.pdf"]
)
def test_a_pasted_link_offers_to_add_the_paper(ben: Member, lab: Lab, text: str) -> None:
    first = list_palette(text, by=ben, lab=lab, today=TODAY)[0].finds[0]
    assert first.name == "Add this paper"
    assert first.url.startswith("/papers/new/?anything=")


def test_readers_and_plain_words_are_offered_no_adding(ben: Member, rea: Member, lab: Lab) -> None:
    assert "Add this paper" not in str(find("2106.12345", rea, lab))
    assert "Add this paper" not in str(find("rigid bodies", ben, lab))
