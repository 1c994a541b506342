"""Merging two records of one work: everything of one goes to the other, and one address is left."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from papers.catalogue.actions.papers import make_slug
from papers.events import record
from papers.journal import check_constraints
from papers.models import Claim, Event, Member, Paper, PaperPair, Removal, Review
from papers.records.actions.suggesting import order_pair
from papers.records.joining.join import Join
from papers.records.joining.joins import join_all
from papers.records.joining.patience import lock_papers, run_patiently
from papers.search.index.actions import refresh
from papers.text import markdown
from papers.text.titles import title_key

FACTS = (
    "title", "authors", "abstract", "venue", "year", "published_on", "group", "slots",
)  # fmt: skip
"""Of these one value stays; `note` is the lab's own text, and both stay."""

LONGEST_NOTE = 1000


class MergeRefused(Exception):
    """The papers cannot be merged; the text says why."""


class SamePaper(MergeRefused):
    """A paper is not merged with itself."""

    def __init__(self) -> None:
        super().__init__(_("Choose two different papers."))


class PaperIsGone(MergeRefused):
    """One of the papers was merged or deleted meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            _("One of these papers has been merged or deleted since. Nothing changed.")
        )


def merge_papers(
    *, kept: Paper, gone: Paper, by: Member, at: datetime, take: Collection[str] = ()
) -> Removal:
    """Put everything of `gone` with `kept`, whose address the other one's leads to from now on.

    Facts that `kept` lacks are filled in; those named in `take` are taken from `gone`. Merging
    the same two again gives the first merge. Reviewers and claimants of both are told. Raises
    SamePaper, PaperIsGone or Busy.
    """
    if kept.pk == gone.pk:
        raise SamePaper
    return run_patiently(lambda: _merge(kept.pk, gone.pk, by, at, take))


def _merge(kept: int, gone: int, by: Member, at: datetime, take: Collection[str]) -> Removal:
    papers = lock_papers([kept, gone])
    if len(papers) < 2:
        return _find_same(kept, gone)
    join = Join(papers[kept], papers[gone], by, at)
    told = _list_readers([kept, gone])
    removal = Removal(kind=Removal.Kind.PAPER_MERGED, gone=gone, name=join.gone.title, into=kept)
    removal.reason = _find_reason(kept, gone)
    _join_facts(join, take)
    join_all(join)
    join.journal.remove(Paper.objects.filter(pk=gone))
    check_constraints()
    removal.paper_id, removal.by, removal.at = kept, by, at
    removal.journal = join.journal.entries
    removal.save()
    data = {"removal": removal.pk, "gone": gone, "reviewers": told}
    record(Event.Kind.PAPER_MERGED, Paper(pk=kept), by=by, at=at, data=data)
    refresh([kept])
    return removal


def _find_reason(kept: int, gone: int) -> str:
    """Why a member suggested it; the suggestion itself ends with the merge."""
    one, other = order_pair(kept, gone)
    pairs = PaperPair.objects.filter(one=one, other=other)
    return pairs.values_list("reason", flat=True).first() or ""


def _find_same(kept: int, gone: int) -> Removal:
    """The merge that was asked for, if it was done already."""
    merges = Removal.objects.current().mergers()
    done = merges.filter(gone=gone, paper=kept).first()
    if done is None:
        raise PaperIsGone
    return done


def _list_readers(papers: Collection[int]) -> list[int]:
    """Members whose published review or open claim is touched; who drafts is nobody's business."""
    reviewers = Review.objects.current().filter(paper__in=papers).values_list("member", flat=True)
    claimants = Claim.objects.open().filter(paper__in=papers).values_list("member", flat=True)
    return sorted({*reviewers, *claimants})


def _join_facts(join: Join, take: Collection[str]) -> None:
    values = choose_facts(join.kept, join.gone, take)
    if "title" in values:
        values["title_key"] = title_key(values["title"])[:500]
        values["slug"] = make_slug(values["title"])
    if "abstract" in values:
        values["abstract_html"] = markdown.render(values["abstract"])
        values["renderer"] = markdown.RENDERER_VERSION
    if values:
        join.journal.change(Paper.objects.filter(pk=join.kept.pk), **values)


def choose_facts(kept: Paper, gone: Paper, take: Collection[str]) -> dict[str, Any]:
    """The facts of the paper that stays which change, with their new values."""
    values = {
        name: theirs
        for name in FACTS
        if (theirs := getattr(gone, name))
        and theirs != getattr(kept, name)
        and (not getattr(kept, name) or name in take)
    }
    note = join_notes(kept.note, gone.note)
    if note != kept.note:
        values["note"] = note
    if kept.archived_at and not gone.archived_at:
        values["archived_at"] = None
    return values


def join_notes(one: str, other: str) -> str:
    """Both one-line notes in one line, as far as it goes."""
    if not other or other in one:
        return one
    both = f"{one} · {other}" if one else other
    return both if len(both) <= LONGEST_NOTE else one
