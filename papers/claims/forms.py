"""A curator's word on a claim."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers.fields import DAYS, LineInput


class OverrideForm(forms.Form):
    """Another due day, or the end of the claim; either with its reason."""

    act = forms.ChoiceField(
        label=_("Action"),
        choices=[("day", _("Set a new due date")), ("end", _("Release on their behalf"))],
        widget=forms.RadioSelect,
    )
    due_on = forms.DateField(
        validators=DAYS,
        required=False,
        label=_("Due date"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    reason = LineInput(
        max_length=300,
        label=_("Reason"),
        help_text=_("Emailed to the member and logged."),
        error_messages={"required": _("Enter a reason.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def clean(self) -> dict[str, object]:
        """A new due day is a day."""
        cleaned: dict[str, object] = super().clean() or {}
        is_day_missing = not cleaned.get("due_on") and "due_on" not in self.errors
        if cleaned.get("act") == "day" and is_day_missing:
            self.add_error("due_on", gettext("Choose a due date."))
        return cleaned
