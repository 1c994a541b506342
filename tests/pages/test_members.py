"""Members' pages: the reading list as the README had it, reviews, experiments, load."""

from __future__ import annotations

import pytest
from django.test import Client

from papers.accounts.actions.invitations import describe_work
from papers.models import Claim, Lab, Member, Topic
from papers.pages.queries.members import list_shelves
from papers.people import with_claim_counts
from tests import make


def bring(member: Member, entries: list[tuple[str, Topic | None]]) -> None:
    """A README's list: titles under headings, as standing claims."""
    for position, (title, topic) in enumerate(entries):
        paper = make.paper(title)
        make.claim(paper, member, due_on=None, topic=topic, position=position)


def read_list(member: Member, viewer: Member, lab: Lab) -> list[tuple[str, list[str]]]:
    shelves = list_shelves(member, viewer, lab)
    return [(shelf.name, [entry.row.title for entry in shelf.entries]) for shelf in shelves]


def test_the_list_stands_as_the_readme_had_it(lab: Lab, ben: Member, cy: Member) -> None:
    zebra, apple = make.topic("Zebra"), make.topic("Apple")
    bring(ben, [("No heading", None), ("Z1", zebra), ("Z2", zebra), ("A1", apple), ("Z3", zebra)])
    assert read_list(ben, cy, lab) == [
        ("", ["No heading"]),
        ("Zebra", ["Z1", "Z2", "Z3"]),
        ("Apple", ["A1"]),
    ]


def test_what_was_given_back_is_not_on_the_list_and_what_was_reviewed_is(
    lab: Lab, ben: Member
) -> None:
    ended = {"ended_at": make.NOW, "due_on": None}
    make.claim(make.paper("Given back"), ben, ending=Claim.Ending.RELEASED, **ended)
    make.claim(make.paper("Reviewed"), ben, ending=Claim.Ending.REVIEWED, **ended)
    assert read_list(ben, ben, lab) == [("", ["Reviewed"])]


def test_a_paper_claimed_twice_stands_once(lab: Lab, ben: Member) -> None:
    paper = make.paper("Twice")
    make.claim(paper, ben, ended_at=make.NOW, due_on=None, ending=Claim.Ending.REVIEWED)
    make.claim(paper, ben, position=4)
    assert read_list(ben, ben, lab) == [("", ["Twice"])]


def test_a_paper_claimed_here_stands_under_its_own_topic(lab: Lab, ben: Member) -> None:
    make.claim(make.paper("Claimed", topics=[make.topic("Depth")]), ben)
    assert read_list(ben, ben, lab) == [("Depth", ["Claimed"])]


def test_the_lists_of_two_members_do_not_mix(lab: Lab, ben: Member, cy: Member) -> None:
    paper = make.paper("Both")
    make.claim(paper, ben, position=1, topic=make.topic("Mine"))
    make.claim(paper, cy, position=1, topic=make.topic("Hers"))
    assert read_list(ben, ben, lab) == [("Mine", ["Both"])]


def test_a_closed_review_is_not_on_its_authors_page(as_cy: Client, ben: Member, cy: Member) -> None:
    make.lab(independent_reviews=True)
    paper = make.paper()
    make.review(paper, ben, takeaway="Secret words")
    make.claim(paper, cy)
    assert "Secret words" not in as_cy.get("/members/ben/").content.decode()


def test_reviews_and_experiments_stand_on_the_page(as_cy: Client, ben: Member) -> None:
    paper = make.paper("The paper")
    make.review(paper, ben, takeaway="In one sentence")
    make.experiment("Owned", owner=ben, paper=paper)
    make.experiment("Proposed and free", proposed_by=ben)
    text = as_cy.get("/members/ben/").content.decode()
    assert all(words in text for words in ("In one sentence", "Owned", "Proposed and free"))


def test_a_reader_is_drawn_by_topics_and_verdicts(as_cy: Client, ben: Member) -> None:
    topic = make.topic("Depth")
    for number, verdict in enumerate(("adopt", "adopt", "skip")):
        paper = make.paper(f"Read {number}", topics=[topic])
        make.review(paper, ben, verdict=verdict)
        make.claim(paper, ben, topic=topic, due_on=None, ended_at=make.NOW, ending="reviewed")
    make.claim(make.paper("Unread"), ben, topic=topic, due_on=None)
    text = " ".join(as_cy.get("/members/ben/").content.decode().split())
    assert "2 adopt, 1 skip" in text
    assert '<span class="meta">3 of 4</span> <progress max="4" value="3"' in text


def test_a_long_reading_list_opens_its_first_topic_only(as_cy: Client, ben: Member) -> None:
    first, second = make.topic("First"), make.topic("Second")
    bring(ben, [(f"Title {number}", first if number < 30 else second) for number in range(40)])
    assert '<details class="shelf"' not in as_cy.get("/members/ben/").content.decode()
    bring(ben, [("One more", second)])
    text = as_cy.get("/members/ben/").content.decode()
    assert text.count('<details class="shelf" open>') == 1
    assert text.count('<details class="shelf"') == 2
    assert "One more" in text


