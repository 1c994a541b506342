"""Forms of merging, deleting and suggesting."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers.fields import LineInput
from papers.records.actions.merging import FACTS
from papers.records.queries.alike import Choice


class MergeForm(forms.Form):
    """Which of two papers stays, and which facts it takes from the other."""

    keep = forms.IntegerField(widget=forms.HiddenInput)
    take = forms.MultipleChoiceField(required=False, choices=[(name, name) for name in FACTS])


class SuggestionForm(forms.Form):
    """Which paper is the same work, and why."""

    other = LineInput(
        label=_("The same paper as"),
        max_length=2000,
        help_text=_("Paste its address here, or type its title."),
        error_messages={"required": _("Paste the address of the other paper, or type its title.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    reason = LineInput(label=_("Why"), required=False, max_length=500)


class DeletionForm(forms.Form):
    """Why a paper is deleted."""

    reason = LineInput(
        label=_("Reason"),
        max_length=500,
        help_text=_("It's kept in the log."),
        error_messages={"required": _("Say why the paper is deleted.")},
    )


class TopicMergeForm(forms.Form):
    """Into which topic another one goes."""

    into = forms.TypedChoiceField(
        label=_("Merge into"),
        coerce=int,
        error_messages={"required": _("Choose the topic to merge it into.")},
    )

    def __init__(self, *args: object, topics: Sequence[Choice], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [("", gettext("Choose a topic")), *topics]
        self.fields["into"].choices = choices  # type: ignore[attr-defined]
