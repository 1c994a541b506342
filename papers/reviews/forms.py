"""The editor's form: every field optional for a draft; what publishing needs, the action says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from papers.models import Depth, Verdict
from papers.reviews.actions.author_state import Writer
from papers.reviews.content import (
    CHOICE_FIELDS,
    ITEM_FIELDS,
    MOST_ITEMS,
    TEXT_FIELDS,
    ReviewContent,
    Stamp,
    read_items,
)

LONGEST_TEXT = 200_000
"""Characters of one section; beyond that it is a book."""


class ReviewForm(forms.Form):
    """The fields of a review, and the stamp of the text they were typed on."""

    most_items = MOST_ITEMS

    takeaway = forms.CharField(
        label=_("Takeaway"),
        required=False,
        max_length=LONGEST_TEXT,
        strip=False,
    )
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea,
    )
    critique = forms.CharField(
        label=_("Critique"),
        required=False,
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea,
    )
    follow_up = forms.CharField(
        label=_("Follow-up experiments"),
        required=False,
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea,
    )
    questions = forms.CharField(
        label=_("Open questions"),
        required=False,
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea,
    )
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
    turn = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_stamp(self) -> Stamp:
        """The version the text was typed on; an unreadable one counts as the oldest."""
        return Stamp.parse(self.cleaned_data["stamp"]) or Stamp()

    def get_content(self) -> ReviewContent:
        """What was typed; call it on a valid form."""
        names = (*TEXT_FIELDS, *CHOICE_FIELDS)
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


def make_review_form(content: ReviewContent, stamp: Stamp) -> ReviewForm:
    """A form that shows this text."""
    initial: dict[str, Any] = {**content.as_dict(), "stamp": str(stamp)}
    return ReviewForm(initial=initial)


def resolve_conflict(mine: ReviewContent, choices: Mapping[str, str]) -> ReviewContent:
    """The content that a conflict page asks to keep: the text typed there for each section."""
    kept = {name: choices[f"{name}-joined"] for name in TEXT_FIELDS if f"{name}-joined" in choices}
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
