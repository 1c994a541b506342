"""The admin panel: every table with search, filters and acts. One module per subject."""

from papers.admin import (
    catalogue,
    exports,
    lab,
    lookups,
    meetings,
    notifications,
    people,
    reading,
    records,
    work,
)

__all__ = [
    "catalogue",
    "exports",
    "lab",
    "lookups",
    "meetings",
    "notifications",
    "people",
    "reading",
    "records",
    "work",
]
