"""The lab's day and hour for closing issues."""

from __future__ import annotations

from datetime import datetime

from papers.lab_changes.actions import write_lab
from papers.models import Member


def set_clock(*, digest_weekday: int | None, digest_hour: int, by: Member, at: datetime) -> bool:
    """Close issues on this weekday (0 Monday; None by hand) from this hour; False when it was so.

    The hour is the lab's own, whatever the clocks do.
    """
    values = {"digest_weekday": digest_weekday, "digest_hour": digest_hour}
    return bool(write_lab(values, by=by, at=at))
