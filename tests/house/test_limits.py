"""How long a text and how late a day may be, in every form; and which columns are one line."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.postgres.forms import SimpleArrayField
from django.db.models import CharField, Model
from django.test import Client, RequestFactory

import papers
from papers.bulk_copy import copy_rows
from papers.fields import LineField, LineInput, LongLineField
from papers.models import Member, Paper
from tests import make
from tests.house.test_bad_values import list_forms, people

__all__ = ["people"]


def import_all() -> None:
    """Whichever test ran before must not decide which forms there are."""
    for module in walk_packages(papers.__path__, "papers."):
        if ".migrations" not in module.name:
            import_module(module.name)


def list_panel_forms(administrator: Member) -> Iterator[type[forms.BaseForm]]:
    """The forms that the panel makes for an administrator."""
    request = RequestFactory().get("/admin/")
    request.user = administrator
    for panel in admin.site._registry.values():
        if panel.has_change_permission(request):
            yield panel.get_form(request)


@pytest.mark.django_db
def test_every_text_of_a_form_has_a_longest_length(ada: Member) -> None:
    """And what is one line is taken as one; addresses and handles have rules of their own."""
    import_all()
    ada.is_superuser = True
    rooms = (one for one in list_forms() if not one.__module__.startswith("papers.admin."))
    texts = {
        f"{form.__module__}.{form.__name__}.{name}": field
        for form in (*rooms, *list_panel_forms(ada))
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField)
        and not isinstance(field, forms.JSONField | SimpleArrayField)
        and "_PairsField" not in type(field).__name__  # limited in what it holds
        and not (isinstance(field.widget, forms.PasswordInput) and "sign_in" in form.__module__)
    }
    assert len(texts) > 60
    assert [where for where, field in texts.items() if not field.max_length] == []
    others = (forms.URLField, forms.EmailField, forms.SlugField)
    lines = {
        where: field
        for where, field in texts.items()
        if isinstance(field.widget, forms.TextInput) and field.strip
        if type(field.widget).__name__ in {"TextInput", "AdminTextInputWidget"}
        if not isinstance(field, others)
    }
    assert len(lines) > 20
    assert [where for where, field in lines.items() if not isinstance(field, LineInput)] == []


@pytest.mark.django_db
def test_a_password_has_a_longest_length(ada: Member) -> None:
    """Hashing a megabyte keeps a process busy; the library's own forms take any length."""
    answer = Client().post("/accounts/login/", {"login": "ada", "password": "x" * 1001})
    assert answer.status_code == 422
    assert "at most 1000 characters" in answer.content.decode()


@pytest.mark.django_db
def test_a_follow_up_of_a_draft_fits_into_its_experiment(ada: Member) -> None:
    paper = make.paper("One")
    for name, size in (("title", 301), ("cost", 201), ("risk", 501), ("plan", 200_001)):
        data = {"summary": "s", f"item-0-{name}": "x" * size, "stamp": "0.0"}
        for address in ("draft/", ""):
            answer = make.browser(ada).post(f"/papers/{paper.pk}/review/{address}", data)
            assert answer.status_code == 422, (name, address)
            assert f"has {size} characters" in answer.content.decode(), (name, address)


@pytest.mark.parametrize("model", [*apps.get_app_config("papers").get_models()])
def test_columns_of_one_line_take_no_line_breaks(model: type[Model]) -> None:
    """Whoever writes: forms, imports, the panel, commands. What nobody types is left out."""
    made = ("title_key", "path", "time_zone", "key", "digest", "template", "message_id", "shape",
            "token_hash", "account_hash", "request_hash", "location",
            "unsubscribe_url", "word", "writer", "password", "language",
            "kind", "session_key", "agent")  # fmt: skip
    for field in model._meta.concrete_fields:
        is_line = type(field) is CharField and not field.choices and field.name not in made
        assert not is_line, f"{model.__name__}.{field.name} should be a LineField"
        if isinstance(field, LineField | LongLineField):
            assert field.get_prep_value("a\r\nb\x00\u2028c\x85\ud800") == "a b c"


@pytest.mark.django_db
def test_a_count_of_saves_fits_into_its_column(ada: Member) -> None:
    page = make.browser(ada)
    page.raise_request_exception = False
    data = {"summary": "s", "turn": str(2**31), "stamp": "0.0"}
    assert page.post(f"/papers/{make.paper('One').pk}/review/draft/", data).status_code == 422


@pytest.mark.django_db
def test_days_at_the_ends_of_the_calendar_are_answered(people: list[Client]) -> None:
    """In addresses and in forms: the day after them, or the hour in another zone, is none."""
    curator, paper = people[0], make.paper("Two")
    claim = make.claim(paper, Member.objects.get(handle="ben"))
    for day, week in (("9999-12-31", "9999-W52"), ("0001-01-01", "0001-W01")):
        for path in (f"/digest/{week}/", f"/meetings/{day}/", f"/digest/{week}/note/"):
            assert curator.get(path).status_code < 500, path
        meeting = {"day": day, "time": "00:00", "minutes": "60", "lead": ""}
        series = {"weekday": "1", "time": "12:00", "every_weeks": "1", "minutes": "60",
                  "starts_on": day}  # fmt: skip
        override = {"act": "day", "due_on": day, "reason": "Because."}
        for path, data in (
            ("/meetings/new/", meeting),
            ("/meetings/series/", series),
            ("/meetings/absences/", {"first_on": day, "last_on": day}),
            (f"/claims/{claim.pk}/override/", override),
        ):
            assert curator.post(path, data).status_code in {302, 422}, path
    for path in ("/calendar/meetings.ics", "/meetings/", "/"):
        assert curator.get(path).status_code == 200, path
    assert people[1].get("/calendar/mine.ics").status_code == 200


@pytest.mark.django_db
def test_rows_that_are_copied_hold_one_line_too(lab: object) -> None:
    columns = ("title", "title_key", "added_at", "slug")
    copy_rows(Paper, columns, [("One\r\nline\x0b", "one line", make.NOW, "one-line")])
    assert Paper.objects.get().title == "One line"
