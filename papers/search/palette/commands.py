"""The acts of the palette: a name, the page where it is done, and other words for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from papers import access


@dataclass(frozen=True, slots=True)
class Act:
    """`page` is a URL name, `keys` the shortcut that does the same."""

    name: str
    page: str
    keys: str = ""
    words: str = ""


_READING = (
    Act("My desk", "desk", "g d", "home claims drafts"),
    Act("Papers", "paper-list", "g p", "catalogue search list"),
    Act("Topics", "topic-list", "g t", "tree subjects"),
    Act("Members", "member-list", "", "people who reads"),
    Act("Experiments", "experiment-list", "", "board follow-ups"),
    Act("Meetings", "meeting-list", "g m", "agenda reading group vote"),
    Act("Digest of the week", "digest", "g w", "news issue"),
    Act("Activity", "activity", "", "what happened news feed"),
    Act("Insights", "insights", "", "charts figures pictures coverage"),
    Act("Export", "export", "", "download bibtex ris csv archive"),
    Act("Search language", "search-help", "", "help fields syntax"),
    Act("Help", "help", "", "guide"),
    Act("Profile and mail", "profile", "", "account settings name email notifications"),
)
_REVIEWING = (
    Act("Add a paper", "paper-new", "a", "new arxiv doi bibtex"),
    Act("Propose an experiment", "experiment-new", "", "new idea follow-up"),
    Act("Import a list", "import-new", "", "bring bibtex readme notes"),
)
_CURATING = (
    Act("Curator's desk", "curation", "", "invite invitations duplicates"),
    Act("Plan a meeting", "meeting-new", "", "new"),
    Act("Limits of the lab", "curation-lab", "", "settings slots lease independent public"),
    Act("Guiding questions", "curation-questions", "", "template review"),
    Act("Admin panel", "admin:index", "", "tables"),
)


def list_acts(viewer: access.Viewer) -> Iterator[Act]:
    """What this viewer may do, the most usual first."""
    if access.can_review(viewer):
        yield from _REVIEWING[:1]
    yield from _READING
    if access.can_review(viewer):
        yield from _REVIEWING[1:]
    if access.can_curate(viewer):
        yield from _CURATING
