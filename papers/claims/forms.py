"""A curator's word on a claim."""

from __future__ import annotations

from django import forms

from papers.fields import DAYS, LineInput


class OverrideForm(forms.Form):
    """Another due day, or the end of the claim; either with its reason."""

    act = forms.ChoiceField(
        label="What to do",
        choices=[("day", "Set another due day"), ("end", "Give the paper back for the member")],
        widget=forms.RadioSelect,
    )
    due_on = forms.DateField(
        required=False,
        validators=DAYS,
        label="Due on",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    reason = LineInput(
        max_length=300,
        help_text="One sentence. The member gets it by mail, and it stands in the log.",
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def clean(self) -> dict[str, object]:
        """A new due day is a day."""
        cleaned: dict[str, object] = super().clean() or {}
        is_day_missing = not cleaned.get("due_on") and "due_on" not in self.errors
        if cleaned.get("act") == "day" and is_day_missing:
            self.add_error("due_on", "Choose the new due day.")
        return cleaned
