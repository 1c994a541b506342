"""Puts together what a document says: shape, topics, members, meetings, problems, and what became
of its lines.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from papers.importing.reading.collecting.account import MOST_SPANS, Accountant
from papers.importing.reading.collecting.gathering import gather
from papers.importing.reading.drafts.understood import (
    MeetingDraft,
    MemberDraft,
    PaperDraft,
    PlaceDraft,
    Problem,
    TopicDraft,
    Understood,
)
from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.evidence.patterns import Patterns
from papers.importing.reading.opening.decoding import Decoded
from papers.importing.reading.outline.document import Outline
from papers.importing.reading.walking.state import Walked
from papers.text.dates import find_date

MOST_OPEN_LINES = 30
"""Passages that nothing claimed which are reported one by one; the rest is counted."""


@dataclass(slots=True)
class Found:
    """What reading a tree gave."""

    outline: Outline
    entries: list[Entry]
    walked: Walked
    members: list[MemberDraft]
    patterns: Patterns


def assemble(found: Found, decoded: Decoded, name: str) -> Understood:
    """Everything that a document says, its places of one paper joined."""
    outline, walked = found.outline, found.walked
    gathered = list(gather(found.entries, outline))
    papers = tuple(one for one in gathered if isinstance(one, PaperDraft))
    told = [one for one in gathered if isinstance(one, Problem)]
    unclaimed = tuple(outline.unused())
    problems = [*outline.problems, *told, *_open_lines(unclaimed)]
    if not papers:
        problems.insert(0, nothing())
    title, description = outline.title or walked.title, "\n\n".join(walked.description)
    topics, persons = _topics(walked, papers), _members(found.members, papers)
    accountant = Accountant(outline, papers, topics, persons, title, description)
    return Understood(
        name=name,
        shape=shape_of(papers, found.entries, outline),
        title=title,
        description=description,
        papers=papers,
        topics=topics,
        members=persons,
        meetings=_meetings(papers),
        left_out=tuple(islice(accountant.left_out(), MOST_SPANS)),
        fates=accountant.fates(topics, persons),
        form=outline.form,
        text=decoded.text,
        repairs=decoded.repairs,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
        unclaimed=unclaimed,
        patterns=tuple(found.patterns.drafts()),
    )


def assemble_bibliography(
    entries: list[Entry], faults: list[Problem], outline: Outline, decoded: Decoded, name: str
) -> Understood:
    """Entries for reference managers: papers alone, under no topic and read by nobody."""
    gathered = list(gather(entries, outline))
    papers = tuple(one for one in gathered if isinstance(one, PaperDraft))
    problems = [*faults, *(one for one in gathered if isinstance(one, Problem))]
    if not papers and not problems:
        problems = [nothing()]
    accountant = Accountant(outline, papers, (), (), "", "")
    return Understood(
        name=name,
        shape="bibliography",
        papers=papers,
        left_out=tuple(islice(accountant.left_out(), MOST_SPANS)),
        fates=accountant.fates((), ()),
        form="BibTeX",
        text=decoded.text,
        repairs=decoded.repairs,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
    )


def _meetings(papers: Sequence[PaperDraft]) -> tuple[MeetingDraft, ...]:
    """Days on which papers were discussed, with who presented them."""
    found: dict[str, list[tuple[PaperDraft, PlaceDraft]]] = {}
    for paper in papers:
        for place in paper.each_place:
            if place.meeting:
                found.setdefault(place.meeting, []).append((paper, place))
    return tuple(
        MeetingDraft(
            said,
            _day(said),
            min(place.line for _, place in held),
            tuple(dict.fromkeys(p.key for p, _ in held)),
            tuple(dict.fromkeys(name for _, place in held for name in place.members)),
        )
        for said, held in found.items()
    )


def _day(said: str) -> date | None:
    found = find_date(said, short=True)
    return found.on if found else None


def shape_of(papers: Sequence[PaperDraft], entries: Sequence[Entry], outline: Outline) -> str:
    """What kind of document it was, in one word for the preview."""
    if not papers:
        return "unknown"
    pages = sum(entry.is_paper_page for entry in entries)
    if any(paper.claims for paper in papers):
        return "members"
    if pages * 2 > len(entries):
        return "pages" if outline.front or any(paper.urls for paper in papers) else "notes"
    with_review = sum(paper.review is not None and not paper.review.is_note for paper in papers)
    return "notes" if with_review * 2 > len(papers) else "topics"


def _topics(walked: Walked, papers: Sequence[PaperDraft]) -> tuple[TopicDraft, ...]:
    """Every topic once, outer before inner, in source order; tags make topics too."""
    found: dict[tuple[str, ...], TopicDraft] = {}
    listed = [TopicDraft(one.topic, one.line) for paper in papers for one in paper.listings]
    for topic in [*walked.topics, *listed]:
        for depth in range(1, len(topic.path)):
            found.setdefault(topic.path[:depth], TopicDraft(topic.path[:depth], topic.line))
        known = found.get(topic.path)
        if topic.path and (known is None or not known.description):
            line = known.line if known else topic.line
            found[topic.path] = TopicDraft(topic.path, line, topic.description)
    return tuple(found.values())


def _members(named: Sequence[MemberDraft], papers: Sequence[PaperDraft]) -> tuple[MemberDraft, ...]:
    found = {member.name.casefold(): member for member in named}
    for paper in papers:
        for claim in paper.claims:
            found.setdefault(
                claim.member.casefold(), MemberDraft(claim.member, claim.line, _("next to a paper"))
            )
    return tuple(found.values())


def nothing() -> Problem:
    return Problem(
        0,
        _(
            "No papers found. Put one paper per line, e.g. “- [Title](URL)”, or use a heading for "
            "each paper with its link or notes below. A table needs a “Title” column."
        ),
    )


def _open_lines(unclaimed: Sequence[tuple[int, str]]) -> Iterator[Problem]:
    """Lines of which nothing was made, neighbours together: no line is lost without a word."""
    together = groupby(enumerate(unclaimed), key=lambda pair: pair[1][0] - pair[0])
    runs = [[line for _, line in neighbours] for _, neighbours in together]
    for run in runs[:MOST_OPEN_LINES]:
        first, last = run[0][0], run[-1][0]
        text = run[0][1].strip()
        short = text if len(text) <= 80 else f"{text[:77]}..."
        said = ngettext(
            "Line %(first)s (“%(text)s”) will be skipped: it doesn't look like a paper or a note "
            "about one. Make it a heading to create a topic, or move it under its paper.",
            "Lines %(first)s to %(last)s (“%(text)s”) will be skipped: they don't look like a "
            "paper or a note about one. Make them a heading to create a topic, or move them under "
            "their paper.",
            last - first + 1,
        )
        yield Problem(first, said % {"first": first, "last": last, "text": short})
    if len(runs) > MOST_OPEN_LINES:
        rest = runs[MOST_OPEN_LINES:]
        count = sum(len(run) for run in rest)
        line = rest[0][0][0]
        said = ngettext(
            "%(n)s more line from line %(line)s on will be skipped.",
            "%(n)s more lines from line %(line)s on will be skipped.",
            count,
        )
        yield Problem(line, said % {"n": count, "line": line})
