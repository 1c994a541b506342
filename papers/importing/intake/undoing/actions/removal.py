"""Taking an import back: its rows go, except those that somebody has worked on since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import ngettext

from papers.bulk_copy import any_of
from papers.importing.intake.applying.actions.filling import empty, write_facts
from papers.importing.intake.applying.actions.said import remove_said
from papers.importing.intake.spelling.actions import spell
from papers.importing.intake.undoing.actions.heirs import Heirs
from papers.models import (
    AgendaItem,
    Claim,
    Event,
    Identifier,
    ImportJob,
    Link,
    Listing,
    Meeting,
    Member,
    Paper,
    Review,
    Topic,
)

MOST_NAMED = 5
"""Names in one sentence about what stays."""

UNREMARKABLE: dict[type[Model], set[str]] = {
    Paper: {
        "identifiers", "links", "search_doc", "events", "import_items", "skips", "citation_key",
        "lookup", "updates",
    },
    Topic: {"events", "former_addresses"},
    Meeting: {"events"},
    AgendaItem: set(),
    Member: {"events", "events_about", "imports", "papers_added"},
}  # fmt: skip
"""Rows that point at a row without anybody having worked on it."""


@dataclass(slots=True)
class Undoing:
    """One import on its way back; the caller holds the lock and the transaction."""

    job: ImportJob
    kept: list[str] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    heirs: Heirs = field(init=False)

    def run(self) -> None:
        """Remove reviews first, then what they stood on."""
        others = self._other_jobs()
        self.heirs = Heirs.find(self.job, others)
        self.heirs.keep_rows()
        made = self._made()
        self._meetings(made["meeting"], made["agendaitem"])
        remove_said(made["comment"], made["reviewdraft"])
        self._reviews(made["review"])
        self._claims(made["claim"])
        self._listings(made["listing"])
        for model, kind in ((Identifier, "identifier"), (Link, "link")):
            rows: Any = model.objects.filter(pk__in=any_of(made[kind], "bigint"))
            self.touched |= set(rows.values_list("paper", flat=True))
            rows.delete()
        self._unfill()
        self.heirs.inherit(made["paper"])
        self.heirs.bring_reviews()
        self.touched |= self.heirs.entries.keys()
        changed = self._changed(Event.Kind.PAPER_CHANGED, "paper")
        self._remove(Paper, made["paper"], others, changed)
        self._topics(made["topic"], others)
        people = Member.objects.filter(pk__in=made["member"])
        changed = set(people.exclude(state=Member.State.PLACEHOLDER).values_list("pk", flat=True))
        self._remove(Member, made["member"], others, changed)
        ImportJob.objects.bulk_update(others, ["made"])

    def _made(self) -> dict[str, list[int]]:
        made: dict[str, list[int]] = defaultdict(list)
        for kind, pk, *_ in self.job.made:
            made[kind].append(pk)
        return made

    def _meetings(self, meetings: list[int], items: list[int]) -> None:
        """Agenda items first; a meeting goes with its last item, if nobody has worked on it."""
        rows = AgendaItem.objects.filter(pk__in=items)
        worked_on = rows.filter(~Q(record="") | Q(meeting__opened_at__isnull=False))
        kept = in_use(AgendaItem, items) | set(worked_on.values_list("pk", flat=True))
        named = rows.filter(pk__in=kept).select_related("meeting")
        self._tell("meeting", [str(item.meeting) for item in named])
        rows.exclude(pk__in=kept).delete()
        empty_ones = Meeting.objects.filter(pk__in=meetings, items=None, record="")
        worked = in_use(Meeting, empty_ones.values_list("pk", flat=True))
        worked |= self._changed(Event.Kind.MEETING_CHANGED, "meeting")
        empty_ones.exclude(pk__in=worked).delete()

    def _reviews(self, keys: list[int]) -> None:
        rows = Review.objects.filter(pk__in=keys)
        worked = Q(number__gt=1) | Q(comments__isnull=False) | Q(experiments__isnull=False)
        kept = rows.filter(worked).distinct()
        self._tell("review", [str(one.paper) for one in kept.select_related("paper")])
        rows = rows.exclude(pk__in=kept.values("pk"))
        self.touched |= set(rows.values_list("paper", flat=True))
        Review.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()

    def _claims(self, keys: list[int]) -> None:
        """A claim that became a lease, or that ended otherwise, is somebody's work."""
        rows = Claim.objects.filter(pk__in=keys)
        reviewed = Review.objects.filter(paper__in=rows.values("paper"))
        pairs = set(reviewed.values_list("paper", "member"))
        gone: list[Claim] = []
        kept: list[Claim] = []
        for claim in rows.select_related("paper"):
            at_once = claim.ended_at is None or claim.ended_at == self.job.applied_at
            has_review = (claim.paper_id, claim.member_id) in pairs
            free = not claim.is_lease and at_once and not has_review
            (gone if free else kept).append(claim)
        self._tell("claim", [str(claim.paper) for claim in kept])
        Claim.objects.filter(pk__in=[claim.pk for claim in gone]).delete()

    def _listings(self, keys: list[int]) -> None:
        since = Event.objects.filter(kind=Event.Kind.TOPIC_CHANGED, at__gt=self.job.applied_at)
        noted = set(since.filter(data__change="note").values_list("topic", "paper"))
        rows = list(Listing.objects.filter(pk__in=keys).select_related("paper"))
        kept = [row for row in rows if (row.topic_id, row.paper_id) in noted]
        self._tell("listing", [str(row.paper) for row in kept])
        gone = [row for row in rows if (row.topic_id, row.paper_id) not in noted]
        self.touched |= {row.paper_id for row in gone}
        Listing.objects.filter(pk__in=[row.pk for row in gone]).delete()

    def _unfill(self) -> None:
        """Facts that the import filled in become empty again where they are still the same."""
        filled: dict[int, dict[str, Any]] = defaultdict(dict)
        for kind, pk, *rest in self.job.made:
            if kind == "filled":
                filled[pk].update(*rest)
        spelled = {pk: rest for kind, pk, *rest in self.job.made if kind == "respelled"}
        papers = list(Paper.objects.filter(pk__in=filled.keys() | spelled.keys()))
        for paper in papers:
            if spelled.get(paper.pk, [""])[0] == paper.title:
                spell(paper, spelled[paper.pk][1])
            if paper.pk in filled:
                self.heirs.fill(paper, empty(paper, filled[paper.pk]))
        write_facts(papers)
        self.touched |= filled.keys() | spelled.keys()

    def _other_jobs(self) -> list[ImportJob]:
        """Other imports that stand; what this one made and they use becomes theirs."""
        standing = ImportJob.objects.select_for_update().filter(state=ImportJob.State.APPLIED)
        return list(standing.exclude(pk=self.job.pk).order_by("applied_at", "pk"))

    def _changed(self, kind: Event.Kind, name: str) -> set[int]:
        since = Event.objects.filter(kind=kind, at__gt=self.job.applied_at)
        return {pk for pk in since.values_list(name, flat=True) if pk is not None}

    def _topics(self, keys: list[int], others: list[ImportJob]) -> None:
        """The deepest first: a topic stays as long as another stands below it."""
        changed = self._changed(Event.Kind.TOPIC_CHANGED, "topic")
        depths = dict(Topic.objects.filter(pk__in=keys).values_list("pk", "depth"))
        for depth in sorted(set(depths.values()), reverse=True):
            level = [pk for pk, here in depths.items() if here == depth]
            self._remove(Topic, level, others, changed)

    def _remove(
        self, model: type[Model], keys: list[int], others: list[ImportJob], changed: set[int]
    ) -> None:
        """Delete the rows that nothing needs; hand over what another import uses."""
        rows: Any = model._default_manager
        kind = model.__name__.lower()
        left = set(rows.filter(pk__in=any_of(keys, "bigint")).values_list("pk", flat=True))
        for job in others:
            used = left & set(job.plan.get("uses", {}).get(kind, ()))
            job.made.extend([kind, pk] for pk in sorted(used))
            left -= used
        worked = (in_use(model, left) | changed) & left
        self._tell(kind, [str(row) for row in rows.filter(pk__in=worked)])
        rows.filter(pk__in=any_of(left - worked, "bigint")).delete()

    def _tell(self, kind: str, names: list[str]) -> None:
        if not names:
            return
        shown = ", ".join(f"“{name}”" for name in names[:MOST_NAMED])
        if len(names) > MOST_NAMED:
            shown += ", …"
        self.kept.append(_say_left(kind, len(names)) % {"n": len(names), "names": shown})


