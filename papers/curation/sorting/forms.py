"""What acts on many papers ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from papers.fields import LineInput
from papers.models import Topic


class SortingForm(forms.Form):
    """What an act on many papers needs to know: a topic, a new one, places, or a venue."""

    topic = forms.ModelChoiceField(
        Topic.objects.none(),
        label=gettext_lazy("Topic"),
        error_messages={"required": gettext_lazy("Choose a topic.")},
    )
    name = LineInput(
        label=gettext_lazy("Name of the new topic"),
        max_length=300,
        error_messages={"required": gettext_lazy("Enter a name.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    parent = forms.ModelChoiceField(
        Topic.objects.none(), label=gettext_lazy("Parent topic"), required=False
    )
    slots = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=50,
        label=gettext_lazy("Reviewer slots"),
        help_text=gettext_lazy("Reviewers per paper. Leave empty for the lab's default."),
    )

    venue = LineInput(
        label=gettext_lazy("Venue"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    def __init__(
        self,
        *args: Any,
        act: str,
        topics: Sequence[tuple[int, str]] = (),
        parents: Sequence[tuple[int, str]] = (),
        venues: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if act != "slots":
            del self.fields["slots"]
        if act != "venue":
            del self.fields["venue"]
        elif venues:
            self.initial["venue"] = venues[0]
            # Help is markup; venues are what anybody wrote.
            said = _("Now: %(venues)s") % {"venues": escape(" · ".join(venues))}
            self.fields["venue"].help_text = said
        if act == "split":
            self.fields["topic"].label = _("Out of topic")
            self._offer("parent", parents, _("None (top level)"))
        else:
            del self.fields["name"], self.fields["parent"]
        if act in {"list", "unlist", "split"}:
            self._offer("topic", topics, _("Choose a topic"))
        else:
            del self.fields["topic"]

    def _offer(self, name: str, topics: Sequence[tuple[int, str]], none: str) -> None:
        field: Any = self.fields[name]
        field.queryset = Topic.objects.filter(pk__in=[pk for pk, _ in topics])
        field.choices = [("", none), *topics] if topics else []

    def clean_name(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["name"].split())
