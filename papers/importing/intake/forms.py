"""Bringing a list: a file or pasted text."""

from __future__ import annotations

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


class ChoiceForm(forms.Form):
    """Another role for a pattern or a line; an empty role takes a choice back."""

    name = LineInput(max_length=300, required=False)
    role = LineInput(max_length=40, required=False)


class BulletForm(forms.Form):
    """Where a bullet goes."""

    section = forms.ChoiceField(choices=[(name, name) for name in SECTIONS])