def _say_left(kind: str, n: int) -> str:
    """Why rows of a kind are still there."""
    sentences = {
        "paper": ngettext(
            "Kept %(n)s paper that has been worked on since: %(names)s.",
            "Kept %(n)s papers that have been worked on since: %(names)s.",
            n,
        ),
        "meeting": ngettext(
            "Kept %(n)s agenda item that has been worked on since: %(names)s.",
            "Kept %(n)s agenda items that have been worked on since: %(names)s.",
            n,
        ),
        "topic": ngettext(
            "Kept %(n)s topic that has been worked on since: %(names)s.",
            "Kept %(n)s topics that have been worked on since: %(names)s.",
            n,
        ),
        "member": ngettext(
            "Kept %(n)s member with newer work: %(names)s.",
            "Kept %(n)s members with newer work: %(names)s.",
            n,
        ),
        "review": ngettext(
            "Kept %(n)s review that has been edited since: %(names)s.",
            "Kept %(n)s reviews that have been edited since: %(names)s.",
            n,
        ),
    }
    other = ngettext(
        "Kept %(n)s item that has been worked on since: %(names)s.",
        "Kept %(n)s items that have been worked on since: %(names)s.",
        n,
    )
    return sentences.get(kind, other)


def in_use(model: type[Model], keys: Iterable[int]) -> set[int]:
    """Which of these rows any row of another table points at; one question for each relation."""
    keys = set(keys)
    used: set[int] = set()
    for relation in model._meta.related_objects:
        if relation.get_accessor_name() in UNREMARKABLE[model]:
            continue
        name = relation.field.name
        rows: Any = relation.related_model._default_manager
        found = rows.filter(**{f"{name}__in": any_of(keys, "bigint")}).values_list(name, flat=True)
        used |= set(found.order_by().distinct())
    return used
