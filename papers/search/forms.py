"""The name under which a search is kept."""

from __future__ import annotations

from django import forms


class NameForm(forms.Form):
    """Another name for a kept search."""

    name = forms.CharField(max_length=100, label="Name")


class SearchForm(NameForm):
    """A search and its name."""

    text = forms.CharField(max_length=2000, label="Search")
