"""The editor's form: every field optional for a draft; what publishing needs, the action says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers.models import Depth, Experiment, Verdict
from papers.reviews.drafts.author_state import Writer
from papers.reviews.drafts.content import (
    CHOICE_FIELDS,
    ITEM_FIELDS,
    MOST_ITEMS,
    ReviewContent,
    Stamp,
    read_items,
)
from papers.text.sections import SECTIONS, TAKEAWAY, TEXT_KEYS, TEXTS

_ITEMS = next(one for one in SECTIONS if one.has_items)

LONGEST_TEXT = 200_000
"""Characters of one section; beyond that it is a book."""

ITEM_LIMITS = {
    name: Experiment._meta.get_field(name).max_length or LONGEST_TEXT  # type: ignore[union-attr]
    for name in ITEM_FIELDS
}
"""Characters of each field of a follow-up."""

ITEM_WORDS = {
    "title": _("title"),
    "hypothesis": _("hypothesis"),
    "plan": _("plan"),
    "cost": _("expected cost"),
    "risk": _("risk"),
}


class ReviewForm(forms.Form):
    """The texts of a review (`text.sections`), its choices, and the stamp they were typed on."""

    most_items = MOST_ITEMS

    verdict = forms.ChoiceField(
        label=_("Verdict"),
        required=False,
        choices=[("", _("No verdict")), *Verdict.choices],
        widget=forms.RadioSelect,
    )
    depth = forms.ChoiceField(
        label=_("Depth of reading"),
        required=False,
        choices=[("", _("Not specified")), *Depth.choices],
    )
    stamp = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)
    writer = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    turn = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for text in TEXTS:
            self.fields[text.key] = forms.CharField(
                label=gettext(text.label),
                required=False,
                max_length=LONGEST_TEXT,
                strip=False,
                widget=forms.TextInput if text is TAKEAWAY else forms.Textarea,
            )
        self.order_fields(TEXT_KEYS)

    def clean(self) -> dict[str, Any]:
        """A follow-up fits into the experiment that it becomes on publishing."""
        cleaned: dict[str, Any] = super().clean() or {}
        for number, item in enumerate(read_items(self.data), start=1):
            for name, most in ITEM_LIMITS.items():
                if len(item[name]) > most:
                    self.add_error(_ITEMS.key, _say_too_long(number, name, item[name], most))
        return cleaned

    def clean_stamp(self) -> Stamp:
        """The version the text was typed on; an unreadable one counts as the oldest."""
        return Stamp.parse(self.cleaned_data["stamp"]) or Stamp()

    def get_content(self) -> ReviewContent:
        """What was typed; call it on a valid form."""
        names = (*TEXT_KEYS, *CHOICE_FIELDS)
        texts = {name: self.cleaned_data[name] for name in names}
        return ReviewContent(**texts, items=read_items(self.data))

    @property
    def items(self) -> list[dict[str, str]]:
        """The follow-ups to show, and an empty one to write the next where there is room."""
        found = read_items(self.data) if self.is_bound else self.initial.get("items", [])
        return [*found, dict.fromkeys(ITEM_FIELDS, "")][: self.most_items]

    def get_stamp(self) -> Stamp:
        """The stamp of a valid form."""
        stamp: Stamp = self.cleaned_data["stamp"]
        return stamp

    def get_writer(self) -> Writer:
        """Which page sends, and its count of saves."""
        return Writer(self.cleaned_data["writer"], self.cleaned_data["turn"] or 0)


def _say_too_long(number: int, name: str, text: str, most: int) -> str:
    return _(
        "Follow-up %(number)d: the %(field)s has %(length)d characters, and the limit is %(most)d. "
        "Shorten it."
    ) % {"number": number, "field": ITEM_WORDS[name], "length": len(text), "most": most}


def make_review_form(content: ReviewContent, stamp: Stamp) -> ReviewForm:
    """A form that shows this text."""
    initial: dict[str, Any] = {**content.as_dict(), "stamp": str(stamp)}
    return ReviewForm(initial=initial)


def resolve_conflict(mine: ReviewContent, choices: Mapping[str, str]) -> ReviewContent:
    """The content that a conflict page asks to keep: the text typed there for each section."""
    kept = {name: choices[f"{name}-joined"] for name in TEXT_KEYS if f"{name}-joined" in choices}
    return replace(mine, **kept)  # type: ignore[arg-type]


class UploadForm(forms.Form):
    """A review written away from the web."""

    file = forms.FileField(label=_("Markdown file"))

    def clean_file(self) -> str:
        """The text of the file; raises with the sentence that helps."""
        data: bytes = self.cleaned_data["file"].read(4 * LONGEST_TEXT + 1)
        if len(data) > 4 * LONGEST_TEXT:
            raise forms.ValidationError(_("This file is too long for a review."))
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise forms.ValidationError(
                _("Line %(line)s isn't UTF-8. Save the file as UTF-8 and upload it again."),
                params={"line": line},
            ) from error
