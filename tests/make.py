"""Plain makers of rows; a test names only what it is about."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.test import Client

from papers.models import (
    Claim,
    Experiment,
    Lab,
    Listing,
    Member,
    Paper,
    Review,
    ReviewRevision,
    Topic,
)
from papers.search.index.actions import refresh
from papers.text import markdown
from papers.text.sections import PARTS
from papers.text.titles import title_key, title_slug
from tests.clock import NOW

PASSWORD = "correct horse battery"
_numbers = count(1)


def lab(**fields: Any) -> Lab:
    """The one lab."""
    return Lab.objects.update_or_create(pk=1, defaults=fields)[0]


def member(handle: str = "", **fields: Any) -> Member:
    """An active member who can sign in with PASSWORD; one who waits for an account has none."""
    handle = handle or f"member{next(_numbers)}"
    fields = {"name": handle.title(), "email": f"{handle}@lab.example", **fields}
    password = None if fields.get("state") in {"placeholder", "invited"} else PASSWORD
    new: Member = Member.objects.create_user(handle, password, **fields)
    return new


def browser(who: Member) -> Client:
    """A test client in which this member is signed in."""
    client = Client()
    client.force_login(who, backend="papers.accounts.backends.MemberBackend")
    return client


def paper(title: str = "", **fields: Any) -> Paper:
    """A paper; `topics=[...]` lists it."""
    title = title or f"On the number {next(_numbers)}"
    topics = fields.pop("topics", [])
    fields = render({"added_at": NOW, **fields}, "abstract")
    new = Paper.objects.create(
        title=title, title_key=title_key(title), slug=title_slug(title), **fields
    )
    for node in topics:
        listing(new, node)
    return new


def topic(name: str = "", parent: Topic | None = None, **fields: Any) -> Topic:
    """A topic under a parent, at the end of its siblings."""
    name = name or f"Topic {next(_numbers)}"
    slug = title_slug(name)
    path = f"{parent.path}/{slug}" if parent else slug
    depth = parent.depth + 1 if parent else 0
    return Topic.objects.create(
        name=name, slug=slug, path=path, depth=depth, parent=parent, **fields
    )


def listing(paper: Paper, topic: Topic, **fields: Any) -> Listing:
    """The paper under the topic."""
    fields = {"added_at": NOW, "position": next(_numbers), **fields}
    return Listing.objects.create(paper=paper, topic=topic, **fields)


def claim(paper: Paper, member: Member, **fields: Any) -> Claim:
    """An open lease of 14 days, unless `due_on=None` makes it a standing claim."""
    fields = {"claimed_at": NOW, "due_on": (NOW + timedelta(days=14)).date(), **fields}
    if fields["due_on"] is not None:
        taken = Claim.objects.open()
        fields.setdefault("paper_slot", taken.filter(paper=paper).count() + 1)
        fields.setdefault("member_slot", taken.filter(member=member).count() + 1)
    return Claim.objects.create(paper=paper, member=member, **fields)


def review(paper: Paper, member: Member, **fields: Any) -> Review:
    """A published review with its first version."""
    fields = render({"summary": "It works.", **fields}, *(one.key for one in PARTS))
    at = fields.pop("at", NOW)
    new = Review.objects.create(
        paper=paper, member=member, published_at=at, changed_at=at, **fields
    )
    texts = {name: getattr(new, name) for name in ("takeaway", "summary", "critique", "follow_up")}
    ReviewRevision.objects.create(
        review=new, number=1, published_at=at, published_by=member, **texts
    )
    return new


def experiment(title: str = "", **fields: Any) -> Experiment:
    """An idea on the board."""
    fields = render({"created_at": NOW, "moved_at": NOW, **fields}, "plan", "outcome")
    return Experiment.objects.create(title=title or f"Try number {next(_numbers)}", **fields)


def render(fields: dict[str, Any], *names: str) -> dict[str, Any]:
    """The fields with the HTML of these texts, as every action writes it beside them."""
    html = {f"{name}_html": markdown.render(fields[name]) for name in names if name in fields}
    return {**html, **fields}


def index() -> None:
    """Bring the search index, which makers leave alone, up to the papers."""
    refresh(Paper.objects.values_list("pk", flat=True))


def day(text: str) -> date:
    """A date from `2026-11-18`."""
    return date.fromisoformat(text)
