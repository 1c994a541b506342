"""What may be typed next: names of fields, their values, and words that papers have."""

from __future__ import annotations

import re

from django.db.models import Count, Q
from django.utils.translation import gettext

from papers import access
from papers.models import Lab, SearchDoc
from papers.search.language.query_tree import Term, print_node
from papers.search.language.search_fields import FIELDS, Field, Source
from papers.search.results import Completion
from papers.search.spelling import complete_word
from papers.text.tokens import fold

MOST = 8
_NEWEST = 2_000
_LAST = re.compile(
    r"""(?P<minus>-?)(?:(?P<field>[A-Za-z_-]+):)?(?:"(?P<quoted>[^"]*)|(?P<stub>[^\s"():]*))$"""
)


def complete(text: str, *, by: access.Viewer, lab: Lab, most: int = MOST) -> list[Completion]:
    """Ways to go on from the end of the text, as this viewer may know them."""
    last = _LAST.search(text)
    if last is None or not access.can_read(by, lab):
        return []
    before, stub = text[: last.start()] + last["minus"], last["quoted"] or last["stub"] or ""
    field = FIELDS.get((last["field"] or "").casefold())
    if last["field"]:
        values = _values(field, stub, by, lab, most) if field else []
        pairs = [(print_node(Term(last["field"], value)), label) for value, label in values]
    else:
        pairs = _fields_and_words(stub, most)
    return [Completion(typed, label, before + typed) for typed, label in pairs]


def _fields_and_words(stub: str, most: int) -> list[tuple[str, str]]:
    if not stub:
        return []
    fields = [
        (f"{spec.name}:", gettext(spec.description))
        for spec in FIELDS.values()
        if spec.name.startswith(stub.casefold())
    ]
    return (fields + [(word, "") for word in complete_word(stub, most)])[:most]


def _values(
    field: Field, stub: str, by: access.Viewer, lab: Lab, most: int
) -> list[tuple[str, str]]:
    known = [
        (name, gettext(label))
        for name, label in field.choices.items()
        if name.startswith(fold(stub))
    ]
    match field.source:
        case Source.CHOICES:
            return known[:most]
        case Source.TOPICS:
            starts = Q(name__istartswith=stub) | Q(path__startswith=stub) | Q(slug__startswith=stub)
            topics = access.topics_visible_to(by, lab).filter(starts).order_by("depth", "path")
            return [*topics.values_list("path", "name")[: most - len(known)], *known]
        case Source.MEMBERS:
            starts = Q(name__istartswith=stub) | Q(handle__istartswith=stub)
            people = access.members_visible_to(by).filter(starts).order_by("name", "pk")
            return list(people.values_list("handle", "name")[:most])
        case Source.VENUES:
            return _venues(stub, most)
        case _:
            return []


def _venues(stub: str, most: int) -> list[tuple[str, str]]:
    """Venues of the newest papers, the most frequent first."""
    newest = SearchDoc.objects.order_by("-added_at", "-pk").values("pk")[:_NEWEST]
    rows = SearchDoc.objects.filter(pk__in=newest, venue__istartswith=stub).exclude(venue="")
    counted = rows.order_by().values("venue").annotate(papers=Count("pk"))
    return [(row["venue"], "") for row in counted.order_by("-papers", "venue")[:most]]
