"""The name under which a search is kept."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from papers.fields import LineInput


class NameForm(forms.Form):
    """Another name for a kept search."""

    name = LineInput(
        max_length=100, label=_("Name"), error_messages={"required": _("Enter a name.")}
    )


class SearchForm(NameForm):
    """A search and its name."""

    text = LineInput(
        max_length=2000, label=_("Search"), error_messages={"required": _("Enter a search.")}
    )
