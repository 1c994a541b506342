"""Input of the board: an idea, an outcome, a link, a prediction, the filters."""

from __future__ import annotations

from django import forms

from papers.experiments.actions import Idea
from papers.experiments.queries import AGES, ORIGINS, BoardFilter
from papers.fields import LONGEST_TEXT, LineInput
from papers.models import Experiment


class IdeaForm(forms.Form):
    """What an experiment is to be; only the title is required."""

    title = LineInput(max_length=300, help_text="What you would try, in a few words.")
    hypothesis = forms.CharField(
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What you expect.",
    )
    plan = forms.CharField(
        label="What to do",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    cost = LineInput(
        label="Expected cost", required=False, max_length=200, help_text="Days, GPU hours, money."
    )
    risk = LineInput(required=False, max_length=500, help_text="What could make it worthless.")

    def get_idea(self) -> Idea:
        """The idea of a valid form."""
        return Idea(**self.cleaned_data)


class OutcomeForm(forms.Form):
    """How an experiment ended, in words."""

    state = forms.ChoiceField(
        label="It is",
        choices=[(s, label) for s, label in Experiment.State.choices if s in Experiment.CLOSED],
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(
        label="What came out, or why it is dropped",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "class": "writing"}),
    )


class LinkForm(forms.Form):
    """A run or a repository."""

    url = forms.URLField(label="Address", max_length=2000)
    label = LineInput(required=False, max_length=200)


class PredictionForm(forms.Form):
    """A chance in percent."""

    percent = forms.IntegerField(
        label="Chance that the hypothesis holds, in percent", min_value=0, max_value=100
    )


class FilterForm(forms.Form):
    """What to narrow the board to."""

    topic = forms.ChoiceField(required=False)
    owner = forms.ChoiceField(required=False)
    origin = forms.ChoiceField(
        required=False, choices=[("", "Anywhere"), *ORIGINS.items()], label="Came from"
    )
    age = forms.ChoiceField(
        required=False, choices=[("", "Any time"), *AGES.items()], label="Proposed in"
    )

    def __init__(
        self,
        data: object,
        owners: list[tuple[str, str]],
        topics: list[tuple[str, str]],
    ) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["owner"] = forms.ChoiceField(
            required=False, choices=[("", "Anybody"), ("nobody", "Nobody yet"), *owners]
        )
        self.fields["topic"] = forms.ChoiceField(required=False, choices=[("", "Any"), *topics])

    def get_filter(self) -> BoardFilter:
        """What was chosen; a value that is no choice narrows nothing."""
        self.is_valid()
        return BoardFilter(**{name: self.cleaned_data.get(name, "") for name in self.fields})
