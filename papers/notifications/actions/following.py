"""What a member follows, and how soon she wants to hear of it: settings of her own, no events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from papers.models import Follow, Member, Notification, NotificationChoice, Pace, Paper, Topic

DEFAULTS = {
    Notification.Why.MENTION: Pace.ONCE,
    Notification.Why.REPLY: Pace.ONCE,
    Notification.Why.REVIEW: Pace.DAILY,
    Notification.Why.TURN: Pace.ONCE,
    Notification.Why.PAPER: Pace.DAILY,
    Notification.Why.TOPIC: Pace.DAILY,
    Notification.Why.MEMBER: Pace.DAILY,
    Notification.Why.SEARCH: Pace.DAILY,
}
"""What speaks to a member comes at once, the rest in one mail a day."""

MOST_SEARCHES = 20

type Subject = Paper | Topic | Member | str


class TooManySearches(Exception):
    """Each search that is followed is asked anew for every paper that comes in."""

    def __init__(self) -> None:
        super().__init__(_("You can follow at most %(n)s searches.") % {"n": MOST_SEARCHES})


def follow(*, subject: Subject, by: Member, at: datetime) -> Follow:
    """Follow a paper, a topic, a member or a search. Twice is once. Raises TooManySearches."""
    where = _place(subject, by)
    with transaction.atomic():
        Member.objects.select_for_update(no_key=True).get(pk=by.pk)
        known = Follow.objects.filter(**where).first()
        if known:
            return known
        if "search" in where and by.follows.exclude(search="").count() >= MOST_SEARCHES:
            raise TooManySearches
        return Follow.objects.create(**where, at=at)


def unfollow(*, subject: Subject, by: Member) -> bool:
    """Follow it no more; False when it was not followed."""
    return Follow.objects.filter(**_place(subject, by)).delete()[0] > 0


def choose_paces(*, member: Member, paces: Mapping[str, str]) -> None:
    """How soon each kind of notice comes by mail."""
    with transaction.atomic():
        for why, pace in paces.items():
            NotificationChoice.objects.update_or_create(
                member=member, why=Notification.Why(why), defaults={"pace": Pace(pace)}
            )


def get_paces(member: Member) -> dict[str, str]:
    """The member's choices, the defaults where she made none; one query."""
    made = dict(NotificationChoice.objects.filter(member=member).values_list("why", "pace"))
    return {why.value: made.get(why.value, pace.value) for why, pace in DEFAULTS.items()}


def tidy_search(text: str) -> str:
    """A search as it is followed: the same one typed with other spaces is the same."""
    return " ".join(text.split())[:300]


def _place(subject: Subject, by: Member) -> dict[str, object]:
    if isinstance(subject, Paper):
        return {"by": by, "paper": subject}
    if isinstance(subject, Topic):
        return {"by": by, "topic": subject}
    if isinstance(subject, Member):
        return {"by": by, "member": subject}
    return {"by": by, "search": tidy_search(subject)}
