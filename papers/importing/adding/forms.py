"""One field that takes anything, above the fields of a paper; never saves."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from papers.catalogue.forms import PaperForm
from papers.importing.reading.naming import LONGEST, Pasted


class NewPaperForm(PaperForm):
    """A new paper. `anything` stands outside the form's element and belongs to it by its id."""

    anything = forms.CharField(
        label=_("Paste a link, ID, citation or title"),
        required=False,
        max_length=LONGEST,
        help_text=_(
            "arXiv, DOI, OpenReview, ACL Anthology, PubMed, ISBN, BibTeX, RIS: what we recognize "
            "fills the empty fields below."
        ),
        widget=forms.Textarea(
            attrs={"rows": 2, "spellcheck": "false", "autocomplete": "off", "form": "paper-fields"}
        ),
    )


def list_values(pasted: Pasted) -> dict[str, str]:
    """What was recognized, as the fields of the form hold it; without those that say nothing."""
    values = {
        "names": "\n".join(pasted.names),
        "title": pasted.title,
        "authors": "\n".join(pasted.authors),
        "abstract": pasted.abstract,
        "venue": pasted.venue,
        "year": str(pasted.year or ""),
    }
    return {name: value for name, value in values.items() if value}


def fill_in(data: QueryDict, values: Mapping[str, str]) -> QueryDict:
    """The form with its empty fields filled; what was typed stays."""
    filled = data.copy()
    for name, value in values.items():
        if not filled.get(name, "").strip():
            filled[name] = value
    return filled
