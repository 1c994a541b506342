"""Topics and members that a document does not name, but a member typed into a correction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from papers.importing.intake.previewing.queries.earlier import ENTRY
from papers.importing.reading.drafts.correcting import split_path
from papers.importing.reading.drafts.understood import MemberDraft, TopicDraft
from papers.models import ImportJob


def list_typed_topics(job: ImportJob, known: Sequence[TopicDraft]) -> list[TopicDraft]:
    """Typed topics with those above them, each once; none stands on a line."""
    paths = {topic.path for topic in known}
    found: dict[tuple[str, ...], TopicDraft] = {}
    for text in _typed(job, "topics"):
        path = tuple(split_path(text))
        for depth in range(1, len(path) + 1):
            if path[:depth] not in paths:
                found.setdefault(path[:depth], TopicDraft(path[:depth], 0))
    return list(found.values())


def list_typed_members(job: ImportJob, known: Sequence[MemberDraft]) -> list[MemberDraft]:
    """Typed names, each once in any case."""
    names = {member.name.casefold() for member in known}
    typed = {name.casefold(): name for name in _typed(job, "members")}
    return [MemberDraft(name, 0, "") for key, name in typed.items() if key not in names]


def _typed(job: ImportJob, field: str) -> Iterator[str]:
    for name, facts in job.choices.items():
        if name.startswith(ENTRY):
            yield from facts.get(field, ())
