"""Taking over single facts from an answer, where they differ from ours."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from papers.catalogue.actions.papers import PaperFacts, change_paper
from papers.catalogue.recognition import list_new_links, recognise
from papers.lookups.actions.filling import list_free_identifiers, make_values, read_facts
from papers.lookups.found_work import Found
from papers.models import Member, Paper

NAMES = "names"


def take_facts(
    *, paper: Paper, found: Found, fields: Collection[str], by: Member, at: datetime
) -> Paper:
    """Replace these fields of a paper by what was found; "names" adds identifiers and links."""
    here, offered = read_facts(paper), make_values(found)
    facts = here | {name: value for name, value in offered.items() if name in fields}
    if NAMES in fields:
        names = recognise("\n".join(found.names))
        facts["identifiers"] = [*here["identifiers"], *list_free_identifiers(names, paper)]
        facts["links"] = [*here["links"], *list_new_links(here["links"], names.links)]
    return change_paper(paper=paper, facts=PaperFacts(**facts), by=by, at=at)
