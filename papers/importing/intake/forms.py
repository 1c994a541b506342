"""Bringing a list: a file or pasted text."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from papers.fields import LineInput
from papers.importing.reading.drafts.review_text import SECTIONS
from papers.importing.reading.opening.at_sight import LARGEST_BYTES, say_too_large
from papers.models import ImportItem


class ImportForm(forms.Form):
    """One document; a file goes before the text."""

    file = forms.FileField(
        required=False,
        label=gettext_lazy("File"),
        help_text=gettext_lazy("Markdown, plain text or BibTeX."),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".md,.markdown,.txt,.text,.bib,.bibtex,text/*,application/x-bibtex"}
        ),
    )
    text = forms.CharField(
        max_length=LARGEST_BYTES,
        required=False,
        strip=False,
        label=gettext_lazy("Or paste the text"),
        widget=forms.Textarea(attrs={"rows": 12, "class": "writing mono", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, object]:
        """Something must be there, and not too much of it."""
        cleaned: dict[str, object] = super().clean() or {}
        file, text = cleaned.get("file"), str(cleaned.get("text") or "")
        if not self.errors and not file and not text.strip():
            self.add_error("file", _("Choose a file or paste some text."))
        if file and getattr(file, "size", 0) > LARGEST_BYTES:
            self.add_error("file", say_too_large(getattr(file, "size", 0)))
        return cleaned

    def read(self) -> tuple[bytes, str]:
        """The document and its name."""
        file = self.cleaned_data.get("file")
        if file:
            return file.read(), str(file.name)
        return self.cleaned_data["text"].encode(), _("pasted text")


class SamenessForm(forms.Form):
    """Whether an entry and a paper of the library are one."""

    sameness = forms.ChoiceField(choices=ImportItem.Sameness)
    paper = forms.IntegerField(min_value=1, max_value=2**63 - 1)

    @property
    def is_same(self) -> bool:
        """They are one paper."""
        return bool(self.cleaned_data["sameness"] == ImportItem.Sameness.SAME)


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


class ChoiceForm(forms.Form):
    """Another role for a pattern or a line; an empty role takes a choice back."""

    name = LineInput(max_length=300, required=False)
    role = LineInput(max_length=40, required=False)


class BulletForm(forms.Form):
    """Where a bullet goes."""

    section = forms.ChoiceField(choices=[(name, name) for name in SECTIONS])
