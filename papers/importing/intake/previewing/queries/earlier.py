"""Choices for a document: the roles it can take, and those made for its earlier version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from papers.importing.intake import sandboxed
from papers.importing.intake.previewing.queries.heirs import find_heirs
from papers.importing.reading.drafts.draft_json import list_joined
from papers.importing.reading.drafts.understood import APART, PLACE, PatternDraft, Reading
from papers.models import ImportJob, Member

LOOKED_AT = 3
"""Imports of the same name among which the earlier version is looked for."""

ALIKE = 0.33
"""Share of lines that two versions of a document have in common at least: many lists are called
README.md, and all that was pasted has one name."""

LINE = "line:"

ENTRY = "entry:"
"""Before the key of an entry: what a member corrected in it by hand."""


def roles_in(choices: Mapping[str, Any]) -> dict[str, str]:
    """The choices that the reader takes: roles, not corrections of entries."""
    return {name: role for name, role in choices.items() if not name.startswith(ENTRY)}


def list_roles(job: ImportJob, name: str) -> Sequence[str]:
    """The roles that a pattern (its id) or a line (`line:12`) of a document can have."""
    patterns = job.account.get("patterns", ())
    if name.startswith(PLACE):
        lines = job.account.get("joined", ())
        is_known = name in job.choices or any(name == f"{PLACE}{line}" for line in lines)
        return [APART] if is_known else []
    if not name.startswith(LINE):
        return next((one["roles"] for one in patterns if one["id"] == name), ())
    return next((one["roles"] for one in patterns if _is_line_of(one, name)), ())


def _is_line_of(pattern: dict[str, object], name: str) -> bool:
    lines = pattern["lines"]
    number = name.removeprefix(LINE)
    return (
        pattern["kind"] in ("heading", "item", "line")
        and isinstance(lines, list)
        and number.isdecimal()
        and int(number) in lines
    )


def read_like_earlier(
    data: bytes, name: str, by: Member, *, wait: float = 60.0, seconds: float = 240.0
) -> tuple[Reading, dict[str, Any]]:
    """Read a document as its earlier version was read: with the choices that still hold.

    Raises ReadersBusy.
    """
    plain = sandboxed.read(data, name, wait=wait, seconds=seconds)
    earlier = _find_earlier(by, name, plain.text) if plain.text else None
    choices = _carry(earlier, plain) if earlier else {}
    if not (roles := roles_in(choices)):
        return plain, choices
    reading = sandboxed.read(data, name, roles, wait=wait, seconds=seconds)
    return (reading, choices) if reading.understood.papers else (plain, {})


def _find_earlier(by: Member, name: str, text: str) -> ImportJob | None:
    """The member's last import of this name that shares enough lines with this document."""
    jobs = ImportJob.objects.filter(by=by, name=name[:300]).exclude(account={})
    jobs = jobs.defer("original", "plan", "account", "made").order_by("-created_at", "-pk")
    lines = _lines(text)
    for job in jobs.defer("original", "plan", "account", "made").order_by("-created_at", "-pk")[
        :LOOKED_AT
    ]:
        other = _lines(job.source)
        if len(lines & other) >= ALIKE * min(len(lines), len(other)):
            return job
    return None


def _lines(text: str) -> set[str]:
    return {line.strip() for line in text.split("\n")} - {""}


def _carry(earlier: ImportJob, reading: Reading) -> dict[str, Any]:
    """The choices that hold for this version; a single line is found by its text, an entry by its
    title in the document, else by what else it is known by (`heirs`)."""
    patterns = {one.id: one for one in reading.understood.patterns}
    papers = reading.understood.papers
    keys = {paper.key: paper.key for paper in papers}
    corrected = [one.removeprefix(ENTRY) for one in earlier.choices if one.startswith(ENTRY)]
    keys |= find_heirs(earlier, [key for key in corrected if key not in keys], papers)
    joined = set(list_joined(reading.understood))
    found: dict[str, Any] = {}
    places = _Places(earlier.source, reading.text)
    for name, role in earlier.choices.items():
        if name.startswith(LINE):
            line = places.find(int(name.removeprefix(LINE)))
            if line and any(line in one.lines for one in patterns.values()):
                found[f"{LINE}{line}"] = role
        elif name.startswith(PLACE):
            line = places.find(int(name.removeprefix(PLACE)))
            if line in joined:
                found[f"{PLACE}{line}"] = role
        elif name.startswith(ENTRY):
            if heir := keys.get(name.removeprefix(ENTRY)):
                found[f"{ENTRY}{heir}"] = role
        elif name in patterns and _may(patterns[name], role):
            found[name] = role
    return found


def _may(pattern: PatternDraft, role: str) -> bool:
    return role in pattern.roles


class _Places:
    """Where the lines of one version stand in another."""

    def __init__(self, old: str, new: str) -> None:
        self.old = old.split("\n")
        self.new: defaultdict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(new.split("\n"), 1):
            self.new[line.strip()].append(number)

    def find(self, number: int) -> int:
        """The line of the new version with this old line's text, the n-th as there; 0 for none."""
        if not 0 < number <= len(self.old):
            return 0
        text = self.old[number - 1].strip()
        nth = sum(line.strip() == text for line in self.old[: number - 1])
        return next(iter(self.new[text][nth : nth + 1]), 0)
