"""The shape of what members type about papers, topics and listings; never saves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from papers.catalogue.actions.papers import PaperFacts
from papers.catalogue.recognition import Recognised, recognise, write_down
from papers.fields import LineInput
from papers.models import Paper
from papers.writing.forms import SharedForm

FIRST_YEAR, LAST_YEAR = 1400, 2200
MOST_AUTHORS = 5000
LONGEST_TITLE = 1000


class PaperForm(forms.Form):
    """A paper by hand. Give `topics` as (key, name) in the order of the tree."""

    names = forms.CharField(
        label=_("Links and IDs"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "mono", "spellcheck": "false"}),
        help_text=_("Paste an arXiv ID, DOI or URL, one per line."),
    )
    title = LineInput(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Enter a title.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    authors = forms.CharField(
        label=_("Authors"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One per line, in order."),
    )
    abstract = forms.CharField(
        label=_("Abstract"),
        required=False,
        max_length=64_000,
        widget=forms.Textarea(attrs={"rows": 6, "class": "writing"}),
        help_text=_("Markdown and LaTeX supported."),
    )
    venue = LineInput(label=_("Venue"), required=False, max_length=300)
    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={
            "invalid": _("Enter a year, e.g. 2026."),
            "min_value": _("Enter a year from %(limit_value)s on."),
            "max_value": _("Enter a year up to %(limit_value)s."),
        },
    )
    group = LineInput(
        label=_("Group"),
        required=False,
        max_length=300,
        help_text=_("Research group, e.g. “Okafor group”."),
    )
    note = LineInput(
        label=_("Note"),
        required=False,
        max_length=1000,
        help_text=_("Why we should read this."),
    )
    topics = forms.TypedMultipleChoiceField(
        label=_("Topics"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    although_alike = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, topics: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recognised = Recognised()
        if topics:
            choices: Any = self.fields["topics"]
            choices.choices = list(topics)
        else:
            del self.fields["topics"]

    def clean_names(self) -> str:
        """Read the identifiers; what names nothing is an error that says so."""
        text: str = self.cleaned_data["names"]
        self.recognised = recognise(text)
        if unknown := self.recognised.unknown:
            raise forms.ValidationError(
                _(
                    "We couldn't read “%(text)s”. Use an arXiv ID like 2106.12345, "
                    "a DOI like 10.1000/182 or a full URL."
                ),
                params={"text": " ".join(unknown)[:60]},
            )
        if any(len(url) > 2000 for _, url in self.recognised.links):
            raise forms.ValidationError(_("A link is too long: the limit is 2,000 characters."))
        return text

    def clean_title(self) -> str:
        """One line, whatever was pasted."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_authors(self) -> list[str]:
        """The names, one a line; a line that lists several with semicolons gives several."""
        lines = self.cleaned_data["authors"].replace(";", "\n").splitlines()
        names = [" ".join(line.split()).strip(",") for line in lines]
        return [name for name in names if name][:MOST_AUTHORS]

    def get_facts(self, before: Paper | None = None) -> PaperFacts:
        """The paper as typed; what the form does not ask stays as it was."""
        data = self.cleaned_data
        return PaperFacts(
            **{name: data[name] for name in (
                "title", "authors", "abstract", "venue", "year", "group", "note",
            )},
            published_on=before.published_on if before else None,
            slots=before.slots if before else None,
            identifiers=self.recognised.identifiers,
            links=self.recognised.links,
        )  # fmt: skip


class PaperEditForm(SharedForm, PaperForm):
    """The facts of a paper that is here."""


def make_paper_initial(
    paper: Paper, identifiers: Iterable[tuple[str, str]], links: Iterable[str]
) -> dict[str, Any]:
    """What the form shows of a paper that is here."""
    plain = ("title", "abstract", "venue", "year", "group", "note")
    return {
        **{name: getattr(paper, name) for name in plain},
        "authors": "\n".join(paper.authors),
        "names": write_down(identifiers, links),
    }
