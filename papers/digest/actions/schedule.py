"""The lab's day and hour for closing issues."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from papers.events import record
from papers.models import Event, Lab, Member


def set_clock(*, digest_weekday: int | None, digest_hour: int, by: Member, at: datetime) -> bool:
    """Close issues on this weekday (0 Monday; None by hand) from this hour; False when it was so.

    The hour is the lab's own, whatever the clocks do.
    """
    with transaction.atomic():
        Lab.objects.get_or_create(pk=1)
        lab = Lab.objects.select_for_update().get(pk=1)
        wanted = (digest_weekday, digest_hour)
        if (lab.digest_weekday, lab.digest_hour) == wanted:
            return False
        lab.digest_weekday, lab.digest_hour = wanted
        lab.save(update_fields=["digest_weekday", "digest_hour"])
        data = {"fields": ["digest_weekday", "digest_hour"]}
        record(Event.Kind.LAB_CHANGED, by=by, at=at, data=data)
    return True
