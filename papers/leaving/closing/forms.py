"""The two answers that closing an account needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from papers.fields import LineInput
from papers.leaving.closing.queries import has_right_handle
from papers.models import Member

KEEP, REPLACE = "keep", "replace"


class ClosingForm(forms.Form):
    """Under which name the work stays; and the handle, so that nobody does this by a slip."""

    name = forms.ChoiceField(
        label=gettext_lazy("Name on your reviews, comments and experiments"),
        choices=[
            (KEEP, gettext_lazy("Keep my name")),
            (REPLACE, gettext_lazy("Replace it with “Former member” and a number")),
        ],
        initial=KEEP,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether your name stays.")},
    )
    handle = LineInput(
        max_length=65,
        label=gettext_lazy("Type your handle to confirm"),
        error_messages={"required": gettext_lazy("Type your handle.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        self.fields["handle"].help_text = f"@{member.handle}"

    def clean_handle(self) -> str:
        """The member's own."""
        typed: str = self.cleaned_data["handle"]
        if not has_right_handle(self.member, typed):
            raise ValidationError(_("That isn't your handle."))
        return typed
