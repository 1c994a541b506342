"""Whom to invite, in which role, and whose names from imports are theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from papers.accounts.pasted_people import Person, read_people
from papers.curation.inviting.queries import Namesake, find_namesakes
from papers.fields import LineInput
from papers.models import Member

MOST_INVITED = 150
"""At once; more would be held back as too many mails."""


class AnyChoiceField(forms.MultipleChoiceField):
    """Takes what was chosen as it comes; the form looks it up among what it offers."""

    def valid_value(self, value: str) -> bool:
        """Anything."""
        return True


class NamesakesForm(forms.Form):
    """Asks, once, whether somebody invited is the person whose name came with an import.

    `is_asking` says that the question is all that is in the way.
    """

    is_asking = False
    take_over = AnyChoiceField(
        required=False,
        label=gettext_lazy("Names from imports"),
        widget=forms.MultipleHiddenInput,
        help_text=gettext_lazy("Whoever is selected takes over what's listed under that name."),
    )
    asked = AnyChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def ask_about(self, people: Sequence[Person]) -> None:
        """Offer the names that nobody was asked about yet; those that agree are selected."""
        self.namesakes = {_name_pair(one): one for one in find_namesakes(people)}
        if set(self.namesakes) <= set(self.cleaned_data["asked"]):
            self._refuse_two_for_one()
            return
        same = [key for key, one in self.namesakes.items() if one.is_same]
        self._show_names(take_over=same)
        self.is_asking = not self.errors
        self.add_error("take_over", _("Is this the same person? Check, then send again."))

    def list_takeovers(self) -> dict[str, Member]:
        """The placeholders that were selected, by the address of whoever takes them over."""
        return {one.email: one.member for one in self._list_agreed()}

    def _list_agreed(self) -> list[Namesake]:
        chosen = self.cleaned_data.get("take_over", [])
        return [one for key, one in self.namesakes.items() if key in chosen]

    def _refuse_two_for_one(self) -> None:
        agreed = self._list_agreed()
        emails, members = ({one.email for one in agreed}, {one.member.pk for one in agreed})
        if len(emails) < len(agreed) or len(members) < len(agreed):
            self._show_names(take_over=self.cleaned_data["take_over"])
            said = _("Select one name for each person, and each name once.")
            self.add_error("take_over", said)

    def _show_names(self, *, take_over: Sequence[str]) -> None:
        field: Any = self.fields["take_over"]
        field.widget = forms.CheckboxSelectMultiple()
        field.choices = [(key, _say_pair(one)) for key, one in self.namesakes.items()]
        data = cast("QueryDict", self.data).copy()
        data.setlist("asked", self.namesakes)
        data.setlist("take_over", take_over)
        self.data = data


def _name_pair(one: Namesake) -> str:
    return f"{one.member.handle} {one.email}"


def _say_pair(one: Namesake) -> str:
    named = {"name": one.member.name, "handle": one.member.handle, "email": one.email}
    if not one.email:
        return _("This is %(name)s (@%(handle)s)") % named
    return _("%(email)s is %(name)s (@%(handle)s)") % named


class TakeoverForm(forms.Form):
    """How the link gets to the owner of a placeholder, who has a name already."""

    email = forms.EmailField(
        required=False,
        label=gettext_lazy("Email"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=Member.Role.choices, initial=Member.Role.MEMBER
    )
    has_mail = forms.BooleanField(
        required=False,
        initial=True,
        label=gettext_lazy("Email the link"),
        help_text=gettext_lazy("You'll also see the link once, to share yourself."),
    )


class InvitationForm(NamesakesForm, TakeoverForm):
    """Whom to invite, and how the link gets there."""

    name = LineInput(
        label=gettext_lazy("Name"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    field_order = ("email", "name", "role", "has_mail", "take_over")

    def clean(self) -> dict[str, object]:
        """Somebody must be named."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned["email"] and not cleaned["name"]:
            said = _("Enter an email address, or a name to create a link without emailing it.")
            self.add_error("email", said)
        if not self.errors:
            self.ask_about([Person(1, cleaned["email"].lower(), cleaned["name"])])
        return cleaned


class PeopleForm(NamesakesForm):
    """Many to invite: names and addresses as they were pasted. Read `found`."""

    field_order = ("people", "role", "days", "take_over")

    people = forms.CharField(
        label=gettext_lazy("Names and emails"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "autocomplete": "off"}),
        help_text=gettext_lazy("One person per line, such as: ada@example.org, Ada Lovelace"),
        error_messages={"required": gettext_lazy("Paste at least one email address.")},
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=Member.Role.choices, initial=Member.Role.MEMBER
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Links work for"),
        coerce=int,
        initial=14,
        choices=[
            (3, gettext_lazy("3 days")),
            (14, gettext_lazy("2 weeks")),
            (60, gettext_lazy("60 days")),
        ],
    )

    def clean_people(self) -> str:
        """Every line names a person, or nobody is invited."""
        text: str = self.cleaned_data["people"]
        self.found = read_people(text)
        emails = [(person.line, person.email) for person in self.found.people]
        wrong = [line for line, email in emails if not _is_email(email)]
        if lines := sorted({*self.found.unreadable, *wrong}):
            self.add_error("people", _say_lines(lines))
        elif len(emails) > MOST_INVITED:
            said = _("Invite at most %(n)s people at a time.") % {"n": MOST_INVITED}
            self.add_error("people", said)
        return text

    def clean(self) -> dict[str, object]:
        """Names from imports are asked about when all else is right."""
        cleaned: dict[str, object] = super().clean() or {}
        if not self.errors:
            self.ask_about(self.found.people)
        return cleaned


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except forms.ValidationError:
        return False
    return True


def _say_lines(lines: Sequence[int]) -> str:
    shown = ", ".join(str(line) for line in lines[:10])
    return ngettext(
        "Line %(lines)s has no email address we can read.",
        "These lines have no email address we can read: %(lines)s.",
        len(lines),
    ) % {"lines": shown}
