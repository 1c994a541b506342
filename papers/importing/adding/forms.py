"""One field that takes anything, above the fields of a paper; never saves."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from papers.catalogue.forms import PaperForm
from papers.importing.adding.form_values import LONGEST_SHARED, clean_page_title
from papers.importing.reading.pasting.pasted_identifiers import LONGEST, read_names
from papers.text.identifiers import identify


class NewPaperForm(PaperForm):
    """A new paper. `anything` stands outside the form's element and belongs to it by its id;
    `shared` is the title of the page from which a browser or phone sent us here."""

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
    shared = forms.CharField(
        required=False,
        max_length=LONGEST_SHARED,
        widget=forms.HiddenInput(attrs={"form": "paper-fields"}),
    )


def fill_in(data: QueryDict, values: Mapping[str, str]) -> QueryDict:
    """The form with its empty fields filled; what was typed stays."""
    filled = data.copy()
    for name, value in values.items():
        if not filled.get(name, "").strip():
            filled[name] = value
    return filled


def read_shared(data: QueryDict) -> QueryDict:
    """What a bookmarklet or a share sheet sends, as `anything` and `shared`.

    `url`, `title` and `text` are what phones send, often with the address in the text; `name` is
    the paper's title where its page tells it. Of a text only the identifiers and addresses in it
    count: the rest is what the sender's app says.
    """
    url, title, text, name = (data.get(key, "").strip() for key in ("url", "title", "text", "name"))
    if "anything" in data or not (url or title or text):
        return data
    names = list(read_names(f"{text} {title}"[:LONGEST]).names)
    if url and not any(map(is_named, names)):
        names.insert(0, url)
    read = data.copy()
    read["title"] = ""  # it is filled in below, and again when its service answers
    read["anything"] = "\n".join(names) or text or title
    shared = name or clean_page_title(title, url or " ".join(names[:1]))
    read["shared"] = shared[:LONGEST_SHARED] if names else ""
    return read


def is_named(name: str) -> bool:
    """Whether this is, or leads to, an identifier: the page it came from says no more."""
    return bool(identify(name))
