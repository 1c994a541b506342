"""Whose reviews a document brings."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from papers.fields import LineInput


class ReviewersForm(forms.Form):
    """Whose the reviews are that name no author."""

    whose = forms.ChoiceField(
        choices=[("me", ""), ("member", ""), ("new", "")], required=False, initial="me"
    )
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

    def clean(self) -> dict[str, object]:
        """Who isn't me has a name."""
        cleaned: dict[str, object] = super().clean() or {}
        whose = cleaned.get("whose")
        named = {"member": cleaned.get("reviewer"), "new": cleaned.get("new_reviewer")}
        self.named_reviewer = str(named.get(str(whose)) or "")
        if whose == "member" and self.named_reviewer not in self.handles:
            raise forms.ValidationError(_("Choose whose reviews these are."))
        if whose == "new" and not self.named_reviewer:
            raise forms.ValidationError(_("Enter the name of the reviewer."))
        return cleaned
