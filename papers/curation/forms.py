"""Forms of the curator's desk."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, cast
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from papers.accounts.pasted_people import read_people
from papers.activity.forms import ReasonForm
from papers.fields import LONGEST_TEXT, LineInput
from papers.lab_changes.change_words import LABELS
from papers.models import Lab, Member
from papers.text.sections import PARTS
from papers.writing.forms import SharedForm

LONGEST_QUESTION = 300
MOST_QUESTIONS = 12
MOST_INVITED = 150
"""At once; more would be held back as too many mails."""


AREAS = frozenset(
    ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe")
) | {"Indian", "Pacific"}
"""Where people live; names like US/Eastern and Etc/GMT+5 are there for old programs."""


def list_time_zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """IANA names by continent with today's offset, as a select shows them."""
    names = sorted(name for name in available_timezones() if name.partition("/")[0] in AREAS)
    groups = groupby(names, key=lambda name: name.partition("/")[0])
    zones = [
        (area, [(name, f"{_get_city(name)} ({_say_offset(name)})") for name in members])
        for area, members in groups
    ]
    return [("UTC", [("UTC", "UTC")]), *zones]


def _get_city(name: str) -> str:
    return name.partition("/")[2].replace("_", " ")


def _say_offset(name: str) -> str:
    """`UTC+01:00`, as clocks there stand today."""
    sign = timezone.now().astimezone(ZoneInfo(name)).strftime("%z")
    return f"UTC{sign[:3]}:{sign[3:]}"


class InvitationForm(forms.Form):
    """Whom to invite, and how the link gets there."""

    email = forms.EmailField(
        required=False,
        label=gettext_lazy("Email"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = LineInput(
        label=gettext_lazy("Name"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
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

    def clean(self) -> dict[str, object]:
        """Somebody must be named."""
        cleaned: dict[str, object] = super().clean() or {}
        if not self.errors and not cleaned.get("email") and not cleaned.get("name"):
            said = _("Enter an email address, or a name to create a link without emailing it.")
            self.add_error("email", said)
        return cleaned


class PeopleForm(forms.Form):
    """Many to invite: names and addresses as they were pasted. Read `found`."""

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


class TakeoverForm(InvitationForm):
    """The owner of a placeholder has a name already."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        del self.fields["name"]

    def clean(self) -> dict[str, object]:
        """Nothing is missing: without an address there is the link."""
        return self.cleaned_data


class OptionalReasonForm(ReasonForm):
    """Why; a line that may stay empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        reason.required = False
        reason.help_text = gettext_lazy("Optional. All members see it in the log.")


class LabForm(OptionalReasonForm, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Name, limits and switches of the lab. Read `cleaned_data`; actions.change_lab saves."""

    time_zone = forms.ChoiceField(
        label=LABELS["time_zone"],
        choices=list_time_zones,
        help_text=gettext_lazy("Used for due dates and meeting times."),
    )

    class Meta:
        model = Lab
        fields = (
            "name", "time_zone", "paper_slots", "claim_limit", "lease_days", "grace_days",
            "independent_reviews", "public_reading",
        )  # fmt: skip
        labels = LABELS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.instance.time_zone
        if not any(zone == name for _, zones in list_time_zones() for name, _ in zones):
            field = cast("forms.ChoiceField", self.fields["time_zone"])
            field.choices = [*list_time_zones(), (zone, zone)]


class QuestionsForm(SharedForm):
    """One question a line for each section; the order of the lines is the order shown."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for section in PARTS:
            self.fields[section.key] = QuestionsField(label=gettext(section.label))


class QuestionsField(forms.CharField):
    """Lines of text as a list of questions."""

    def __init__(self, *, label: str) -> None:
        super().__init__(
            required=False,
            label=label,
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        )

    def clean(self, value: object) -> list[str]:
        """Lines that say something, within the length that the page can show."""
        lines = [" ".join(line.split()) for line in str(super().clean(value)).splitlines()]
        questions = [line for line in lines if line]
        for number, line in enumerate(questions, start=1):
            if len(line) > LONGEST_QUESTION:
                raise forms.ValidationError(
                    _("Question %(number)s has %(length)s characters; the limit is %(most)s."),
                    params={"number": number, "length": len(line), "most": LONGEST_QUESTION},
                )
        if len(questions) > MOST_QUESTIONS:
            raise forms.ValidationError(
                _("%(n)s questions is too many; the limit is %(most)s."),
                params={"n": len(questions), "most": MOST_QUESTIONS},
            )
        return questions


class RoleForm(OptionalReasonForm):
    """What a member may do."""

    role = forms.ChoiceField(choices=Member.Role.choices)
