"""Which places of a document name one paper.

An identifier decides: the same arXiv id, DOI, OpenReview id, ISBN, PMID, ACL id or address, unless
the titles clearly differ. A title alone never makes two records one: different identifiers of one
kind, authors without a name in common, or years far apart keep them two. With nothing against it,
the same title is proposed as one paper, and `basis` says on what ground.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import fuzz

from papers.importing.reading.drafts.understood import Problem
from papers.importing.reading.entries.entry import Entry
from papers.text.identifiers import Identifiers, identify_all, is_paper_url, normal_url
from papers.text.titles import title_key
from papers.text.tokens import fold
from papers.text.wording import SMALL_WORDS, words

ALIKE = 85.0
"""Percent of likeness from which two titles with one identifier are taken as one paper."""

FAR_APART = 2
"""Years between a preprint and its publication at most, where nobody says who wrote it."""

_PREPRINTS = (
    "10.1101/",
    "10.48550/",
    "10.21203/",
    "10.31234/",
    "10.26434/",
    "10.2139/",
    "10.20944/",
)


@dataclass(slots=True)
class Group:
    """The places of one paper, and on what ground each was put to the first."""

    entries: list[Entry] = field(default_factory=list)
    ids: Identifiers = field(default_factory=Identifiers)
    bases: list[str] = field(default_factory=list)


class Grouping:
    """Finds for each entry the paper that it names."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self.problems: list[Problem] = []
        self.by_title: dict[str, list[Group]] = {}
        self.by_id: dict[str, Group] = {}

    def add(self, entry: Entry) -> None:
        """Put an entry with the paper of the same identifier, or of the same title."""
        ids = identify_entry(entry)
        names = [f"{kind}:{name}" for kind, name in ids.named().items() if name] or _addresses(
            entry
        )
        keys = list(
            dict.fromkeys(key for key in (title_key(entry.title), title_key(entry.written)) if key)
        )
        group, basis = self._by_identifier(entry, names)
        if group is None:
            group, basis = self._by_title(entry, ids, keys)
        if group is None:
            group, basis = Group(), "first"
            self.groups.append(group)
        group.entries.append(entry)
        group.bases.append(basis)
        group.ids = group.ids.join(ids)
        for key in keys:
            known = self.by_title.setdefault(key, [])
            if group not in known[-4:]:
                known.append(group)
        for name in names:
            self.by_id.setdefault(name, group)

    def _by_identifier(self, entry: Entry, names: list[str]) -> tuple[Group | None, str]:
        for name in names:
            found = self.by_id.get(name)
            if found is not None and are_alike(entry.title, found.entries[0].title):
                return found, "identifier"
            if found is not None:
                self._clash(entry, found.entries[0], name.partition(":")[2])
        return None, ""

    def _by_title(
        self, entry: Entry, ids: Identifiers, keys: list[str]
    ) -> tuple[Group | None, str]:
        """The first paper of the same title that nothing speaks against."""
        against = ""
        other: Entry | None = None
        for key in keys:
            for group in self.by_title.get(key, [])[:8]:
                why = veto(group, entry, ids)
                if not why:
                    shared = _share_names(_names(entry), _names(group.entries[0]))
                    return group, "title and authors" if shared else "title"
                against, other = against or why, other or group.entries[0]
        if other is not None:
            self._apart(entry, other, against)
        return None, ""

    def _clash(self, entry: Entry, other: Entry, name: str) -> None:
        self.problems.append(
            Problem(
                entry.line,
                _(
                    "“%(one)s” (line %(line)s) and “%(other)s” (line %(other_line)s) share a link "
                    "(%(link)s) but have different titles, so they'll be two papers. "
                    "Fix the wrong link."
                )
                % {
                    "one": entry.title,
                    "line": entry.line,
                    "other": other.title,
                    "other_line": other.line,
                    "link": name,
                },
            )
        )

    def _apart(self, entry: Entry, other: Entry, why: str) -> None:
        self.problems.append(
            Problem(
                entry.line,
                _(
                    "“%(title)s” is on line %(other_line)s and on line %(line)s, with different "
                    "%(what)s, so they'll be two papers. If they're the same, merge them later."
                )
                % {
                    "title": entry.title,
                    "other_line": other.line,
                    "line": entry.line,
                    "what": _WHAT[why],
                },
            )
        )


