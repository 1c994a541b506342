"""Forms of accounts: invitation, profile, address."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import validate_password

from papers.fields import LineInput
from papers.models import Member

LONGEST_PASSWORD = 1000
"""Characters; longer ones would only keep the hashing busy."""


class AcceptanceForm(forms.Form):
    """How the invited person wants to be known, and her password."""

    name = LineInput(
        max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"})
    )
    handle = forms.SlugField(
        max_length=64,
        allow_unicode=True,
        help_text="Short, without spaces: others mention you with it, and you may sign in with it.",
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={"invalid": "Use letters, digits, hyphens and underscores only."},
    )
    password = forms.CharField(
        max_length=LONGEST_PASSWORD,
        strip=False,
        help_text="At least eight characters, not only digits, not a common one.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, object]:
        """A password is measured against the name and handle it stands beside."""
        cleaned: dict[str, str] = super().clean() or {}
        if password := cleaned.get("password"):
            person = Member(handle=cleaned.get("handle", ""), name=cleaned.get("name", ""))
            try:
                validate_password(password, person)
            except forms.ValidationError as problem:
                self.add_error("password", problem)
        return {**cleaned}


class ProfileForm(forms.Form):
    """What the lab knows of a member."""

    name = LineInput(
        max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"})
    )
    bio = forms.CharField(
        required=False,
        max_length=5000,
        label="About you",
        help_text="What you work on, what to ask you about. Shown on your page.",
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class EmailForm(forms.Form):
    """The address to which the lab writes."""

    email = forms.EmailField(
        label="E-mail",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ThemeForm(forms.Form):
    """The colours of the page."""

    theme = forms.ChoiceField(choices=Member.Theme.choices)
