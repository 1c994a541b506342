"""The panel answers no question about a column that it does not show: filters, sorting, search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.hashers import make_password
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey
from django.db.models.constants import LOOKUP_SEP
from django.test import Client, RequestFactory
from django.urls import reverse

from papers.discussion.actions import add_comment, remove_comment
from papers.models import (
    AgendaItem,
    Comment,
    CritiquePoint,
    Experiment,
    ExperimentLink,
    Lab,
    Mail,
    Meeting,
    MeetingAction,
    Member,
    Paper,
    Prediction,
    ReadMark,
    Review,
    ReviewDraft,
)
from tests import make
from tests.house import secrets

TABLES = sorted(admin.site._registry.items(), key=lambda pair: pair[0].__name__)
IDS = [model.__name__ for model, _ in TABLES]
COMPARISONS = ("", "__exact", "__regex", "__startswith", "__gt", "__in", "__isnull", "__isempty")
WORD = "xylophonquartz"


def list_url(model: type[Any]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def list_columns(model: type[Any], depth: int = 3, prefix: str = "") -> Iterator[str]:
    """Every column of the table, and of the tables around it in both directions."""
    for field in model._meta.get_fields(include_hidden=True):
        yield prefix + getattr(field, "attname", field.name)
        if field.is_relation and field.related_model and depth > 1:
            yield from list_columns(
                field.related_model, depth - 1, prefix + field.name + LOOKUP_SEP
            )


def find_columns(model: type[Any], path: str) -> Iterator[tuple[str, str]]:
    """The columns that a path like `paper__title__icontains` goes through, with their tables."""
    for part in path.lstrip("^=@-").split(LOOKUP_SEP):
        try:
            field: Any = model._meta.get_field(part)
        except FieldDoesNotExist:
            return
        yield model._meta.label, field.name
        if not field.is_relation:
            return
        model = field.related_model


@pytest.fixture
def request_of_root(lab: Lab) -> Any:
    request = RequestFactory().get("/admin/")
    request.user = make.member("root", is_superuser=True, role=Member.Role.CURATOR)
    return request


@pytest.mark.parametrize(("model", "panel"), TABLES, ids=IDS)
def test_only_listed_filters_are_answered(model: type[Any], panel: Any, request_of_root: Any):
    allowed = panel.list_lookups(request_of_root)
    asked = {path + end for path in list_columns(model) for end in COMPARISONS}
    assert {name for name in asked if panel.lookup_allowed(name, "1", request_of_root)} <= allowed
    for name in allowed:
        for label, column in find_columns(model, name):
            assert not secrets.is_secret(label, column), name
            assert not secrets.is_withheld(label, column) or label in secrets.GUARDED, name
        assert LOOKUP_SEP not in name.removesuffix(LOOKUP_SEP + name.split(LOOKUP_SEP)[-1]), name


def test_the_sweep_would_find_a_filter_that_is_not_listed(
    request_of_root: Any, monkeypatch: pytest.MonkeyPatch
):
    assert len(TABLES) > 40
    columns = {(model, name) for model, _ in TABLES for name in list_columns(model)}
    assert len(columns) > 2_000
    touched = {pair for model, name in columns for pair in find_columns(model, name)}
    known = {("papers.Member", "password"), ("papers.Mail", "text")}
    assert known <= {pair for pair in touched if secrets.is_secret(*pair)}
    model, panel = next((model, panel) for model, panel in TABLES if model is Member)
    monkeypatch.setattr(type(panel), "lookup_allowed", lambda *_: True)
    with pytest.raises(AssertionError):
        test_only_listed_filters_are_answered(model, panel, request_of_root)


@pytest.mark.parametrize(("model", "panel"), TABLES, ids=IDS)
def test_no_list_shows_sorts_or_searches_a_secret(
    model: type[Any], panel: Any, request_of_root: Any
):
    own = model._meta.label
    orders = [str(name) for name in (panel.ordering or model._meta.ordering)]
    for name in (*panel.get_list_display(request_of_root), *panel.search_fields, *orders):
        for label, column in find_columns(model, str(name)):
            assert not secrets.is_secret(label, column), name
            is_chosen = own == label or own in secrets.GUARDED
            assert not secrets.is_withheld(label, column) or is_chosen, name
    shown = panel.get_fields(request_of_root, model())
    assert [name for name in shown if secrets.is_secret(own, str(name))] == []


def test_sorting_by_a_row_beside_sorts_by_no_secret():
    for model, panel in TABLES:
        for name in panel.list_display:
            for label, column in find_columns(model, str(name)):
                field: Any = apps.get_model(label)._meta.get_field(column)
                order = field.related_model._meta.ordering if isinstance(field, ForeignKey) else ()
                for part in order:
                    for pair in find_columns(field.related_model, str(part)):
                        assert not secrets.is_secret(*pair)
                        assert not secrets.is_withheld(*pair)


def test_every_column_is_refused_over_the_wire(ada: Member, as_ada: Client, request_of_root: Any):
    answers = set()
    for model, _ in TABLES:
        if as_ada.get(list_url(model)).status_code != 200:
            continue
        for column in list_columns(model, depth=1):
            name = f"{column}__regex"
            answers.add(as_ada.get(list_url(model), {name: "."}).status_code)
    assert answers == {400}


ORACLES = [
    (Member, "password__regex", "^md5"),
    (Member, "password__startswith", "m"),
    (Mail, "text__regex", "reset"),
    (Mail, "html__contains", "x"),
    (Comment, "body__regex", WORD),
    (ReviewDraft, "summary__startswith", WORD),
    (Paper, "drafts__summary__contains", WORD),
    (Paper, "added_by__password__regex", "."),
]


@pytest.mark.parametrize(("model", "name", "value"), ORACLES)
def test_a_curator_learns_nothing_by_a_filter(
    as_ada: Client, model: type[Any], name: str, value: str
):
    assert as_ada.get(list_url(model), {name: value}).status_code == 400


def test_a_broken_expression_is_no_error_of_ours(as_ada: Client):
    for value in ("(", "[", "*", "(?P<", "\\"):
        assert as_ada.get(list_url(Paper), {"title__regex": value}).status_code == 400


NUMBERS = ["9" * 4300, "-1", "0", "9999", "10000", "1e9", "x", "²"]


@pytest.mark.parametrize("number", NUMBERS, ids=lambda text: text[:9])
def test_a_wrong_number_or_date_is_a_wrong_filter(as_ada: Client, number: str):
    for model, name in (
        (Paper, "added_at__year"), (Paper, "p"), (Paper, "o"), (Comment, "created_at__year"),
    ):  # fmt: skip
        assert as_ada.get(list_url(model), {name: number}).status_code < 500, name
    dates = {"added_at__year": "2026", "added_at__month": number, "added_at__day": number}
    assert as_ada.get(list_url(Paper), dates).status_code < 500
    assert as_ada.get(list_url(Paper), {"added_at__month": number}).status_code < 500


def test_no_row_is_named_by_another_column_than_its_key(as_ada: Client, ben: Member):
    for name in ("password", "email", "handle"):
        url = f"{list_url(Member)}{make_password(None)}/change/?_to_field={name}"
        assert as_ada.get(url).status_code == 400
        assert as_ada.get(list_url(Member), {"_to_field": name}).status_code == 400
    assert as_ada.get(list_url(Member), {"_to_field": "id", "_popup": "1"}).status_code == 200


def test_names_complete_themselves_for_fields_of_our_forms_only(as_ada: Client):
    def ask(model: str, field: str) -> int:
        query = {"app_label": "papers", "model_name": model, "field_name": field, "term": "a"}
        return as_ada.get("/admin/autocomplete/", query).status_code

    assert ask("listing", "paper") == 200
    for model, field in (("reviewdraft", "member"), ("agendaitem", "experiment"), ("nothing", "x")):
        assert ask(model, field) == 403


@pytest.fixture
def closed(lab: Lab, ada: Member, ben: Member) -> Paper:
    """A paper that Ada has claimed: what Ben wrote on it is closed to her; and a deleted comment.

    Whatever may be closed in the lab holds WORD; so do rows that name it from elsewhere.
    """
    make.lab(independent_reviews=True)
    paper = make.paper("An open title")
    texts = dict.fromkeys(("takeaway", "summary", "critique", "follow_up", "questions"), WORD)
    review = make.review(paper, ben, **texts)
    review.points.create(text=WORD)
    experiment = make.experiment(WORD, paper=paper, review=review, owner=ben, hypothesis=WORD)
    review.critique_questions.create(asked_at=make.NOW, version="v2", experiment=experiment)
    ExperimentLink.objects.create(experiment=experiment, url="https://x.example", label=WORD)
    Prediction.objects.create(experiment=experiment, member=ada, percent=7, made_at=make.NOW)
    meeting = Meeting.objects.create(day=make.NOW.date(), starts_at=make.NOW, created_at=make.NOW)
    item = AgendaItem.objects.create(meeting=meeting, experiment=experiment)
    AgendaItem.objects.create(meeting=meeting, paper=paper, title="An open item")
    MeetingAction.objects.create(
        meeting=meeting, item=item, experiment=experiment, made_at=make.NOW
    )
    ReadMark.objects.create(member=ada, experiment=experiment, read_at=make.NOW)
    ReadMark.objects.create(member=ada, review=review, read_at=make.NOW)
    for subject in (review, experiment):
        add_comment(subject=subject, body=WORD, by=ben, at=make.NOW)
    remove_comment(
        comment=add_comment(subject=paper, body=WORD, by=ben, at=make.NOW), by=ben, at=make.NOW
    )
    make.claim(paper, ada)
    return paper


def list_pages(model: type[Any]) -> Iterator[str]:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    yield reverse(f"{name}_changelist")
    for row in model._default_manager.all()[:5]:
        for page in ("change", "history", "delete"):
            yield reverse(f"{name}_{page}", args=[row.pk])


@pytest.mark.parametrize("is_root", [False, True], ids=["curator", "administrator"])
def test_no_page_shows_the_words_of_a_row_beside_it_that_is_closed(
    closed: Paper, ada: Member, is_root: bool
):
    Member.objects.filter(pk=ada.pk).update(is_superuser=is_root)
    browser = make.browser(ada)
    leaks = [
        url
        for model, _ in TABLES
        for url in list_pages(model)
        if WORD in browser.get(url).content.decode()
    ]
    assert leaks == []


def test_what_closes_these_pages_is_the_claim(closed: Paper, ada: Member, as_ada: Client):
    make.review(closed, ada)
    item = AgendaItem.objects.get(experiment__isnull=False)
    page = as_ada.get(reverse("admin:papers_agendaitem_change", args=[item.pk]))
    assert WORD in page.content.decode()


@pytest.mark.parametrize(
    "model",
    [Comment, CritiquePoint, Experiment, ExperimentLink, MeetingAction, Prediction, ReadMark],
)
def test_no_search_finds_a_closed_row_by_its_words(closed: Paper, as_ada: Client, model: type[Any]):
    assert as_ada.get(list_url(model), {"q": WORD}).context["cl"].result_count == 0


def test_a_search_does_not_tell_what_a_closed_review_says(closed: Paper, as_ada: Client):
    assert as_ada.get(list_url(Review), {"q": WORD}).context["cl"].result_count == 0
