"""Forms of join links: what a curator sets, and what somebody who joins enters."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from papers.fields import LineInput
from papers.models import Member

MOST_USES = 500
LONGEST = timedelta(days=366)
USUAL = timedelta(days=30)


def _get_usual_end() -> date:
    return timezone.localdate() + USUAL


class JoinLinkForm(forms.Form):
    """For how many people, how long, and as what."""

    name = LineInput(
        max_length=100,
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Only curators see it, such as: Seminar, fall 2026"),
        error_messages={"required": gettext_lazy("Enter a name.")},
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[
            one for one in Member.Role.choices if one[0] in (Member.Role.READER, Member.Role.MEMBER)
        ],
        initial=Member.Role.MEMBER,
    )
    most_uses = forms.IntegerField(
        label=gettext_lazy("How many people can join"),
        initial=20,
        validators=[
            MinValueValidator(1, gettext_lazy("Enter at least 1.")),
            MaxValueValidator(MOST_USES, gettext_lazy("Enter 500 at most.")),
        ],
        error_messages={
            "required": gettext_lazy("Enter a number."),
            "invalid": gettext_lazy("Enter a whole number."),
        },
        widget=forms.NumberInput(attrs={"min": 1, "max": MOST_USES}),
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Works until"),
        initial=_get_usual_end,
        error_messages={
            "required": gettext_lazy("Enter a date."),
            "invalid": gettext_lazy("Enter a date, such as 2026-12-31."),
        },
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_ends_on(self) -> date:
        """A day from today on, within a year."""
        day: date = self.cleaned_data["ends_on"]
        if not timezone.localdate() <= day <= timezone.localdate() + LONGEST:
            raise forms.ValidationError(_("Choose a day within the next year."))
        return day

    def get_end(self) -> datetime:
        """The end of that day, where the lab is."""
        day: date = self.cleaned_data["ends_on"]
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


class JoinForm(forms.Form):
    """Who joins, and where the invitation goes."""

    name = LineInput(
        max_length=200,
        label=gettext_lazy("Name"),
        error_messages={"required": gettext_lazy("Enter your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Email"),
        error_messages={"required": gettext_lazy("Enter an email address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