def test_the_newest_reviews_and_experiments_are_shown_and_all_are_counted(
    as_cy: Client, ben: Member
) -> None:
    for number in range(21):
        make.review(make.paper(f"Read {number}"), ben, verdict="adopt" if number else "skip")
        make.experiment(f"Experiment {number}", owner=ben)
    page = as_cy.get("/members/ben/")
    text = page.content.decode()
    assert len(page.context["reviews"]) == len(page.context["experiments"]) == 20
    assert text.count('<span class="count">21</span>') == 2
    assert "20 adopt, 1 skip" in text
    assert 'href="/papers/?q=reviewer:ben"' in text
    assert 'href="/experiments/?owner=ben"' in text


def test_an_alumnus_and_a_placeholder_are_marked(as_ben: Client, dan: Member) -> None:
    make.member("joe", name="Joe", state=Member.State.PLACEHOLDER)
    text = as_ben.get("/members/").content.decode()
    assert "Alumni" in text
    assert "Not joined yet" in text
    assert "Alumni. Their work stays here." in as_ben.get("/members/dan/").content.decode()
    assert "came from an imported list" in as_ben.get("/members/joe/").content.decode()


def test_a_handle_is_found_in_any_case(as_ben: Client, cy: Member) -> None:
    assert as_ben.get("/members/CY/")["Location"] == "/members/cy/"


def test_a_name_with_other_letters_has_a_page(as_ben: Client) -> None:
    member = make.member("千絵", name="森田 千絵")
    assert member.initials == "森"
    assert as_ben.get(member.get_absolute_url()).status_code == 200


def test_nobody_of_that_name_does_not_exist(as_ben: Client) -> None:
    assert as_ben.get("/members/nobody/").status_code == 404


def test_strangers_see_no_people_even_where_the_lab_reads_in_public(
    stranger: Client, ben: Member
) -> None:
    make.lab(public_reading=True)
    assert stranger.get("/members/").status_code == 302
    assert stranger.get("/members/ben/").status_code == 302


@pytest.mark.parametrize("number", [2, 50])
def test_a_members_page_costs_nine_queries(
    as_cy: Client, ben: Member, number: int, django_assert_max_num_queries: object
) -> None:
    topics = [make.topic() for _ in range(3)]
    bring(ben, [(f"Title {count}", topics[count % 3]) for count in range(number)])
    for _ in range(number):
        paper = make.paper()
        make.review(paper, ben)
        make.experiment(owner=ben, paper=paper)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        assert as_cy.get("/members/ben/").status_code == 200


@pytest.mark.parametrize("number", [2, 50])
def test_the_list_of_members_costs_six_queries(
    as_cy: Client, number: int, django_assert_max_num_queries: object
) -> None:
    for _ in range(number):
        make.review(make.paper(), make.member())
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert as_cy.get("/members/").status_code == 200


def test_every_page_counts_claims_and_reading_lists_alike(
    lab: Lab, ada: Member, ben: Member, as_ada: Client, as_ben: Client
) -> None:
    """Two leases, three papers on the list, one claim that has ended: never 3, 5 or 6."""
    for _ in range(2):
        make.claim(make.paper(), ben)
    for _ in range(3):
        make.claim(make.paper(), ben, due_on=None)
    make.claim(make.paper(), ben, ended_at=make.NOW, ending=Claim.Ending.RELEASED)
    one = with_claim_counts(Member.objects.all()).get(pk=ben.pk)
    assert (one.claimed_count, one.listed_count) == (2, 3)
    for client, url, words in (
        (as_ben, "/", "2 of 3 claims used"),
        (as_ada, "/members/", "2 of 3 claims"),
        (as_ada, "/members/ben/", "2 of 3 claims"),
        (as_ada, "/curation/members/", ">2</td>"),
    ):
        page = " ".join(client.get(url).content.decode().split())
        assert words in page, url


def test_a_placeholders_reading_list_is_counted_alike(lab: Lab, as_ada: Client) -> None:
    waiting = make.member("yui", name="Yui", state="placeholder")
    for _ in range(3):
        make.claim(make.paper(), waiting, due_on=None)
    assert describe_work(waiting) == "3 papers"
    for url, words in (
        ("/members/", "3 on reading list"),
        ("/curation/placeholders/", 'data-label="On reading list">3</td>'),
        ("/curation/placeholders/yui/invitation/", "3 papers"),
    ):
        assert words in as_ada.get(url).content.decode(), url


def test_a_claim_stands_under_its_topic_what_a_list_says_does_not(lab: Lab, ben: Member) -> None:
    topic = make.topic("Optimizers")
    make.claim(make.paper("Adam", topics=[topic]), ben)
    make.claim(make.paper("From a list", topics=[topic]), ben, due_on=None, position=1)
    assert read_list(ben, ben, lab) == [("Optimizers", ["Adam"]), ("", ["From a list"])]
