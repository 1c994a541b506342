"""Which topics are named much like another one: the likely ones to merge it into."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from papers.text.one_line import fold_name

MOST = 5
"""Topics offered as much alike."""

LEAST_LIKENESS = 60
"""Of 100; below it two names have only some letters in common."""

type Choice = tuple[int, str] | tuple[str, Sequence[tuple[int, str]]]


def group_by_likeness(name: str, topics: Sequence[tuple[int, str]]) -> list[Choice]:
    """All topics in their order, and before them those named most like this one."""
    names = {key: fold_name(other) for key, other in topics}
    wanted = fold_name(name)
    found = process.extract(
        wanted, names, scorer=fuzz.WRatio, score_cutoff=LEAST_LIKENESS, limit=MOST
    )
    if not found:
        return list(topics)
    words = dict(topics)
    alike = [(key, words[key].strip()) for _name, _score, key in found]
    return [(_("Similar names"), alike), (_("All topics"), topics)]
