"""The name under which a search is kept."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    """Another name for a kept search."""

    name = forms.CharField(
        max_length=100, label=_("Name"), error_messages={"required": _("Enter a name.")}
    )


class SearchForm(NameForm):
    """A search and its name."""

    text = forms.CharField(
        max_length=2000, label=_("Search"), error_messages={"required": _("Enter a search.")}
    )
