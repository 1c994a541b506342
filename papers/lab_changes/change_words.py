"""A change of the lab's settings in words: each setting with its value before and after."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers.models import Event, Lab, Member
from papers.text.sections import PARTS

LONGEST_SHOWN = 120
"""Characters of one value."""

LABELS = {
    "name": _("Name"),
    "time_zone": _("Time zone"),
    "paper_slots": _("Reviewers per paper"),
    "claim_limit": _("Claims per member"),
    "lease_days": _("Claim length (days)"),
    "grace_days": _("Grace period"),
    "independent_reviews": _("Hide others' reviews until you publish your own"),
    "public_reading": _("Public reading"),
    "digest_weekday": _("Day of the digest"),
    "digest_hour": _("Hour of the digest"),
    "accent": _("Accent color"),
    "logo_alt": _("Alternative text of the logo"),
    "announcement": _("Announcement"),
    "announcement_until": _("Last day of the announcement"),
} | {part.key: _(part.label) for part in PARTS}
"""Columns of the lab as forms and the log name them, and the sections of guiding questions."""


def say_changes(event: Event) -> list[str]:
    """What an event about the lab or a role changed: `Reviewers per paper: 2 → 4`.

    Which picture was the logo is no word; its alternative text is.
    """
    if event.kind == Event.Kind.MEMBER_CHANGED and "role" in event.data:
        return [" → ".join(str(Member.Role(role).label) for role in event.data["role"])]
    changes: dict[str, list[Any]] = event.data.get("changes", {})
    return [
        gettext("%(setting)s: %(before)s → %(after)s")
        % {"setting": LABELS[name], "before": _say(name, was), "after": _say(name, now)}
        for name, (was, now) in changes.items()
        if name in LABELS
    ]


def get_column(name: str) -> models.Field[Any, Any]:
    """A column of the lab's row."""
    column = Lab._meta.get_field(name)
    assert isinstance(column, models.Field)  # noqa: S101  the row has no other kind
    return column


def _say(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return gettext("on") if value else gettext("off")
    if isinstance(value, list):
        return _shorten(", ".join(_quote(text) for text in value)) or gettext("none")
    if name == "digest_weekday" and value is None:
        return gettext("sent manually")
    if value in ("", None):
        return gettext("none")
    if name == "announcement_until":
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    choices: dict[Any, Any] = dict(get_column(name).flatchoices)
    if choices:
        return str(choices.get(value, value))
    return _shorten(_quote(value)) if isinstance(value, str) else str(value)


def _quote(text: str) -> str:
    return gettext("“%(text)s”") % {"text": " ".join(text.split())}


def _shorten(text: str) -> str:
    return Truncator(text).chars(LONGEST_SHOWN)
