"""An archive is of one moment, whatever is written meanwhile."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from papers.exporting.archives.actions.making import write_archive
from papers.models import ArchiveJob, Member
from tests import make
from tests.make import NOW


@pytest.mark.django_db(transaction=True)
def test_progress_is_written_beside_the_snapshot(lab: object, tmp_path: Path) -> None:
    """Outside of any transaction: what is added while the archive is made is not in it."""
    ada = make.member("ada", role=Member.Role.CURATOR)
    for _ in range(3):
        make.paper()
    said: list[int] = []

    def note(done: int) -> None:
        said.append(done)
        make.paper("Added meanwhile")
        assert ArchiveJob.objects.filter(by=ada).count() == 0

    write_archive(tmp_path / "lab.zip", at=NOW, say=note, every=2)
    assert said
    table = ZipFile(tmp_path / "lab.zip").read("tables/papers_paper.jsonl")
    assert b"Added meanwhile" not in table
