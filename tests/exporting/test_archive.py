"""The archive: out, onto an empty installation, and out again the same; damage is refused."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from papers.demo.actions import make_demo
from papers.exporting.archives.actions.making import write_archive
from papers.exporting.archives.actions.restoring import NotEmpty, restore_archive
from papers.exporting.archives.queries import (
    FIELDS_LEFT_OUT,
    LEFT_OUT,
    list_all_models,
    list_archived_fields,
    list_archived_models,
)
from papers.exporting.formats.archive import MANIFEST
from papers.exporting.formats.archive_reader import DamagedArchive
from papers.models import (
    Member,
    Paper,
)
from papers.models.sealed import SealedTextField
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
SECRETS = re.compile(r"password|token|secret|hash|session|api_?key", re.IGNORECASE)


def empty() -> None:
    """As after `migrate`: no row of the lab, whoever made it."""
    tables = ", ".join(
        f'"{one._meta.db_table}"'
        for one in list_all_models()
        if one._meta.app_label in ("papers", "account")
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")


def read_all(path: Path) -> dict[str, bytes]:
    """Every file of an archive; the date line of the manifest apart."""
    with ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files[MANIFEST] = re.sub(rb'"made_at": ".*?"', b"", files[MANIFEST])
    return files


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """The archive of the demonstration lab, which has something in most tables."""
    make_demo(password=make.PASSWORD, at=NOW)
    path = tmp_path / "lab.zip"
    write_archive(path, at=NOW)
    return path


def test_export_restore_export_is_the_same_to_the_byte(demo: Path, tmp_path: Path) -> None:
    addresses = {one.get_absolute_url() for one in Paper.objects.all()}
    counts = {one: one._default_manager.count() for one in list_archived_models()}
    empty()
    assert restore_archive(demo) == sum(counts.values())
    again = tmp_path / "again.zip"
    write_archive(again, at=NOW.replace(year=2027))
    assert read_all(again) == read_all(demo)
    assert addresses == {one.get_absolute_url() for one in Paper.objects.all()}
    assert {one: one._default_manager.count() for one in list_archived_models()} == counts


def test_what_was_restored_is_found_and_grows(demo: Path) -> None:
    title = Paper.objects.order_by("pk").first().title
    empty()
    restore_archive(demo)
    ada = Member.objects.filter(role=Member.Role.CURATOR, state=Member.State.ACTIVE).first()
    assert title in make.browser(ada).get("/papers/", {"q": f'"{title}"'}).content.decode()
    assert make.paper("A new one").pk > 0
    assert not any(one.has_usable_password() for one in Member.objects.all())


def test_every_table_is_in_the_archive_or_left_out_with_a_reason() -> None:
    """A new table is archived by itself; leaving one out takes a line with the reason."""
    labels = {one._meta.label for one in list_all_models()}
    assert set(LEFT_OUT) <= labels
    assert all(len(reason) > 5 for reason in (*LEFT_OUT.values(), *FIELDS_LEFT_OUT.values()))
    assert {one._meta.label for one in list_archived_models()} == labels - set(LEFT_OUT)


def test_no_archived_column_is_a_secret() -> None:
    for model in list_archived_models():
        for field in list_archived_fields(model):
            assert not SECRETS.search(field.name), f"{model._meta.label}.{field.name}"
            assert not isinstance(field, SealedTextField), f"{model._meta.label}.{field.name}"


def test_referred_tables_come_first() -> None:
    seen: set[object] = set()
    for model in list_archived_models():
        targets = {one.related_model for one in list_archived_fields(model) if one.related_model}
        assert {one for one in targets if one is not model} <= seen, model
        seen.add(model)


def rewrite(path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """The archive with files changed or left out, as a whole zip."""
    with ZipFile(path) as old:
        files = [(name, change(name, old.read(name))) for name in old.namelist()]
    with ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name, data in files:
            if data is not None:
                new.writestr(name, data)


def change_line(number: int, before: bytes, after: bytes) -> Callable[[str, bytes], bytes]:
    def change(name: str, data: bytes) -> bytes:
        if name != "tables/papers_paper.jsonl":
            return data
        lines = data.splitlines(keepends=True)
        lines[number - 1] = lines[number - 1].replace(before, after, 1)
        return b"".join(lines)

    return change


def test_damage_is_refused_with_file_and_line(demo: Path, tmp_path: Path) -> None:
    empty()

    def refuse(change: Callable[[str, bytes], bytes | None]) -> DamagedArchive:
        copy = tmp_path / "copy.zip"
        shutil.copy(demo, copy)
        rewrite(copy, change)
        with pytest.raises(DamagedArchive) as caught:
            restore_archive(copy)
        assert Member.objects.count() == 0
        return caught.value

    papers = "tables/papers_paper.jsonl"
    found = refuse(change_line(3, b"title", b"tytle"))
    assert (found.file, found.line) == (papers, 3)
    assert "tables/papers_paper.jsonl, line 3" in str(found)
    found = refuse(lambda name, data: data[:-20] if name == papers else data)
    assert found.file == papers
    assert found.line > 0
    found = refuse(lambda name, data: data + data[:9] if name == papers else data)
    assert (found.file, found.line > 3) == (papers, True)
    found = refuse(lambda name, data: None if name == papers else data)
    assert (found.file, found.line) == (papers, 0)
    found = refuse(lambda name, data: None if name == MANIFEST else data)
    assert found.file == MANIFEST
    found = refuse(lambda name, data: data.replace(b":", b";", 1) if name == MANIFEST else data)
    assert (found.file, found.line) == (MANIFEST, 2)
    found = refuse(
        lambda name, data: (
            data.replace(b'"schema": 1', b'"schema": 9') if name == MANIFEST else data
        )
    )
    assert "newer" in str(found)
    found = refuse(
        lambda name, data: (
            data.replace(b'"title_key"', b'"other_key"') if name == MANIFEST else data
        )
    )
    assert "other_key" in str(found)


def test_a_torn_or_foreign_file_is_refused(demo: Path, tmp_path: Path) -> None:
    empty()
    torn = tmp_path / "torn.zip"
    for size in (0, 100, demo.stat().st_size // 2, demo.stat().st_size - 10):
        torn.write_bytes(demo.read_bytes()[:size])
        with pytest.raises(DamagedArchive, match=r"torn\.zip"):
            restore_archive(torn)
    foreign = BytesIO()
    with ZipFile(foreign, "w") as folder:
        folder.writestr(MANIFEST, json.dumps({"format": "something else"}))
    torn.write_bytes(foreign.getvalue())
    with pytest.raises(DamagedArchive, match="manifest"):
        restore_archive(torn)


def test_flipped_bytes_are_found_wherever_they_are(demo: Path, tmp_path: Path) -> None:
    empty()
    data, broken = demo.read_bytes(), tmp_path / "broken.zip"
    for place in range(40, len(data), max(1, len(data) // 25)):
        broken.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        try:
            restore_archive(broken)
        except DamagedArchive:
            assert Member.objects.count() == 0
        else:  # a byte that says nothing, such as one of a zip's dates
            empty()


def test_only_an_empty_installation_takes_an_archive(demo: Path) -> None:
    before = Paper.objects.count()
    with pytest.raises(NotEmpty):
        restore_archive(demo)
    assert Paper.objects.count() == before


def test_an_archive_of_before_a_column_was_added_is_restored(demo: Path) -> None:
    def drop(name: str, data: bytes) -> bytes:
        return data.replace(b'    "venue",\n', b"") if name == MANIFEST else data

    rewrite(demo, drop)
    text = ZipFile(demo).read(MANIFEST).decode()
    assert '"venue"' not in text
    empty()
    restore_archive(demo)
    assert set(Paper.objects.values_list("venue", flat=True)) == {""}


def test_nothing_is_left_behind_when_writing_fails(demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_archive(folder / "lab.zip", at=NOW, say=stop, every=5)
    assert list(folder.iterdir()) == []


def test_the_commands(demo: Path, tmp_path: Path) -> None:
    path, said = tmp_path / "cli.zip", StringIO()
    call_command("export_archive", path, stdout=said)
    assert "rows" in said.getvalue()
    with pytest.raises(CommandError, match="isn't empty"):
        call_command("restore_archive", path)
    empty()
    call_command("restore_archive", path, stdout=said)
    assert "Archives hold no passwords" in said.getvalue()
    with pytest.raises(CommandError, match="not a whole zip"):
        call_command("restore_archive", tmp_path / "none.zip")
    with pytest.raises(CommandError, match="can't be written"):
        call_command("export_archive", tmp_path / "no" / "x.zip")
