"""The form of the curators' log."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from papers.fields import LineInput


class ReasonForm(forms.Form):
    """Why somebody did something; a line."""

    reason = LineInput(
        label=_("Reason"),
        max_length=500,
        help_text=_("All members see it in the log."),
        error_messages={"required": _("Say why in a few words.")},
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
