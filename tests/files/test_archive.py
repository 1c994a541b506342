"""Files travel in the archive of the lab, and nothing that only drafts or deleted texts show."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from papers.exporting.archives.actions.making import write_archive
from papers.exporting.archives.actions.restoring import restore_archive
from papers.exporting.formats.archive_reader import DamagedArchive
from papers.files.actions import add_document, add_picture
from papers.models import File, Member
from tests import make
from tests.exporting.test_archive import empty
from tests.files.pictures import draw, write_pdf
from tests.make import NOW

pytestmark = pytest.mark.django_db


def test_what_may_leave_leaves_and_comes_back(ben: Member, tmp_path: Path, settings: Any) -> None:
    how: dict[str, Any] = {"data": draw(), "name": "", "meant_for": "review", "by": ben, "at": NOW}
    shown, gone, fresh = (add_picture(**how, alt=alt) for alt in ("Shown", "G0ne", "Dr4ft"))
    paper = make.paper()
    make.review(paper, ben, summary=f"![Shown]({shown.get_absolute_url()})")
    deleted = f"![G0ne]({gone.get_absolute_url()})"
    make.review(make.paper(), ben, summary=deleted, deleted_at=NOW)
    pdf = add_document(
        paper=paper, kind="paper", data=write_pdf(), name="a.pdf", rights="", by=ben, at=NOW
    )
    path = tmp_path / "lab.zip"
    write_archive(path, at=NOW)
    with ZipFile(path) as archive:
        names = {name for name in archive.namelist() if name.startswith("files/")}
        rows = archive.read("tables/papers_file.jsonl").decode()
    assert names == {f"files/{shown.content.name}", f"files/{pdf.content.name}"}
    assert "G0ne" not in rows
    assert fresh.key not in rows
    content = shown.content.read()
    shown.content.close()
    settings.MEDIA_ROOT = tmp_path / "new"
    empty()
    restore_archive(path)
    assert set(File.objects.values_list("key", flat=True)) == {shown.key, pdf.key}
    with File.objects.get(key=shown.key).content.open("rb") as restored:
        assert restored.read() == content


def test_a_damaged_file_is_refused(ben: Member, tmp_path: Path) -> None:
    add_document(
        paper=make.paper(), kind="paper", data=write_pdf(), name="", rights="", by=ben, at=NOW
    )
    path, broken = tmp_path / "lab.zip", tmp_path / "broken.zip"
    write_archive(path, at=NOW)
    with ZipFile(path) as archive, ZipFile(broken, "w") as copy:
        for name in archive.namelist():
            content = archive.read(name)
            copy.writestr(name, b"%PDF-changed" if name.startswith("files/") else content)
    empty()
    with pytest.raises(DamagedArchive, match="the checksum is wrong"):
        restore_archive(broken)
    assert not File.objects.exists()
