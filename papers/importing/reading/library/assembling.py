"""Puts together what a file of a reference manager or tracker says."""

from itertools import islice

from papers.importing.reading.collecting.account import MOST_SPANS, Accountant
from papers.importing.reading.collecting.assemble import nothing
from papers.importing.reading.collecting.gathering import gather
from papers.importing.reading.drafts.understood import (
    MemberDraft,
    PaperDraft,
    Problem,
    TopicDraft,
    Understood,
)
from papers.importing.reading.library.recognizing import Library
from papers.importing.reading.opening.decoding import Decoded
from papers.importing.reading.outline.grower import new_outline

ISSUES = ("GitHub issues", "GitLab issues")


def assemble_library(library: Library, decoded: Decoded, name: str) -> Understood:
    """Its papers, each once, with topics and people."""
    outline = new_outline(decoded.text, library.form)
    gathered = list(gather(library.entries, outline))
    papers = tuple(one for one in gathered if isinstance(one, PaperDraft))
    told = [*library.problems, *(one for one in gathered if isinstance(one, Problem))]
    problems = told if papers or told else [nothing()]
    topics, members = _list_topics(papers), _list_members(papers)
    accountant = Accountant(outline, papers, topics, members, "", "")
    return Understood(
        name=name,
        shape="issues" if library.form in ISSUES else "bibliography",
        papers=papers,
        topics=topics,
        members=members,
        left_out=tuple(islice(accountant.left_out(), MOST_SPANS)),
        fates=accountant.fates(topics, members),
        form=library.form,
        text=decoded.text,
        repairs=decoded.repairs,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
    )


def _list_topics(papers: tuple[PaperDraft, ...]) -> tuple[TopicDraft, ...]:
    found: dict[tuple[str, ...], TopicDraft] = {}
    for paper in papers:
        for listing in paper.listings:
            for depth in range(1, len(listing.topic) + 1):
                path = listing.topic[:depth]
                found.setdefault(path, TopicDraft(path, listing.line))
    return tuple(found.values())


def _list_members(papers: tuple[PaperDraft, ...]) -> tuple[MemberDraft, ...]:
    found: dict[str, MemberDraft] = {}
    for paper in papers:
        named = [(claim.member, claim.line) for claim in paper.claims]
        named += [(one.member, one.line) for one in paper.said if one.member]
        for member, line in named:
            found.setdefault(member.casefold(), MemberDraft(member, line, "field"))
    return tuple(found.values())
