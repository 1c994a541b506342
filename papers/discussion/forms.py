"""The shape of a comment."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 64 * 1024
"""Characters at most in one comment."""


class CommentForm(forms.Form):
    """One text; `number` is the version that an edit started from."""

    body = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST,
        strip=False,
        error_messages={
            "required": _("Write a comment first."),
            "max_length": _("Too long: %(show_value)d of %(limit_value)d characters."),
        },
    )
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_body(self) -> str:
        """Blanks alone are no comment; the blanks of a text stay (code may begin with them)."""
        body: str = self.cleaned_data["body"].replace("\r\n", "\n").rstrip()
        if not body:
            raise forms.ValidationError(_("Write a comment first."))
        return body


class ReadingForm(forms.Form):
    """How far a member has read: the time of the newest comment that her page showed."""

    until = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"])
