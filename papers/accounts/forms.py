"""Forms of accounts: invitation, profile, address."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from papers.fields import LineInput
from papers.models import Member
from papers.writing.forms import SharedForm

LONGEST_PASSWORD = 1000
"""Characters; longer ones would only keep the hashing busy."""

GOOD_PASSWORD = gettext_lazy("At least 8 characters. Avoid common passwords and numbers only.")


class AcceptanceForm(forms.Form):
    """How the invited person wants to be known, and their password."""

    name = LineInput(
        max_length=200,
        label=gettext_lazy("Name"),
        error_messages={"required": gettext_lazy("Enter your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    handle = forms.SlugField(
        max_length=64,
        allow_unicode=True,
        label=gettext_lazy("Handle"),
        help_text=gettext_lazy(
            "Your @name: short, no spaces. Use it to sign in; others use it to mention you."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Choose a handle."),
            "invalid": gettext_lazy("Use only letters, digits, hyphens and underscores."),
        },
    )
    password = forms.CharField(
        max_length=LONGEST_PASSWORD,
        strip=False,
        label=gettext_lazy("Password"),
        help_text=GOOD_PASSWORD,
        error_messages={"required": gettext_lazy("Choose a password.")},
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


def _list_languages() -> list[tuple[str, str]]:
    return [("", _("Match browser")), *settings.LANGUAGES]


class ProfileForm(SharedForm):
    """What the lab knows of a member."""

    name = LineInput(
        max_length=200,
        label=gettext_lazy("Name"),
        error_messages={"required": gettext_lazy("Enter your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    bio = forms.CharField(
        required=False,
        max_length=5000,
        label=gettext_lazy("About you"),
        help_text=gettext_lazy("What you work on and can help with. Shown on your page."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    language = forms.ChoiceField(
        required=False, label=gettext_lazy("Language"), choices=_list_languages
    )


class EmailForm(forms.Form):
    """The address to which the lab writes."""

    email = forms.EmailField(
        label=gettext_lazy("Email"),
        error_messages={"required": gettext_lazy("Enter an email address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ThemeForm(forms.Form):
    """The colours of the page."""

    theme = forms.ChoiceField(choices=Member.Theme.choices)
