"""Input of the board: an idea, an outcome, a link, a prediction, the filters."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from papers.experiments.actions import Idea
from papers.experiments.queries import AGES, ORIGINS, BoardFilter
from papers.fields import LONGEST_TEXT, LineInput
from papers.models import Experiment
from papers.writing.forms import SharedForm


class IdeaForm(forms.Form):
    """What an experiment is to be; only the title is required."""

    title = LineInput(
        label=_("Title"),
        max_length=300,
        help_text=_("What you'd try, in a few words."),
        error_messages={"required": _("Enter a title.")},
    )
    hypothesis = forms.CharField(
        max_length=LONGEST_TEXT,
        label=_("Hypothesis"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What you expect to happen."),
    )
    plan = forms.CharField(
        max_length=LONGEST_TEXT,
        label=_("Plan"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    cost = LineInput(
        label=_("Expected cost"),
        required=False,
        max_length=200,
        help_text=_("e.g. 3 days, 40 GPU hours"),
    )
    risk = LineInput(
        label=_("Risk"), required=False, max_length=500, help_text=_("What could go wrong.")
    )

    def get_idea(self) -> Idea:
        """The idea of a valid form."""
        return Idea(**self.cleaned_data)


class IdeaEditForm(SharedForm, IdeaForm):
    """The same of an experiment that is here."""


class OutcomeForm(SharedForm):
    """How an experiment ended, in words."""

    compared = ("outcome",)

    state = forms.ChoiceField(
        label=_("Result"),
        error_messages={"required": _("Choose a result.")},
        choices=[(s, label) for s, label in Experiment.State.choices if s in Experiment.CLOSED],
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(
        max_length=LONGEST_TEXT,
        label=_("What happened, or why it was dropped"),
        error_messages={"required": _("Enter what happened, or why it was dropped.")},
        widget=forms.Textarea(attrs={"rows": 4, "class": "writing"}),
    )


class LinkForm(forms.Form):
    """A run or a repository."""

    url = forms.URLField(
        label=_("Link"), max_length=2000, error_messages={"required": _("Enter a link.")}
    )
    label = LineInput(label=_("Label"), required=False, max_length=200)


class PredictionForm(forms.Form):
    """A chance in percent."""

    percent = forms.IntegerField(
        label=_("Chance that the hypothesis holds (%)"),
        error_messages={"required": _("Enter a number from 0 to 100.")},
        min_value=0,
        max_value=100,
    )


class FilterForm(forms.Form):
    """What to narrow the board to."""

    topic = forms.ChoiceField(required=False)
    owner = forms.ChoiceField(required=False)
    origin = forms.ChoiceField(
        required=False, choices=[("", _("Any")), *ORIGINS.items()], label=_("Source")
    )
    age = forms.ChoiceField(
        required=False, choices=[("", _("Any time")), *AGES.items()], label=_("Proposed")
    )

    def __init__(
        self,
        data: object,
        owners: list[tuple[str, str]],
        topics: list[tuple[str, str]],
    ) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["owner"] = forms.ChoiceField(
            label=_("Owner"),
            required=False,
            choices=[("", _("Anyone")), ("nobody", _("Unassigned")), *owners],
        )
        self.fields["topic"] = forms.ChoiceField(
            label=_("Topic"), required=False, choices=[("", _("Any")), *topics]
        )

    def get_filter(self) -> BoardFilter:
        """What was chosen; a value that is no choice narrows nothing."""
        self.is_valid()
        return BoardFilter(**{name: self.cleaned_data.get(name, "") for name in self.fields})
