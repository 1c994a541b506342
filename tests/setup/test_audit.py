"""`make audit` reads advisories from a directory where the network is closed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from packaging.version import Version

from tests.audit import LOCK, is_affected, list_known, main, read_lock


@pytest.mark.parametrize(
    ("version", "is_weak"), [("1.0", False), ("1.4", True), ("2.0", False), ("3.1", True)]
)
def test_ranges_begin_and_end(version: str, is_weak: bool):
    events = [{"introduced": "1.1"}, {"fixed": "2.0"}, {"introduced": "3"}]
    ranges = [{"type": "ECOSYSTEM", "events": events}]
    assert is_affected(Version(version), {"ranges": ranges}) is is_weak


def test_the_lock_is_read_whole():
    text = LOCK.read_text(encoding="utf-8")
    locked = read_lock(text)
    assert "django" in locked
    assert len(locked) == sum("==" in line for line in text.split("\n") if line[:1].isalnum())


def test_a_known_weakness_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    record = {
        "id": "PYSEC-1", "summary": "Bad.",
        "affected": [{
            "package": {"name": "Django"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}],
        }],
    }  # fmt: skip
    (tmp_path / "PYSEC-1.json").write_text(json.dumps(record))
    assert main([str(tmp_path)]) == 1
    assert "PYSEC-1 Bad." in capsys.readouterr().out
    assert list(list_known({"other": Version("1")}, tmp_path)) == []
    (tmp_path / "PYSEC-1.json").write_text(json.dumps(record | {"withdrawn": "2026-01-01"}))
    assert main([str(tmp_path)]) == 0
