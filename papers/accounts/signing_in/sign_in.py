"""The accounts library's views in the shape of this house: wrong forms answer 422."""

from __future__ import annotations

from typing import Any

from allauth.account import forms, views
from allauth.core.internal.ratelimit import get_ip
from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from papers.accounts.account_mails import DEVICE, RESET, ask_for_mail
from papers.accounts.actions.draft_locks import lock_drafts
from papers.accounts.forms import GOOD_PASSWORD, LONGEST_PASSWORD
from papers.accounts.providers.queries import list_providers
from papers.accounts.queries import LONGEST_LOGIN
from papers.accounts.signing_in.account_adapter import TOO_MANY, say_wait
from papers.accounts.signing_in.devices import set_device_cookie
from papers.fields import LineInput
from papers.models import Member
from papers.throttle import TooOften


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

    @property
    def is_slowed(self) -> bool:
        """Refused unseen, because there were too many tries: a link by mail helps."""
        return bool(self.has_error("__all__", TOO_MANY))


class PasswordResetForm(django_forms.Form):
    """The address to which the link goes."""

    login = django_forms.EmailField(
        label=_("Email"),
        widget=django_forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Enter an email address.")},
    )


class DeviceForm(django_forms.Form):
    """Whose new device it is."""

    login = LineInput(
        max_length=LONGEST_LOGIN,
        label=_("Handle or email"),
        widget=django_forms.TextInput(attrs={"autocomplete": "username"}),
        error_messages={"required": _("Enter your handle or email.")},
    )


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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the other sites by which one signs in."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "providers": list_providers()}

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """In; this browser is known to the member from now on."""
        response = set_known_device(self.request, super().form_valid(form))
        warn_if_moved(self.request)
        return response


class MailAsked(WrongFormAnswers422):
    """Asks for a mail; the answer is the same, and takes as long, for every account and none."""

    kind = ""

    def form_valid(self, form: django_forms.Form) -> HttpResponse:
        """Whether somebody has this name or address is for the worker to look up."""
        request: HttpRequest = self.request  # type: ignore[attr-defined]
        login = form.cleaned_data["login"]
        try:
            ask_for_mail(self.kind, login=login, ip=get_ip(request), at=timezone.now())
        except TooOften as refusal:
            form.add_error(None, say_wait(refusal))
            return self.form_invalid(form)
        return redirect("account_reset_password_done")


class PasswordReset(MailAsked, views.PasswordResetView):  # type: ignore[misc]
    """Ask for a link to a new password."""

    form_class, kind = PasswordResetForm, RESET


@method_decorator(login_not_required, name="dispatch")
class DeviceAsked(MailAsked, FormView):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Ask for a link that makes this device known."""

    form_class, kind = DeviceForm, DEVICE
    template_name = "accounts/device.html"


class PasswordResetFromKey(WrongFormAnswers422, views.PasswordResetFromKeyView):  # type: ignore[misc]
    """Set a new password by that link; whoever opened it reads the member's mail."""

    form_class = NewPasswordForm

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        """The device is known from now on; drafts stay with whoever had the address before."""
        lock_drafts(member=self.reset_user, at=timezone.now())
        response: HttpResponse = super().form_valid(form)
        set_device_cookie(self.request, response, self.reset_user)
        return response


class PasswordChange(WrongFormAnswers422, views.PasswordChangeView):  # type: ignore[misc]
    """Change one's password."""

    form_class = PasswordChangeForm

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Other devices are strangers from now on; this one is not."""
        return set_known_device(self.request, super().form_valid(form))


class PasswordSet(WrongFormAnswers422, views.PasswordSetView):  # type: ignore[misc]
    """Give a password to an account that has none (made by single sign-on)."""

    form_class = FirstPasswordForm


def set_known_device(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer, with the cookie by which this browser is known, if somebody is in."""
    if isinstance(request.user, Member):
        set_device_cookie(request, response, request.user)
    return response


def warn_if_moved(request: HttpRequest) -> None:
    """Say so to whoever signs in to an account that an administrator moved."""
    if getattr(request.user, "moved_from", ""):
        said = gettext("An administrator changed your email. Check it on your profile.")
        messages.warning(request, said)


def _name_passwords(fields: dict[str, Any]) -> None:
    fields["password1"].label = _("New password")
    fields["password2"].label = _("Confirm new password")
    _simplify(fields)
    fields["password1"].help_text = GOOD_PASSWORD


def _simplify(fields: dict[str, Any]) -> None:
    """Labels stand above our fields: no placeholder repeats them, no help link interrupts."""
    for field in fields.values():
        if isinstance(field.widget, django_forms.PasswordInput):
            field.max_length = LONGEST_PASSWORD
            field.validators.append(MaxLengthValidator(LONGEST_PASSWORD))
        field.widget.attrs.pop("placeholder", None)
        field.help_text = ""
