"""Writes of files: pictures for texts, files of papers, and the removal of what nothing shows."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_hex

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from papers import access
from papers.files.found_in_file import Drawn
from papers.files.queries import count_bytes, find_dormant_keys, find_former_logos
from papers.files.sandboxed import ReadersBusy, draw_logo, draw_picture, read_document
from papers.models import File, Member, Paper

UNUSED_FOR = timedelta(days=30)
"""How long a file stays that no text shows, or that was deleted."""

__all__ = [
    "FileRefused", "QuotaReached", "ReadersBusy", "add_document", "add_logo", "add_picture",
]  # fmt: skip


class FileRefused(Exception):
    """The file is not what may be stored; `problem` as in `found.Drawn` and `found.Document`."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class QuotaReached(Exception):
    """All files of the lab together would be larger than they may be."""


def add_picture(
    *, data: bytes, name: str, alt: str, meant_for: str, by: Member, at: datetime
) -> File:
    """Store a picture, drawn anew. Raises FileRefused, QuotaReached, ReadersBusy."""
    drawn = draw_picture(data)
    return _store_picture(drawn, name=name, alt=alt, meant_for=meant_for, by=by, at=at)


def add_logo(*, data: bytes, name: str, alt: str, by: Member, at: datetime) -> File:
    """The same for the lab's logo, drawn as small as it is shown."""
    drawn = draw_logo(data)
    return _store_picture(drawn, name=name, alt=alt, meant_for="", by=by, at=at)


def _store_picture(
    drawn: Drawn, *, name: str, alt: str, meant_for: str, by: Member, at: datetime
) -> File:
    if drawn.problem:
        raise FileRefused(drawn.problem)
    file = File(
        kind=File.Kind.PICTURE, media_type=drawn.media_type, alt=alt, meant_for=meant_for,
        width=drawn.width, height=drawn.height, name=shorten(name), by=by, made_at=at,
    )  # fmt: skip
    return _store(file, drawn.content)


def add_document(
    *, paper: Paper, kind: str, data: bytes, name: str, rights: str, by: Member, at: datetime
) -> File:
    """Store a PDF or slides of a paper; the same bytes again are the file that is there.

    Raises FileRefused, QuotaReached, ReadersBusy.
    """
    found = read_document(data)
    if found.problem:
        raise FileRefused(found.problem)
    if kind == File.Kind.PAPER and found.media_type != File.MediaType.PDF:
        raise FileRefused("no_pdf")
    with transaction.atomic():
        Paper.objects.select_for_update(no_key=True).get(pk=paper.pk)
        digest = sha256(data).hexdigest()
        same = File.objects.of_papers().filter(paper=paper, digest=digest).first()
        if same is not None:
            return same
        file = File(
            kind=kind, media_type=found.media_type, paper=paper, name=shorten(name),
            rights=rights, by=by, made_at=at,
        )  # fmt: skip
        return _store(file, data)


def remove_file(*, file: File, at: datetime) -> None:
    """Delete a paper's file; for 30 days it can be restored."""
    File.objects.filter(pk=file.pk, deleted_at__isnull=True).update(deleted_at=at)


def restore_file(*, file: File) -> None:
    """Take the deletion of a paper's file back."""
    File.objects.filter(pk=file.pk).update(deleted_at=None)


def remove_unused(*, at: datetime) -> int:
    """Remove pictures older than 30 days that no text, draft or earlier version names, and files
    that were deleted that long ago; how many.
    """
    before = at - UNUSED_FOR
    in_use = access.files_in_use()
    idle = File.objects.pictures().filter(made_at__lt=before).exclude(pk__in=in_use.values("pk"))
    dormant = find_dormant_keys() | find_former_logos(before) if idle.exists() else set()
    gone = [*idle.exclude(key__in=dormant), *File.objects.filter(deleted_at__lt=before)]
    for file in gone:
        _remove(file)
    return len(gone)


def shorten(name: str) -> str:
    """A file's own name without its folders, at most 200 characters with its ending."""
    plain = " ".join(name.replace("\\", "/").rsplit("/", 1)[-1].split())
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - 8] + plain[-8:]


LONGEST_NAME = 200


def _store(file: File, content: bytes) -> File:
    """The content first: a row without content would be a broken picture."""
    if count_bytes() + len(content) > settings.FILES_QUOTA:
        raise QuotaReached
    file.key, file.size = token_hex(16), len(content)
    file.digest = sha256(content).hexdigest()
    file.content.save("", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            file.save()
    except BaseException:
        file.content.delete(save=False)
        raise
    return file


def _remove(file: File) -> None:
    """The row first: what is left over then is read by nobody."""
    storage, name = file.content.storage, str(file.content.name)
    file.delete()
    transaction.on_commit(lambda: storage.delete(name))
