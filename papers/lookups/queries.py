"""Reads of lookups: for the form of a new paper and for a paper's page."""

from __future__ import annotations

from collections.abc import Iterable

from papers.lookups.found import Found
from papers.lookups.registry import SERVICES, list_services
from papers.lookups.subjects import Subject, list_subjects
from papers.models import Lookup


def find_subject(names: Iterable[str]) -> Subject | None:
    """The best of these names to ask for, among those that a service knows."""
    return next((one for one in list_subjects(names) if list_services(one)), None)


def find_lookup(subject: Subject) -> Lookup | None:
    """What was asked about this work so far."""
    return Lookup.objects.filter(kind=subject.kind, value=subject.value).first()


def get_found(lookup: Lookup | None) -> Found | None:
    """What the answer says, if there is one."""
    if lookup is None or lookup.state != Lookup.State.FOUND:
        return None
    return Found.from_json(lookup.facts)


def get_service_name(key: str) -> str:
    """What a service is called."""
    return SERVICES[key].name if key in SERVICES else key
