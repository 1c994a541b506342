"""What needs a curator's hand, with the page on which it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Value
from django.urls import reverse
from django.utils.translation import ngettext

from papers.models import Claim, Member, PaperPair
from papers.text import addresses


@dataclass(frozen=True, slots=True)
class Chore:
    """Something that waits for a curator: what, how often, and where it is done."""

    text: str
    url: str


def list_chores(today: date) -> list[Chore]:
    """What needs a hand, the most urgent first; one query."""
    late = Claim.objects.open().filter(due_on__lt=today)
    pairs = PaperPair.objects.filter(answer="", suggested_at__isnull=False)
    counted = _tally("late", late).union(
        _tally("pairs", pairs), _tally("names", Member.objects.placeholders()), all=True
    )
    counts = dict(counted.order_by())
    overdue, suggested, waiting = (counts.get(one, 0) for one in ("late", "pairs", "names"))
    chores = [
        (overdue, ngettext("%(n)s claim is overdue", "%(n)s claims are overdue", overdue),
         f"{addresses.PAPERS}?q=is:overdue"),
        (suggested, ngettext("%(n)s suggested duplicate", "%(n)s suggested duplicates", suggested),
         reverse("duplicates")),
        (waiting, ngettext("%(n)s name from imports to invite",
                           "%(n)s names from imports to invite", waiting),
         reverse("curation-placeholders")),
    ]  # fmt: skip
    return [Chore(said % {"n": f"{n:,}"}, url) for n, said, url in chores if n]


def _tally(word: str, rows: Any) -> Any:
    """The word and how many rows there are."""
    return rows.order_by().values_list(Value(word)).annotate(n=Count("pk"))
