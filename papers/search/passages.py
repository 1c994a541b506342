"""The places that matched, read anew from what the viewer may see; never from the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import F, IntegerField, QuerySet, Value
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from papers import access
from papers.caching.prepared import prepared
from papers.models import Lab
from papers.search.highlighting import Marker
from papers.search.results import Fragment, Segment
from papers.text.markdown import plain
from papers.text.sections import PARTS, TEXTS
from papers.text.writing import escape

EACH = 2

_NONE = Value("")
_NO_KEY: Any = Value(None, output_field=IntegerField())
_PARTS = {
    "paper": {"abstract_html": gettext_noop("Abstract"), "note": gettext_noop("Note")},
    "review": {f"{one.key}_html" if one in PARTS else one.key: one.label for one in TEXTS},
    "experiment": {
        "title": gettext_noop("Experiment"),
        "hypothesis": gettext_noop("Hypothesis"),
        "plan_html": gettext_noop("Plan"),
        "outcome_html": gettext_noop("Outcome"),
    },
    "comment": {"body_html": gettext_noop("Comment")},
}
"""The texts of each kind, by column; Markdown is read as it was rendered, without its signs."""
_MOST_PARTS = max(map(len, _PARTS.values()))


def find_fragments(
    marker: Marker, papers: Sequence[int], *, by: access.Viewer, lab: Lab, each: int = EACH
) -> dict[int, list[Fragment]]:
    """Up to `each` passages per paper in which the search's words stand; one statement."""
    found: dict[int, list[Fragment]] = defaultdict(list)
    if not marker or not papers:
        return found
    for _place, _row, paper, kind, who, review, *texts in _read(by, lab, list(papers)):
        room = each - len(found[paper])
        if room > 0:
            found[paper] += islice(_passages(marker, kind, who, review, texts), room)
    return found


def mark_html(segments: Iterable[Segment]) -> SafeString:
    """Segments as HTML: text escaped, matches in `<mark>`."""
    pieces = (
        f"<mark>{escape(one.text)}</mark>" if one.is_match else escape(one.text) for one in segments
    )
    return mark_safe("".join(pieces))  # noqa: S308 (every text is escaped)


def _passages(
    marker: Marker, kind: str, who: str, review: int | None, texts: list[str]
) -> Iterator[Fragment]:
    # A longer list of texts than a kind has parts is filled up with empty texts.
    for (column, part), text in zip(_PARTS[kind].items(), texts, strict=False):
        if not marker.may_match(text):
            continue
        if segments := marker.passage(plain(text) if column.endswith("_html") else text):
            name = _(part)
            if who:
                name = _("%(part)s by %(name)s") % {"part": name, "name": who}
            yield Fragment(name, segments, review)


@prepared
def _read(by: access.Viewer, lab: Lab, paper: int) -> QuerySet[Any, tuple[Any, ...]]:
    """Kind, whose, and the texts, in the order in which they are shown."""
    papers = [paper]
    own = _texts(
        access.papers_visible_to(by, lab).filter(pk__in=papers),
        0,
        "paper",
        "pk",
    )
    reviews = _texts(
        access.reviews_visible_to(by, lab).filter(paper__in=papers), 1, "review", "paper",
        who="member__name", review="pk",
    )  # fmt: skip
    experiments = _texts(
        access.experiments_visible_to(by, lab).filter(paper__in=papers), 2, "experiment", "paper"
    )  # fmt: skip
    comments = access.comments_visible_to(by, lab).filter(deleted_at__isnull=True)
    said = [
        _texts(comments.filter(**{f"{at}__in": papers}), 3, "comment", at, who="author__name")
        for at in ("paper", "review__paper", "experiment__paper")
    ]
    return own.union(reviews, experiments, *said, all=True).order_by("place", "row")


def _texts(
    rows: QuerySet[Any],
    place: int,
    kind: str,
    paper: str,
    *,
    who: str = "",
    review: str = "",
) -> QuerySet[Any, tuple[Any, ...]]:
    texts = list(_PARTS[kind])
    filled = {f"text{n}": F(name) for n, name in enumerate(texts)}
    empty = {f"text{n}": _NONE for n in range(len(texts), _MOST_PARTS)}
    columns: dict[str, Any] = {
        "place": Value(place),
        "row": F("pk"),
        "of": F(paper),
        "kind": Value(kind),
        "who": F(who) if who else _NONE,
        "in_review": F(review) if review else _NO_KEY,
        **filled,
        **empty,
    }
    read: QuerySet[Any, tuple[Any, ...]] = rows.order_by().annotate(**columns).values_list(*columns)
    return read
