"""The topic tree and one topic's page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from papers.models import Lab, Listing, Member, Paper, Topic
from papers.topics.queries.topic_page import get_topic_page
from papers.topics.queries.tree import NODES_BESIDE_A_PAGE, list_nav_topics, list_topic_tree
from tests import make
from tests.clock import NOW

EDIT_LISTINGS = {"HX-Request": "true", "HX-Target": "listings"}


def test_a_paper_under_two_sub_topics_counts_once_above_them(ben: Member, lab: Lab) -> None:
    theory = make.topic("Theory")
    one, two = make.topic("One", theory), make.topic("Two", theory)
    both = make.paper(topics=[one, two])
    make.paper(topics=[one])
    make.paper(topics=[theory])
    make.review(both, ben)
    make.index()
    (root,) = list_topic_tree(ben, lab)
    assert (root.papers, root.reviewed, root.open) == (3, 1, 2)
    assert [(n.name, n.papers, n.reviewed, n.open) for n in root.children] == [
        ("One", 2, 1, 1),
        ("Two", 1, 1, 0),
    ]


def test_more_than_a_thousand_papers_are_written_alike_everywhere(as_ada: Client) -> None:
    topic, unsorted = make.topic("Large"), 1_002
    papers = [
        Paper(title=f"Paper {n}", title_key=f"paper {n}", added_at=NOW)
        for n in range(1_001 + unsorted)
    ]
    made = Paper.objects.bulk_create(papers)[:1_001]
    Listing.objects.bulk_create(
        [
            Listing(paper=paper, topic=topic, position=n, added_at=NOW)
            for n, paper in enumerate(made)
        ]
    )
    make.index()
    topics = as_ada.get("/topics/").content.decode()
    assert '1,001<span class="unit"> papers</span>' in topics
    assert "1,002 papers have no topic" in topics
    assert (
        '<span class="count">1,001</span>' in as_ada.get(topic.get_absolute_url()).content.decode()
    )
    assert "2,003" in as_ada.get("/papers/").content.decode()


def test_a_claimed_paper_is_not_open(ben: Member, lab: Lab) -> None:
    topic = make.topic()
    make.claim(make.paper(topics=[topic]), ben)
    make.index()
    (root,) = list_topic_tree(ben, lab)
    assert (root.papers, root.open) == (1, 0)


def test_a_branch_of_the_index_is_fetched_when_it_is_opened(as_ben: Client) -> None:
    root = make.topic("Outer")
    inner = make.topic("Inner <one>", root)
    make.topic("Innermost", inner)
    page = as_ben.get("/papers/").content.decode()
    assert f'hx-get="/topic-branches/{root.pk}/"' in page
    assert "Inner &lt;one&gt;" not in page
    opened = as_ben.get(f"/topic-branches/{root.pk}/", headers={"HX-Request": "true"})
    branch = opened.content.decode()
    assert branch.startswith("<ul")
    assert "Inner &lt;one&gt;" in branch
    assert f'hx-get="/topic-branches/{inner.pk}/"' in branch
    assert "Innermost" not in branch


def test_a_branch_by_itself_leads_to_the_topic(as_ben: Client) -> None:
    root = make.topic("Outer")
    answer = as_ben.get(f"/topic-branches/{root.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/topics/outer/")
    assert as_ben.get("/topic-branches/999/").status_code == 404


def test_the_index_names_so_many_outermost_topics(ben: Member, lab: Lab) -> None:
    Topic.objects.bulk_create(
        Topic(name=f"T{n}", slug=f"t{n}", path=f"t{n}", position=9) for n in range(130)
    )
    assert len(list_nav_topics(ben, lab)) == NODES_BESIDE_A_PAGE


def test_the_topic_page_lists_papers_in_curated_order_with_notes(as_ben: Client) -> None:
    topic = make.topic("Theory", description_html="<p>What theory is.</p>")
    make.listing(make.paper("Second"), topic, position=2)
    make.listing(make.paper("First"), topic, position=1, note_html="<p>A <b>quote</b>.</p>")
    page = as_ben.get("/topics/theory/").content.decode()
    assert page.index("First") < page.index("Second")
    assert "<p>A <b>quote</b>.</p>" in page
    assert "What theory is." in page


def test_the_topic_page_names_who_knows_it_best_first(ben: Member, cy: Member, lab: Lab) -> None:
    topic = make.topic("Theory")
    below = make.topic("Below", topic)
    for place in (topic, below):
        make.review(make.paper(topics=[place]), cy)
    make.review(make.paper(topics=[topic]), ben)
    make.review(make.paper(), ben)
    make.index()
    page = get_topic_page("theory", ben, lab)
    assert page
    assert [(one.person.handle, one.papers) for one in page.experts] == [("cy", 2), ("ben", 1)]
    assert page.experts[1].person.is_me


def test_a_topic_with_many_papers_is_shown_page_by_page(as_ben: Client) -> None:
    topic = make.topic("Theory")
    for _ in range(51):
        make.listing(make.paper(), topic)
    make.index()
    first = as_ben.get("/topics/theory/")
    assert "1 to 50 of 51" in first.content.decode()
    assert len(as_ben.get("/topics/theory/?page=2").context["page"].rows) == 1
    assert as_ben.get("/topics/theory/?page=x").status_code == 200
    assert as_ben.get("/topics/theory/?page=99999999").status_code == 200


def test_a_topic_that_moved_is_still_met_under_its_name(as_ben: Client) -> None:
    make.topic("Inner", make.topic("Outer"))
    answer = as_ben.get("/topics/inner/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/topics/outer/inner/")
    assert as_ben.get("/topics/nowhere/").status_code == 404


def test_topics_in_other_scripts_have_addresses(as_ada: Client) -> None:
    as_ada.post("/topics/", {"name": "強化学習"})
    assert as_ada.get("/topics/強化学習/").status_code == 200


def test_a_curator_adds_a_topic_under_another(as_ada: Client) -> None:
    parent = make.topic("Theory")
    answer = as_ada.post("/topics/", {"name": " SGD  noise ", "parent": parent.pk})
    assert answer.headers["Location"] == "/topics/theory/sgd-noise/"
    assert Topic.objects.get(parent=parent).name == "SGD noise"


def test_a_topic_that_exists_is_refused_at_its_name(as_ada: Client) -> None:
    make.topic("Theory")
    answer = as_ada.post("/topics/", {"name": "theory", "description": "Kept words"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "already a topic called" in page
    assert "Kept words" in page


def test_a_curator_changes_name_place_and_description_at_once(as_ada: Client) -> None:
    parent, topic = make.topic("Theory"), make.topic("Practice")
    fields = {"name": "Training", "parent": parent.pk, "description": "How."}
    answer = as_ada.post("/topics/practice/", fields)
    assert answer.headers["Location"] == "/topics/theory/training/"
    topic.refresh_from_db()
    assert "<p>How.</p>" in topic.description_html


def test_a_topic_is_not_offered_a_place_below_itself(as_ada: Client) -> None:
    topic = make.topic("Theory")
    make.topic("Below", topic)
    other = make.topic("Practice")
    form = as_ada.get("/topics/theory/?edit").context["form"]
    assert [key for key, _name in form.fields["parent"].choices] == ["", other.pk]


def test_a_topic_put_below_itself_is_refused_and_nothing_is_changed(as_ada: Client) -> None:
    topic = make.topic("Theory")
    below = make.topic("Below", topic)
    answer = as_ada.post("/topics/theory/", {"name": "Renamed", "parent": below.pk})
    assert answer.status_code == 422
    assert "be inside itself" in answer.content.decode()
    topic.refresh_from_db()
    assert topic.name == "Theory"


def test_only_curators_change_topics(as_ben: Client, as_rea: Client, stranger: Client) -> None:
    listing = make.listing(make.paper(), make.topic("Theory"))
    addresses = (
        "/topics/", "/topics/theory/", f"/topic-positions/{listing.topic_id}/",
        f"/listings/{listing.pk}/note/", f"/listings/{listing.pk}/position/",
        f"/listings/{listing.pk}/removal/",
    )  # fmt: skip
    for address in addresses:
        assert as_ben.post(address, {"name": "X"}).status_code == 403
        assert as_rea.post(address, {"name": "X"}).status_code == 403
        assert stranger.post(address, {"name": "X"}).status_code in {302, 401}
    assert "topic-form" not in as_ben.get("/topics/theory/?edit").content.decode()


def test_a_note_is_written_in_place(as_ada: Client) -> None:
    listing = make.listing(make.paper(), make.topic("Theory"))
    address = f"/listings/{listing.pk}/note/"
    answer = as_ada.post(address, {"note": "*So*"}, headers=EDIT_LISTINGS)
    assert answer.content.decode().lstrip().startswith("<section")
    listing.refresh_from_db()
    assert "<em>So</em>" in listing.note_html


def test_a_note_that_is_too_long_is_kept_on_the_page(as_ada: Client) -> None:
    listing = make.listing(make.paper(), make.topic("Theory"))
    answer = as_ada.post(f"/listings/{listing.pk}/note/", {"note": "kept " * 5000})
    assert answer.status_code == 422
    assert "kept kept" in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "order"),
    [
        ({"step": "1"}, ["Two", "One", "Three"]),
        ({"place": "3"}, ["Two", "Three", "One"]),
        ({"place": "999"}, ["Two", "Three", "One"]),
        ({"step": "nonsense"}, ["One", "Two", "Three"]),
    ],
)
def test_a_paper_moves_within_its_topic(
    as_ada: Client, fields: dict[str, str], order: list[str]
) -> None:
    topic = make.topic("Theory")
    rows = [make.listing(make.paper(name), topic) for name in ("One", "Two", "Three")]
    answer = as_ada.post(f"/listings/{rows[0].pk}/position/", fields)
    assert answer.headers["Location"] == "/topics/theory/?edit"
    assert list(topic.listings.values_list("paper__title", flat=True)) == order


def test_a_paper_is_taken_out_of_a_topic(as_ada: Client) -> None:
    listing = make.listing(make.paper(), make.topic("Theory"))
    as_ada.post(f"/listings/{listing.pk}/removal/")
    assert not Listing.objects.exists()
    assert as_ada.post(f"/listings/{listing.pk}/removal/").status_code == 404


def test_a_topic_moves_among_its_siblings(as_ada: Client) -> None:
    one = make.topic("One", position=0)
    make.topic("Two", position=1)
    as_ada.post(f"/topic-positions/{one.pk}/", {"step": "1"})
    assert list(Topic.objects.values_list("name", flat=True)) == ["Two", "One"]


def test_an_empty_tree_says_what_will_be_here(as_ada: Client, as_ben: Client) -> None:
    assert "Add the first one below" in as_ada.get("/topics/").content.decode()
    assert "Curators add them" in as_ben.get("/topics/").content.decode()


def test_the_tree_costs_the_same_for_2_and_50_topics(
    as_ada: Client, ben: Member, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for number in (2, 48):
        for _ in range(number):
            make.review(make.paper(topics=[make.topic()]), ben)
        with django_assert_max_num_queries(9) as queries:
            as_ada.get("/topics/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("address", ["/topics/theory/", "/topics/theory/below/"])
def test_a_topic_costs_the_same_for_2_and_50_papers(
    as_ben: Client,
    ben: Member,
    cy: Member,
    django_assert_max_num_queries: Any,
    address: str,
) -> None:
    theory = make.topic("Theory")
    below = make.topic("Below", theory)
    counts = []
    for number in (2, 48):
        for _ in range(number):
            paper = make.paper(topics=[theory, below])
            make.review(paper, cy)
            make.claim(paper, ben, due_on=None)
        with django_assert_max_num_queries(8) as queries:
            as_ben.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_is_open_in_a_topic_is_what_its_search_finds(as_ben: Client, ben: Member) -> None:
    """An entry of a reading list, with no due date, is nobody's claim."""
    topic = make.topic("Theory")
    make.paper("Unread", topics=[topic])
    reader = make.member("reader", state=Member.State.PLACEHOLDER)
    make.claim(make.paper("On a reading list", topics=[topic]), reader, due_on=None)
    make.claim(make.paper("Claimed", topics=[topic]), ben)
    make.index()
    (node,) = as_ben.get("/topics/").context["topics"]
    found = as_ben.get("/papers/", {"q": node.open_query}).context["page"]
    assert node.open == 2 == len(found.rows)
