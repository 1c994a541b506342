"""Writes of how the lab shows itself: accent color, logo, announcement and its dismissal."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from papers.curation.appearance.queries import digest_text
from papers.files.actions import add_logo
from papers.lab_changes.actions import write_lab
from papers.models import Lab, Member


def choose_accent(*, accent: str, by: Member, at: datetime) -> bool:
    """Color links and buttons; False for the color that is there."""
    return bool(write_lab({"accent": Lab.Accent(accent)}, act="accent", by=by, at=at))


def set_logo(*, data: bytes, name: str, alt: str, by: Member, at: datetime) -> None:
    """Show this picture beside the lab's name.

    Raises FileRefused, QuotaReached and ReadersBusy of `files.actions`.
    """
    with transaction.atomic():
        logo = add_logo(data=data, name=name, alt=alt, by=by, at=at)
        write_lab({"logo_id": logo.key, "logo_alt": alt}, act="logo", by=by, at=at)


def remove_logo(*, by: Member, at: datetime) -> bool:
    """Show the site's own sign again; False where it is shown. The picture goes after 30 days."""
    return bool(write_lab({"logo_id": None, "logo_alt": ""}, act="logo-removed", by=by, at=at))


def announce(*, text: str, until: date | None, by: Member, at: datetime) -> bool:
    """Tell all members something, up to and including a day; an empty text ends it."""
    changes = {"announcement": text, "announcement_until": until if text else None}
    act = "announced" if text else "announcement-removed"
    return bool(write_lab(changes, act=act, by=by, at=at))


def dismiss_announcement(*, member: Member, digest: str) -> None:
    """Show this text to the member no more; a later text is shown. A matter of one's own."""
    lab = Lab.objects.filter(pk=1).first()
    if lab and digest_text(lab.announcement) == digest:
        Member.objects.filter(pk=member.pk).update(dismissed=digest)
