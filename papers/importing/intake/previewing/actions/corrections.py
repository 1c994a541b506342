"""Corrections of a preview: bullets moved, papers left out, meetings wanted or not."""

from __future__ import annotations

from django.db import transaction

from papers.importing.intake.applying.actions.locking import lock_item
from papers.importing.intake.previewing.queries.earlier import ENTRY
from papers.importing.reading.drafts.correcting import AS_READ, Facts, correct, keep_changed
from papers.importing.reading.drafts.draft_json import move_unit, pack_paper, unit_key, unpack_paper
from papers.importing.reading.drafts.review_text import SECTIONS, Section
from papers.models import ImportItem, ImportJob, Paper


def move_bullet(*, item: ImportItem, number: int, section: Section) -> ImportItem:
    """Put one bullet of a review into another section. Raises NotInPreview, IndexError."""
    if section not in SECTIONS:
        raise IndexError(section)
    with transaction.atomic():
        item = lock_item(item)
        draft = move_unit(unpack_paper(item.data), number, section)
        if draft.review:
            item.moved[unit_key(draft.review.units[number])] = section
        kept = {AS_READ: item.data[AS_READ]} if AS_READ in item.data else {}
        item.data = pack_paper(draft) | kept
        item.save(update_fields=["data", "moved"])
    return item


def correct_entry(*, item: ImportItem, facts: Facts) -> ImportItem:
    """Put these facts in place of what the document says of one entry; no facts take corrections
    back. They stay when the document is read again. Raises NotInPreview.
    """
    with transaction.atomic():
        item = lock_item(item)
        job, name = item.job, f"{ENTRY}{item.key}"
        others = {key: value for key, value in job.choices.items() if key != name}
        changed = keep_changed(item.data, facts)
        job.choices = {**others, name: changed} if changed else others
        job.save(update_fields=["choices"])
        item.data = correct(item.data, changed)
        item.save(update_fields=["data"])
    return item


def exclude_paper(*, item: ImportItem, is_excluded: bool) -> ImportItem:
    """Leave one paper out, or take it up again. Raises NotInPreview."""
    with transaction.atomic():
        item = lock_item(item)
        item.is_excluded = is_excluded
        item.save(update_fields=["is_excluded"])
    return item


def choose_meetings(*, job: ImportJob, is_wanted: bool) -> ImportJob:
    """Say whether the days of a schedule become meetings. Nothing is said of what isn't a preview
    any more.
    """
    with transaction.atomic():
        job = ImportJob.objects.select_for_update(no_key=True).get(pk=job.pk)
        is_open = job.state == ImportJob.State.PREVIEW and not job.work
        if is_open and is_wanted != bool(job.plan.get("with_meetings")):
            job.plan["with_meetings"] = is_wanted
            job.save(update_fields=["plan"])
    return job


def choose_sameness(*, item: ImportItem, paper: Paper, is_same: bool) -> ImportItem:
    """Keep what a member said of this entry and this paper. Raises NotInPreview."""
    kinds = ImportItem.Sameness
    with transaction.atomic():
        item = lock_item(item)
        item.sameness = kinds.SAME if is_same else kinds.DIFFERENT
        item.compared = paper
        item.save(update_fields=["sameness", "compared"])
    return item
