"""The shape of a comment."""

from __future__ import annotations

from django import forms

LONGEST = 64 * 1024
"""Characters at most in one comment."""


class CommentForm(forms.Form):
    """One text; `number` is the version that an edit started from."""

    body = forms.CharField(
        label="Comment",
        max_length=LONGEST,
        strip=False,
        error_messages={
            "required": "Write something first; nothing was saved.",
            "max_length": "This is %(show_value)d characters long and a comment holds "
            "%(limit_value)d. Shorten it, or say it in two.",
        },
    )
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_body(self) -> str:
        """Blanks alone are no comment; the blanks of a text stay (code may begin with them)."""
        body: str = self.cleaned_data["body"].replace("\r\n", "\n").rstrip()
        if not body:
            raise forms.ValidationError("Write something first; nothing was saved.")
        return body


class ReadingForm(forms.Form):
    """How far a member has read: the time of the newest comment that her page showed."""

    until = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"])
