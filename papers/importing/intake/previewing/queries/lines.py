"""A document line by line: what became of each, beside the paper or the words that say so."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from papers.importing.intake.previewing.queries.earlier import LINE, list_roles
from papers.importing.intake.previewing.queries.kinds import RoleOption, make_options
from papers.importing.intake.previewing.queries.previews import PAGE, Item
from papers.importing.reading.drafts.reasons import REASONS
from papers.models import ImportJob

LONGEST_LINE, MOST_LINES = 600, 60
"""Characters of a line, and lines of one stretch, that the page shows."""

_OF_PAPER = ("paper", "note", "review")

_FATES: dict[str, Promise] = {
    "paper": gettext_lazy("Paper"), "note": gettext_lazy("Note"),
    "review": gettext_lazy("Review"), "topic": gettext_lazy("Topic"),
    "member": gettext_lazy("Member"), "meeting": gettext_lazy("Meeting date"),
    "title": gettext_lazy("Document title"), "heading": gettext_lazy("General heading"),
    "text": gettext_lazy("Description"), "left out": gettext_lazy("Left out"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of the source; `options` are there for the line that was asked for."""

    number: int
    text: str
    fate: str
    mark: str
    href: str
    may_change: bool
    options: tuple[RoleOption, ...] = ()

    @property
    def name(self) -> str:
        """What a choice for this line alone is called."""
        return f"{LINE}{self.number}"


@dataclass(frozen=True, slots=True)
class LeftOutWords:
    """Words that no field holds, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighboring lines that became one thing; `item` is their paper, else `said` says what."""

    lines: tuple[SourceLine, ...]
    more: int
    said: str
    item: Item | None = None
    left_out: tuple[LeftOutWords, ...] = ()


@dataclass(slots=True)
class Sheet:
    """The lines of one page, and papers whose lines stand on another."""

    stretches: list[Stretch] = field(default_factory=list)
    elsewhere: list[Item] = field(default_factory=list)


def place_problems(
    job: ImportJob, problems: Iterable[tuple[int, str]]
) -> list[tuple[int, str, str]]:
    """Each line and what is said of it, with the address where its role can be chosen; empty for
    what can't be chosen any more, and for what is about no line."""
    starts: list[int] = job.account.get("starts", [])
    may_choose = job.state == ImportJob.State.PREVIEW and bool(job.account.get("fates"))
    placed = []
    for line, said in problems:
        page = max(0, bisect_right(starts, line) - 1) // PAGE + 1
        url = f"?page={page}&line={line}#line-{line}" if line and may_choose else ""
        placed.append((line, said, url))
    return placed


def read_sheet(job: ImportJob, page: int, items: Sequence[Item], asked: str = "") -> Sheet:
    """The source of one page beside its result; asks the database nothing."""
    account = job.account
    starts: list[int] = account.get("starts", [])
    first = starts[(page - 1) * PAGE] if page > 1 and len(starts) > (page - 1) * PAGE else 0
    last = starts[page * PAGE] if len(starts) > page * PAGE else 10**9
    fates = [
        (max(start, first), min(end, last - 1), *fate)
        for start, end, *fate in account.get("fates", ())
        if first <= end and start < last
    ]
    maker = _Maker(job, page, items, asked)
    sheet = Sheet(list(maker.make(fates)))
    shown = {one.item.id for one in sheet.stretches if one.item}
    sheet.elsewhere = [item for item in items if item.id not in shown]
    return sheet


class _Maker:
    """Makes the stretches of a page."""

    def __init__(self, job: ImportJob, page: int, items: Sequence[Item], asked: str) -> None:
        self.job, self.asked = job, asked
        self.text = job.source.split("\n")
        self.items = {(page - 1) * PAGE + n: item for n, item in enumerate(items)}
        self.left: dict[int, list[Any]] = {}
        for one in job.account.get("left_out", ()):
            self.left.setdefault(one[0], []).append(one)
        self.kinds = {
            line
            for one in job.account.get("patterns", ())
            if one["kind"] in ("heading", "item", "line")
            for line in one["lines"]
        }
        self.done: set[int] = set()

    def make(self, fates: Sequence[Any]) -> Iterator[Stretch]:
        """`fates` are the first line, the last one, the role, the paper and what is referred to."""
        for (role, paper, ref), group in groupby(fates, key=_group):
            found = list(group)
            item = None if paper in self.done else self.items.get(paper)
            self.done.add(paper)
            said = ref or ("" if item else str(_FATES[role]))
            every = sum(last + 1 - first for first, last, *_rest in found)
            shown = list(islice(_each_line(found), MOST_LINES))
            lines = tuple(self._line(number, own_role, paper) for number, own_role in shown)
            words = tuple(
                LeftOutWords(self._words(span), _(REASONS[span[3]]))
                for number, _role in shown
                for span in self.left.get(number, ())
            )
            yield Stretch(lines, every - len(lines), said, item, words)

    def _words(self, span: Any) -> str:
        line, start, end, _reason = span
        return str(self.text[line - 1][start - 1 : end - 1][:LONGEST_LINE])

    def _line(self, number: int, role: str, paper: int) -> SourceLine:
        item = self.items.get(paper)
        may = number in self.kinds and self.job.state == ImportJob.State.PREVIEW
        options: tuple[RoleOption, ...] = ()
        if may and self.asked == str(number):
            name = f"{LINE}{number}"
            chosen = self.job.choices.get(name, "")
            roles = list(list_roles(self.job, name))
            options = make_options(
                roles, chosen or (role if role in roles else "text"), is_chosen=bool(chosen)
            )
        text = self.text[number - 1] if number <= len(self.text) else ""
        return SourceLine(
            number, text[:LONGEST_LINE], str(_FATES[role]), role.replace(" ", "-"),
            f"#item-{item.id}" if item else "", may, options,
        )  # fmt: skip


def _each_line(fates: Sequence[Any]) -> Iterator[tuple[int, str]]:
    """Number and role of every line."""
    for first, last, role, _paper, _ref in fates:
        for number in range(first, last + 1):
            yield number, role


def _group(fate: Any) -> tuple[str, int, str]:
    """What neighbors must share to stand together."""
    _first, _last, role, paper, ref = fate
    return ("paper" if role in _OF_PAPER else role), paper, ref
