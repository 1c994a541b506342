"""Secrets, drafts and deleted texts are in no archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from papers.discussion.actions import add_comment
from papers.exporting.archives.actions.making import read_own_archive, write_archive
from papers.exporting.archives.actions.restoring import restore_archive
from papers.feeds.actions import renew_token
from papers.models import (
    Comment,
    DigestIssue,
    Event,
    Experiment,
    Member,
    Removal,
    Review,
    ReviewDraft,
)
from papers.models.removed_listing import RemovedListing
from papers.records.actions.undoing import UndoRefused, undo_removal
from tests import make
from tests.exporting.test_archive import empty, read_all
from tests.make import NOW

pytestmark = pytest.mark.django_db


def test_secrets_drafts_and_deleted_texts_do_not_leave(
    ada: Member, ben: Member, cy: Member, tmp_path: Path
) -> None:
    paper = make.paper("One")
    gone = make.review(paper, ben, summary="g0ne summary", takeaway="g0ne", deleted_at=NOW)
    stays = make.review(paper, cy, summary="It stays.")
    ReviewDraft.objects.create(
        paper=paper, member=ada, started_at=NOW, saved_at=NOW, summary="dr4ft of ada"
    )
    idea = make.experiment("g0ne idea", review=gone)
    for subject in (gone, idea):
        add_comment(subject=subject, body="g0ne comment", by=ada, at=NOW)
    deleted = add_comment(subject=paper, body="g0ne words", by=ada, at=NOW)
    deleted.revisions.create(number=1, body="g0ne earlier", written_at=NOW)
    Comment.objects.filter(pk=deleted.pk).update(deleted_at=NOW)
    add_comment(subject=paper, body="An answer", by=cy, at=NOW)
    Event.objects.create(kind=Event.Kind.REVIEW_PUBLISHED, at=NOW, by=ben, paper=paper, review=gone)
    content = {
        "reviews": {"items": [{"id": gone.pk, "takeaway": "g0ne"}, {"id": 0, "takeaway": "x"}]}
    }
    DigestIssue.objects.create(year=2026, week=46, content=content, closed_at=NOW)
    token = renew_token(by=ada, at=NOW)
    merged = Removal.objects.create(
        kind=Removal.Kind.PAPER_DELETED, gone=99, name="Merged", by=ada, at=NOW,
        journal=[{"summary": "dr4ft of a paper that is gone"}],
    )  # fmt: skip
    unlisted = Event.objects.create(kind=Event.Kind.TOPIC_CHANGED, at=NOW, by=ada, paper=paper)
    RemovedListing.objects.create(event=unlisted, position=0, note="g0ne note", added_at=NOW)
    mine = b"".join(read_own_archive(member=ada, at=NOW))
    (tmp_path / "mine.zip").write_bytes(mine)
    own = b"\n".join(read_all(tmp_path / "mine.zip").values()).decode()
    assert "g0ne" not in own
    assert "a paper that is gone" not in own
    path = tmp_path / "lab.zip"
    write_archive(path, at=NOW)
    whole = b"\n".join(read_all(path).values()).decode()
    for secret in ("g0ne", "dr4ft", token, ada.password, "pbkdf2", "argon2"):
        assert secret not in whole, secret
    assert "It stays." in whole
    assert "An answer" in whole
    empty()
    restore_archive(path)
    assert list(Review.objects.values_list("pk", flat=True)) == [stays.pk]
    assert Experiment.objects.count() == 0
    with pytest.raises(UndoRefused, match="restored"):
        undo_removal(removal=merged, by=ada, at=NOW)
    assert Comment.objects.get(pk=deleted.pk).body == ""
