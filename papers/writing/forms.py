"""The shape of a text that is saved while it is typed, and forms about what others change too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from papers.text.foreign_json import read_json

MOST_FIELDS = 60
LONGEST = 300_000
"""Characters of all fields together."""


class _PairsField(forms.CharField):
    """A value written as JSON."""

    def to_python(self, value: Any) -> Any:
        try:
            return read_json(str(value or ""))
        except ValueError as wrong:
            raise forms.ValidationError("Not a list of names and texts.") from wrong

    def run_validators(self, value: Any) -> None:
        """Those of a text do not fit."""


class TextForm(forms.Form):
    """One form's fields as pairs of name and text."""

    place = forms.RegexField(r"^/[^?#]*$", max_length=4000)
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000)
    fields_ = _PairsField(required=False)

    def add_prefix(self, field_name: str) -> str:
        """`fields` is taken by Django's forms; on the wire it has its own name."""
        return "fields" if field_name == "fields_" else field_name

    def clean(self) -> dict[str, Any]:
        """Pairs of texts, within limits."""
        cleaned: dict[str, Any] = super().clean() or {}
        pairs = cleaned.pop("fields_", None)
        if not _is_pairs(pairs):
            raise forms.ValidationError("Not a list of names and texts.")
        return {**cleaned, "fields": pairs}


def _is_pairs(value: object) -> bool:
    if not isinstance(value, list) or len(value) > MOST_FIELDS:
        return False
    rows = [one for one in value if isinstance(one, list)]
    texts = [text for row in rows for text in row if isinstance(text, str)]
    is_whole = len(rows) == len(value) and all(len(row) == 2 for row in rows)
    return is_whole and len(texts) == 2 * len(rows) and sum(map(len, texts)) <= LONGEST


class SharedForm(forms.Form):
    """A form about something that may be changed elsewhere while somebody writes.

    Give what the site has now as `initial`, when the form is sent too. `seen` brings back a digest
    of what the form showed at first: a form that was typed on an older text is refused, and
    `standing` lists the fields whose texts differ, with the site's. Sent again, it is accepted.
    """

    compared: Sequence[str] = ()
    """Names of the fields that others change too; all that are visible, when empty."""
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing: list[tuple[str, str]] = []

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """What the site has now; for `seen` the digest of all of it."""
        return (
            self._sign()
            if field_name == "seen"
            else super().get_initial_for_field(field, field_name)
        )

    def clean(self) -> dict[str, Any]:
        """Refuse what was typed on an older text, unless it says the same as the newest."""
        cleaned: dict[str, Any] = super().clean() or {}
        seen, now = cleaned.pop("seen", ""), self._sign()
        if not seen or seen == now:
            return cleaned
        rows = [(bound, self._find_text(bound)) for bound in self._list_compared()]
        rows = [(bound, text) for bound, text in rows if text != _as_text(bound.data)]
        self.standing = [(str(bound.label), _say(bound, text)) for bound, text in rows]
        if self.standing:
            data: Any = self.data.copy()  # type: ignore[attr-defined]  # what was sent
            data[self.add_prefix("seen")] = now
            self.data = data
            self.add_error(None, CHANGED)
        return cleaned

    def _find_text(self, bound: BoundField) -> str:
        return _as_text(self.get_initial_for_field(bound.field, bound.name))

    def _sign(self) -> str:
        """A digest of what the site has now."""
        return sign({bound.name: self._find_text(bound) for bound in self._list_compared()})

    def _list_compared(self) -> list[BoundField]:
        return [
            one for one in self.visible_fields() if not self.compared or one.name in self.compared
        ]


def sign(texts: Mapping[str, object]) -> str:
    """The digest that `seen` brings back, of the fields' values by their names."""
    rows = [(name, _as_text(value)) for name, value in texts.items()]
    return sha256(repr(rows).encode()).hexdigest()


CHANGED = _(
    "This was changed elsewhere while you were writing. The saved text is below. "
    "Combine the two, then save again."
)


def _as_text(value: object) -> str:
    """A value as it is compared: lists in any order, line ends of any kind."""
    if isinstance(value, (list, tuple, set)):
        return "\n".join(sorted(str(one) for one in value))
    return "" if value is None else "\n".join(str(value).split("\r\n")).strip()


def _say(bound: BoundField, text: str) -> str:
    """A value as people read it: a choice by its word."""
    choices: Iterable[tuple[object, object]] = getattr(bound.field, "choices", ())
    words = {str(key): str(word).strip() for key, word in choices}
    return "\n".join(words.get(line, line) for line in text.split("\n"))
