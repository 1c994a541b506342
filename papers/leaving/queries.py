"""What a member holds that somebody else would have to go on with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from papers import access
from papers.claims.queries import list_own_drafts
from papers.models import AgendaItem, Claim, Experiment, Handover, Lab, Meeting, Member


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft by its author's eyes; `can_offer`: neither offered nor on a claimed paper."""

    paper_id: int
    title: str
    is_offered: bool
    can_offer: bool


@dataclass(frozen=True, slots=True)
class Duties:
    """Claims with a due day, drafts, experiments that are not closed, and items to come.

    Drafts are their author's alone: `drafts` is empty for everybody else, who sees a number.
    """

    claims: list[Claim]
    drafts: list[Draft]
    draft_count: int
    experiments: list[Experiment]
    items: list[AgendaItem]

    def __bool__(self) -> bool:
        return bool(self.claims or self.draft_count or self.experiments or self.items)


def list_duties(member: Member, viewer: Member, lab: Lab, at: datetime) -> Duties:
    """All of it, the nearest day first; a constant number of queries."""
    claims = Claim.objects.open().leased().filter(member=member)
    experiments = access.experiments_visible_to(viewer, lab).filter(owner=member)
    meetings = Meeting.objects.coming(at)
    items = AgendaItem.objects.filter(presenter=member, discussed_at=None, meeting__in=meetings)
    items = items.select_related("meeting", "paper", "experiment")
    held = list(claims.select_related("paper").order_by("due_on"))
    drafts = _list_drafts(member, {claim.paper_id for claim in held})
    return Duties(
        claims=held,
        drafts=drafts if viewer == member else [],
        draft_count=len(drafts),
        experiments=list(experiments.exclude(state__in=Experiment.CLOSED).order_by("title")),
        items=list(items.order_by("meeting__starts_at", "position")),
    )


def list_successors(member: Member) -> list[Member]:
    """Who could take something over: members who review, by name."""
    people = Member.objects.active().exclude(pk=member.pk)
    return list(people.exclude(role=Member.Role.READER).order_by("name", "handle"))


def _list_drafts(member: Member, claimed: set[int]) -> list[Draft]:
    offers = Handover.objects.open().filter(giver=member)
    offered = set(offers.values_list("paper", flat=True))
    return [
        Draft(
            paper_id=row.paper_id,
            title=row.paper.title,
            is_offered=row.paper_id in offered,
            can_offer=row.paper_id not in offered | claimed,
        )
        for row in list_own_drafts(member)
    ]
