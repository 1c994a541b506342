"""Bringing a document in: a constant number of statements for each table, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from papers.importing.intake.applying.actions.intake import Intake, Outcome
from papers.importing.intake.applying.actions.paper_rows import bring_papers
from papers.importing.intake.applying.actions.review_rows import Written, read_texts, write_reviews
from papers.importing.intake.applying.actions.rows_beside import (
    bring_claims,
    bring_links,
    bring_listings,
)
from papers.importing.intake.applying.actions.said import (
    find_credit,
    list_said,
    read_time,
    write_comments,
    write_notes,
)
from papers.importing.intake.matching.queries.comparing import show
from papers.importing.intake.matching.queries.matching import find_members, free_handles
from papers.importing.reading.drafts.understood import PaperDraft
from papers.models import Member
from papers.topics.actions.bulk_create import create_topics


def run_intake(intake: Intake) -> Outcome:
    """Write everything that is not here yet."""
    _bring_topics(intake)
    _bring_members(intake)
    bring_papers(intake)
    bring_links(intake)
    bring_listings(intake)
    authored = _authored(intake)
    written = write_reviews([one for __, one in authored], at=intake.at)
    _note_left_reviews(intake, authored)
    intake.outcome.reviews = len(written)
    intake.outcome.made_rows("review", [one.pk for one in written])
    _bring_said(intake)
    bring_claims(intake, {(one.paper_id, one.member_id) for one in written})
    intake.outcome.touched = sorted({paper.pk for paper in intake.papers.values()})
    intake.outcome.uses = {
        "paper": intake.outcome.touched,
        "topic": sorted({topic.pk for topic in intake.topics.values()}),
        "member": sorted({member.pk for member in intake.members.values()}),
    }
    return intake.outcome


def _bring_topics(intake: Intake) -> None:
    wanted = [(one.path, one.description) for one in intake.document.topics]
    drafts = intake.document.drafts
    wanted += [(one.topic, "") for draft in drafts for one in draft.listings]
    wanted += [(one.topic, "") for draft in drafts for one in draft.claims]
    described = {path: text for path, text in wanted if text}
    paths = dict.fromkeys(path for path, _ in wanted if path)
    brought = create_topics((path, described.get(path, "")) for path in paths)
    intake.topics = brought.topics
    intake.outcome.topics = len(brought.made)
    intake.outcome.made_rows("topic", brought.made)


def _bring_members(intake: Intake) -> None:
    names = {claim.member for draft in intake.document.drafts for claim in draft.claims}
    # A heading that names a member counts, also over an empty list; a file's name alone not.
    names |= {one.name for one in intake.document.members if one.evidence == "heading"}
    names |= {one.member for draft in intake.document.drafts for one in draft.said if one.member}
    intake.members = find_members(names)
    new = sorted({name.casefold(): name for name in names}.items())
    missing = [name for key, name in new if key not in intake.members]
    rows = [
        Member(handle=handle, name=name[:200], state=Member.State.PLACEHOLDER, joined_at=intake.at)
        for name, handle in zip(missing, free_handles(missing), strict=True)
    ]
    for row in rows:
        row.set_unusable_password()
    Member.objects.bulk_create(rows, 1_000)
    intake.members |= {row.name.casefold(): row for row in rows}
    intake.outcome.members = len(rows)
    intake.outcome.made_rows("member", [row.pk for row in rows])


def _note_left_reviews(intake: Intake, authored: Sequence[tuple[str, Written]]) -> None:
    """A member has one review of a paper: another text of theirs is not taken over."""
    joined = [(key, one) for key, one in authored if key in intake.left]
    stand = read_texts(one.paper.pk for __, one in joined)
    for key, one in joined:
        said, here = one.texts(), stand.get((one.paper.pk, one.author.pk), {})
        if said != here:
            texts = [show("\n\n".join(filter(None, each.values()))) for each in (said, here)]
            intake.left[key]["review"] = texts


def _authored(intake: Intake) -> list[tuple[str, Written]]:
    """Whose review each text is: the first member beside the paper, else who brings it."""
    return [
        (
            draft.key,
            Written(
                intake.papers[draft.key],
                _author(intake, draft),
                draft.review,
                draft.line,
                _date(intake, draft),
            ),
        )
        for draft in intake.document.drafts
        if draft.review is not None and not draft.review.is_note
    ]


def _bring_said(intake: Intake) -> None:
    drafts = intake.document.drafts
    comments = list_said(drafts, intake.papers, "comment")
    rows = write_comments(comments, intake.members, by=intake.by, at=intake.at)
    intake.outcome.made_rows("comment", [row.pk for row in rows])
    notes = write_notes(list_said(drafts, intake.papers, "note"), by=intake.by, at=intake.at)
    intake.outcome.made_rows("reviewdraft", [row.pk for row in notes])


def _date(intake: Intake, draft: PaperDraft) -> datetime | None:
    credit = find_credit(draft)
    return read_time(credit.at, intake.at) if credit and credit.at else None


def _author(intake: Intake, draft: PaperDraft) -> Member:
    if (credit := find_credit(draft)) and credit.member:
        return intake.members[credit.member.casefold()]
    return intake.members[draft.claims[0].member.casefold()] if draft.claims else intake.by
