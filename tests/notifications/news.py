"""Events that notify, and the round that reads them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from papers.models import (
    Event,
    Member,
    Notification,
    Paper,
)
from papers.notifications.actions.notifying import create_notifications
from tests import make
from tests.make import NOW

Why = Notification.Why
MINUTE = timedelta(minutes=1)


def tell(at: datetime = NOW + MINUTE) -> Counter[tuple[str, str]]:
    create_notifications(at=at)
    rows = Notification.objects.values_list("member__handle", "why")
    return Counter((handle, why) for handle, why in rows)


def note(kind: Event.Kind, by: Member, at: datetime = NOW, **subject: Any) -> Event:
    return Event.objects.create(kind=kind, by=by, at=at, **subject)


def publish(paper: Paper, by: Member, at: datetime = NOW) -> Event:
    review = make.review(paper, by, at=at)
    return note(Event.Kind.REVIEW_PUBLISHED, by, at, paper=paper, review=review)
