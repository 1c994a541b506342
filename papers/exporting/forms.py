"""What is chosen for exports."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from papers.exporting.queries.scopes import MOST_PICKED
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
