"""How all else that hangs on two papers joins: names, links, topics, talk, ballots, imports."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Max, Model, Q
from django.db.models.functions import Least

from papers.models import (
    AgendaItem,
    Follow,
    ImportItem,
    ImportJob,
    Link,
    Listing,
    Nomination,
    Paper,
    PaperPair,
    ReadMark,
    SearchDoc,
    Vote,
)
from papers.records.joining.join import Join
from papers.topics.merging.joined_listings import join_listing


def move_all(model: type[Model], name: str = "paper") -> Any:
    """A join of rows that never stand in each other's way."""

    def move(join: Join) -> None:
        join.move(model._base_manager.filter(**{name: join.gone}), name)

    return move


def move_unless_there(model: type[Model], *names: str) -> Any:
    """A join of rows of which a paper has one for each value of these columns, or one at all."""

    def move(join: Join) -> None:
        here = set(join.of_target(model).values_list(*names or ("paper",)))
        for row in join.of_source(model):
            values = tuple(getattr(row, name) for name in names) or (join.kept.pk,)
            rows = model._base_manager.filter(pk=row.pk)
            if values in here:
                join.journal.remove(rows)
            else:
                join.move(rows)

    return move


def join_links(join: Join) -> None:
    """Each address once; those of the paper that goes come behind."""
    urls = list(join.of_target(Link).values_list("url", flat=True))
    join.journal.remove(join.of_source(Link).filter(url__in=urls))
    last = join.of_target(Link).aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    join.move(join.of_source(Link), position=F("position") + first)


def join_listings(join: Join) -> None:
    """Once under each topic; the notes of both stay."""
    here = {one.topic_id: one for one in join.of_target(Listing)}
    for listing in join.of_source(Listing).filter(topic__in=list(here)):
        join_listing(here[listing.topic_id], listing, journal=join.journal)
    join.move(join.of_source(Listing))


def join_marks(join: Join) -> None:
    """How far both were read: what is new in either discussion stays new."""
    for mark in join.of_source(ReadMark):
        own = join.of_target(ReadMark).filter(member=mark.member_id)
        if own.exists():
            join.journal.change(own, read_at=Least(F("read_at"), mark.read_at))
            join.journal.remove(ReadMark.objects.filter(pk=mark.pk))
    join.move(join.of_source(ReadMark))


def join_nominations(join: Join) -> None:
    """One open nomination with the votes of both; a member's second vote stays with the other."""
    own = join.of_target(Nomination).filter(closed_at=None).first()
    other = join.of_source(Nomination).filter(closed_at=None).first()
    if own is not None and other is not None:
        voters = list(own.votes.values_list("member", flat=True))
        votes = Vote.objects.filter(nomination=other).exclude(member__in=voters)
        join.journal.change(votes, nomination=own)
        join.journal.change(Nomination.objects.filter(pk=other.pk), closed_at=join.at)
    join.move(join.of_source(Nomination))


def join_agenda(join: Join) -> None:
    """Where both are on one agenda, the second stays there as an item with a title of its own."""
    meetings = list(join.of_target(AgendaItem).values_list("meeting", flat=True))
    twice = join.of_source(AgendaItem).filter(meeting__in=meetings)
    join.journal.change(twice, paper=None, title=join.gone.title[:300])
    join.move(join.of_source(AgendaItem))


def join_follows(join: Join) -> None:
    """Once for each member."""
    followers = list(join.of_target(Follow).values_list("by", flat=True))
    join.journal.remove(join.of_source(Follow).filter(by__in=followers))
    join.move(join.of_source(Follow))


def drop_index(join: Join) -> None:
    """The search index is made of other rows."""
    join.journal.remove(join.of_source(SearchDoc))


def join_entries(join: Join) -> None:
    """Entries of documents: to an import it is now as if they had named one paper from the start.

    An entry that made the paper which goes was put to the other one: splitting it is possible.
    """
    made = join.of_source(ImportItem).filter(is_joined=False)
    join.move(made, is_joined=True)
    join.move(join.of_source(ImportItem))
    old, new = join.gone.pk, join.kept.pk
    jobs = ImportJob.objects.filter(state=ImportJob.State.APPLIED, plan__uses__paper__contains=old)
    for job in jobs.only("plan"):
        uses = job.plan["uses"]
        papers = sorted({*uses["paper"], new} - {old})
        plan = job.plan | {"uses": uses | {"paper": papers}}
        join.journal.change(ImportJob.objects.filter(pk=job.pk), plan=plan)


def join_pairs(join: Join) -> None:
    """What was said of the paper that goes and a third one is said of the other and that one."""
    old, new = join.gone.pk, join.kept.pk
    rows = PaperPair.objects.filter(Q(one=old) | Q(other=old)).order_by("pk")
    for pair in rows:
        third = pair.other_id if pair.one_id == old else pair.one_id
        here = PaperPair.objects.filter(pk=pair.pk)
        low, high = sorted((third, new))
        if third == new or PaperPair.objects.filter(one=low, other=high).exists():
            join.journal.remove(here)
        else:
            join.journal.change(here, one=Paper(pk=low), other=Paper(pk=high))
