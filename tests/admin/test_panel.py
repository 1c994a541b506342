"""The admin panel: every table, the same cost for few and many rows, nothing that is closed."""

from __future__ import annotations

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

from papers import mail
from papers.accounts.actions import invitations
from papers.discussion.actions import add_comment, remove_comment
from papers.models import (
    AgendaItem,
    Claim,
    Comment,
    Event,
    ExperimentLink,
    GuidingQuestion,
    Identifier,
    ImportItem,
    ImportJob,
    Lab,
    Link,
    Listing,
    Lookup,
    Mail,
    Meeting,
    Member,
    Paper,
    PaperLookup,
    PaperUpdate,
    ReadMark,
    Review,
    ReviewDraft,
    Topic,
)
from papers.text.titles import title_key
from tests import make

TABLES = sorted(admin.site._registry, key=lambda model: model.__name__)
OF_MACHINERY = {
    "ProcrastinateJob", "SearchDoc", "SearchWord", "NotificationMark", "Throttle", "Lookup",
    "LookupTurn",
}  # fmt: skip


def list_url(model: type[Any]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def row_url(row: Any) -> str:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return reverse(name, args=[row.pk])


@pytest.fixture
def root(lab: Lab) -> Member:
    return Member.objects.create_superuser("root", "x", name="Root", email="root@lab.example")


@pytest.fixture
def as_root(root: Member) -> Client:
    return make.browser(root)


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


OF_THEIR_AUTHOR = {"FormKey", "TextDraft"}
"""What one member types and sends: no page shows it, to nobody."""


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


def test_changing_a_paper_keeps_key_address_and_abstract_in_step(
    as_ada: Client, ada: Member
) -> None:
    paper = make.paper("Old title")
    Identifier.objects.create(paper=paper, kind="arxiv", value="1706.03762")
    data = _paper_form(paper, title="Brand new title", authors="Ng, Andrew\nBengio, Y.")
    data["abstract"] = "We *show*."
    assert as_ada.post(row_url(paper), data).status_code == 302
    paper.refresh_from_db()
    assert (paper.slug, paper.authors) == ("brand-new-title", ["Ng, Andrew", "Bengio, Y."])
    assert "<em>show</em>" in paper.abstract_html
    assert paper.title_key == title_key("Brand new title")
    assert paper.identifiers.get().value == "1706.03762"
    assert Event.objects.get(kind=Event.Kind.PAPER_CHANGED).by == ada


def _paper_form(paper: Paper | None = None, **fields: str) -> dict[str, str]:
    data = {"title": "", "authors": "", "abstract": "", "venue": "", "year": "", **fields}
    for prefix in ("identifiers", "links"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return data


def test_a_paper_that_looks_known_is_refused_in_the_form(as_ada: Client) -> None:
    make.paper("Attention is all you need")
    url = reverse("admin:papers_paper_add")
    page = as_ada.post(url, _paper_form(title="Attention Is All You Need"))
    assert page.status_code == 200
    assert "We already have a paper with this title" in page.text
    assert Paper.objects.count() == 1
    as_ada.post(url, _paper_form(title="Something else"))
    assert Paper.objects.get(slug="something-else").added_by is not None
    assert Event.objects.filter(kind=Event.Kind.PAPER_ADDED).count() == 1


def test_moving_a_topic_moves_all_below(as_ada: Client) -> None:
    theory, practice = make.topic("Theory"), make.topic("Practice")
    below = make.topic("Bounds", parent=theory)
    data = {"name": "Theory", "parent": str(practice.pk), "description": "*All*"}
    assert as_ada.post(row_url(theory), data).status_code == 302
    below.refresh_from_db()
    theory.refresh_from_db()
    assert below.path == "practice/theory/bounds"
    assert "<em>All</em>" in theory.description_html
    ring = as_ada.post(row_url(practice), {**data, "name": "Practice", "parent": str(below.pk)})
    assert "be inside itself" in ring.text


def test_a_topic_is_added_with_its_address(as_ada: Client) -> None:
    make.topic("Theory")
    url = reverse("admin:papers_topic_add")
    assert as_ada.post(url, {"name": "New things", "description": ""}).status_code == 302
    assert Topic.objects.get(name="New things").path == "new-things"
    assert "already a topic called" in as_ada.post(url, {"name": "theory", "description": ""}).text


def test_a_listing_is_added_and_taken_out(as_ada: Client) -> None:
    paper, topic = make.paper(), make.topic()
    url = reverse("admin:papers_listing_add")
    as_ada.post(url, {"paper": paper.pk, "topic": topic.pk, "note": "see *this*"})
    listing = Listing.objects.get()
    assert "<em>this</em>" in listing.note_html
    act(as_ada, Listing, "unlist", listing)
    assert not Listing.objects.exists()


def act(browser: Client, model: type[Any], action: str, *rows: Any, **fields: str) -> Any:
    data = {"action": action, "_selected_action": [row.pk for row in rows], **fields}
    return browser.post(list_url(model), data, follow=True)


def test_slots_are_set_for_many_papers(as_ada: Client) -> None:
    papers = [make.paper(), make.paper()]
    page = act(as_ada, Paper, "set_slots", *papers, slots="5")
    assert "2 papers changed" in page.text
    assert {paper.slots for paper in Paper.objects.all()} == {5}
    assert "slots from 1 to 50" in act(as_ada, Paper, "set_slots", *papers, slots="99").text
    act(as_ada, Paper, "set_slots", *papers, slots="")
    assert {paper.slots for paper in Paper.objects.all()} == {None}


def test_claims_are_released_and_extended(as_ada: Client, ben: Member) -> None:
    claim, other = make.claim(make.paper(), ben), make.claim(make.paper(), ben)
    act(as_ada, Claim, "extend", other)
    assert "1 claim unchanged" in act(as_ada, Claim, "extend", other).text
    act(as_ada, Claim, "release", claim)
    claim.refresh_from_db()
    assert claim.ending == Claim.Ending.RELEASED


def test_members_are_made_alumni_but_not_the_last_curator(
    as_ada: Client, ada: Member, ben: Member, root: Member
) -> None:
    root.state = "alumni"
    root.save()
    page = act(as_ada, Member, "make_alumni", ben, ada)
    assert "You need at least one curator" in page.text
    ben.refresh_from_db()
    assert ben.is_active, "all or none"
    act(as_ada, Member, "make_alumni", ben, root)
    ben.refresh_from_db()
    assert ben.state == "alumni"
    act(as_ada, Member, "reactivate_member", ben)
    act(as_ada, Member, "make_curators", ben)
    ben.refresh_from_db()
    assert ben.is_active
    assert ben.is_curator


def test_invitations_go_to_those_who_wait_for_one(as_ada: Client, ben: Member) -> None:
    waiting = make.member("waiting", state="placeholder")
    page = act(as_ada, Member, "send_invitation", waiting, ben)
    assert "1 member invited. 1 skipped" in page.text
    assert Mail.objects.get().to == waiting.email


def test_curators_do_not_make_themselves_administrators(
    as_ada: Client, ada: Member, ben: Member, root: Member
) -> None:
    data = {"name": "Ada", "handle": "ada", "email": "other@lab.example", "is_superuser": "on"}
    as_ada.post(row_url(ada), data)
    ada.refresh_from_db()
    assert (ada.name, ada.is_superuser, ada.email) == ("Ada", False, "ada@lab.example")
    assert as_ada.post(row_url(root), {**data, "handle": "root"}).status_code == 403
    page = as_ada.post(row_url(ben), {**data, "handle": "ADA"})
    assert "Another member has this handle" in page.text


def test_administrators_move_an_account_to_another_address(as_root: Client, ben: Member) -> None:
    data = {"name": "Ben", "handle": "ben", "email": "New@lab.example", "claim_limit": "7"}
    as_root.post(row_url(ben), data)
    ben.refresh_from_db()
    assert (ben.email, ben.claim_limit) == ("new@lab.example", 7)


def test_only_administrators_delete(as_ada: Client, as_root: Client) -> None:
    paper = make.paper()
    url = reverse("admin:papers_paper_delete", args=[paper.pk])
    assert as_ada.post(url, {"post": "yes"}).status_code == 403
    assert as_root.post(url, {"post": "yes"}).status_code == 302
    assert not Paper.objects.exists()


def test_a_failed_mail_is_tried_again(as_ada: Client, ada: Member) -> None:
    row = mail.send_mail("x@lab.example", "x", "accounts/mail/email_changed", {})
    assert "0 emails queued again" in act(as_ada, Mail, "try_again", row).text
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert "1 email queued again" in act(as_ada, Mail, "try_again", row).text


def test_the_labs_settings_go_through_the_desks_action(as_ada: Client, lab: Lab) -> None:
    data = {
        "name": "Panel Lab", "time_zone": "UTC", "paper_slots": "2", "claim_limit": "3",
        "lease_days": "14", "grace_days": "7",
    }  # fmt: skip
    as_ada.post(row_url(lab), data)
    assert Event.objects.get().data == {"fields": ["name"]}


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
