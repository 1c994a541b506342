"""Writes of how the lab shows itself: accent color, logo, announcement and its dismissal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from papers.curation.appearance.queries import digest_text
from papers.events import record
from papers.files.actions import add_logo
from papers.models import Event, Lab, Member


def choose_accent(*, accent: str, by: Member, at: datetime) -> bool:
    """Color links and buttons; False for the color that is there."""
    return _change({"accent": Lab.Accent(accent)}, "accent", by=by, at=at)


def set_logo(*, data: bytes, name: str, alt: str, by: Member, at: datetime) -> None:
    """Show this picture beside the lab's name.

    Raises FileRefused, QuotaReached and ReadersBusy of `files.actions`.
    """
    with transaction.atomic():
        logo = add_logo(data=data, name=name, alt=alt, by=by, at=at)
        _change({"logo_id": logo.key, "logo_alt": alt}, "logo", by=by, at=at)


def remove_logo(*, by: Member, at: datetime) -> bool:
    """Show the site's own sign again; False where it is shown. The picture goes after 30 days."""
    return _change({"logo_id": None, "logo_alt": ""}, "logo-removed", by=by, at=at)


def announce(*, text: str, until: date | None, by: Member, at: datetime) -> bool:
    """Tell all members something, up to and including a day; an empty text ends it."""
    changes = {"announcement": text, "announcement_until": until if text else None}
    act = "announced" if text else "announcement-removed"
    return _change(changes, act, by=by, at=at)


def dismiss_announcement(*, member: Member, digest: str) -> None:
    """Show this text to the member no more; a later text is shown. A matter of one's own."""
    lab = Lab.objects.filter(pk=1).first()
    if lab and digest_text(lab.announcement) == digest:
        Member.objects.filter(pk=member.pk).update(dismissed=digest)


def _change(changes: Mapping[str, Any], act: str, *, by: Member, at: datetime) -> bool:
    with transaction.atomic():
        Lab.objects.get_or_create(pk=1)
        lab = Lab.objects.select_for_update().get(pk=1)
        changed = [name for name, value in changes.items() if getattr(lab, name) != value]
        for name in changed:
            setattr(lab, name, changes[name])
        if changed:
            lab.save()
            record(Event.Kind.LAB_CHANGED, by=by, at=at, data={"act": act})
    return bool(changed)
