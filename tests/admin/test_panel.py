"""The admin panel: every table, the same cost for few and many rows, nothing that is closed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from papers.accounts.actions import invitations
from papers.discussion.actions import add_comment, remove_comment
from papers.models import (
    AgendaItem,
    Comment,
    Event,
    ExperimentLink,
    GuidingQuestion,
    Identifier,
    ImportItem,
    ImportJob,
    Link,
    Lookup,
    Mail,
    Meeting,
    Member,
    PaperLookup,
    PaperUpdate,
    ReadMark,
    Review,
    ReviewDraft,
)
from tests import make
from tests.admin.panel import list_url, row_url

TABLES = sorted(admin.site._registry, key=lambda model: model.__name__)
OF_MACHINERY = {
    "ApiAnswer", "ArchiveJob", "File", "FormerWebhook", "Lookup", "LookupTurn",
    "NotificationMark", "ProcrastinateJob", "RemovedListing", "SearchDoc", "SearchWord", "Throttle",
    "ZoteroChange", "ZoteroCollection", "ZoteroItem", "ZoteroLibrary", "ZoteroNote",
    "ZoteroQuestion",
}  # fmt: skip


def fill(number: int, by: Member) -> None:
    """One row more of every table."""
    member, topic = make.member(), make.topic()
    paper = make.paper(added_by=member, topics=[topic])
    Identifier.objects.create(paper=paper, kind="url", value=f"https://x.example/{number}")
    Link.objects.create(paper=paper, url=f"https://x.example/{number}")
    lookup = Lookup.objects.create(kind="doi", value=f"10.1/{number}", asked_at=make.NOW)
    PaperLookup.objects.create(paper=paper, lookup=lookup, asked_at=make.NOW)
    PaperUpdate.objects.create(paper=paper, kind="version", name="v2", noticed_at=make.NOW)
    make.claim(paper, member)
    review = make.review(paper, member)
    review.points.create(text="Too few seeds")
    review.critique_questions.create(asked_at=make.NOW, version="v2")
    experiment = make.experiment(paper=paper, review=review, owner=member)
    ExperimentLink.objects.create(experiment=experiment, url="https://x.example/")
    experiment.predictions.create(member=by, percent=50, made_at=make.NOW)
    comment = Comment.objects.create(paper=paper, author=member, body="?", created_at=make.NOW)
    comment.revisions.create(number=1, body="!", written_at=make.NOW)
    ReadMark.objects.create(member=by, paper=paper, read_at=make.NOW)
    other = make.paper()
    ReviewDraft.objects.create(paper=other, member=by, started_at=make.NOW, saved_at=make.NOW)
    starts = make.NOW + timedelta(days=number)
    meeting = Meeting.objects.create(
        day=starts.date(), starts_at=starts, lead=member, created_at=make.NOW
    )
    AgendaItem.objects.create(meeting=meeting, paper=paper, presenter=member)
    job = ImportJob.objects.create(name="list.md", by=member, created_at=make.NOW)
    ImportItem.objects.create(job=job, key="k", paper=paper)
    GuidingQuestion.objects.create(section="summary", text="What is new?")
    Event.objects.create(
        kind=Event.Kind.PAPER_ADDED, at=make.NOW, by=member, member=member, paper=paper, topic=topic
    )
    invitations.invite_member(
        email=f"e{number}@lab.example", name="", role="member", by=by, at=make.NOW
    )


OF_THEIR_AUTHOR = {"FormKey", "TextDraft", "Session"}
"""What one member types and sends, and where they are signed in: no page shows it to others."""


@pytest.mark.parametrize(
    "model",
    [
        model
        for model in apps.get_app_config("papers").get_models()
        if model.__name__ not in OF_THEIR_AUTHOR
    ],
)
def test_every_table_is_in_the_panel(model: type[Any]) -> None:
    assert model in admin.site._registry


def test_tables_of_libraries_are_not_in_the_panel() -> None:
    assert {model._meta.app_label for model in TABLES} == {"papers", "procrastinate"}


def test_lists_cost_the_same_for_2_and_for_50_rows(as_root: Client, root: Member) -> None:
    few, many = (_measure_lists(as_root, root, rows) for rows in (range(2), range(2, 50)))
    assert few == many
    assert max(many.values()) <= 10


def _measure_lists(browser: Client, by: Member, rows: range) -> dict[str, int]:
    for number in rows:
        fill(number, by)
    costs = {}
    for model in TABLES:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(list_url(model)).status_code == 200
        costs[model.__name__] = len(queries)
    return costs


def test_search_and_every_filter_of_every_list_answer(as_root: Client, root: Member) -> None:
    fill(0, root)
    for model in TABLES:
        assert as_root.get(list_url(model), {"q": "a 1"}).status_code == 200
        page = as_root.get(list_url(model))
        for query in _list_choices(page.context["cl"]):
            assert as_root.get(list_url(model) + query).status_code == 200


def _list_choices(changelist: Any) -> Iterator[str]:
    for spec in changelist.filter_specs:
        for choice in spec.choices(changelist):
            yield choice["query_string"]


def test_the_form_of_a_row_of_every_table_opens(as_root: Client, root: Member) -> None:
    fill(0, root)
    for model in TABLES:
        row = admin.site._registry[model].get_queryset(_as_request(root)).first()
        if row is not None:
            assert as_root.get(row_url(row)).status_code == 200


def _as_request(member: Member) -> Any:
    return type("Request", (), {"user": member})()


def test_the_panel_is_for_curators(as_ada: Client, as_ben: Client, stranger: Client) -> None:
    for model in TABLES:
        url = list_url(model)
        assert as_ada.get(url).status_code == (403 if model.__name__ in OF_MACHINERY else 200)
        assert as_ben.get(url, follow=True).status_code == 403
        assert stranger.get(url)["Location"].startswith("/accounts/login/?next=/admin/")


def test_the_panels_own_sign_in_is_the_sites(stranger: Client, ada: Member) -> None:
    cache.clear()
    assert stranger.get("/admin/login/?next=/admin/", follow=True).redirect_chain == [
        ("/accounts/login/?next=/admin/", 302)
    ]
    data = {"username": "ada", "password": make.PASSWORD}
    stranger.post("/admin/login/", data)
    assert stranger.get("/admin/").status_code == 302, "no second door past the limits"


def test_others_drafts_show_nowhere(as_root: Client, root: Member, ben: Member) -> None:
    paper = make.paper("A paper of Ben's")
    secret = "unpublished words of Ben"
    draft = ReviewDraft.objects.create(
        paper=paper, member=ben, summary=secret, started_at=make.NOW, saved_at=make.NOW
    )
    assert "A paper of Ben" not in as_root.get(list_url(ReviewDraft)).text
    assert as_root.get(row_url(draft)).status_code == 302
    own = ReviewDraft.objects.create(
        paper=paper, member=root, summary="my own words", started_at=make.NOW, saved_at=make.NOW
    )
    page = as_root.get(row_url(own)).text
    assert "A paper of Ben" in page
    assert "my own words" not in page
    for query in ("?q=unpublished", "?summary__startswith=u", "?member__id__exact=1"):
        assert secret not in as_root.get(list_url(ReviewDraft) + query, follow=True).text


def test_independent_reviews_bind_the_panel_too(as_ada: Client, ada: Member, ben: Member) -> None:
    make.lab(independent_reviews=True)
    paper = make.paper()
    review = make.review(paper, ben, summary="Ben's verdict")
    assert "Ben" in as_ada.get(row_url(review)).text
    make.claim(paper, ada)
    for url in (row_url(review), row_url(review.revisions.get())):
        assert as_ada.get(url).status_code == 302
    assert "0 reviews" in as_ada.get(list_url(Review)).text


def test_mails_show_no_link_that_lets_a_person_in(as_ada: Client, ada: Member) -> None:
    invitations.invite_member(email="e@lab.example", name="", role="member", by=ada, at=make.NOW)
    row = Mail.objects.get()
    assert "/invitations/" in row.text
    assert "/invitations/" not in as_ada.get(row_url(row)).text
    assert "/invitations/" not in as_ada.get(list_url(Mail)).text


def test_papers_and_members_complete_themselves_while_typing(as_ada: Client) -> None:
    make.paper("Attention is all you need")
    query = {
        "term": "attention", "app_label": "papers", "model_name": "listing", "field_name": "paper",
    }  # fmt: skip
    answer = as_ada.get("/admin/autocomplete/", query).json()
    assert [row["text"] for row in answer["results"]] == ["Attention is all you need"]


def test_a_search_does_not_tell_which_words_a_deleted_comment_had(ada: Member, ben: Member) -> None:
    paper = make.paper("One")
    comment = add_comment(subject=paper, body="A heron flew by.", by=ben, at=make.NOW)
    page = make.browser(ada)
    path = "/admin/papers/comment/"
    assert b"heron" in page.get(path, {"q": "heron"}).content
    remove_comment(comment=comment, by=ben, at=make.NOW)
    assert b"1 comment" in page.get(path).content
    assert b"0 comments" in page.get(path, {"q": "heron"}).content


def test_rows_are_named_by_what_they_are_about(as_root: Client, root: Member) -> None:
    fill(0, root)
    item = AgendaItem.objects.select_related("paper", "meeting").get()
    page = as_root.get(reverse("admin:papers_agendaitem_change", args=[item.pk])).content.decode()
    assert f"{item.paper}, {item.meeting}" in html.unescape(page)
    for model in ("vote", "review", "agendaitem", "claim"):
        listed = as_root.get(reverse(f"admin:papers_{model}_changelist")).content.decode()
        assert not re.search(r"(Item \d+ of|Nomination of|Review of|claims) #?\d", listed), model


def test_days_in_the_panel_are_the_sites(as_root: Client, root: Member) -> None:
    fill(0, root)
    page = as_root.get(reverse("admin:papers_event_changelist")).content.decode()
    assert "18 November 2026" in page
    assert not re.search(r"Nov\. \d|\bp\.m\.|\bnoon\b", page)
