"""The accounts library's views in the shape of this house: wrong forms answer 422."""

from __future__ import annotations

from typing import Any

from allauth.account import forms, views
from django import forms as django_forms
from django.http import HttpResponse
from django.utils.translation import gettext as _

from papers.accounts.forms import GOOD_PASSWORD


class SignInForm(forms.LoginForm):  # type: ignore[misc]
    """Handle or address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Handle or email")
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autofocus": True}
        self.fields["login"].error_messages["required"] = _("Enter your handle or email.")
        self.fields["password"].label = _("Password")
        self.fields["password"].error_messages["required"] = _("Enter your password.")
        _simplify(self.fields)


class PasswordResetForm(forms.ResetPasswordForm):  # type: ignore[misc]
    """The address to which the link goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Email")
        self.fields["email"].error_messages["required"] = _("Enter an email address.")
        _simplify(self.fields)


class NewPasswordForm(forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password, typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_passwords(self.fields)


class FirstPasswordForm(forms.SetPasswordForm):  # type: ignore[misc]
    """A password for an account that has none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_passwords(self.fields)


class PasswordChangeForm(forms.ChangePasswordForm):  # type: ignore[misc]
    """The present password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Current password")
        _name_passwords(self.fields)


class WrongFormAnswers422:
    """A form with errors is not a success: htmx and tests can tell."""

    def form_invalid(self, form: django_forms.Form) -> HttpResponse:
        """The page with the form again."""
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = 422
        return response


class SignIn(WrongFormAnswers422, views.LoginView):  # type: ignore[misc]
    """Sign in."""

    form_class = SignInForm


class PasswordReset(WrongFormAnswers422, views.PasswordResetView):  # type: ignore[misc]
    """Ask for a link to a new password."""

    form_class = PasswordResetForm


class PasswordResetFromKey(WrongFormAnswers422, views.PasswordResetFromKeyView):  # type: ignore[misc]
    """Set a new password by that link."""

    form_class = NewPasswordForm


class PasswordChange(WrongFormAnswers422, views.PasswordChangeView):  # type: ignore[misc]
    """Change one's password."""

    form_class = PasswordChangeForm


class PasswordSet(WrongFormAnswers422, views.PasswordSetView):  # type: ignore[misc]
    """Give a password to an account that has none (later: made by single sign-on)."""

    form_class = FirstPasswordForm


def _name_passwords(fields: dict[str, Any]) -> None:
    fields["password1"].label = _("New password")
    fields["password2"].label = _("Confirm new password")
    _simplify(fields)
    fields["password1"].help_text = GOOD_PASSWORD


def _simplify(fields: dict[str, Any]) -> None:
    """Labels stand above our fields: no placeholder repeats them, no help link interrupts."""
    for field in fields.values():
        field.widget.attrs.pop("placeholder", None)
        field.help_text = ""
