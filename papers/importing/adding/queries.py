"""What is known of a pasted paper: here, and at the services that were asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from papers import access
from papers.catalogue.actions.papers import find_alike
from papers.catalogue.recognition import recognise
from papers.importing.adding.form_values import is_same_work, list_values
from papers.importing.reading.pasting.pasted_identifiers import Pasted
from papers.lookups.queries import find_subject, get_found, get_service_name
from papers.lookups.service_registry import list_services
from papers.lookups.subjects import Subject
from papers.models import Identifier, Lab, Lookup, Member, Paper

SLOW_AFTER = timedelta(seconds=4)
"""From then on the page says that the service is slow, and looks less often."""

GIVEN_UP_AFTER = timedelta(minutes=3)
"""From then on an open page looks no more."""


@dataclass(frozen=True, slots=True)
class Known:
    """Papers that may be the pasted one. `is_same`: one of the identifiers says so."""

    papers: list[Paper]
    is_same: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """How far a lookup is, as the page says it."""

    service: str
    phase: str
    key: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Recognized:
    """What was pasted, what that makes of the form's fields, and what was asked about it."""

    pasted: Pasted
    values: dict[str, str] = field(default_factory=dict)
    subject: Subject | None = None
    asked: Asked | None = None


def read_recognized(
    pasted: Pasted, lookup: Lookup | None, subject: Subject | None, shared: str, at: datetime
) -> Recognized:
    """Join what was pasted with the answer, if there is one."""
    found = get_found(lookup)
    values = list_values(pasted, found, shared)
    asked = None
    if subject and lookup:
        phase = get_phase(lookup, at)
        if found and not is_same_work(pasted, found):
            phase = "differs"
        services = list_services(subject)
        name = get_service_name(lookup.service) or (services[0].name if services else "")
        asked = Asked(name, phase, f"{lookup.pk}-{phase}", found.title if found else "")
    return Recognized(pasted, values, subject, asked)


def get_phase(lookup: Lookup, at: datetime) -> str:
    """What the page says of a lookup: its state, and of one that waits how long."""
    if lookup.state != Lookup.State.WAITING:
        return lookup.state
    waited = at - lookup.asked_at
    if waited > GIVEN_UP_AFTER:
        return "later"
    return "slow" if lookup.tries or waited > SLOW_AFTER else "waiting"


def is_unchanged(seen: str, at: datetime) -> bool:
    """Whether a lookup still is in the phase that a page shows ("<key>-<phase>")."""
    key, _, phase = seen.partition("-")
    if not (key.isascii() and key.isdigit() and len(key) < 18):
        return False
    lookup = Lookup.objects.filter(pk=int(key)).first()
    return lookup is not None and get_phase(lookup, at) == phase


def choose_subject(names: str) -> Subject | None:
    """The best identifier to ask for among those in a form's field."""
    return find_subject(names.split())


def find_known(pasted: Pasted, names: str, *, by: Member, lab: Lab) -> Known:
    """Papers with one of the identifiers, else those with nearly the same title."""
    visible = access.papers_visible_to(by, lab)
    wanted = Q()
    for kind, value in recognise(names).identifiers:
        wanted |= Q(kind=kind, value=value)
    if wanted:
        owners = Identifier.objects.filter(wanted).values("paper")
        if same := list(visible.filter(pk__in=owners).order_by("pk")[:5]):
            return Known(same, is_same=True)
    if not pasted.title:
        return Known([])
    alike = [paper.pk for paper in find_alike(pasted.title)]
    return Known(list(visible.filter(pk__in=alike).order_by("pk")) if alike else [])
