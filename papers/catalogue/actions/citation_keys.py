"""Keys under which papers are cited: given once, all different, and never changed."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max

from papers.bulk_copy import any_of
from papers.models import CitationKey, Paper
from papers.text.citing import make_key

MOST_ROUNDS = 20
"""Tries against others who give keys in the same moment; each try gives at least one."""


def assign_citation_keys(papers: Sequence[int]) -> None:
    """Give a key to those of these papers that have none; the older paper gets the shorter one.

    Does nothing for papers that have one, so it may be called before every export.
    """
    for _ in range(MOST_ROUNDS):
        missing = Paper.objects.filter(pk__in=any_of(papers, "bigint"), citation_key=None)
        rows = missing.order_by("pk").values_list("pk", "title", "authors", "year")
        stems = {pk: make_key(title, authors, year) for pk, title, authors, year in rows}
        if not stems:
            return
        CitationKey.objects.bulk_create(_number(stems), 2_000, ignore_conflicts=True)


def _number(stems: dict[int, str]) -> list[CitationKey]:
    """The next free number of each stem."""
    taken = CitationKey.objects.filter(stem__in=any_of([*set(stems.values())], "text"))
    last = dict(taken.order_by().values_list("stem").annotate(last=Max("number")))
    keys = []
    for paper, stem in stems.items():
        last[stem] = last.get(stem, 0) + 1
        keys.append(CitationKey(paper_id=paper, stem=stem, number=last[stem]))
    return keys
