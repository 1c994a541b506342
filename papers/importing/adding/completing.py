"""The fields of a new paper from what was pasted and what other services said of it."""

from __future__ import annotations

from django.http import QueryDict
from django.utils import timezone

from papers.importing.adding.actions import Source
from papers.importing.adding.form_values import join_names, list_values
from papers.importing.adding.forms import fill_in
from papers.importing.adding.queries import choose_subject
from papers.importing.adding.sandboxed import read_pasted
from papers.lookups.actions.asking import request_lookup
from papers.lookups.queries import get_found
from papers.models import Lookup


def complete(data: QueryDict) -> tuple[QueryDict, Source | None]:
    """The form with what it leaves open where it has no title, and where the rest comes from."""
    has_title = bool(data.get("title", "").strip())
    pasted = None
    if not has_title:
        pasted = read_pasted(data.get("anything", ""))
        data = fill_in(data, list_values(pasted))
    subject = choose_subject(data.get("names", ""))
    lookup = request_lookup(subject=subject, at=timezone.now()) if subject else None
    if subject is None or lookup is None:
        return data, None
    source = Source(lookup)
    found = get_found(lookup)
    if found and not has_title and pasted:
        data = fill_in(data, list_values(pasted, found))
        data["names"] = join_names(data.get("names", "").split(), found.names)
    elif not data.get("title", "").strip() and lookup.state != Lookup.State.MISSING:
        data = fill_in(data, {"title": str(subject)})
        source = Source(lookup, stand_in=str(subject))
    if found:
        offered = list_values(read_pasted(""), found)
        used = [name for name, value in offered.items() if _is_same(data.get(name, ""), value)]
        return data, Source(lookup, source.stand_in, used) if used else None
    return data, source


def _is_same(one: str, other: str) -> bool:
    return one.split() == other.split()
