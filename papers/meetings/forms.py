"""Input of the meetings: days, rules, items, absences, minutes, actions."""

from __future__ import annotations

from datetime import date

from django import forms

from papers.fields import DAYS, LineInput
from papers.meetings.series.actions.planning import MeetingFacts, SeriesFacts
from papers.models import MeetingSeries, Member

LONGEST_MINUTES = 64 * 1024
MOST_SKIPPED = 60
LONGEST_SKIPPED = 5_000
"""Characters; more than the days with all that may stand around them."""


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class PersonField(forms.ChoiceField):
    """A member by handle, of those given; empty is nobody."""

    def __init__(self, people: list[Member], *, nobody: str = "Nobody yet", **kwargs: object):
        self.people = {member.handle: member for member in people}
        choices = [("", nobody), *((m.handle, str(m)) for m in people)]
        super().__init__(choices=choices, required=False, **kwargs)  # type: ignore[arg-type]

    def clean(self, value: object) -> Member | None:
        """The member behind the handle."""
        return self.people.get(super().clean(value))


class PlaceForm(forms.Form):
    """Where a meeting is, and how long."""

    minutes = forms.IntegerField(label="Length in minutes", min_value=5, max_value=600, initial=60)
    place = LineInput(required=False, max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}))
    link = forms.URLField(
        label="Video link", required=False, max_length=2000, assume_scheme="https"
    )
    title = LineInput(
        label="Name", required=False, max_length=200, help_text='Empty: "Reading group".',
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip


class MeetingForm(PlaceForm):
    """One meeting."""

    day = forms.DateField(validators=DAYS, widget=DayInput)
    time = forms.TimeField(label="Begins at", widget=ClockInput)
    field_order = ["day", "time", "minutes", "place", "link", "lead", "title"]

    def __init__(self, data: object, people: list[Member], **kwargs: object) -> None:
        super().__init__(data, **kwargs)  # type: ignore[arg-type]
        self.fields["lead"] = PersonField(people, label="Led by")
        self.order_fields(self.field_order)

    def get_facts(self) -> MeetingFacts:
        """The facts of a valid form."""
        return MeetingFacts(**self.cleaned_data)


class SkippedField(forms.CharField):
    """Days, one a line."""

    def clean(self, value: object) -> tuple[date, ...]:
        """Every line a date; the first that is none is named."""
        lines = [line.strip(" ,;") for line in str(super().clean(value)).splitlines()]
        days = []
        for line in filter(None, lines):
            try:
                days.append(date.fromisoformat(line))
            except ValueError as error:
                raise forms.ValidationError(
                    f"“{line}” is no day. Write one day a line, like 2026-12-24."
                ) from error
        if len(days) > MOST_SKIPPED:
            raise forms.ValidationError(f"At most {MOST_SKIPPED} days; leave out those gone by.")
        return tuple(sorted(set(days)))


class SeriesForm(PlaceForm):
    """The rule of a regular meeting."""

    weekday = forms.TypedChoiceField(choices=MeetingSeries.Weekday.choices, coerce=int)
    time = forms.TimeField(label="Begins at", widget=ClockInput)
    every_weeks = forms.TypedChoiceField(
        label="How often", coerce=int, initial=1,
        choices=[(1, "Every week"), (2, "Every second week"), (3, "Every third week"),
                 (4, "Every fourth week")],
    )  # fmt: skip
    starts_on = forms.DateField(validators=DAYS, label="From", widget=DayInput)
    rotates_lead = forms.BooleanField(label="The lead goes round", required=False)
    skipped = SkippedField(
        label="Days without a meeting", required=False, max_length=LONGEST_SKIPPED,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Holidays, one day a line, like 2026-12-24.",
    )  # fmt: skip
    field_order = [
        "weekday", "time", "every_weeks", "minutes", "place", "link", "starts_on", "skipped",
        "rotates_lead", "title",
    ]  # fmt: skip

    def get_facts(self) -> SeriesFacts:
        """The facts of a valid form."""
        return SeriesFacts(**self.cleaned_data)


class SubjectForm(forms.Form):
    """A paper by number or title, or a point of another kind."""

    subject = LineInput(
        label="Paper, by title or number",
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": "Write a title or a paper's number first."},
    )


class ItemForm(forms.Form):
    """Minutes and presenter of an item."""

    minutes = forms.IntegerField(min_value=1, max_value=600)

    def __init__(self, data: object, people: list[Member]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["presenter"] = PersonField(people)


class AbsenceForm(forms.Form):
    """Days on which somebody cannot present."""

    first_on = forms.DateField(validators=DAYS, label="From", widget=DayInput)
    last_on = forms.DateField(validators=DAYS, label="To", widget=DayInput)

    def clean(self) -> dict[str, object]:
        """It ends after it began."""
        cleaned: dict[str, object] = super().clean() or {}
        first, last = self.cleaned_data.get("first_on"), self.cleaned_data.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", "This day is before the first. Swap the two.")
        return cleaned


class MinutesForm(forms.Form):
    """A text of minutes and the one that it began from; `theirs` after two changed one line."""

    text = forms.CharField(
        required=False, strip=False, max_length=LONGEST_MINUTES,
        error_messages={
            "max_length": "These minutes have %(show_value)d characters and hold "
            "%(limit_value)d. Put some under another item."
        },
    )  # fmt: skip
    base = forms.CharField(required=False, strip=False, max_length=LONGEST_MINUTES)
    theirs = forms.CharField(required=False, strip=False, max_length=LONGEST_MINUTES)


class ActionForm(forms.Form):
    """What was agreed on: an experiment, or a paper to review."""

    what = LineInput(
        label="Agreed", max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": "Write what was agreed on first."},
    )  # fmt: skip
    kind = forms.ChoiceField(choices=[("experiment", "Experiment"), ("claim", "Review")])

    def __init__(self, data: object, people: list[Member]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["who"] = PersonField(people, label="Who")
