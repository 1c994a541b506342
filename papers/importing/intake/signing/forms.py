"""Whose reviews a document brings."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from papers.fields import LineInput


class ReviewersForm(forms.Form):
    """Whose the reviews are that name no author: a member, somebody new, or whoever imports."""

    reviewer = LineInput(max_length=150, required=False)
    new_reviewer = LineInput(max_length=200, required=False)
    drafts = forms.BooleanField(required=False)

    def __init__(self, *args: Any, handles: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.handles = handles

    @property
    def refusal(self) -> str:
        """What is wrong, in sentences."""
        return " ".join(str(one) for errors in self.errors.values() for one in errors)

    @property
    def chosen(self) -> str:
        """A handle or a new name; empty for whoever imports."""
        return str(self.cleaned_data["reviewer"] or self.cleaned_data["new_reviewer"])

    def clean(self) -> dict[str, object]:
        """One answer, and nobody's drafts but one's own."""
        cleaned: dict[str, object] = super().clean() or {}
        member, new = cleaned.get("reviewer"), cleaned.get("new_reviewer")
        if member and new:
            raise forms.ValidationError(_("Choose a member or enter a new name, not both."))
        if member and member not in self.handles:
            raise forms.ValidationError(_("Choose whose reviews these are."))
        if cleaned.get("drafts") and (member or new):
            raise forms.ValidationError(_("Only your own reviews can be imported as drafts."))
        return cleaned
