"""Splitting a paper to which an import put an entry: the entry's paper becomes one of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from papers.bulk_copy import any_of
from papers.events import record
from papers.importing.intake.applying.actions.filling import (
    empty,
    fill,
    make_paper,
    marks_of,
    write_facts,
)
from papers.importing.intake.applying.actions.intake import Document, Intake
from papers.importing.intake.applying.actions.locking import lock_imports
from papers.importing.intake.applying.actions.running import run_intake
from papers.importing.intake.matching.queries.sameness import Choice
from papers.importing.intake.undoing.actions.heirs import SHARED
from papers.importing.intake.undoing.queries.entries import Entry, Rows, read_entries, read_rows
from papers.models import (
    AgendaItem,
    Claim,
    Event,
    Experiment,
    Identifier,
    ImportItem,
    ImportJob,
    Link,
    Listing,
    Member,
    Paper,
    Review,
    ReviewDraft,
)
from papers.search.index.actions import refresh

MOVED: dict[str, Any] = {
    "identifier": Identifier,
    "link": Link,
    "listing": Listing,
    "claim": Claim,
    "review": Review,
    "agendaitem": AgendaItem,
}
"""Rows beside a paper that go with the entry that made them."""


class NotJoined(Exception):
    """The entry made its paper, or its import doesn't stand any more: nothing to split."""


def split_paper(*, item: ImportItem, by: Member, at: datetime) -> Paper:
    """Make an entry that was put to a paper a paper of its own, with all that came with it.

    The other paper is afterwards as if the entry had not been put to it; what others added to it
    stays there. Reviews of the entry take their discussion along. Splitting twice is splitting
    once; it can be undone only by hand. Raises NotJoined.
    """
    with transaction.atomic():
        lock_imports()
        item = ImportItem.objects.get(pk=item.pk)
        job = ImportJob.objects.select_for_update(no_key=True).get(pk=item.job_id)
        if job.state != ImportJob.State.APPLIED or item.paper_id is None:
            raise NotJoined
        old = Paper.objects.select_for_update(no_key=True).get(pk=item.paper_id)
        if not item.is_joined:
            if item.left.get("split"):
                return old
            raise NotJoined
        new = _split(item, job, old, by)
        record(Event.Kind.PAPER_SPLIT, old, by=by, at=at, data={"new": new.pk})
        refresh([old.pk, new.pk])
    return new


def _split(item: ImportItem, job: ImportJob, old: Paper, by: Member) -> Paper:
    entries = read_entries([old.pk])[old.pk]
    entry = next(one for one in entries if one.item.pk == item.pk)
    others = [one for one in entries if one is not entry]
    for one in entries:
        if one.job.pk == job.pk:
            one.job.made = job.made  # the row that is locked is the one that is written
    at = job.applied_at or job.created_at
    new = make_paper(entry.draft, by=job.by, at=at)
    new.save()
    rows = read_rows([old.pk])[old.pk]
    _move_rows(list_rows_of(entry, others, rows), new)
    _hand_over(entry, others, rows)
    _release_facts(entry, others, old)
    intake = Intake(
        Document([entry.draft], [], []),
        by=job.by or by,
        at=at,
        choices={entry.draft.key: Choice(is_same=True, paper=new.pk)},
    )
    outcome = run_intake(intake)
    for one in others:
        if one.job.pk != job.pk:
            one.job.save(update_fields=["made"])
    job.made = [*entry.job.made, ["paper", new.pk], *outcome.made]
    uses = job.plan.get("uses", {})
    used = {*uses.get("paper", ()), new.pk}
    if all(one.job.pk != job.pk for one in others):
        used.discard(old.pk)
    job.plan["uses"] = uses | {"paper": sorted(used)}
    job.save(update_fields=["made", "plan"])
    left = {name: pair for name, pair in intake.left[entry.draft.key].items() if pair}
    item.paper, item.is_joined, item.left = new, False, left | {"split": [old.pk, new.pk]}
    item.save(update_fields=["paper", "is_joined", "left"])
    return new


def list_rows_of(entry: Entry, others: Sequence[Entry], rows: Rows) -> dict[str, list[int]]:
    """The rows that came with this entry and with none of the others, by kind."""
    made = {(kind, pk) for kind, pk, *_ in entry.job.made}
    shares = any(other.job.pk == entry.job.pk for other in others)
    return {
        kind: [
            pk
            for pk, value in rows.get(kind, {}).items()
            if (kind, pk) in made
            and (not shares or value in entry.says[kind])
            and not any(value in other.says[kind] for other in _rivals(kind, entry, others))
        ]
        for kind in MOVED
    }


def _rivals(kind: str, entry: Entry, others: Sequence[Entry]) -> Iterable[Entry]:
    """Those that keep a row which they name too; a review is of the first entry that brought it."""
    if kind != "review":
        return others
    place = (entry.item.position, entry.item.pk)
    return [
        other
        for other in others
        if other.job.pk == entry.job.pk and (other.item.position, other.item.pk) < place
    ]


def _hand_over(entry: Entry, others: Sequence[Entry], rows: Rows) -> None:
    """Rows that stay because another import names them too are that one's from now on."""
    job = entry.job
    for kind, pk, value in ((k, *row) for k in SHARED for row in rows.get(k, {}).items()):
        heirs = [one for one in others if value in one.says[kind]]
        if heirs and [kind, pk] in job.made and all(one.job.pk != job.pk for one in heirs):
            job.made.remove([kind, pk])
            heirs[0].job.made.append([kind, pk])


def _move_rows(rows: dict[str, list[int]], new: Paper) -> None:
    old_places = list(Review.objects.filter(pk__in=rows["review"]).values_list("paper", "member"))
    for kind, keys in rows.items():
        MOVED[kind].objects.filter(pk__in=any_of(keys, "bigint")).update(paper=new)
    reviews = Review.objects.filter(pk__in=rows["review"])
    Experiment.objects.filter(review__in=reviews, paper__isnull=False).update(paper=new)
    Event.objects.filter(Q(review__in=reviews) | Q(experiment__review__in=reviews)).update(
        paper=new
    )
    for old, member in old_places:
        drafts = ReviewDraft.objects.filter(paper=old, member=member, base_number__gt=0)
        drafts.update(paper=new)  # what its author is changing just now


def _release_facts(entry: Entry, others: Sequence[Entry], old: Paper) -> None:
    """Empty what the entry filled into the other paper, and let the others fill it."""
    gone: set[str] = set()
    while (place := marks_of(entry.job.made, old.pk, entry.draft)) >= 0:
        gone |= empty(old, entry.job.made.pop(place)[2])  # applied, then refilled by a split
    if not gone:
        return
    refill(old, others, gone)
    write_facts([old])


def refill(paper: Paper, entries: Sequence[Entry], fields: set[str]) -> None:
    """Let entries that stay give a paper what it lost; the caller writes paper and imports."""
    for entry in entries:
        if marks := fill(paper, entry.draft, fields):
            entry.job.made.append(["filled", paper.pk, marks])
