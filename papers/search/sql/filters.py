"""The fields that are not words, as conditions on the index: topic, people, state, years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet

from papers import access
from papers.models import AgendaItem, Claim, Experiment, Identifier, Lab, Link, Review
from papers.models.search import NEVER
from papers.search.language.field_values import nearest, year_span
from papers.search.language.query_tree import Term
from papers.search.language.remarks import Remark, Sentence, gettext_noop
from papers.search.language.search_fields import WITHOUT_TOPIC
from papers.text.sections import SECTIONS
from papers.text.tokens import fold

_PEOPLE = {"reviewer", "claimed-by", "added-by"}
_SECTIONS = {one.word: one.key for one in SECTIONS}
_NOBODY = Q(pk__in=())
_NAMES_LIMIT = 5_000

_NO_TOPIC = (
    gettext_noop("No topic called `%(name)s`."),
    gettext_noop("No topic called `%(name)s`. Did you mean `%(near)s`?"),
)
_NO_MEMBER = (
    gettext_noop("No member called `%(name)s`."),
    gettext_noop("No member called `%(name)s`. Did you mean `%(near)s`?"),
)


class Filters:
    """Turns fields into conditions for one viewer; names are looked up together beforehand."""

    def __init__(self, by: access.Viewer, lab: Lab, today: date) -> None:
        self.by, self.lab, self.today = by, lab, today
        self.remarks: list[Remark] = []
        self._topics: dict[str, list[int]] = {}
        self._people: dict[str, list[int]] = {}

    def resolve(self, terms: Sequence[Term]) -> None:
        """Look up the topics and people that the terms name; unknown ones get a remark."""
        topics = {term.value for term in terms if term.field == "topic"} - {WITHOUT_TOPIC}
        people = {term.value for term in terms if term.field in _PEOPLE}
        for name in sorted(topics):
            self._topics[name] = self._find_topics(name)
        for name in sorted(people):
            self._people[name] = self._find_people(name)

    def condition(self, term: Term) -> Q:
        """The condition of one field."""
        match term.field:
            case "topic" if term.value == WITHOUT_TOPIC:
                return Q(topics=[])
            case "topic":
                return _overlap("topics", self._topics[term.value])
            case "reviewer":
                return _overlap("reviewers", self._people[term.value])
            case "claimed-by":
                return self._papers_of(self._open_claims(member__in=self._people[term.value]))
            case "added-by":
                return Q(paper__added_by__in=self._people[term.value])
            case "year":
                return Q(year__range=year_span(term.value))
            case "arxiv" | "doi":
                known = Identifier.objects.filter(kind=term.field, value=term.value)
                return self._papers_of(known)
            case "verdict":
                return self._papers_of(self._reviews().filter(verdict=term.value))
            case "in":
                empty = Q(**{_SECTIONS[term.value]: ""})
                return self._papers_of(self._reviews().exclude(empty))
            case _:
                return _STATES[term.field, term.value](self)

    def _reviews(self) -> QuerySet[Review]:
        return access.reviews_visible_to(self.by, self.lab)

    def _open_claims(self, **wanted: Any) -> QuerySet[Claim]:
        # A paper on a reading list is nobody's claim: no due day, no slot.
        return access.claims_visible_to(self.by).open().leased().filter(**wanted)

    def _experiments(self) -> QuerySet[Experiment]:
        visible = access.experiments_visible_to(self.by, self.lab)
        return visible.filter(paper__isnull=False)

    def _papers_of(self, rows: QuerySet[Model]) -> Q:
        return Q(paper__in=rows.order_by().values("paper"))

    def is_open(self) -> Q:
        """The state of that name."""
        return Q(reviewed_at=NEVER) & ~self.is_claimed()

    def is_claimed(self) -> Q:
        """The state of that name."""
        return self._papers_of(self._open_claims())

    def is_overdue(self) -> Q:
        """The state of that name."""
        return self._papers_of(self._open_claims(due_on__lt=self.today))

    def is_reviewed(self) -> Q:
        """The state of that name."""
        return Q(reviewed_at__gt=NEVER)

    def is_unreviewed(self) -> Q:
        """The state of that name."""
        return Q(reviewed_at=NEVER)

    def is_discussed(self) -> Q:
        """The state of that name."""
        meetings = access.meetings_visible_to(self.by)
        items = AgendaItem.objects.filter(
            meeting__in=meetings, paper__isnull=False, discussed_at__isnull=False
        )
        return self._papers_of(items)

    def has_pdf(self) -> Q:
        """The state of that name."""
        arxiv = Identifier.objects.filter(kind=Identifier.Kind.ARXIV)
        return self._papers_of(Link.objects.filter(kind=Link.Kind.PDF)) | self._papers_of(arxiv)

    def has_code(self) -> Q:
        """The state of that name."""
        return self._papers_of(Link.objects.filter(kind=Link.Kind.CODE))

    def has_experiment(self) -> Q:
        """The state of that name."""
        return self._papers_of(self._experiments())

    def has_outcome(self) -> Q:
        """The state of that name."""
        return self._papers_of(self._experiments().filter(state__in=Experiment.CLOSED))

    def _find_topics(self, name: str) -> list[int]:
        visible = access.topics_visible_to(self.by, self.lab)
        path = name.strip("/")
        found = list(visible.filter(path=path).values_list("pk", flat=True))
        if not found:
            loose = Q(path__iexact=path) | Q(slug__iexact=path) | Q(name__iexact=name)
            found = list(visible.filter(loose).values_list("pk", flat=True))
        if not found:
            known = visible.order_by().values_list("name", "path")[:_NAMES_LIMIT]
            self._unknown(name, _NO_TOPIC, dict(known))
        return found

    def _find_people(self, name: str) -> list[int]:
        me = access.get_member(self.by)
        if name == "me" and me:
            return [me.pk]
        visible = access.members_visible_to(self.by)
        found = list(visible.filter(handle__iexact=name).values_list("pk", flat=True))
        if not found:
            found = list(visible.filter(name__icontains=name).values_list("pk", flat=True))
        if not found:
            rows = visible.order_by().values_list("name", "handle")[:_NAMES_LIMIT]
            known = {part: handle for full, handle in rows for part in (full, handle)}
            self._unknown(name, _NO_MEMBER, known)
        return found

    def _unknown(self, name: str, patterns: tuple[str, str], known: dict[str, str]) -> None:
        """`known` maps what people are called to what one would type."""
        folded = {fold(called): typed for called, typed in known.items()}
        near = nearest(fold(name), list(folded))
        values = {"name": name, "near": folded[near] if near else ""}
        remark = Remark(Sentence(patterns[bool(near)], values))
        if remark not in self.remarks:
            self.remarks.append(remark)


def _overlap(column: str, keys: Iterable[int]) -> Q:
    wanted = list(keys)
    return Q(**{f"{column}__overlap": wanted}) if wanted else _NOBODY


_STATES: dict[tuple[str, str], Callable[[Filters], Q]] = {
    ("is", "open"): Filters.is_open,
    ("is", "claimed"): Filters.is_claimed,
    ("is", "overdue"): Filters.is_overdue,
    ("is", "reviewed"): Filters.is_reviewed,
    ("is", "unreviewed"): Filters.is_unreviewed,
    ("is", "discussed"): Filters.is_discussed,
    ("has", "pdf"): Filters.has_pdf,
    ("has", "code"): Filters.has_code,
    ("has", "experiment"): Filters.has_experiment,
    ("has", "outcome"): Filters.has_outcome,
}
