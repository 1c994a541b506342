"""The paper that somebody means: by its address here, an identifier, or its title."""

from __future__ import annotations

import re

from papers import access
from papers.catalogue.actions.papers import find_alike
from papers.catalogue.recognition import recognise
from papers.models import Identifier, Lab, Paper
from papers.records.queries.removals import find_successor

_OWN = re.compile(r"^(?:https?://[^/\s]+)?/papers/(\d{1,18})(?:[/?#]|$)")


def find_paper(text: str, viewer: access.Viewer, lab: Lab) -> Paper | None:
    """None where nothing fits; of several like titles the likeliest."""
    text = text.strip()
    papers = access.papers_visible_to(viewer, lab)
    if found := _OWN.match(text):
        key = int(found[1])
        merged = find_successor(key, viewer, lab)
        return papers.filter(pk=key).first() or (merged.paper if merged else None)
    for kind, value in recognise(text).identifiers if " " not in text else ():
        named = Identifier.objects.filter(kind=kind, value=value, paper__in=papers)
        if one := named.select_related("paper").first():
            return one.paper
    return next(iter(find_alike(text)), None)
