"""What a list shows of a paper: its state, its people, the parts reviewed, and what I may do.

A row is made for every line of the catalogue, of topics, desks, member pages and the digest, so
it is read as plain values: one query, whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONArray

from papers import access
from papers.caching.prepared import prepared
from papers.models import AgendaItem, Lab, Paper
from papers.people import People
from papers.rows.row_html import PaperRow
from papers.text.sections import SECTIONS


def list_rows(
    papers: QuerySet[Paper] | Iterable[Paper | int],
    viewer: access.Viewer,
    lab: Lab,
    *,
    columns: Sequence[str] = (),
) -> list[PaperRow]:
    """The rows of these papers, in their order; one query.

    Give a queryset (ordered and sliced) where there is one; papers or keys cost the same.
    `columns` are further names to read along into `extra`.
    """
    return make_rows(_read_papers(papers, viewer, lab, columns), viewer, lab)


def make_rows(facts: Iterable[tuple[Any, ...]], viewer: access.Viewer, lab: Lab) -> list[PaperRow]:
    """The rows of what a statement of `as_row_values` gave."""
    people, may = People(viewer), access.can_review(viewer)
    return [_make_row(row, people, may, lab) for row in facts]


def is_discussed() -> Exists:
    """The paper was discussed in a meeting; a condition on papers."""
    return Exists(AgendaItem.objects.filter(paper=OuterRef("pk"), discussed_at__isnull=False))


def _read_papers(
    papers: QuerySet[Paper] | Iterable[Paper | int],
    viewer: access.Viewer,
    lab: Lab,
    columns: Sequence[str],
) -> list[tuple[Any, ...]]:
    if isinstance(papers, QuerySet):
        return list(as_row_values(papers, viewer, lab, columns))
    keys = [one if isinstance(one, int) else one.pk for one in papers]
    by_key = {row[0]: row for row in _read_keys(keys, viewer, lab, columns)} if keys else {}
    return [by_key[key] for key in keys if key in by_key]


def _read_keys(
    keys: list[int], viewer: access.Viewer, lab: Lab, columns: Sequence[str]
) -> list[tuple[Any, ...]]:
    return _read_of_keys(viewer, lab, keys, columns=tuple(columns))


@prepared
def _read_of_keys(
    viewer: access.Viewer, lab: Lab, key: int, *, columns: tuple[str, ...]
) -> QuerySet[Any, tuple[Any, ...]]:
    papers = access.papers_visible_to(viewer, lab).filter(pk__in=[key])
    return as_row_values(papers.order_by(), viewer, lab, columns)


def as_row_values(
    papers: QuerySet[Paper], viewer: access.Viewer, lab: Lab, columns: Sequence[str]
) -> QuerySet[Any, tuple[Any, ...]]:
    """Each paper with its claims and reviews beside it as JSON: one statement for the list."""
    here = OuterRef("pk")
    claims = access.claims_visible_to(viewer).open().filter(paper=here)
    reviews = access.reviews_known_to(viewer, lab).filter(paper=here)
    drafts = access.drafts_of(viewer).filter(paper=here, discarded_at__isnull=True)
    return papers.annotate(
        row_claims=_collect(
            claims.order_by("claimed_at", "pk"), "pk", Q(paper_slot__isnull=False)
        ),
        row_reviews=_collect(
            reviews.order_by("published_at", "pk"),
            access.is_review_readable(viewer, lab),
            *(f"{one.key}_words" for one in SECTIONS),
        ),
        row_draft=Exists(drafts),
        row_discussed=is_discussed(),
    ).values_list(
        "pk", "title", "slug", "authors", "venue", "year", "slots",
        "row_claims", "row_reviews", "row_draft", "row_discussed", *columns,
    )  # fmt: skip


def _collect(rows: QuerySet[Any], *facts: str | Q | Combinable) -> ArraySubquery:
    """These facts of each row, and then who."""
    values = [_has_open_claim(fact) if isinstance(fact, Q) else fact for fact in facts]
    who = ("member", "member__name", "member__handle", "member__state")
    return ArraySubquery(rows.values(row=JSONArray(*values, *who)))


def _has_open_claim(condition: Q) -> ExpressionWrapper[Q]:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _make_row(facts: tuple[Any, ...], people: People, may_review: bool, lab: Lab) -> PaperRow:
    pk, title, slug, authors, venue, year, slots = facts[:7]
    # NULL stands for the empty list where nobody may be seen.
    claims = [(claim, leased, people.get(*who)) for claim, leased, *who in facts[7] or ()]
    reviews = [(row[:-4], people.get(*row[-4:])) for row in facts[8] or ()]
    is_drafted, is_discussed, *extra = facts[9:]
    claims.sort(key=lambda claim: not claim[1])
    mine = next(((claim, leased) for claim, leased, who in claims if who.is_me), None)
    has_reviewed = any(who.is_me for _, who in reviews)
    is_claimed = any(leased for _, leased, _ in claims)
    free = max((slots or lab.paper_slots) - sum(leased for _, leased, _ in claims), 0)
    return PaperRow(
        id=pk,
        title=title,
        slug=slug,
        author_names=authors,
        venue=venue,
        year=year,
        state=get_state(is_drafted, is_discussed, bool(reviews), is_claimed),
        spine=tuple(tuple(words) for (is_readable, *words), _ in reviews if is_readable),
        reviewers=[who for _, who in reviews],
        claimants=[who for _, _, who in claims],
        my_claim=mine[0] if mine else None,
        free_slots=free,
        # A standing claim ("reads this") becomes a lease by the same click.
        may_claim=may_review and free > 0 and not has_reviewed and not (mine and mine[1]),
        extra=extra,
    )


def get_state(is_drafted: bool, is_discussed: bool, is_reviewed: bool, is_claimed: bool) -> str:
    """The furthest that the paper has come, but a draft of mine comes first: it waits for me."""
    if is_drafted:
        return "draft"
    if is_discussed:
        return "discussed"
    if is_reviewed:
        return "reviewed"
    return "claimed" if is_claimed else "open"
