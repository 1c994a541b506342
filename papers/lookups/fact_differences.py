"""A paper's facts beside those that a service has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers.catalogue.recognition import list_new_links
from papers.lookups.found_work import Found
from papers.models import Paper
from papers.text.link_kinds import link_kind
from papers.text.series import is_same_venue


@dataclass(frozen=True, slots=True)
class Difference:
    """One field on which both sides differ. `theirs` of names are only those we do not have."""

    name: str
    label: Promise
    ours: str
    theirs: str


LABELS = {
    "title": _("Title"), "authors": _("Authors"), "venue": _("Venue"), "year": _("Year"),
    "abstract": _("Abstract"), "names": _("Links and IDs"),
}  # fmt: skip


def list_differences(paper: Paper, ours: list[str], found: Found) -> list[Difference]:
    """Fields of which the service says something else; what it does not know is no difference.

    `ours` are the paper's identifiers and links as addresses.
    """
    both = {name: (_write(getattr(paper, name)), _write(getattr(found, name))) for name in LABELS
            if name != "names"}  # fmt: skip
    both["names"] = "\n".join(ours), "\n".join(_list_new(ours, found))
    return [
        Difference(name, label, *both[name])
        for name, label in LABELS.items()
        if both[name][1] and not _is_same(name, *both[name])
    ]


def _is_same(name: str, ours: str, theirs: str) -> bool:
    return ours.split() == theirs.split() or (name == "venue" and is_same_venue(ours, theirs))


def make_stamp(differences: list[Difference]) -> str:
    """What stands for both sides, to amendment when one has changed since the page was made."""
    digest = sha256()
    for one in differences:
        digest.update(repr((one.name, one.ours, one.theirs)).encode())
    return digest.hexdigest()


def _write(value: object) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def _list_new(ours: list[str], found: Found) -> Iterator[str]:
    offered = [(link_kind(name), name) for name in found.names]
    for _kind, name in list_new_links([(link_kind(one), one) for one in ours], offered):
        yield name
