"""Input about topics and listings; never saves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers.fields import LineInput
from papers.writing.forms import SharedForm


class TopicForm(forms.Form):
    """A topic's name, place and description."""

    name = LineInput(
        label=_("Name"), max_length=300, error_messages={"required": _("Enter a name.")}
    )
    parent = forms.TypedChoiceField(
        label=_("Parent topic"), required=False, coerce=int, empty_value=None
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=64_000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "writing"}),
        help_text=_("Describe what belongs in this topic. Markdown supported."),
    )

    def __init__(self, *args: Any, topics: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.choices = [("", gettext("None (top level)")), *topics]

    def clean_name(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["name"].split())


class TopicEditForm(SharedForm, TopicForm):
    """The same of a topic that is here, which stands in none that is below it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].error_messages["invalid_choice"] = gettext(
            "Choose another topic. A topic can't be inside itself or one of its subtopics."
        )


class NoteForm(SharedForm):
    """What a curator says of a paper under a topic."""

    note = forms.CharField(
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=_("Note or quote"),
    )


class PlaceForm(forms.Form):
    """Where something goes among its siblings: one step up or down, or a place counted from 1."""

    step = forms.TypedChoiceField(choices=[("-1", "up"), ("1", "down")], coerce=int, required=False)
    place = forms.IntegerField(required=False, min_value=1, max_value=100_000)
