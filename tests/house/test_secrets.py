"""A secret word in drafts and closed reviews is looked for everywhere, as every role."""

from __future__ import annotations

import re

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from papers.models import (
    AgendaItem,
    Comment,
    Lab,
    Meeting,
    Member,
    Paper,
    Review,
    ReviewDraft,
)
from papers.reviews.actions.drafts import save_draft
from papers.reviews.actions.publishing import publish_review
from papers.reviews.content import ReviewContent, Stamp
from papers.search.index.actions import refresh
from tests import make
from tests.house.test_site_map import ROUTES
from tests.make import NOW

SECRET = "xylophonquartz"
SEARCHES = ("/papers/", "/search/palette/", "/search/completions/", "/search/mentions/")

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
        path = re.sub(r"<int:\w+>", number, route)
        path = path.replace("<str:slug>", paper.slug).replace("<path:path>", "known-topic")
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


@pytest.mark.parametrize("role", ["ben", "ada"])
def test_a_closed_review_shows_that_it_is_there_and_not_what_it_says(
    paper: Paper, ada: Member, ben: Member, cy: Member, role: str
):
    make.lab(independent_reviews=True)
    review = publish_review(paper=paper, by=cy, at=NOW, content=WHOLE, stamp=Stamp())
    Comment.objects.create(
        review=review, author=cy, body=f"{SECRET} said", body_html=f"{SECRET} said", created_at=NOW
    )
    refresh([paper.pk])
    member = {"ada": ada, "ben": ben}[role]
    make.claim(paper, member)
    browser = make.browser(member)
    addresses = list_addresses(paper)
    if role == "ada":
        addresses += list_admin_addresses()
    assert find_secret(browser, addresses) == []
    assert find_by_search(browser, paper) == []
    page = browser.get(paper.get_absolute_url()).content.decode()
    assert "1 other reviewed this paper" in page
    own = ReviewContent(summary="My own.")
    publish_review(paper=paper, by=member, at=NOW, content=own, stamp=Stamp())
    assert SECRET in browser.get(paper.get_absolute_url()).content.decode()
    assert find_by_search(browser, paper) != []
