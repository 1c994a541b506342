"""Where a topic was dropped."""

from __future__ import annotations

from django import forms

from papers.topics.placing.actions import Drop, Side


class DropForm(forms.Form):
    """The topic on which it was dropped, on which side, and what the page had shown."""

    target = forms.IntegerField(min_value=1, max_value=2_000_000_000)
    side = forms.ChoiceField(choices=[(side.value, side.value) for side in Side])
    parent = forms.IntegerField(required=False, min_value=1, max_value=2_000_000_000)
    target_parent = forms.IntegerField(required=False, min_value=1, max_value=2_000_000_000)

    def get_drop(self) -> Drop:
        """The same as values."""
        data = self.cleaned_data
        return Drop(data["target"], Side(data["side"]), data["parent"], data["target_parent"])
