"""The acts of the palette: a name, the page where it is done, and other words for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers import access


@dataclass(frozen=True, slots=True)
class Act:
    """`page` is a URL name, `query` goes behind it, `keys` is the shortcut that does the same."""

    name: Promise
    page: str
    keys: str = ""
    words: str = ""
    query: str = ""


_READING = (
    Act(_("My desk"), "desk", "g d", "home claims drafts"),
    Act(_("Papers"), "paper-list", "g p", "catalogue search list"),
    Act(_("Topics"), "topic-list", "g t", "tree subjects"),
    Act(_("Members"), "member-list", "", "people who reads"),
    Act(_("Experiments"), "experiment-list", "", "board follow-ups"),
    Act(_("Meetings"), "meeting-list", "g m", "agenda reading group vote"),
    Act(_("Weekly digest"), "digest", "g w", "news issue"),
    Act(_("Activity"), "activity", "", "what happened news feed"),
    Act(_("Insights"), "insights", "", "charts figures pictures coverage"),
    Act(_("Export"), "export", "", "download bibtex ris csv archive"),
    Act(_("Search tips"), "search-help", "", "help fields syntax"),
    Act(_("Help"), "help", "", "guide"),
    Act(_("Profile & email"), "profile", "", "account settings name email notifications"),
)
_REVIEWING = (
    Act(_("Add a paper"), "paper-new", "a", "new arxiv doi bibtex"),
    Act(_("Claim a paper"), "paper-list", "", "take read review open", "?q=is:open"),
    Act(_("Release or extend a claim"), "desk", "", "give back due date longer"),
    Act(_("Propose an experiment"), "experiment-new", "", "new idea follow-up"),
    Act(_("Import a list"), "import-new", "", "bring bibtex readme notes"),
)
_CURATING = (
    Act(_("Invite someone"), "curation", "", "invitation new member"),
    Act(_("Merge duplicates"), "duplicates", "", "same paper twice"),
    Act(_("Curation"), "curation", "", "invitations members placeholders"),
    Act(_("Schedule a meeting"), "meeting-new", "", "new"),
    Act(_("Lab settings"), "curation-lab", "", "settings slots lease independent public"),
    Act(_("Guiding questions"), "curation-questions", "", "template review"),
    Act(_("Admin panel"), "admin:index", "", "tables"),
)


def list_acts(viewer: access.Viewer) -> Iterator[Act]:
    """What this viewer may do, the most usual first."""
    if access.can_review(viewer):
        yield from _REVIEWING[:3]
    yield from _READING
    if access.can_review(viewer):
        yield from _REVIEWING[3:]
    if access.can_curate(viewer):
        yield from _CURATING
