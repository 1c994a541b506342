"""My desk: what I hold, what I could take, what is new, on a full day and on the first one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from papers.models import AgendaItem, Claim, Event, Lab, Meeting, Member, ReviewDraft
from papers.pages.queries.desk import Offer, list_next
from tests import make


def read(browser: Client) -> str:
    answer = browser.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_new_lab_offers_to_add_a_paper_or_bring_a_list(as_ben: Client) -> None:
    text = read(as_ben)
    assert "Your library is empty" in text
    assert "/papers/new/" in text


def test_a_reader_of_a_new_lab_is_not_told_to_add_papers(as_rea: Client) -> None:
    text = read(as_rea)
    assert "Your library is empty" in text
    assert "Add the first paper" not in text


def test_a_new_member_is_welcomed_once(as_ben: Client) -> None:
    make.paper("Something to read")
    assert "Welcome" in read(as_ben)
    assert "Welcome" not in read(as_ben)


@pytest.mark.parametrize(
    ("days", "words"),
    [(3, "due in 3 days"), (1, "due tomorrow"), (0, "due today"), (-1, "1 day overdue")],
)
def test_claims_say_when_they_are_due(as_ben: Client, ben: Member, days: int, words: str) -> None:
    make.claim(make.paper(), ben, due_on=make.NOW.date() + timedelta(days=days))
    assert words in read(as_ben)


def test_the_desk_shows_the_labs_week_in_figures(as_ben: Client, cy: Member) -> None:
    assert "week-strip" not in read(as_ben)
    old = make.paper("Of last week", added_at=make.NOW - timedelta(days=3))
    make.review(make.paper("New"), cy)
    make.review(old, cy, at=make.NOW - timedelta(days=3))
    then = make.NOW + timedelta(days=2)
    Meeting.objects.create(day=then.date(), starts_at=then, created_at=make.NOW)
    strip = read(as_ben).split('class="week-strip"')[1].split("</p>")[0]
    assert [words in strip for words in ("<b>1</b> new paper<", "<b>1</b> review<")] == [True] * 2
    assert "meeting in 2 days" in strip


def test_due_days_are_days_of_the_lab(as_ben: Client, ben: Member) -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):  # never on the same day
        make.lab(time_zone=zone)
        today = make.NOW.astimezone(make.lab().zone).date()
        Claim.objects.all().delete()
        make.claim(make.paper(), ben, due_on=today)
        assert "due today" in read(as_ben)


def test_one_click_claims_and_leads_back_to_the_desk(as_ben: Client, ben: Member) -> None:
    paper = make.paper("Take me")
    make.index()
    assert f'action="/papers/{paper.pk}/claim/"' in read(as_ben)
    answer = as_ben.post(f"/papers/{paper.pk}/claim/", {"next": "/"})
    assert answer["Location"] == "/"
    assert "My reviews in progress" in read(as_ben)
    assert Claim.objects.open().get().member == ben


def test_nobody_else_sees_my_draft_on_her_desk(as_ben: Client, as_cy: Client, ben: Member) -> None:
    now = make.NOW
    fields = {"started_at": now, "saved_at": now, "takeaway": "Half a thought"}
    ReviewDraft.objects.create(paper=make.paper(), member=ben, **fields)
    assert "Half a thought" in read(as_ben)
    assert "Half a thought" not in read(as_cy)


def test_my_part_in_the_next_meeting_is_named(as_ben: Client, ben: Member) -> None:
    starts_at = make.NOW + timedelta(days=2)
    meeting = Meeting.objects.create(
        day=starts_at.date(), starts_at=starts_at, created_at=starts_at, lead=ben
    )
    AgendaItem.objects.create(meeting=meeting, paper=make.paper(), presenter=ben, minutes=25)
    text = read(as_ben)
    assert "You're leading." in text
    assert "you're presenting" in text


def find_next(member: Member, lab: Lab) -> list[Offer]:
    """What the desk offers."""
    make.index()
    offers, _ = list_next(member, lab)
    return offers


def test_my_topics_come_first_and_then_the_least_reviewed(
    lab: Lab, ben: Member, cy: Member
) -> None:
    mine, other = make.topic("Mine"), make.topic("Other")
    make.review(make.paper("Read already", topics=[mine]), ben)
    make.review(make.paper("Once reviewed", topics=[mine]), cy)
    make.paper("Elsewhere", topics=[other])
    make.paper("Unread in mine", topics=[mine])
    titles = [offer.title for offer in find_next(ben, lab)]
    assert titles == ["Unread in mine", "Once reviewed", "Elsewhere"]


def test_what_i_hold_and_what_is_full_is_not_offered(
    lab: Lab, ben: Member, cy: Member, ada: Member
) -> None:
    make.claim(make.paper("Mine already"), ben)
    full = make.paper("Full")
    make.claim(full, cy)
    make.claim(full, ada)
    assert find_next(ben, lab) == []


def test_my_list_comes_before_everything(lab: Lab, ben: Member) -> None:
    listed = make.paper("On my list", added_at=make.NOW - timedelta(days=9))
    make.claim(listed, ben, due_on=None)
    make.paper("Newer")
    assert [offer.title for offer in find_next(ben, lab)] == ["On my list", "Newer"]


def test_news_stay_while_the_visit_lasts(as_ben: Client, ben: Member, cy: Member) -> None:
    now = make.NOW
    Member.objects.filter(pk=ben.pk).update(visited_at=now - timedelta(days=2))
    paper = make.paper("Fresh from the press")
    Event.objects.create(
        kind=Event.Kind.PAPER_ADDED, at=now - timedelta(hours=5), by=cy, paper=paper
    )
    for _ in range(2):
        news = read(as_ben).split('id="news-head"')[1]
        assert "Fresh from the press" in news


def fill(count: int, ben: Member, cy: Member) -> None:
    now = make.NOW
    for number in range(count):
        paper = make.paper(topics=[make.topic()])
        Event.objects.create(kind=Event.Kind.PAPER_ADDED, at=now, by=cy, paper=paper)
        make.review(paper, cy)
        ReviewDraft.objects.create(paper=paper, member=ben, started_at=now, saved_at=now)
        if number < 3:
            make.claim(paper, ben)


@pytest.mark.parametrize("count", [2, 50])
def test_the_desk_costs_twelve_queries(
    as_ben: Client, ben: Member, cy: Member, count: int, django_assert_max_num_queries: object
) -> None:
    fill(count, ben, cy)
    make.index()
    read(as_ben)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        read(as_ben)


def test_a_stranger_signs_in_first(stranger: Client) -> None:
    assert stranger.get("/").status_code == 302


def test_a_visitor_of_a_public_lab_begins_with_its_papers(stranger: Client) -> None:
    make.lab(public_reading=True)
    assert stranger.get("/")["Location"] == "/papers/"
    assert 'role="search"' in stranger.get("/topics/").content.decode()


def test_signing_in_says_what_this_is(stranger: Client) -> None:
    make.lab()
    page = stranger.get("/accounts/login/").text
    assert "reading group&#x27;s papers" in page or "reading group's papers" in page
    assert page.index("part-summary") < page.index("part-critique") < page.index("part-followup")


def test_a_visitor_of_a_closed_lab_signs_in(stranger: Client, lab: Lab) -> None:
    assert stranger.get("/")["Location"].startswith("/accounts/login/")


def test_the_claim_that_is_due_next_leads_the_desk(as_ben: Client, ben: Member, lab: Lab) -> None:
    later, sooner = make.paper("Later"), make.paper("Sooner")
    make.claim(later, ben, due_on=make.day("2026-12-09"))
    make.claim(sooner, ben, due_on=make.day("2026-11-20"))
    ReviewDraft.objects.create(
        paper=sooner,
        member=ben,
        summary="Three words here.",
        started_at=make.NOW,
        saved_at=make.NOW,
    )
    page = " ".join(as_ben.get("/").content.decode().split())
    assert page.count('class="lead-card"') == 1
    lead = page[page.index('class="lead-card"') : page.index("</article>")]
    assert "Sooner" in lead
    assert "3 words written" in lead
    assert "My drafts" not in page, "the draft is on the card"
