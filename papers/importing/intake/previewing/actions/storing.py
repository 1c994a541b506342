"""Writes what was understood of a document: the job's account and plan, and one item a paper."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping
from typing import Any

from papers.bulk_copy import copy_rows, reserve_keys
from papers.importing.intake.previewing.queries.earlier import ENTRY
from papers.importing.reading.drafts.correcting import correct
from papers.importing.reading.drafts.draft_json import (
    move_units,
    pack_account,
    pack_paper,
    pack_plan,
)
from papers.importing.reading.drafts.understood import Reading, Understood
from papers.models import ImportItem, ImportJob

ITEM = (
    "id", "job", "kind", "key", "line", "position", "data", "message", "is_excluded", "moved",
    "sameness", "compared",
)  # fmt: skip
"""Columns of an item, in the order in which they are written."""

FIELDS = ("shape", "plan", "account", "source", "original", "choices")

type _Before = dict[str, tuple[int, bool, dict[str, str], str, int | None]]


def get_bytes(job: ImportJob) -> bytes:
    """The document as it came; one that an earlier edition kept was decoded at once."""
    if job.plan.get("is_unread"):
        return b64decode(job.source)
    return bytes(job.original) or _encode(job.source)


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def store_reading(
    job: ImportJob,
    data: bytes,
    reading: Reading,
    choices: Mapping[str, Any],
    *,
    is_carried: bool = False,
) -> None:
    """Keep what was understood in place of what was there; the caller has a transaction.

    An item of the same key stays the same row, with what a member corrected in it by hand.
    `is_carried` says that the choices were those of an earlier version of the document.
    """
    found = reading.understood
    job.shape, job.plan = found.shape, {**pack_plan(found), "is_carried": is_carried}
    job.account, job.choices = pack_account(found), dict(choices)
    job.source, job.original = reading.text, data if data != _encode(reading.text) else b""
    job.save(update_fields=FIELDS)
    rows = job.items.values_list("key", "pk", "is_excluded", "moved", "sameness", "compared")
    before: _Before = {key: facts for key, *facts in rows}  # type: ignore[misc]
    job.items.all().delete()
    # Before COPY begins: the connection answers nothing else while rows are written.
    new = reserve_keys(ImportItem, len(found.papers) + len(found.problems))
    copy_rows(ImportItem, ITEM, _items(job, found, before, iter(new)))


def _items(
    job: ImportJob, found: Understood, before: _Before, new: Iterator[int]
) -> Iterator[tuple[Any, ...]]:
    """The rows of a document: its papers, then its problems."""
    kind = ImportItem.Kind
    for n, draft in enumerate(found.papers):
        pk, is_out, moved, *same = before.get(draft.key) or (next(new), False, {}, "", None)
        packed = pack_paper(move_units(draft, moved))
        if facts := job.choices.get(f"{ENTRY}{draft.key}"):
            packed = correct(packed, facts)
        data = json.dumps(packed, ensure_ascii=False)
        kept = json.dumps(moved, ensure_ascii=False)
        yield pk, job.pk, kind.PAPER.value, draft.key, draft.line, n, data, "", is_out, kept, *same
    for n, problem in enumerate(found.problems):
        key = f"problem {n}"
        pk = before[key][0] if key in before else next(new)
        told = problem.message
        yield (
            pk,
            job.pk,
            kind.PROBLEM.value,
            key,
            problem.line,
            n,
            "{}",
            told,
            False,
            "{}",
            "",
            None,
        )
