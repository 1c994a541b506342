"""Columns and form fields of one line, and the longest that a form takes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from papers.text.one_line import make_line

if TYPE_CHECKING:
    AnyField = models.Field[Any, str]
    ShortColumn = models.CharField[Any, str]
    LongColumn = models.TextField[Any, str]
else:  # Django's classes take no brackets when they run.
    AnyField, ShortColumn, LongColumn = models.Field, models.CharField, models.TextField

LONGEST_TEXT = 64 * 1024
"""Characters of a text in a form where its room sets no other limit."""


LAST_DAY = date(2199, 12, 31)
DAYS = (MinValueValidator(date(1900, 1, 1)), MaxValueValidator(LAST_DAY))
"""For days in forms: what follows from them (the day after, another zone) stays in the calendar."""


class LineInput(forms.CharField):
    """What a form takes for one line. `max_length` is required."""

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The text without line breaks and control characters."""
        text = super().to_python(value)
        return make_line(text) if isinstance(text, str) else text


class _OneLine(AnyField):
    """Writes one line whoever writes: a form, an import, the panel or a command.

    To migrations it is the plain column that it is to the database.
    """

    def get_prep_value(self, value: Any) -> Any:
        """The value as the database gets it."""
        value = super().get_prep_value(value)
        return make_line(value) if isinstance(value, str) else value

    def formfield(self, **kwargs: Any) -> Any:
        """A field of one line, unless it is a choice."""
        if not self.choices:
            own = {"form_class": LineInput, "max_length": self.max_length or LONGEST_TEXT}
            kwargs = {**own, **kwargs}
        return super().formfield(**kwargs)

    def deconstruct(self) -> Any:
        """As Django's own column."""
        name, _, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.get_internal_type()}", args, kwargs


class LineField(_OneLine, ShortColumn):
    """A column of one line."""


class LongLineField(_OneLine, LongColumn):
    """A column of one line without a limit of its own."""
