"""What is chosen for exports."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from papers.exporting.queries.scopes import MOST_PICKED
from papers.exporting.styling import LARGEST_STYLE, Problem, Styled
from papers.models import BibliographyLink


class BibliographyForm(forms.Form):
    """How the file behind the address is written."""

    format = forms.ChoiceField(label=_("Format"), choices=BibliographyLink.Format.choices)


LONGEST_LINES = 100_000
SHOWN = 5
"""Lines that are named when they are not understood."""


class PicksForm(forms.Form):
    """Papers named line by line."""

    lines = forms.CharField(
        max_length=LONGEST_LINES,
        required=False,
        label=_("Papers, one per line"),
        help_text=_("Titles, arXiv IDs, DOIs, links, citation keys or numbers like #12."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def accepts(self, papers: Sequence[int], unknown: Sequence[str]) -> bool:
        """Whether every line names a paper, and there is one and not too many."""
        if unknown:
            said = ", ".join(f"“{line[:80]}”" for line in unknown[:SHOWN])
            text = ngettext(
                "%(n)d line doesn't name a paper in the library: %(lines)s",
                "%(n)d lines don't name a paper in the library: %(lines)s",
                len(unknown),
            )
            self.add_error("lines", text % {"n": len(unknown), "lines": said})
        elif not papers:
            self.add_error("lines", gettext("Pick at least one paper."))
        elif len(papers) > MOST_PICKED:
            text = gettext("Pick %(most)d papers at most.")
            self.add_error("lines", text % {"most": MOST_PICKED})
        return not self.errors


class StyleForm(forms.Form):
    """A citation style from its file."""

    style = forms.FileField(
        label=_("CSL file"),
        help_text=_(
            "A style from zotero.org/styles or your own. It's used for this download only."
        ),
        widget=forms.FileInput(attrs={"accept": ".csl,.xml,application/xml,text/xml"}),
    )

    def clean_style(self) -> bytes:
        """What the file holds."""
        data: bytes = self.cleaned_data["style"].read(LARGEST_STYLE + 1)
        if len(data) > LARGEST_STYLE:
            raise forms.ValidationError(_("This file is too large for a citation style."))
        return data

    def accepts(self, styled: Styled) -> bool:
        """Whether the style set the references; says why it did not."""
        said = {
            Problem.NOT_A_STYLE: gettext("We couldn't read this style. Choose a CSL 1.0 file."),
            Problem.NO_BIBLIOGRAPHY: gettext("This style has no bibliography, only notes."),
            Problem.BUSY: gettext("Other references are being formatted. Try again in a minute."),
            Problem.TOO_SLOW: gettext("This style takes too long. Export fewer papers."),
            Problem.DEPENDENT: gettext(
                "This style only refers to another one. Choose that file instead: %(parent)s"
            ) % {"parent": styled.parent},
        }  # fmt: skip
        if styled.problem is not Problem.NONE:
            self.add_error("style", said[styled.problem])
        return not self.errors
