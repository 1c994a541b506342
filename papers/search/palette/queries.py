"""What the palette offers for a few typed letters: papers, topics, members, meetings, acts.

At most five statements at any size: papers come from the search index, topics, people and meetings
from short tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, CharField, Model, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from papers import access
from papers.models import Lab, Meeting, Paper
from papers.search.palette.commands import list_acts
from papers.search.queries import find_papers
from papers.text import tokens
from papers.text.formulas import to_letters
from papers.text.identifiers import identify, is_web_url, with_scheme

MOST = 5
"""Finds of one kind."""

_NUMBER = re.compile(r"#?(\d{1,15})$", re.ASCII)
_DAY = re.compile(r"\d{4}(-\d{0,2}){0,2}$", re.ASCII)
_MEETING_WORDS = "meeting reading group"


@dataclass(frozen=True, slots=True)
class Find:
    """One thing to go to; `typed` is how a text mentions it."""

    name: str
    url: str
    about: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Finds of one kind under their heading."""

    name: str
    finds: list[Find]


def list_palette(text: str, *, by: access.Viewer, lab: Lab, today: date) -> list[Group]:
    """What the text could mean, by kind; with no text the acts that this viewer may do."""
    groups = [Group(_("Actions"), [*_offer_to_add(text, by), *_find_acts(text, by)])]
    if text:
        groups += [
            Group(_("Papers"), find_mentioned_papers(text, by=by, lab=lab, today=today)),
            Group(_("Topics"), _find_topics(text, by, lab)),
            Group(_("Members"), find_people(text, by)),
            Group(_("Meetings"), _find_meetings(text, by, today)),
        ]
    return [group for group in groups if group.finds]


def list_mentions(text: str, *, by: access.Viewer, lab: Lab, today: date) -> list[Find]:
    """Members after `@`, papers after `#`: what a text that is being written may mention."""
    sign, word = text[:1], text[1:].strip()
    if sign == "@":
        return find_people(word, by)
    if sign == "#" and word:
        return find_mentioned_papers(word, by=by, lab=lab, today=today)
    return []


def find_people(text: str, by: access.Viewer) -> list[Find]:
    """Members whose name or handle has the text, those that begin with it first."""
    people = access.members_visible_to(by)
    begins = Q(handle__istartswith=text) | Q(name__istartswith=text)
    found = _begins_first(people.filter(Q(name__icontains=text) | begins), begins)
    rows = found.order_by("place", "name", "pk")[:MOST]
    return [
        Find(str(one), one.get_absolute_url(), f"@{one.handle}", f"@{one.handle}") for one in rows
    ]


def find_mentioned_papers(text: str, *, by: access.Viewer, lab: Lab, today: date) -> list[Find]:
    """Papers by number, else by their words; the last word may be unfinished."""
    papers = access.papers_visible_to(by, lab).only("title", "slug", "authors", "year")
    numbered = _NUMBER.match(text)
    keys = [int(numbered[1])] if numbered else []
    if _is_searchable(text):
        found = find_papers(text, by=by, lab=lab, today=today, limit=MOST, typing=True)
        keys += [] if found.is_relaxed else found.paper_ids
    rows = papers.in_bulk(keys) if keys else {}
    return [_make_paper(rows[key]) for key in dict.fromkeys(keys) if key in rows][:MOST]


def _is_searchable(text: str) -> bool:
    """One or two letters begin too many words to mean anything; two Japanese ones are a word."""
    return any(token.cjk or len(token.text) > 2 for token in tokens.tokens(text))


def _make_paper(paper: Paper) -> Find:
    first = paper.authors[0] if paper.authors else ""
    names = _("%(name)s and others") % {"name": first} if len(paper.authors) > 1 else first
    about = ", ".join(word for word in (names, str(paper.year or "")) if word)
    return Find(to_letters(paper.title), paper.get_absolute_url(), about, f"#{paper.pk}")


def _offer_to_add(text: str, by: access.Viewer) -> list[Find]:
    """For a pasted link, DOI or arXiv ID: the form of a new paper, filled in from it."""
    named = identify(text) or (is_web_url(with_scheme(text)) and len(text.split()) == 1)
    if not named or not access.can_review(by):
        return []
    address = f"{reverse('paper-new')}?{urlencode({'anything': text})}"
    return [Find(_("Add this paper"), address, text[:80])]


def _find_acts(text: str, by: access.Viewer) -> list[Find]:
    wanted = tokens.fold(text).split()
    finds = []
    for act in list_acts(by):
        name = str(act.name)
        words = tokens.fold(f"{name} {act.words}").split()
        if all(any(word.startswith(part) for word in words) for part in wanted):
            try:
                finds.append(Find(name, f"{reverse(act.page)}{act.query}", act.keys))
            except NoReverseMatch:
                continue
    return finds[:MOST] if text else finds


def _find_topics(text: str, by: access.Viewer, lab: Lab) -> list[Find]:
    topics = access.topics_visible_to(by, lab).filter(name__icontains=text)
    rows = _begins_first(topics, Q(name__istartswith=text)).order_by("place", "depth", "path")
    return [
        Find(topic.name, topic.get_absolute_url(), " / ".join(topic.path.split("/")[:-1]))
        for topic in rows.only("name", "path", "depth")[:MOST]
    ]


def _find_meetings(text: str, by: access.Viewer, today: date) -> list[Find]:
    """By title or by day (`2026-11`); by the word "meeting" the coming ones."""
    meetings = access.meetings_visible_to(by).scheduled()
    if _DAY.match(text):
        named = meetings.annotate(written=Cast("day", CharField())).filter(written__startswith=text)
        rows = named.order_by("-starts_at")
    elif any(word.startswith(text.casefold()) for word in _MEETING_WORDS.split()):
        rows = meetings.filter(day__gte=today).order_by("starts_at")
    else:
        rows = meetings.filter(title__icontains=text).order_by("-starts_at")
    return [_make_meeting(row) for row in rows.only("title", "day", "number")[:MOST]]


def _make_meeting(meeting: Meeting) -> Find:
    return Find(
        meeting.name,
        meeting.get_absolute_url(),
        f"{date_format(meeting.day, 'D')} {meeting.day:%Y-%m-%d}",
    )


def _begins_first[Row: Model](rows: QuerySet[Row], begins: Q) -> Any:
    return rows.annotate(place=Case(When(begins, then=Value(0)), default=Value(1)))
