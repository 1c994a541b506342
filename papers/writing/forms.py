"""The shape of a text that is saved while it is typed."""

from __future__ import annotations

from typing import Any

from django import forms

from papers.text.lines import CONTROL

MOST_FIELDS = 60
LONGEST = 300_000
"""Characters of all fields together."""


class _PairsField(forms.JSONField):
    """Nothing but JSON, also where Python's reader has other troubles than a wrong sign."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (RecursionError, ValueError) as wrong:  # nested deeply; a number of 4,301 digits
            raise forms.ValidationError("Not a list of names and texts.") from wrong


class TextForm(forms.Form):
    """One form's fields as pairs of name and text."""

    place = forms.RegexField(r"^/[^?#]*$", max_length=300)
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000)
    fields_ = _PairsField()

    def add_prefix(self, field_name: str) -> str:
        """`fields` is taken by Django's forms; on the wire it has its own name."""
        return "fields" if field_name == "fields_" else field_name

    def clean(self) -> dict[str, Any]:
        """Pairs of texts, within limits."""
        cleaned: dict[str, Any] = super().clean() or {}
        pairs = cleaned.pop("fields_", None)
        if not _is_pairs(pairs):
            raise forms.ValidationError("Not a list of names and texts.")
        texts = [[CONTROL.sub("", part) for part in pair] for pair in pairs]
        return {**cleaned, "fields": texts}


def _is_pairs(value: object) -> bool:
    if not isinstance(value, list) or len(value) > MOST_FIELDS:
        return False
    rows = [one for one in value if isinstance(one, list)]
    texts = [text for row in rows for text in row if isinstance(text, str)]
    is_whole = len(rows) == len(value) and all(len(row) == 2 for row in rows)
    return is_whole and len(texts) == 2 * len(rows) and sum(map(len, texts)) <= LONGEST
