"""Which papers and members of a document are here already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.text import slugify

from papers.bulk_copy import any_of
from papers.importing.reading.drafts import PaperDraft
from papers.importing.reading.identity import are_alike
from papers.models import Identifier, Member, Paper
from papers.text.identifiers import normal_url
from papers.text.titles import title_key

LONGEST_KEY = 500
LONGEST_VALUE = 1_000

Name = tuple[str, str]
"""Kind and value of an identifier."""


def names_of(draft: PaperDraft) -> list[Name]:
    """The identifiers of a draft; its own address only when nothing better is known."""
    kind = Identifier.Kind
    better = [
        (str(kind.ARXIV), draft.arxiv_id),
        (str(kind.DOI), draft.doi),
        (str(kind.OPENREVIEW), draft.openreview),
    ]
    names = [name for name in better if name[1]]
    own = next((link.url for link in draft.links if link.kind in ("paper", "pdf")), "")
    address = normal_url(own) if own and not names else ""
    return names or ([(str(kind.URL), address)] if 0 < len(address) <= LONGEST_VALUE else [])


def key_of(draft: PaperDraft) -> str:
    """The title key as the table keeps it."""
    return title_key(draft.title)[:LONGEST_KEY]


@dataclass(slots=True)
class Known:
    """Papers of the lab that a document may name; grows as its papers are made."""

    by_key: dict[str, Paper] = field(default_factory=dict)
    by_name: dict[Name, Paper] = field(default_factory=dict)

    def find(self, draft: PaperDraft) -> tuple[Paper | None, Paper | None]:
        """The same paper, and one that only shares an address under a clearly different title."""
        same = self.by_key.get(key_of(draft)) if key_of(draft) else None
        if same is not None:
            return same, None
        clash = None
        for name in names_of(draft):
            other = self.by_name.get(name)
            if other is not None and are_alike(draft.title, other.title):
                return other, None
            clash = clash or other
        return None, clash

    def add(self, paper: Paper, names: Iterable[Name]) -> None:
        """Remember a paper under its title and identifiers."""
        self.by_key.setdefault(paper.title_key, paper)
        for name in names:
            self.by_name.setdefault(name, paper)


def find_known(drafts: Sequence[PaperDraft]) -> Known:
    """The papers here that carry one of the titles or identifiers; a few questions in all."""
    known = Known()
    papers = Paper.objects.all()
    keys = [key for draft in drafts if (key := key_of(draft))]
    for paper in papers.filter(title_key__in=any_of(keys, "text")).order_by("pk"):
        known.by_key.setdefault(paper.title_key, paper)
    same = {paper.pk: paper for paper in known.by_key.values()}
    names = {name for draft in drafts for name in names_of(draft)}
    for kind in {kind for kind, _ in names}:
        values = any_of([value for one, value in names if one == kind], "text")
        rows = Identifier.objects.filter(kind=kind, value__in=values).values_list("value", "paper")
        found = dict(rows)
        same |= papers.in_bulk(set(found.values()) - same.keys())
        known.by_name.update({(kind, value): same[key] for value, key in found.items()})
    return known


def handle_of(name: str) -> str:
    """The handle that a name would have."""
    return slugify(name, allow_unicode=True)[:60].strip("-_") or "member"


def find_members(names: Iterable[str]) -> dict[str, Member]:
    """Members by the names in a document: the same handle, or the same name in any case."""
    wanted = {name.casefold(): name for name in names}
    handles = {handle_of(name).lower(): key for key, name in wanted.items()}
    rows = Member.objects.annotate(low_name=Lower("name"), low_handle=Lower("handle")).filter(
        Q(low_name__in=[name.lower() for name in wanted.values()]) | Q(low_handle__in=list(handles))
    )
    found: dict[str, Member] = {}
    for member in rows.order_by("pk"):
        key = handles.get(member.handle.lower())
        if key is not None:
            found[key] = member
        elif member.name.casefold() in wanted:
            found.setdefault(member.name.casefold(), member)
    return found


def free_handles(names: Sequence[str]) -> Iterator[str]:
    """A handle for each name that nobody has."""
    bases = [handle_of(name) for name in names]
    taken = {
        handle.lower()
        for handle in Member.objects.filter(
            handle__iregex="^(" + "|".join(sorted(set(bases))) + r")(-\d+)?$"
        ).values_list("handle", flat=True)
    } if bases else set()  # fmt: skip
    for base in bases:
        handle, number = base, 1
        while handle.lower() in taken:
            number += 1
            handle = f"{base}-{number}"
        taken.add(handle.lower())
        yield handle
