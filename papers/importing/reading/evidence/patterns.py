"""Kinds of lines: nodes of one shape, counted together, with one role for all of them.

A single line never decides. Every node that may be a heading, an entry, a column or a key is filed
under a pattern (`heading-2-date`, `item-1-linked`, `column-title`, `key-speaker`); the pattern's
role is the one with the best mean score over all its instances, unless somebody chose another. The
scores are sums of named features (`signs.py`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from papers.importing.reading.drafts.understood import PatternDraft

LONGEST_EXAMPLE = 160


@dataclass(slots=True)
class Pattern:
    """Nodes of one shape; `scores` are sums over its instances by role."""

    id: str
    kind: str
    roles: tuple[str, ...]
    example: str = ""
    line: int = 0
    count: int = 0
    scores: dict[str, float] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    role: str = ""

    def mean(self, role: str) -> float:
        """The mean score of a role."""
        return self.scores.get(role, 0.0) / max(self.count, 1)


class Patterns:
    """All patterns of a document, and the roles that somebody chose for some of them."""

    def __init__(self, choices: Mapping[str, str] | None = None) -> None:
        self.all: dict[str, Pattern] = {}
        self.choices = dict(choices or {})

    def file(
        self,
        name: str,
        kind: str,
        roles: tuple[str, ...],
        line: int,
        text: str,
        scores: Mapping[str, float],
    ) -> Pattern:
        """Count one more instance of a pattern."""
        pattern = self.all.get(name)
        if pattern is None:
            pattern = self.all[name] = Pattern(
                name, kind, roles, " ".join(text.split())[:LONGEST_EXAMPLE], line
            )
        pattern.count += 1
        pattern.lines.append(line)
        for role, score in scores.items():
            pattern.scores[role] = pattern.scores.get(role, 0.0) + score
        return pattern

    def chosen(self, name: str, line: int = 0) -> str:
        """The role that was chosen for a line (`line:12`) or its pattern, "" if none was."""
        pattern = self.all.get(name)
        role = self.choices.get(f"line:{line}") or self.choices.get(name, "")
        return role if pattern is None or role in pattern.roles else ""

    def drafts(self) -> Iterable[PatternDraft]:
        """What the preview shows, in the order of their first lines."""
        for one in sorted(self.all.values(), key=lambda pattern: (pattern.line, pattern.id)):
            scores = {role: round(one.mean(role), 2) for role in one.roles if role in one.scores}
            yield PatternDraft(
                one.id, one.kind, one.example, one.line, one.count, one.role, one.roles, scores,
                is_chosen=bool(self.choices.get(one.id)), lines=tuple(one.lines),
            )  # fmt: skip
