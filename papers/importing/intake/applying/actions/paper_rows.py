"""Papers of a document: found or made, filled, and known by their identifiers."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from django.utils.translation import gettext as _

from papers.bulk_copy import copy_rows, reserve_keys
from papers.catalogue.actions.citation_keys import assign_citation_keys
from papers.importing.intake.applying.actions.filling import fill, make_paper, write_facts
from papers.importing.intake.applying.actions.intake import Intake
from papers.importing.intake.matching.queries.comparing import left_of
from papers.importing.intake.matching.queries.matching import names_of
from papers.importing.intake.matching.queries.sameness import Known, Match, find_known
from papers.importing.intake.spelling.actions import respell
from papers.importing.reading.drafts.understood import PaperDraft, Problem
from papers.models import Identifier, Paper

PAPER = (
    "id", "title", "title_key", "slug", "added_by_id", "added_at", "renderer", "authors",
    "abstract", "abstract_html", "venue", "year", "published_on", "group", "note",
)  # fmt: skip
"""Columns of a new paper, in the order in which they are written."""


def bring_papers(intake: Intake) -> None:
    """Find each draft's paper or make it; what known papers lack is filled."""
    drafts = intake.document.drafts
    known = find_known(drafts, intake.choices.values())
    new: list[Paper] = []
    for draft in drafts:
        match = known.find(draft, intake.choices.get(draft.key))
        _report(intake, draft, match)
        paper = match.same
        if paper is None:
            paper = make_paper(draft, by=intake.by, at=intake.at)
            new.append(paper)
            paper.pk = -len(new)  # until it is written
            known.add(paper, draft)
        else:
            known.join(paper, draft)
            intake.left[draft.key] = {}
        intake.papers[draft.key] = paper
    _write_papers(intake, new)
    intake.outcome.papers = len(new)
    intake.outcome.known = len(drafts) - len(new)
    intake.fresh = {paper.pk for paper in new}
    _join(intake, [draft for draft in drafts if draft.key in intake.left], known)
    _bring_identifiers(intake, known.by_name)


def _join(intake: Intake, drafts: Sequence[PaperDraft], known: Known) -> None:
    """Give known papers what they lack, and note what they say otherwise."""
    _fill(intake, drafts)
    for draft in drafts:
        intake.left[draft.key] = left_of(draft, intake.papers[draft.key], known.by_name)


def _write_papers(intake: Intake, papers: Sequence[Paper]) -> None:
    for key, paper in zip(reserve_keys(Paper, len(papers)), papers, strict=True):
        paper.pk = key
    copy_rows(Paper, PAPER, map(attrgetter(*PAPER), papers))
    assign_citation_keys([paper.pk for paper in papers])
    intake.outcome.made_rows("paper", [paper.pk for paper in papers])


def _report(intake: Intake, draft: PaperDraft, match: Match) -> None:
    if match.clash is not None and match.clash is not match.same:
        said = _say_clash(match) % {
            "title": draft.title,
            "line": draft.line,
            "other": match.clash.title,
        }
        intake.outcome.problems.append(Problem(draft.line, said))


def _fill(intake: Intake, drafts: Sequence[PaperDraft]) -> None:
    """Give known papers the facts that they lack, and remember which."""
    changed: dict[int, Paper] = {}
    for draft in drafts:
        paper = intake.papers[draft.key]
        if marks := fill(paper, draft):
            changed[paper.pk] = paper
            intake.outcome.made.append(["filled", paper.pk, marks])
        if spelled := respell(paper, draft):
            changed[paper.pk] = paper
            intake.outcome.made.append(["respelled", paper.pk, *spelled])
    write_facts(changed.values())


def _bring_identifiers(intake: Intake, owners: dict[tuple[str, str], Paper]) -> None:
    """Each name belongs to one paper: the first that carries it."""
    wanted = {
        name: intake.papers[draft.key]
        for draft in reversed(intake.document.drafts)
        for name in names_of(draft)
        if owners.get(name, intake.papers[draft.key]).pk == intake.papers[draft.key].pk
    }
    papers = intake.older({paper.pk for paper in wanted.values()})
    here = set(Identifier.objects.filter(paper__in=papers).values_list("kind", "value"))
    rows = [(paper.pk, *name) for name, paper in wanted.items() if name not in here]
    intake.write(Identifier, ("paper", "kind", "value"), rows)


def _say_clash(match: Match) -> str:
    """What became of a draft one of whose identifiers another paper has."""
    if match.basis == "identifier":
        return _(
            "“%(title)s” (line %(line)s) has an ID of “%(other)s”, which is already in the "
            "library. You said they're different papers, so it was added without that ID."
        )
    if match.same is not None:
        return _(
            "“%(title)s” (line %(line)s) has the link of “%(other)s”, which is already in the "
            "library under a different title. That ID was left where it is. Fix the link on the "
            "paper's page."
        )
    return _(
        "“%(title)s” (line %(line)s) has the link of “%(other)s”, which is already in "
        "the library under a different title. It was added as a new paper without "
        "that ID. Fix the link on its page."
    )
