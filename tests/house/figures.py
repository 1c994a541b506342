"""Acts after which every viewer must be told new figures, and viewers who look at all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from papers.caching.result_cache import State
from papers.caching.validators import read_state
from papers.catalogue.actions.bulk_edits import list_papers, unlist_papers
from papers.catalogue.actions.papers import PaperFacts, add_paper, change_paper
from papers.claims.actions.claims import claim_paper, release_claim
from papers.discussion.actions import add_comment
from papers.models import (
    AgendaItem,
    Experiment,
    Lab,
    Listing,
    Meeting,
    Member,
    Paper,
    Review,
)
from papers.records.actions.keeping import archive_paper, delete_paper, unarchive_paper
from papers.records.actions.merging import merge_papers
from papers.records.actions.undoing import undo_removal
from papers.reviews.actions.publishing import delete_review, publish_review
from papers.reviews.drafts.content import ReviewContent, Stamp
from papers.search.queries import find_papers
from papers.topics.placing.actions import edit_topic
from papers.topics.queries.topic_page import get_topic_page
from papers.topics.queries.tree import list_nav_topics, list_topic_tree
from tests import make
from tests.clock import CLOCK

SEARCHES = ("", "topic:theory", "is:claimed", "verdict:try", "sharp", "sort:disagreement")
TOPICS = ("theory", "theory/flat-minima")


class Readers:
    """A curator, a member with a lease of his own, and a stranger."""

    def __init__(self) -> None:
        self.lab = make.lab(public_reading=True, independent_reviews=True)
        self.ada = make.member("ada", role=Member.Role.CURATOR)
        self.ben = make.member("ben")
        self.theory = make.topic("Theory")
        self.flat = make.topic("Flat minima", parent=self.theory)
        self.papers = [self.add(f"Paper {n} on sharp minima") for n in range(4)]
        for paper in self.papers[:3]:
            list_papers(papers=[paper.pk], topic=self.flat, by=self.ada, at=self.now)
        claim_paper(paper=self.papers[1], by=self.ben, at=self.now)
        self.look()

    @property
    def now(self) -> Any:
        return CLOCK.now()

    def add(self, title: str) -> Paper:
        return add_paper(
            facts=PaperFacts(title=title), by=self.ada, at=self.now, although_alike=True
        )

    def publish(self, paper: Paper, by: Member) -> Review:
        content = ReviewContent(summary="Sharp words", verdict="try")
        return publish_review(paper=paper, by=by, at=self.now, content=content, stamp=Stamp())

    def look(self) -> None:
        """Everybody reads everything: what is cached is what the database says."""
        members = Member.objects.in_bulk([self.ada.pk, self.ben.pk])
        for viewer in (*members.values(), None):
            state, lab = read_state(viewer)
            assert state is not None
            assert self.read(viewer, lab, state) == self.read(viewer, lab, None)

    def read(self, viewer: Member | None, lab: Lab, state: State | None) -> list[Any]:
        """Searches, the tree and topics as this viewer is shown them."""
        found = [
            find_papers(
                text, by=viewer, lab=lab, today=self.now.date(), with_facets=True, state=state
            )
            for text in SEARCHES
        ]
        topics = [get_topic_page(path, viewer, lab, state=state) for path in TOPICS]
        trees = (list_topic_tree, list_nav_topics)
        return [*found, *topics, *(one(viewer, lab, state=state) for one in trees)]


def publish_and_delete(all_: Readers) -> None:
    review = all_.publish(all_.papers[2], all_.ada)
    all_.look()
    delete_review(review=review, by=all_.ada, at=all_.now)


def archive_and_bring_back(all_: Readers) -> None:
    archive_paper(paper=all_.papers[0], by=all_.ada, at=all_.now)
    all_.look()
    unarchive_paper(paper=all_.papers[0], by=all_.ada, at=all_.now)


def delete_and_undo(all_: Readers) -> None:
    removal = delete_paper(paper=all_.papers[0], reason="Twice", by=all_.ada, at=all_.now)
    all_.look()
    undo_removal(removal=removal, by=all_.ada, at=all_.now)


def claim_and_release(all_: Readers) -> None:
    claim = claim_paper(paper=all_.papers[0], by=all_.ada, at=all_.now)
    all_.look()
    release_claim(claim=claim, by=all_.ada, at=all_.now)


def rename_topic(all_: Readers) -> None:
    edit_topic(
        topic=all_.flat, name="Flat valleys", description="Wide", parent=None, by=all_.ada,
        at=all_.now,
    )  # fmt: skip


def discuss(all_: Readers) -> None:
    at = all_.now
    meeting = Meeting.objects.create(day=at.date(), starts_at=at, created_at=at)
    item = AgendaItem.objects.create(meeting=meeting, paper=all_.papers[0])
    all_.look()
    AgendaItem.objects.filter(pk=item.pk).update(discussed_at=all_.now)


def end_experiment(all_: Readers) -> None:
    one = make.experiment("Seeds", paper=all_.papers[0], proposed_by=all_.ada)
    all_.look()
    Experiment.objects.filter(pk=one.pk).update(
        state="confirmed", outcome="It holds", outcome_html="<p>It holds</p>", closed_at=all_.now
    )


def change_venue(all_: Readers) -> None:
    facts = PaperFacts(title="Paper 0 on sharp minima", venue="ICML", year=2024)
    change_paper(paper=all_.papers[0], facts=facts, by=all_.ada, at=all_.now)


ACTS: tuple[Callable[[Readers], Any], ...] = (
    lambda all_: all_.add("Another sharp paper"),
    lambda all_: all_.publish(all_.papers[1], all_.ada),  # closed to ben, and to strangers
    lambda all_: all_.publish(all_.papers[1], all_.ben),  # which opens it to both
    lambda all_: list_papers(
        papers=[all_.papers[3].pk], topic=all_.theory, by=all_.ada, at=all_.now
    ),
    lambda all_: unlist_papers(
        papers=[all_.papers[0].pk], topic=all_.flat, by=all_.ada, at=all_.now
    ),
    lambda all_: merge_papers(
        kept=all_.papers[0], gone=all_.papers[2], by=all_.ada, at=all_.now, take=()
    ),
    lambda all_: Member.objects.filter(pk=all_.ada.pk).update(name="Ada Byron"),
    lambda all_: Member.objects.filter(pk=all_.ben.pk).update(role=Member.Role.READER),
    lambda all_: Lab.objects.update(public_reading=False),
    lambda all_: Lab.objects.update(independent_reviews=False),
    lambda all_: Listing.objects.all().delete(),
    lambda all_: add_comment(subject=all_.papers[0], body="Sharp talk", by=all_.ada, at=all_.now),
    publish_and_delete,
    archive_and_bring_back,
    delete_and_undo,
    claim_and_release,
    rename_topic,
    discuss,
    end_experiment,
    change_venue,
)
