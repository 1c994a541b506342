"""What the lab already has of a pasted paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from papers import access
from papers.catalogue.actions.papers import find_alike
from papers.catalogue.recognition import recognise
from papers.importing.reading.naming import Pasted
from papers.models import Identifier, Lab, Member, Paper


@dataclass(frozen=True, slots=True)
class Known:
    """Papers that may be the pasted one. `is_same`: one of the identifiers says so."""

    papers: list[Paper]
    is_same: bool = False


def find_known(pasted: Pasted, *, by: Member, lab: Lab) -> Known:
    """Papers with one of the identifiers, else those with nearly the same title."""
    visible = access.papers_visible_to(by, lab)
    wanted = Q()
    for kind, value in recognise("\n".join(pasted.names)).identifiers:
        wanted |= Q(kind=kind, value=value)
    if wanted:
        owners = Identifier.objects.filter(wanted).values("paper")
        if same := list(visible.filter(pk__in=owners).order_by("pk")[:5]):
            return Known(same, is_same=True)
    if not pasted.title:
        return Known([])
    alike = [paper.pk for paper in find_alike(pasted.title)]
    return Known(list(visible.filter(pk__in=alike).order_by("pk")) if alike else [])
