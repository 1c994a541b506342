"""Names of rows that are made of other rows' names, for the admin panel and for debugging."""

from __future__ import annotations

from django.db import models


def say(row: models.Model, relation: str) -> str:
    """The name of the row that `relation` leads to where it is loaded, else its key: `#7`.

    A name is worth no query of its own.
    """
    if relation in row._state.fields_cache:
        related = row._state.fields_cache[relation]
        return str(related) if related is not None else "-"
    key = getattr(row, f"{relation}_id")
    return f"#{key}" if key is not None else "-"
