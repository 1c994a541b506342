"""Every page of the demo lab: no violation of WCAG 2.2 AA, no console error, no sideways scroll."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import time, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from papers.digest.actions.closing import close_issue
from papers.digest.chat.actions import add_webhook
from papers.feeds.actions import renew_token
from papers.mail import make_unsubscribe_url
from papers.meetings.agenda.actions.ballots import vote_for_paper
from papers.meetings.agenda.actions.items import ItemFacts, add_item, pack_agenda
from papers.meetings.series.actions.planning import (
    DayTaken,
    MeetingFacts,
    SeriesFacts,
    cancel_meeting,
    plan_meeting,
    start_series,
)
from papers.meetings.series.actions.rota import note_absence, request_swap
from papers.meetings.session.actions.running import open_meeting
from papers.models import (
    Comment,
    DigestIssue,
    Experiment,
    Meeting,
    Member,
    Paper,
    Review,
    Topic,
)
from papers.text.weeks import Week
from tests.clock import NOW

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

AXE = (Path(__file__).resolve().parents[1] / "vendor/axe-core/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """
async (tags) => (await axe.run(document, {runOnly: tags, preload: false})).violations
  .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')}`)
"""
PLAIN = [
    "/",
    "/papers/",
    "/papers/?q=sharpness",
    "/papers/?q=zzzzzz",
    "/papers/new/",
    "/topics/",
    "/members/",
    "/members/ada/",
    "/members/ben/",
    "/experiments/",
    "/experiments/new/",
    "/experiments/calibration/",
    "/meetings/",
    "/meetings/new/",
    "/meetings/series/",
    "/digest/",
    "/digest/2020-W01/",
    "/activity/",
    "/activity/?kind=meetings",
    "/follows/search/?search=sharpness",
    "/import/",
    "/import/all/",
    "/help/search/",
    "/search/palette/?q=opt",
    "/searches/",
    "/notifications/",
    "/profile/notifications/",
    "/profile/feeds/",
    "/reviews/questions/",
    "/profile/",
    "/curation/",
    "/curation/placeholders/",
    "/curation/members/",
    "/curation/lab/",
    "/curation/appearance/",
    "/curation/digest/",
    "/curation/questions/",
]


def list_pages() -> list[str]:
    reviewed = Paper.objects.filter(reviews__isnull=False).distinct()[:1]
    drafted = Paper.objects.filter(drafts__member__handle="ada")[:1]
    found = list(PLAIN)
    for paper in (*reviewed, *Paper.objects.filter(reviews__isnull=True)[:1]):
        found.append(paper.get_absolute_url())
        found.append(f"/papers/{paper.pk}/reviews/")
        found.append(f"/papers/{paper.pk}/edit/")
    found += [f"/papers/{paper.pk}/review/" for paper in drafted]
    found += [review.get_absolute_url() for review in Review.objects.filter(number__gt=1)[:1]]
    found += [f"/reviews/{r.pk}/versions/" for r in Review.objects.all()[:1]]
    found += [
        f"/reviews/{r.pk}/critique/"
        for r in Review.objects.filter(member__handle="ada").exclude(critique="")[:1]
    ]
    for topic in Topic.objects.filter(listings__isnull=False)[:1]:
        found += [topic.get_absolute_url(), f"/topic-splits/{topic.pk}/"]
    for state in ("running", "refuted"):
        found += [e.get_absolute_url() for e in Experiment.objects.filter(state=state)[:1]]
    for meeting in Meeting.objects.all():
        at = meeting.get_absolute_url()
        found += [at, f"{at}room/", *([] if meeting.is_over else [f"{at}edit/"])]
    closed = DigestIssue.objects.closed().first()
    found += [closed.get_absolute_url()] if closed else []
    found.append(f"/digest/{Week.of(NOW.date())}/note/")
    found.append(
        make_unsubscribe_url(Member.objects.get(handle="ada"), "agenda").partition("8000")[2]
    )
    found += [f"/comments/{c.pk}/edit/" for c in Comment.objects.filter(author__handle="ada")[:1]]
    return found


def make_a_full_week(ada: Member) -> None:
    """What the demo lab lacks: a meeting that goes on, one called off, one with turns asked for,
    a regular one, a closed issue, a chat room that is told of it, feeds that are open."""
    now = NOW
    ben, today = Member.objects.get(handle="ben"), NOW.date()
    for days in (0, 9, 10):
        facts = MeetingFacts(day=today + timedelta(days=days), time=time(23, 30), lead=ada)
        with suppress(DayTaken):
            plan_meeting(facts=facts, by=ada, at=now)
    cancel_meeting(meeting=Meeting.objects.get(day=today + timedelta(days=9)), by=ada, at=now)
    for days in (0, 10):
        meeting = Meeting.objects.get(day=today + timedelta(days=days))
        pack_agenda(meeting=meeting, by=ada, at=now)
        about = ItemFacts(title="Who orders the cards", minutes=5, presenter=ben)
        item = add_item(meeting=meeting, facts=about, by=ada, at=now)
        if days:
            request_swap(item=item, to=ada, by=ben, at=now)
        else:
            open_meeting(meeting=meeting, by=ada, at=now)
    rule = SeriesFacts(weekday=3, time=time(14), starts_on=today + timedelta(days=30))
    start_series(facts=rule, by=ada, at=now)
    note_absence(member=ben, first_on=today, last_on=today, by=ben, at=now)
    close_issue(week=Week.of(today).earlier, at=now)
    url = "https://chat.example.org/hooks/x"
    add_webhook(name="Reading", format="slack", url=url, by=ada, at=now)
    renew_token(by=ada, at=now)
    for paper in Paper.objects.all()[:3]:
        vote_for_paper(paper=paper, by=ben, at=now)


@pytest.mark.parametrize(
    ("width", "theme"),
    [
        (360, "dark"), (1280, "light"),
        pytest.param(360, "light", marks=pytest.mark.faults),
        pytest.param(1280, "dark", marks=pytest.mark.faults),
    ],
)  # fmt: skip
def test_no_page_of_the_demo_lab_has_a_violation(
    open_as: Callable[..., Page], theme: str, width: int
):
    call_command("demo", stdout=StringIO())
    ada = Member.objects.get(handle="ada")
    make_a_full_week(ada)
    page = open_as(ada, viewport={"width": width, "height": 800}, color_scheme=theme)
    wrong: dict[str, object] = {}
    for address in list_pages():
        answer = page.goto(address)
        page.wait_for_load_state("load")
        page.evaluate(AXE)
        found = list(page.evaluate(RUN, RULES))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append("scrolls sideways")
        if answer is None or answer.status != 200:
            found.append(f"answered {answer and answer.status}")
        if found:
            wrong[address] = found
    assert not wrong, "\n".join(f"{page}: {found}" for page, found in wrong.items())
    assert page.complaints == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_of_a_stranger_have_no_violation(open_as: Callable[..., Page], theme: str):
    page = open_as(None, color_scheme=theme)
    wrong: dict[str, object] = {}
    for address in ("/accounts/login/", "/accounts/reset/", "/session/", "/invitations/nonsense/"):
        page.goto(address)
        page.evaluate(AXE)
        if found := page.evaluate(RUN, RULES):
            wrong[address] = found
    assert not wrong, "\n".join(f"{page}: {found}" for page, found in wrong.items())
