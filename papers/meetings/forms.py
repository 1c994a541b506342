"""Input of the meetings: days, rules, items, absences, minutes, actions."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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

    def __init__(self, people: list[Member], *, nobody: str = "", **kwargs: object):
        self.people = {member.handle: member for member in people}
        choices = [("", nobody or _("Unassigned")), *((m.handle, str(m)) for m in people)]
        super().__init__(choices=choices, required=False, **kwargs)  # type: ignore[arg-type]

    def clean(self, value: object) -> Member | None:
        """The member behind the handle."""
        return self.people.get(super().clean(value))


class PlaceForm(forms.Form):
    """Where a meeting is, and how long."""

    minutes = forms.IntegerField(
        label=gettext_lazy("Length in minutes"), min_value=5, max_value=600, initial=60
    )
    place = LineInput(
        label=gettext_lazy("Place"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    link = forms.URLField(
        label=gettext_lazy("Video link"), required=False, max_length=2000, assume_scheme="https"
    )
    title = LineInput(
        label=gettext_lazy("Name"), required=False, max_length=200,
        help_text=gettext_lazy("Defaults to “Reading group”."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip


class MeetingForm(PlaceForm):
    """One meeting."""

    day = forms.DateField(
        validators=DAYS,
        label=gettext_lazy("Date"),
        error_messages={"required": gettext_lazy("Choose a date.")},
        widget=DayInput,
    )
    time = forms.TimeField(
        label=gettext_lazy("Starts at"),
        error_messages={"required": gettext_lazy("Choose a time.")},
        widget=ClockInput,
    )
    is_another = forms.BooleanField(
        label=gettext_lazy("Meet on this day as well"),
        required=False,
        help_text=gettext_lazy("The meetings of a day are planned, held and emailed separately."),
    )
    field_order = ["day", "is_another", "time", "minutes", "place", "link", "lead", "title"]

    def __init__(self, data: object, people: list[Member], **kwargs: object) -> None:
        super().__init__(data, **kwargs)  # type: ignore[arg-type]
        self.fields["lead"] = PersonField(people, label=_("Lead"))
        self.order_fields(self.field_order)
        self.fields["is_another"].widget = forms.HiddenInput()

    def refuse_day(self, reason: str) -> None:
        """The day has a meeting: say so, and offer to meet a second time."""
        self.add_error("day", reason)
        self.fields["is_another"].widget = forms.CheckboxInput()

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
                    _("“%(line)s” isn't a date. One date per line, e.g. 2026-12-24."),
                    params={"line": line},
                ) from error
        if len(days) > MOST_SKIPPED:
            raise forms.ValidationError(
                _("List at most %(n)s dates; leave out past ones."), params={"n": MOST_SKIPPED}
            )
        return tuple(sorted(set(days)))


class SeriesForm(PlaceForm):
    """The rule of a regular meeting."""

    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Day of the week"), choices=MeetingSeries.Weekday.choices, coerce=int
    )
    time = forms.TimeField(
        label=gettext_lazy("Starts at"),
        error_messages={"required": gettext_lazy("Choose a time.")},
        widget=ClockInput,
    )
    every_weeks = forms.TypedChoiceField(
        label=gettext_lazy("How often"), coerce=int, initial=1,
        choices=[(1, gettext_lazy("Every week")), (2, gettext_lazy("Every 2 weeks")),
                 (3, gettext_lazy("Every 3 weeks")),
                 (4, gettext_lazy("Every 4 weeks"))],
    )  # fmt: skip
    starts_on = forms.DateField(
        validators=DAYS,
        label=gettext_lazy("Starting on"),
        error_messages={"required": gettext_lazy("Choose a date.")},
        widget=DayInput,
    )
    rotates_lead = forms.BooleanField(label=gettext_lazy("Rotate the lead"), required=False)
    skipped = SkippedField(
        max_length=LONGEST_SKIPPED,
        label=gettext_lazy("Skip dates"), required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Holidays, one date per line, e.g. 2026-12-24."),
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
        label=gettext_lazy("Paper title or number"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter a title or a paper's number.")},
    )


class ItemForm(forms.Form):
    """Minutes and presenter of an item."""

    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        error_messages={"required": gettext_lazy("Enter the minutes.")},
        min_value=1,
        max_value=600,
    )

    def __init__(self, data: object, people: list[Member]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["presenter"] = PersonField(people)


class AbsenceForm(forms.Form):
    """Days on which somebody cannot present."""

    first_on = forms.DateField(
        validators=DAYS,
        label=gettext_lazy("From"),
        error_messages={"required": gettext_lazy("Choose a date.")},
        widget=DayInput,
    )
    last_on = forms.DateField(
        validators=DAYS,
        label=gettext_lazy("To"),
        error_messages={"required": gettext_lazy("Choose a date.")},
        widget=DayInput,
    )

    def clean(self) -> dict[str, object]:
        """It ends after it began."""
        cleaned: dict[str, object] = super().clean() or {}
        first, last = self.cleaned_data.get("first_on"), self.cleaned_data.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The end date is before the start date."))
        return cleaned


class MinutesForm(forms.Form):
    """A text of minutes and the one that it began from; `theirs` after two changed one line."""

    text = forms.CharField(
        required=False, strip=False, max_length=LONGEST_MINUTES,
        error_messages={
            "max_length": gettext_lazy(
                "Too long: %(show_value)d of %(limit_value)d characters. Move some to another item."
            )
        },
    )  # fmt: skip
    base = forms.CharField(required=False, strip=False, max_length=LONGEST_MINUTES)
    theirs = forms.CharField(required=False, strip=False, max_length=LONGEST_MINUTES)


class ActionForm(forms.Form):
    """What was agreed on: an experiment, or a paper to review."""

    what = LineInput(
        label=gettext_lazy("Action"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": gettext_lazy("Enter an action.")},
    )  # fmt: skip
    kind = forms.ChoiceField(
        choices=[("experiment", gettext_lazy("Experiment")), ("claim", gettext_lazy("Review"))]
    )

    def __init__(self, data: object, people: list[Member]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["who"] = PersonField(people, label=_("Owner"))
