"""What all tables of the panel share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from papers import access
from papers.fields import LONGEST_TEXT
from papers.http import get_request_lab
from papers.models import Comment, Experiment, Lab, Member, Review
from papers.text.numbers import read_number

if TYPE_CHECKING:
    Table = admin.ModelAdmin[Any]
    Inline = admin.TabularInline[Any, Any]
else:  # Django's classes take no brackets when they run.
    Table = admin.ModelAdmin
    Inline = admin.TabularInline


DATE_PARTS = ("year", "month", "day")

RULES: dict[type[models.Model], Callable[[Member, Lab], QuerySet[Any]]] = {
    Comment: access.comments_visible_to,
    Experiment: access.experiments_visible_to,
    Review: access.reviews_known_to,
}
"""Tables of which some rows are closed to some viewers, and the rule that says to whom."""


class SearchSelect(AutocompleteSelect):
    """A select that searches while one types, with a name for screen readers while it is empty."""

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Django leaves the placeholder empty."""
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return {**attrs, "data-placeholder": _("Type to search")}

    def optgroups(
        self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int | None]]:
        """The rows chosen; Django asks the database for numbers that no row can have."""
        return super().optgroups(name, [v for v in value if _is_key(v)], attr)


def _is_key(value: object) -> bool:
    return read_number(str(value)) is not None


class PanelList(ChangeList):
    """Django's list, which answers an impossible date like every other wrong filter."""

    def get_filters(self, request: HttpRequest) -> Any:
        """Django leaves the end of the last year, and years out of reach, unchecked."""
        try:
            return super().get_filters(request)
        except (ValueError, OverflowError) as problem:
            raise IncorrectLookupParameters(problem) from problem


class Panel(Table):
    """What all tables share: nothing on a list may grow with the table, nothing may be asked of
    a column that the list does not show.

    Deleting a row takes along what hangs on it and cannot be undone, so it is for administrators;
    the rooms' own pages take things back in ways that can be undone.
    """

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 100
    preserve_filters = True

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Texts have a longest length here too."""
        if isinstance(db_field, models.TextField):
            kwargs.setdefault("max_length", LONGEST_TEXT)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Our select in place of Django's."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Administrators only."""
        return get_viewer(request).is_superuser

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Ours."""
        return PanelList

    def list_lookups(self, request: HttpRequest) -> set[str]:
        """The parameters that the filters beside the list and its date hierarchy send."""
        found = {f"{self.date_hierarchy}__{part}" for part in DATE_PARTS if self.date_hierarchy}
        for listed in self.get_list_filter(request):
            pair = listed if isinstance(listed, tuple) else (listed, admin.FieldListFilter.create)
            path, make = str(pair[0]), cast("Callable[..., admin.FieldListFilter]", pair[1])
            field = self.model._meta.get_field(path)
            spec = make(field, request, {}, self.model, self, field_path=path)
            found |= {str(name) for name in spec.expected_parameters()}
        return found

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what a listed filter sends.

        Django lets the address name any column of the table, with any comparison: a curator could
        read a password's hash letter by letter from which rows are left (`?password__regex=^a`).
        """
        return lookup in self.list_lookups(request)

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """Rows are found and named by their key, never by a value of another column."""
        return to_field == self.opts.pk.attname

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """The row, without those rows beside it whose names the viewer may not read; what its
        own name is made of is loaded.

        An empty `_to_field` is none: Django would look for a column without a name.
        """
        found: Any = super().get_object(request, object_id, from_field or None)
        for field in self.opts.concrete_fields if found else ():
            closed = field.is_relation and getattr(found, field.attname) is not None
            if closed and not is_readable(request, field.related_model, found, field.attname):
                setattr(found, field.name, None)
        if found and not isinstance(self.list_select_related, bool):
            models.prefetch_related_objects([found], *self.list_select_related)
        return found

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What deleting takes along, in numbers: the names of those rows may be closed."""
        _, counts, missing, protected = super().get_deleted_objects(objs, request)
        return [str(obj) for obj in objs], counts, missing, protected


class ReadPanel(Panel):
    """A table that rooms write and the panel shows."""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Rooms add."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Rooms change."""
        return False


class ActionPanel(Panel):
    """A table whose rows are written by a room's action.

    While the form is checked the action is rehearsed and taken back, so that its refusals stand
    in the form beside what was typed, and the rule itself stays in one place.
    """

    refusals: tuple[type[Exception], ...] = ()

    def write(self, request: HttpRequest, obj: models.Model, data: dict[str, Any]) -> models.Model:
        """Call the action with the cleaned data; `obj` has no key when it is to be added."""
        raise NotImplementedError

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The table's form with the rehearsal at its end."""
        panel, form = self, super().get_form(request, obj, change, **kwargs)

        class Rehearsed(form):  # type: ignore[valid-type, misc]
            def clean(self) -> dict[str, Any]:
                cleaned: dict[str, Any] = super().clean()
                if not self.errors:
                    panel.rehearse(request, self, cleaned)
                return cleaned

        return Rehearsed

    def rehearse(self, request: HttpRequest, form: forms.BaseForm, data: dict[str, Any]) -> None:
        """Do it, take it back, and put a refusal into the form."""
        obj = form.instance  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                self.write(request, obj, data)
                transaction.set_rollback(True)
        except self.refusals as refusal:
            form.add_error(None, str(refusal))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The action in place of a bare save."""
        obj.pk = self.write(request, self.model(pk=obj.pk), form.cleaned_data).pk
        obj._state.adding = False
        obj.refresh_from_db()


def is_readable(request: HttpRequest, model: Any, row: models.Model, column: str) -> bool:
    """May the viewer read the names of the row to which this column points?"""
    visible = RULES.get(model)
    if visible is None:
        return True
    rows = visible(get_viewer(request), get_lab(request))
    return rows.filter(pk=getattr(row, column)).exists()


def get_viewer(request: HttpRequest) -> Member:
    """Whoever uses the panel; it opens for members only."""
    if not isinstance(request.user, Member):
        raise PermissionDenied
    return request.user


def get_lab(request: HttpRequest) -> Lab:
    """The lab's settings, read once per request."""
    return get_request_lab(request)


Rows = QuerySet[Any]
