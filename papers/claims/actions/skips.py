"""What a member does not want to be offered again."""

from __future__ import annotations

from datetime import datetime

from papers.models import Member, Paper, Skip


def skip_paper(*, paper: Paper, by: Member, at: datetime) -> Skip:
    """Do not offer this paper again. Skipping twice is skipping once; it is nobody else's news."""
    return Skip.objects.get_or_create(paper=paper, member=by, defaults={"at": at})[0]


def offer_again(*, by: Member) -> int:
    """Forget what was skipped; how many papers are offered again."""
    return Skip.objects.filter(member=by).delete()[0]
