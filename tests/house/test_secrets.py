"""A secret word in drafts and closed reviews is looked for everywhere, as every role."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from papers.digest.actions.closing import close_issue
from papers.digest.actions.mailing import send_digests
from papers.digest.chat import actions as chat
from papers.discussion.actions import add_comment
from papers.experiments.actions import close_experiment
from papers.feeds.actions import renew_token
from papers.models import (
    AgendaItem,
    Comment,
    Lab,
    Mail,
    Meeting,
    Member,
    NotificationMark,
    Paper,
    Review,
    ReviewDraft,
    Webhook,
    WebhookPost,
)
from papers.notifications.actions.emails import send_notification_emails
from papers.notifications.actions.notifying import create_notifications
from papers.reviews.actions.publishing import delete_review, publish_review, restore_review
from papers.reviews.drafts.actions import save_draft
from papers.reviews.drafts.content import ReviewContent, Stamp
from papers.search.index.actions import refresh
from papers.text.weeks import Week
from tests import make
from tests.house.test_site_map import ROUTES
from tests.make import NOW

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quiet")]

SECRET = "xylophonquartz"
SEARCHES = (
    "/papers/",
    "/feeds/search/",
    "/search/palette/",
    "/search/completions/",
    "/search/mentions/",
)

WHOLE = ReviewContent(
    takeaway=f"{SECRET} takeaway",
    summary=f"{SECRET} summary",
    critique=f"- {SECRET} critique",
    follow_up=f"{SECRET} follow-up",
    questions=f"{SECRET} questions",
    items=[{"title": f"{SECRET} trial", "hypothesis": "", "plan": SECRET, "cost": "", "risk": ""}],
)


@pytest.fixture
def paper(lab: Lab, ada: Member) -> Paper:
    topic = make.topic("Known topic")
    paper = make.paper("A paper that everybody knows", topics=[topic], added_by=ada)
    meeting = Meeting.objects.create(day=NOW.date(), starts_at=NOW, created_at=NOW)
    AgendaItem.objects.create(meeting=meeting, paper=paper)
    refresh([paper.pk])
    return paper


def list_addresses(paper: Paper) -> list[str]:
    """Every address that answers to GET, filled with what there is."""
    review = Review.objects.first()
    experiment = paper.experiments.first()
    comment = Comment.objects.first()
    numbers = {
        "papers": paper.pk,
        "reviews": review.pk if review else 1,
        "experiments": experiment.pk if experiment else 1,
        "comments": comment.pk if comment else 1,
    }
    found = []
    for route in ROUTES:
        if route.startswith("admin/") or "(?P" in route:
            continue
        number = str(numbers.get(route.split("/")[0], 1))
        path = re.sub(r"<key:\w+>", number, route)
        path = path.replace("<title:slug>", paper.slug).replace("<path:path>", "known-topic")
        path = path.replace("<str:week>", "2026-W47").replace("<str:handle>", "cy")
        path = re.sub(r"<[^>]*day[^>]*>", "2026-11-18", path)
        found.append("/" + re.sub(r"<[^>]+>", "cy", path))
    return [*found, "/digest/2026-W47/", "/members/cy/", "/meetings/2026-11-18/"]


def list_admin_addresses() -> list[str]:
    found = []
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        found.append(reverse(f"admin:{name}_changelist"))
        found.append(reverse(f"admin:{name}_changelist") + f"?q={SECRET}")
        found += [
            reverse(f"admin:{name}_{page}", args=[row.pk])
            for row in model._default_manager.all()[:3]
            for page in ("change", "history")
        ]
    return found


def find_secret(browser: Client, addresses: list[str]) -> list[str]:
    """Addresses whose answer holds the secret, or whose search finds the paper by it."""
    leaks = []
    for address in addresses:
        answer = browser.get(address, follow=False)
        body = b"".join(answer) if answer.streaming else answer.content
        text = body.decode(errors="replace")
        # A search box repeats what was searched for.
        text = (
            re.sub(rf'(value="|q=|\?q=|“|"?){SECRET}("|”|&|$)', "", text)
            if "?q=" in address
            else text
        )
        if SECRET in text:
            leaks.append(address)
    return leaks


def find_by_search(browser: Client, paper: Paper) -> list[str]:
    queries = [
        SECRET,
        f"in:summary {SECRET}",
        f"in:critique {SECRET}",
        f"{SECRET[:9]}",
        f'"{SECRET}"',
    ]
    found = []
    for query in queries:
        for address in SEARCHES:
            text = browser.get(address, {"q": query}).content.decode()
            if paper.title in text:
                found.append(f"{address}?q={query}")
    return found


@pytest.mark.parametrize("role", ["ada", "ben", "rea", "admin", "stranger"])
def test_a_draft_shows_to_nobody_but_its_author(
    request: pytest.FixtureRequest, paper: Paper, ada: Member, ben: Member, rea: Member, cy: Member,
    lab: Lab, role: str,
):  # fmt: skip
    make.lab(public_reading=True)
    save_draft(paper=paper, by=cy, at=NOW, content=WHOLE, stamp=Stamp())
    refresh([paper.pk])
    admin_member = make.member("root", is_superuser=True, role=Member.Role.CURATOR)
    people = {"ada": ada, "ben": ben, "rea": rea, "admin": admin_member}
    browser = make.browser(people[role]) if role in people else Client()
    addresses = list_addresses(paper)
    if role in {"ada", "admin"}:
        addresses += list_admin_addresses()
    assert find_secret(browser, addresses) == []
    assert find_by_search(browser, paper) == []
    assert ReviewDraft.objects.filter(summary__contains=SECRET).exists()


def test_the_sweep_would_find_a_leak(paper: Paper, cy: Member, as_cy: Client):
    save_draft(paper=paper, by=cy, at=NOW, content=WHOLE, stamp=Stamp())
    assert f"/papers/{paper.pk}/review/" in find_secret(as_cy, list_addresses(paper))


@pytest.mark.parametrize("role", ["ben", "ada", "stranger"])
def test_a_closed_review_shows_that_it_is_there_and_not_what_it_says(
    paper: Paper, ada: Member, ben: Member, cy: Member, role: str
):
    """A stranger may be the member who signed out: to her it is closed for as long."""
    make.lab(independent_reviews=True, public_reading=True)
    review = say_everywhere(paper, cy, ben)
    member = {"ada": ada}.get(role, ben)
    make.claim(paper, member)
    browser = Client() if role == "stranger" else make.browser(member)
    addresses = list_addresses(paper)
    if role == "ada":
        addresses += list_admin_addresses()
    assert find_secret(browser, addresses) == []
    assert find_by_search(browser, paper) == []
    page = browser.get(paper.get_absolute_url()).content.decode()
    is_told = "1 review isn&#x27;t public" in page or "1 review isn't public" in page
    assert is_told if role == "stranger" else "1 other has reviewed this paper" in page
    own = ReviewContent(summary="My own.")
    publish_review(paper=paper, by=member, at=NOW, content=own, stamp=Stamp())
    assert f"{SECRET} summary" in browser.get(paper.get_absolute_url()).content.decode()
    assert find_by_search(browser, paper) != []
    delete_review(review=review, by=cy, at=NOW)
    assert find_secret(browser, addresses) == []


def test_a_lease_that_ended_closes_nothing_to_strangers(paper: Paper, ben: Member, cy: Member):
    make.lab(independent_reviews=True, public_reading=True)
    say_everywhere(paper, cy, ben)
    claim = make.claim(paper, ben)
    assert find_by_search(Client(), paper) == []
    claim.ended_at, claim.ending = NOW, "released"
    claim.save()
    assert SECRET in Client().get(paper.get_absolute_url()).content.decode()
    assert find_by_search(Client(), paper) != []


@pytest.mark.parametrize("role", ["ada", "ben", "rea", "admin", "stranger"])
@pytest.mark.parametrize("is_independent", [False, True])
def test_what_came_from_a_deleted_review_goes_and_returns_with_it(
    request: pytest.FixtureRequest, paper: Paper, ada: Member, cy: Member, lab: Lab, role: str,
    is_independent: bool,
):  # fmt: skip
    """Its experiments, the comments on it and on them, and their events, wherever they show."""
    make.lab(public_reading=True, independent_reviews=is_independent)
    make.member("root", is_superuser=True, role=Member.Role.CURATOR)
    member = None if role == "stranger" else request.getfixturevalue("ada")
    if role in {"ben", "rea"}:
        member = request.getfixturevalue(role)
    elif role == "admin":
        member = Member.objects.get(handle="root")
    review = say_everywhere(paper, cy, ada)
    close_issue(week=WEEK, at=NEXT_WEEK)
    create_notifications(at=NEXT_WEEK)
    browser = make.browser(member) if member else Client()
    addresses = [*list_addresses(paper), *list_feeds(member)]
    before = {*find_secret(browser, addresses), *find_by_search(browser, paper)}
    assert before
    delete_review(review=review, by=cy, at=NOW)
    panel = list_admin_addresses() if role in {"ada", "admin"} else []
    assert find_secret(browser, [*addresses, *panel]) == []
    assert find_by_search(browser, paper) == []
    restore_review(review=review, by=cy, at=NOW)
    told = [one for one in addresses if one in before]
    assert {*find_secret(browser, told), *find_by_search(browser, paper)} == before


def test_no_mail_and_no_room_tells_of_a_deleted_review(paper: Paper, ada: Member, cy: Member):
    room = Webhook.objects.create(name="Room", format="slack", url="https://x", added_at=NOW)
    review = say_everywhere(paper, cy, ada)
    issue = close_issue(week=WEEK, at=NEXT_WEEK)
    create_notifications(at=NEXT_WEEK)
    assert WebhookPost.objects.filter(webhook=room).exists()
    assert SECRET in str(chat.FORMATS["slack"](chat.make_bulletin(issue)))
    delete_review(review=review, by=cy, at=NOW)
    assert SECRET not in str(chat.FORMATS["slack"](chat.make_bulletin(issue)))
    Member.objects.update(digest_since=NOW)
    send_digests(at=NEXT_WEEK)
    send_notification_emails(at=NEXT_WEEK)
    assert Mail.objects.filter(template__endswith="mail/digest").count() == 2
    assert not any(SECRET in f"{m.subject} {m.text} {m.html}" for m in Mail.objects.all())


WEEK = Week.parse("2026-W47")
NEXT_WEEK = datetime(2026, 11, 23, 8, tzinfo=UTC)


def say_everywhere(paper: Paper, by: Member, listener: Member) -> Review:
    """A review with the secret in every part, an experiment out of it that has closed and is on
    the agenda, and a comment on both, which mentions the listener."""
    NotificationMark.objects.get_or_create(pk=1, defaults={"at": NOW})
    review = publish_review(paper=paper, by=by, at=NOW, content=WHOLE, stamp=Stamp())
    tried = review.experiments.get()
    close_experiment(experiment=tried, state="refuted", outcome=f"{SECRET} outcome", by=by, at=NOW)
    AgendaItem.objects.create(
        meeting=Meeting.objects.get(), experiment=tried, position=2, minutes=10
    )
    for subject in (review, tried):
        add_comment(subject=subject, body=f"{SECRET} @{listener.handle}", by=by, at=NOW)
    refresh([paper.pk])
    return review


def list_feeds(member: Member | None) -> list[str]:
    """Feeds and calendars as programs open them."""
    ending = f"?token={renew_token(by=member, at=NOW)}" if member else ""
    feeds = ("feeds/digest/", "feeds/activity/", "calendar/mine.ics", "calendar/meetings.ics")
    return [f"/{path}{ending}" for path in feeds]
