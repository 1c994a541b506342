"""A week with something in it, closed on the Monday after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from papers import mail
from papers.models import Mail, Member
from papers.text.weeks import Week
from tests import make

WEEK = Week.parse("2026-W47")
NOW = make.NOW
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=100)
Day = Member.DigestDay


def fill(papers: int = 1) -> None:
    ada = Member.objects.get(handle="ada")
    for number in range(papers):
        at = NOW - timedelta(seconds=number)
        title = f"Paper {number} " + "with a long title " * 8
        paper = make.paper(title, added_by=ada, added_at=at)
        make.review(paper, ada, takeaway="It scales, until it does not. " * 4, verdict="try")
        make.experiment(f"Try {number}", review=paper.reviews.get(), paper=paper)


def deliver_all() -> None:
    for row in Mail.objects.all():
        mail.deliver_mail(pk=row.pk, at=NOW)
