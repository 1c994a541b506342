"""Choosing which facts to take over; never saves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms


class FactsForm(forms.Form):
    """Fields to take, of those that differ. `seen` stands for both sides as they were shown."""

    take = forms.MultipleChoiceField(required=False)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, fields: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["take"]
        choices.choices = [(name, name) for name in fields]
