"""Forms of the curator's desk."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from zoneinfo import available_timezones

from django import forms

from papers.fields import LONGEST_TEXT, LineInput
from papers.models import GuidingQuestion, Lab, Member, Topic

LONGEST_QUESTION = 300
MOST_QUESTIONS = 12


def list_time_zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """IANA names by continent, as a select shows them."""
    names = sorted(name for name in available_timezones() if "/" in name)
    groups = groupby(names, key=lambda name: name.partition("/")[0])
    zones = [
        (area, [(name, name.partition("/")[2].replace("_", " ")) for name in members])
        for area, members in groups
    ]
    return [("UTC", [("UTC", "UTC")]), *zones]


class InvitationForm(forms.Form):
    """Whom to invite, and how the link gets there."""

    email = forms.EmailField(
        required=False,
        label="E-mail",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = LineInput(required=False, max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    role = forms.ChoiceField(choices=Member.Role.choices, initial=Member.Role.MEMBER)
    has_mail = forms.BooleanField(
        required=False,
        initial=True,
        label="Send the link by mail",
        help_text="You see the link once as well, to hand it on yourself.",
    )

    def clean(self) -> dict[str, object]:
        """Somebody must be named."""
        cleaned: dict[str, object] = super().clean() or {}
        if not self.errors and not cleaned.get("email") and not cleaned.get("name"):
            self.add_error("email", "Give an address, or a name to get a link without a mail.")
        return cleaned


class TakeoverForm(InvitationForm):
    """The owner of a placeholder has a name already."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        del self.fields["name"]

    def clean(self) -> dict[str, object]:
        """Nothing is missing: without an address there is the link."""
        return self.cleaned_data


class LabForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Name, limits and switches of the lab. Read `cleaned_data`; actions.change_lab saves."""

    time_zone = forms.ChoiceField(choices=list_time_zones, help_text="In which its days end.")

    class Meta:
        model = Lab
        fields = (
            "name", "time_zone", "paper_slots", "claim_limit", "lease_days", "grace_days",
            "independent_reviews", "public_reading",
        )  # fmt: skip
        labels = {
            "paper_slots": "Reviewers of a paper at a time",
            "claim_limit": "Open claims of a member",
            "lease_days": "Days of a claim",
            "grace_days": "Days of grace",
            "independent_reviews": "Independent reviews",
            "public_reading": "Public reading",
        }


class QuestionsForm(forms.Form):
    """One question a line for each section; the order of the lines is the order shown."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for section in GuidingQuestion.Section:
            self.fields[section.value] = QuestionsField(label=section.label)


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
                    f"Question {number} has {len(line)} characters; {LONGEST_QUESTION} are the "
                    "most. Shorten it, or make two of it."
                )
        if len(questions) > MOST_QUESTIONS:
            raise forms.ValidationError(
                f"These are {len(questions)} questions; more than {MOST_QUESTIONS} guide nobody."
            )
        return questions


class RoleForm(forms.Form):
    """What a member may do."""

    role = forms.ChoiceField(choices=Member.Role.choices)


class SortingForm(forms.Form):
    """What an act on many papers needs to know: a topic, or a number of places."""

    topic = forms.ModelChoiceField(Topic.objects.none())
    slots = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=50,
        label="Places",
        help_text="How many may review each paper at a time. Empty: as many as the lab gives.",
    )

    def __init__(
        self, *args: Any, act: str, topics: Sequence[tuple[int, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if act != "slots":
            del self.fields["slots"]
        if act not in {"list", "unlist"}:
            del self.fields["topic"]
            return
        field: Any = self.fields["topic"]
        field.queryset = Topic.objects.filter(pk__in=[pk for pk, _ in topics])
        field.choices = [("", "Choose a topic"), *topics] if topics else []
