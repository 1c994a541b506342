"""Which papers of the library the papers of a document are: the rules of `reading.identity`, and
what a member chose.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from papers.bulk_copy import any_of
from papers.importing.intake.matching.queries.matching import Name, key_of, names_of
from papers.importing.reading.collecting.identity import Side, are_alike, oppose, words_of_names
from papers.importing.reading.drafts.understood import PaperDraft
from papers.models import Identifier, ImportItem, Paper

MOST_OF_A_TITLE = 8
"""Papers of one title that are looked at."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a member said of a paper of a document and one of the library."""

    is_same: bool
    paper: int


@dataclass(frozen=True, slots=True)
class Match:
    """The paper that a draft is (`same`), or one that it may be (`other`), and on what ground.

    `basis` is "identifier", "title and authors" or "title" for the same paper; "titles" (a name in
    common, but clearly different titles), "identifiers", "authors" or "years" for another. What a
    member chose goes before the ground. `clash` has one of the draft's names under another title.
    """

    same: Paper | None = None
    other: Paper | None = None
    basis: str = ""
    clash: Paper | None = None

    @property
    def paper(self) -> Paper | None:
        """The paper with which the draft is compared."""
        return self.same or self.other


@dataclass(slots=True)
class Known:
    """Papers of the library that a document may name; grows as its papers are taken in."""

    papers: dict[int, Paper] = field(default_factory=dict)
    sides: dict[int, Side] = field(default_factory=dict)
    before: Mapping[int, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    by_key: dict[str, list[Paper]] = field(default_factory=dict)
    by_name: dict[Name, Paper] = field(default_factory=dict)

    def find(self, draft: PaperDraft, choice: Choice | None = None) -> Match:
        """What the draft is: as chosen, else by its identifiers, else by its title."""
        found = self._by_rules(draft, choice.paper if choice and not choice.is_same else None)
        chosen = self.papers.get(choice.paper) if choice else None
        if choice is None or chosen is None:
            return found
        ground = found.basis if found.paper is chosen else self._weigh(draft, chosen)
        if choice.is_same:
            return Match(same=chosen, basis=ground)
        return Match(found.same, found.other or chosen, found.basis or ground, found.clash)

    def add(self, paper: Paper, draft: PaperDraft) -> None:
        """A paper that the draft has made."""
        self.papers[paper.pk] = paper
        self.by_key.setdefault(paper.title_key, []).append(paper)
        self.sides[paper.pk] = side_of(draft)
        self._name(paper, draft)

    def join(self, paper: Paper, draft: PaperDraft) -> None:
        """The draft is this paper: what it says counts for those behind it."""
        self.sides[paper.pk].join(side_of(draft))
        self._name(paper, draft)

    def _name(self, paper: Paper, draft: PaperDraft) -> None:
        for name in names_of(draft):
            self.by_name.setdefault(name, paper)

    def _by_rules(self, draft: PaperDraft, but: int | None) -> Match:
        clash: Paper | None = None
        for name in names_of(draft):
            named = self.by_name.get(name)
            if named is not None and are_alike(draft.title, named.title):
                if named.pk != but:
                    return Match(same=named, basis="identifier")
                clash = named
            clash = clash or named
        found = self._by_title(draft, but)
        if found.same is not None or clash is None:
            return Match(found.same, found.other, found.basis, clash)
        basis = "identifier" if clash.pk == but else "titles"
        return Match(other=clash, basis=basis, clash=clash)

    def _by_title(self, draft: PaperDraft, but: int | None) -> Match:
        key, against = key_of(draft), Match()
        mine = side_of(draft) if key else Side()
        for paper in self.by_key.get(key, ())[:MOST_OF_A_TITLE] if key else ():
            side = self.sides[paper.pk]
            why = oppose(side, mine)
            ground = why or ("title and authors" if side.people & mine.people else "title")
            if not why and paper.pk != but:
                return Match(same=paper, basis=ground)
            if against.other is None:
                against = Match(other=paper, basis=ground)
        return against

    def _weigh(self, draft: PaperDraft, paper: Paper) -> str:
        """The ground for a paper that only a member chose."""
        if any(self.by_name.get(name) is paper for name in names_of(draft)):
            return "identifier" if are_alike(draft.title, paper.title) else "titles"
        return oppose(self.sides[paper.pk], side_of(draft)) or "title"


def side_of(draft: PaperDraft) -> Side:
    """What the rules look at in a draft."""
    names: dict[str, frozenset[str]] = {}
    for kind, value in [*names_of(draft), ("isbn", draft.isbn)]:
        if value:
            names[kind] = frozenset([value])
    return Side(names, words_of_names(draft.authors), _year_of(draft))


def find_known(drafts: Sequence[PaperDraft], choices: Iterable[Choice] = ()) -> Known:
    """The papers here that carry one of the titles or identifiers, or were chosen; a few questions
    in all.
    """
    known = Known()
    papers = Paper.objects.all()
    keys = [key for draft in drafts if (key := key_of(draft))]
    for paper in papers.filter(title_key__in=any_of(keys, "text")).order_by("pk"):
        known.by_key.setdefault(paper.title_key, []).append(paper)
        known.papers[paper.pk] = paper
    found = _find_names(drafts)
    wanted = {*found.values(), *(choice.paper for choice in choices)}
    known.papers |= papers.in_bulk(wanted - known.papers.keys())
    known.by_name = {name: known.papers[key] for name, key in found.items()}
    known.sides = _read_sides(known.papers)
    known.before = {key: side.names for key, side in known.sides.items()}
    return known


def _find_names(drafts: Sequence[PaperDraft]) -> dict[Name, int]:
    """The papers that carry names of the drafts; one question for each kind."""
    names = {name for draft in drafts for name in names_of(draft)}
    found: dict[Name, int] = {}
    for kind in sorted({kind for kind, _ in names}):
        values = any_of([value for one, value in names if one == kind], "text")
        rows = Identifier.objects.filter(kind=kind, value__in=values)
        found |= {(kind, value): key for value, key in rows.values_list("value", "paper")}
    return found


def _read_sides(papers: Mapping[int, Paper]) -> dict[int, Side]:
    names: dict[int, dict[str, frozenset[str]]] = {}
    rows = Identifier.objects.filter(paper__in=any_of(list(papers), "bigint"))
    for key, kind, value in rows.values_list("paper", "kind", "value"):
        mine = names.setdefault(key, {})
        mine[kind] = mine.get(kind, frozenset()) | {value}
    return {
        key: Side(names.get(key, {}), words_of_names(paper.authors), _year_of(paper))
        for key, paper in papers.items()
    }


def _year_of(record: PaperDraft | Paper) -> int | None:
    return record.year or (record.published_on.year if record.published_on else None)


def choice_of(item: ImportItem) -> Choice | None:
    """What a member said of this item, as long as the other paper is there."""
    if not item.sameness or item.compared_id is None:
        return None
    return Choice(item.sameness == ImportItem.Sameness.SAME, item.compared_id)


def resolve(
    drafts: Mapping[str, PaperDraft], choices: Mapping[str, Choice], wanted: Collection[str]
) -> tuple[Known, dict[str, Match]]:
    """What each of the wanted drafts is, when all of these are taken in in their order."""
    known = find_known(list(drafts.values()), choices.values())
    matches: dict[str, Match] = {}
    for number, (key, draft) in enumerate(drafts.items(), 1):
        match = known.find(draft, choices.get(key))
        if match.same is not None:
            known.join(match.same, draft)
        else:
            # A paper that is not there yet has no key: a negative one stands for it.
            known.add(Paper(pk=-number, title=draft.title, title_key=key_of(draft)), draft)
        if key in wanted:
            matches[key] = match
    return known, matches
