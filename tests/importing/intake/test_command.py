"""`manage.py import_list`: dry runs without a database, and the real thing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from papers.models import Member, Paper
from tests.importing.intake.bringing import MEMBERS, TOPICS

ROOT = Path(__file__).parents[3]


@pytest.fixture
def lists(tmp_path: Path) -> list[Path]:
    """Two lists in a folder."""
    paths = []
    for name, text in (("a.md", MEMBERS), ("b.md", TOPICS)):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def run(*arguments: object, **options: Any) -> str:
    """What the command prints."""
    from io import StringIO

    out = StringIO()
    call_command("import_list", *map(str, arguments), stdout=out, stderr=out, **options)
    return out.getvalue()


def test_a_dry_run_needs_no_database_and_prints_one_object(
    lists: list[Path], tmp_path: Path
) -> None:
    bare = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "manage.py", "import_list", str(lists[1]), "--dry-run", "--json"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
        env={**bare, "VAR_DIR": str(tmp_path / "var")},
    )
    assert not (tmp_path / "var" / "postgres").exists()
    plan = json.loads(done.stdout)
    assert [paper["title"] for paper in plan["papers"]] == [
        "On the Width of Basins", "Steps and Noise",
    ]  # fmt: skip
    assert plan["papers"][0]["arxiv_id"] == "2101.00001"


def test_a_dry_run_tells_what_a_list_holds(lists: list[Path]) -> None:
    assert "a.md: members; 3 papers, 1 topics, 2 members" in run(lists[0], dry_run=True)


def test_lists_are_taken_in_for_the_named_member(lists: list[Path], ben: Member) -> None:
    told = run(*lists, handle="@ben")
    assert "3 papers are new, 0 were here" in told
    assert "1 papers are new, 1 were here" in told
    assert Paper.objects.filter(added_by=ben).count() == 4
    assert "already imported on" in run(lists[0], handle="ben")


def test_without_a_name_the_first_curator_brings_them(lists: list[Path], ada: Member) -> None:
    run(lists[0])
    assert Paper.objects.filter(added_by=ada).count() == 3


def test_what_cannot_be_done_is_said_in_a_sentence(
    lists: list[Path], tmp_path: Path, lab: object
) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run(lists[0], tmp_path / "none.md")
    with pytest.raises(CommandError, match="no active member"):
        run(lists[0], handle="nobody")
    with pytest.raises(CommandError, match="Make a curator first"):
        run(lists[0])
    assert not Paper.objects.exists()
    empty = tmp_path / "empty.md"
    empty.write_bytes(b"")
    Member.objects.create_user("cora", "x", name="Cora", role="curator")
    with pytest.raises(CommandError, match="is empty"):
        run(empty)


def test_the_kinds_of_lines_are_explained_and_take_other_roles(lists: list[Path]) -> None:
    told = run(lists[1], dry_run=True, explain=True)
    kind = next(line for line in told.splitlines() if ": topic," in line).split(":")[0].strip()
    told = run(lists[1], dry_run=True, explain=True, role=[f"{kind}=member"])
    assert f"{kind}: member (chosen)" in told
    with pytest.raises(CommandError, match="wants PATTERN=ROLE"):
        run(lists[1], dry_run=True, role=[kind])
