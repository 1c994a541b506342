"""Bringing a list: a file or pasted text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from papers.catalogue.forms import PaperForm
from papers.fields import LineInput
from papers.importing.reading.drafts.correcting import split_path
from papers.importing.reading.drafts.review_text import SECTIONS
from papers.importing.reading.opening.at_sight import LARGEST_BYTES, say_too_large
from papers.models import ImportItem
from papers.text.one_line import make_line

CORRECTED = ("title", "authors", "venue", "year", "topics", "members")
"""Facts of an entry that can be corrected before it is taken in."""

LONGEST_TOPIC, LONGEST_MEMBER, DEEPEST = 300, 200, 8


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


class EntryForm(PaperForm):
    """What a list says of one paper, corrected by hand."""

    topics = forms.CharField(  # type: ignore[assignment]
        label=gettext_lazy("Topics"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One per line, e.g. “Vision › Depth”."),
    )
    members = forms.CharField(
        label=gettext_lazy("Readers"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One member per line."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        asked = self.base_fields["topics"]
        super().__init__(*args, **kwargs)
        self.fields = {name: self.fields.get(name, asked) for name in CORRECTED}
        self.fields["title"].widget.attrs["autofocus"] = True

    def clean_authors(self) -> list[str]:
        """The names, one a line."""
        return [name for one in super().clean_authors() if (name := make_line(one))]

    def clean_topics(self) -> list[str]:
        """Paths, one a line, each once."""
        paths = self._list_lines("topics")
        if any(len(name) > LONGEST_TOPIC for path in paths for name in split_path(path)):
            raise forms.ValidationError(
                _("The name of a topic can be %(most)s characters long at most.")
                % {"most": LONGEST_TOPIC}
            )
        if any(len(split_path(path)) > DEEPEST for path in paths):
            raise forms.ValidationError(
                _("Topics can be %(most)s levels deep at most.") % {"most": DEEPEST}
            )
        return [path for path in paths if split_path(path)]

    def clean_members(self) -> list[str]:
        """Names, one a line, each once in any case."""
        names = {name.casefold(): name for name in reversed(self._list_lines("members"))}
        if any(len(name) > LONGEST_MEMBER for name in names):
            raise forms.ValidationError(
                _("A name can be %(most)s characters long at most.") % {"most": LONGEST_MEMBER}
            )
        return list(reversed(names.values()))

    def _list_lines(self, name: str) -> list[str]:
        lines = [" ".join(make_line(line).split()) for line in self.cleaned_data[name].splitlines()]
        return list(dict.fromkeys(line for line in lines if line))


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
