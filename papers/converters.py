"""Numbers and slugs in addresses, and addresses that are loaded late."""

from __future__ import annotations

from django.urls import URLResolver
from django.urls.converters import StringConverter

from papers.text.numbers import read_number
from papers.text.titles import TAKEN_SLUGS


class KeyConverter:
    """The key of a row, as `<key:pk>`. A number that no row can have names no page.

    Django's own `int` takes digits without end: see `read_number`.
    """

    regex = "[0-9]{1,19}"

    def to_python(self, value: str) -> int:
        """The number; ValueError (no such page) for one that is too large."""
        if (key := read_number(value)) is None:
            raise ValueError(value)
        return key

    def to_url(self, value: int | str) -> str:
        """The digits."""
        return str(value)


class SlugConverter(StringConverter):
    """The slug of a paper, as `<title:slug>`; never the name of a page beside the paper's."""

    def to_python(self, value: str) -> str:
        """The slug; ValueError (another page) for one that no paper has."""
        if value in TAKEN_SLUGS:
            raise ValueError(value)
        return value


class LateResolver(URLResolver):
    """Addresses that are loaded when one of them is asked for. None of them is reversed."""

    def _populate(self) -> None:
        """Say no names, for which Django would load the addresses."""
