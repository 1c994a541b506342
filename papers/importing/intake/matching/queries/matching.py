"""The names of a document's papers and members, and which members are here already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.text import slugify

from papers.importing.reading.drafts.understood import PaperDraft
from papers.models import Identifier, Member
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
