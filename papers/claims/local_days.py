"""Days in the lab's time zone: a due day ends when the lab's day ends."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from papers.models import Lab


def get_local_day(at: datetime, lab: Lab) -> date:
    """The lab's calendar day at this instant."""
    return at.astimezone(ZoneInfo(lab.time_zone)).date()
