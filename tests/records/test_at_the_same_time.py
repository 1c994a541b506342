"""Two curators at once, and members who write while papers are merged."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from papers.importing.intake.applying.actions.locking import lock_imports
from papers.models import Comment, Event, Paper, Removal
from papers.records.actions.keeping import AlreadyDeleted, delete_paper
from papers.records.actions.merging import MergeRefused, merge_papers
from papers.records.joining.patience import Busy
from papers.reviews.actions.publishing import publish_review
from papers.reviews.drafts.content import ReviewContent, Stamp
from tests import make
from tests.clock import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def run_at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gives, or the exception that it raises; all begin in the same moment."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except Exception as error:  # noqa: BLE001 (the test looks at it)
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def test_two_curators_merge_the_same_two_either_way() -> None:
    make.lab()
    ada, eve = make.member("ada", role="curator"), make.member("eve", role="curator")
    for _ in range(5):
        one, other = make.paper(), make.paper()
        told = run_at_once(
            lambda one=one, other=other: merge_papers(kept=one, gone=other, by=ada, at=NOW),
            lambda one=one, other=other: merge_papers(kept=other, gone=one, by=eve, at=NOW),
        )
        assert Paper.objects.filter(pk__in=[one.pk, other.pk]).count() == 1
        assert sum(isinstance(answer, Removal) for answer in told) == 1, told
        assert sum(isinstance(answer, MergeRefused | Busy) for answer in told) == 1, told


def test_who_merges_during_a_long_import_is_told_to_try_again() -> None:
    make.lab()
    ada, one, other = make.member("ada", role="curator"), make.paper(), make.paper()
    with transaction.atomic():
        lock_imports()
        told = run_at_once(lambda: merge_papers(kept=one, gone=other, by=ada, at=NOW))
    assert [type(answer) for answer in told] == [Busy]
    assert Paper.objects.count() == 2


def test_two_curators_merge_the_same_two_alike() -> None:
    make.lab()
    ada, eve = make.member("ada", role="curator"), make.member("eve", role="curator")
    one, other = make.paper(), make.paper()
    told = run_at_once(
        *(lambda by=by: merge_papers(kept=one, gone=other, by=by, at=NOW) for by in (ada, eve))
    )
    assert told[0] == told[1]
    assert Event.objects.filter(kind="paper-merged").count() == 1


def test_one_merges_what_the_other_deletes() -> None:
    make.lab()
    ada, eve = make.member("ada", role="curator"), make.member("eve", role="curator")
    one, other = make.paper(), make.paper()
    told = run_at_once(
        lambda: merge_papers(kept=one, gone=other, by=ada, at=NOW),
        lambda: delete_paper(paper=other, reason="Spam", by=eve, at=NOW),
    )
    assert sum(isinstance(answer, Removal) for answer in told) == 1
    assert sum(isinstance(answer, MergeRefused | AlreadyDeleted) for answer in told) == 1


def test_nobody_who_publishes_meanwhile_loses_a_word() -> None:
    """Who publishes is never turned away; the review is on the paper that is left."""
    make.lab()
    ada = make.member("ada", role="curator")
    lost = 0
    for number in range(8):
        ben = make.member()
        one, other = make.paper(), make.paper()
        make.index()
        text = ReviewContent(summary=f"Words {number}")
        merged, published = run_at_once(
            lambda one=one, other=other: merge_papers(kept=one, gone=other, by=ada, at=NOW),
            lambda one=one, ben=ben, text=text: publish_review(
                paper=one, by=ben, at=NOW, content=text, stamp=Stamp(0, 0)
            ),
        )
        assert isinstance(merged, Removal | Busy), merged
        assert not isinstance(published, Exception), published
        lost += not one.reviews.filter(member=ben).exists()
    assert lost == 0


def test_a_comment_on_the_paper_that_goes_is_moved_or_refused_whole() -> None:
    make.lab()
    ada, ben = make.member("ada", role="curator"), make.member("ben")
    for _ in range(8):
        one, other = make.paper(), make.paper()
        _merged, said = run_at_once(
            lambda one=one, other=other: merge_papers(kept=one, gone=other, by=ada, at=NOW),
            lambda other=other: Comment.objects.create(
                paper=other, author=ben, body="Said", created_at=NOW
            ),
        )
        found = Comment.objects.filter(paper=one).count()
        assert found == (0 if isinstance(said, Exception) else 1)
        Comment.objects.all().delete()