_WHAT = {
    "identifiers": gettext_lazy("identifiers"),
    "authors": gettext_lazy("authors"),
    "years": gettext_lazy("years"),
}
"""What keeps two works of one title apart."""


@dataclass(slots=True)
class Side:
    """What the rules look at in a record, of a document or of the library: names by kind, words of
    its authors' names, and its year.
    """

    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    year: int | None = None

    def join(self, other: "Side") -> None:
        """This is one record with the other: it has the names of both, else what was there."""
        kinds = self.names.keys() | other.names.keys()
        none: frozenset[str] = frozenset()
        self.names = {one: self.names.get(one, none) | other.names.get(one, none) for one in kinds}
        self.people = self.people or other.people
        self.year = self.year or other.year


def oppose(one: Side, other: Side) -> str:
    """What speaks against two records of one title being one work: "identifiers", "authors",
    "years", or "" if nothing.
    """
    if _contradict(one.names, other.names):
        return "identifiers"
    if one.people and other.people:
        return "" if one.people & other.people else "authors"
    if one.year and other.year and abs(one.year - other.year) > FAR_APART:
        return "years"
    return ""


def _contradict(mine: Mapping[str, frozenset[str]], theirs: Mapping[str, frozenset[str]]) -> bool:
    """Whether both have names of one kind, and share none of any kind."""
    pairs = [
        (left, right)
        for kind, names in mine.items()
        if kind != "url"
        and (left := _settled(kind, names))
        and (right := _settled(kind, theirs.get(kind, frozenset())))
    ]
    return bool(pairs) and not any(left & right for left, right in pairs)


def _settled(kind: str, names: frozenset[str]) -> frozenset[str]:
    """The names without DOIs of preprint servers: the published paper has another."""
    if kind != "doi":
        return names
    return frozenset(name for name in names if not name.startswith(_PREPRINTS))


def veto(group: Group, entry: Entry, ids: Identifiers) -> str:
    """What speaks against an entry being the paper of a group although the titles agree, "" if
    nothing.
    """
    people = next((names for one in group.entries if (names := _names(one))), frozenset())
    year = next((one.year for one in group.entries if one.year), None)
    one, other = Side(_by_kind(group.ids), people, year), Side(_by_kind(ids))
    other.people, other.year = _names(entry), entry.year
    return oppose(one, other)


def _by_kind(ids: Identifiers) -> dict[str, frozenset[str]]:
    return {kind: frozenset([name]) for kind, name in ids.named().items() if name}


def _names(entry: Entry) -> frozenset[str]:
    return words_of_names(entry.authors)


def words_of_names(names: Iterable[str]) -> frozenset[str]:
    """The words of authors' names that can tell persons apart."""
    return frozenset(
        word for name in names for word in words(fold(name)) if len(word) > 2 or not word.isascii()
    )


def _share_names(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(mine & theirs)


def _addresses(entry: Entry) -> list[str]:
    """Where a paper without an identifier lies."""
    return [
        f"address:{normal_url(link.url)}"
        for link in entry.links
        if link.kind in ("paper", "pdf") and is_paper_url(link.url)
    ]


def identify_entry(entry: Entry) -> Identifiers:
    """Identifiers come from fields for them, or from the paper's own links, not from a discussion
    of it.
    """
    return entry.ids.join(
        identify_all(link.url for link in entry.links if link.kind in ("paper", "pdf"))
    )


def are_alike(one: str, other: str) -> bool:
    """Whether two titles with the same identifier may name one paper.

    They may if one says all that the other says (a shortened title, an acronym spelt out), or if
    they differ by a slip of the pen or a word in six.
    """
    first, second = title_key(one), title_key(other)
    if first in second or second in first or fuzz.ratio(first, second) >= ALIKE:
        return True
    mine, theirs = _said(one), _said(other)
    left, right = _unmatched(mine, theirs, other), _unmatched(theirs, mine, one)
    shared = min(len(mine) - left, len(theirs) - right)
    return shared > 0 and (not left or not right or max(left, right) * 6 <= shared)


def _said(title: str) -> list[str]:
    return [word for word in words(title.casefold()) if word not in SMALL_WORDS]


def _unmatched(mine: list[str], theirs: list[str], other: str) -> int:
    """How many words the other title does not say, as an acronym either."""
    initials = "".join(word[0] for word in words(other.casefold()))
    return sum(
        not any(fuzz.ratio(word, their) >= ALIKE for their in theirs)
        and not (1 < len(word) <= 6 and word in initials)
        for word in mine
    )
