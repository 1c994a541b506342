"""Forms of the curator's desk."""

from __future__ import annotations

from itertools import groupby
from typing import Any, cast
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

from papers.activity.forms import ReasonForm
from papers.fields import LONGEST_TEXT
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
