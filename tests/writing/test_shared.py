"""Two people change the same thing: the later one sees the earlier one's text and decides."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from papers.models import Experiment, GuidingQuestion, Lab, Listing, Member, Paper, Topic
from tests import make

SEEN = re.compile(r'name="seen" value="(\w+)"')
type Paths = dict[str, tuple[str, str, dict[str, Any]]]
CHANGED = "This was changed elsewhere while you were writing."


@pytest.fixture
def paths(lab: Lab, ada: Member) -> Paths:
    """Of each form: where it is shown, where it is sent, and what it needs."""
    topic = make.topic("Known topic", description="Old.")
    paper = make.paper("A paper", abstract="Old.", topics=[topic])
    listing = Listing.objects.get()
    tried = make.experiment("Ten seeds", plan="Old.")
    closed = make.experiment("Twenty seeds", state="refuted", outcome="Old.", closed_at=make.NOW)
    named = {"name": "Known topic"}
    topic_page = f"{topic.get_absolute_url()}?edit"
    return {
        "abstract": (f"/papers/{paper.pk}/edit/", "", {"title": "A paper", "topics": [topic.pk]}),
        "description": (topic_page, topic.get_absolute_url(), named),
        "note": (topic_page, f"/listings/{listing.pk}/note/", {}),
        "bio": ("/profile/", "", {"name": "Ada Curator"}),
        "plan": (f"/experiments/{tried.pk}/edit/", "", {"title": "Ten seeds"}),
        "outcome": (closed.get_absolute_url(), f"/experiments/{closed.pk}/outcome/",
                    {"state": "refuted"}),
        "summary": ("/curation/questions/", "", {}),
    }  # fmt: skip


def find_seen(page: str, field: str) -> str:
    """What the form with this field brings back."""
    form = next(form for form in page.split("<form")[1:] if f'name="{field}"' in form)
    found = SEEN.search(form)
    assert found
    return found[1]


@pytest.mark.parametrize(
    "field", ["abstract", "description", "note", "bio", "plan", "outcome", "summary"]
)
def test_the_later_save_is_refused_with_both_texts_and_then_accepted(
    paths: Paths, as_ada: Client, field: str
):
    shown, sent, needed = paths[field]
    seen = find_seen(as_ada.get(shown).content.decode(), field)

    def send(text: str, seen: str) -> tuple[int, str]:
        answer = as_ada.post(sent or shown, {**needed, field: text, "seen": seen})
        return answer.status_code, answer.content.decode()

    assert send("By the first.", seen)[0] == 302
    status, page = send("By the second.", seen)
    assert status == 422
    assert "By the first." in page
    assert "By the second." in page
    assert CHANGED in page
    assert send("By both.", find_seen(page, field))[0] == 302
    assert send("By both.", seen)[0] == 302, "it says what is there already"
    assert "By both." in find_all()


def find_all() -> str:
    """Every text that these forms change."""
    rows = [
        *Paper.objects.values_list("abstract"), *Topic.objects.values_list("description"),
        *Listing.objects.values_list("note"), *Member.objects.values_list("bio"),
        *Experiment.objects.values_list("plan", "outcome"),
        *GuidingQuestion.objects.values_list("text"),
    ]  # fmt: skip
    return str(rows)
