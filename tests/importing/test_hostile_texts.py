"""Hostile and broken bytes are read without an exception, or refused with a sentence."""

from __future__ import annotations

from typing import Any

import pytest

from papers.importing.reading.door import read_document
from tests.importing.test_reading import read

# ------------------------------------------------------------------------------- bounds


HOSTILE: dict[str, Any] = {
    "open tables": "<table>\n" * 4000, "open lists": "<ul><li>" * 4000, "open details": "<details><summary>" * 4000,
    "brackets": "[" * 20_000, "quotes": "> " * 4000 + "x", "stars": "*" * 20_000, "bars": "|" * 20_000,
    "nested bullets": "\n".join(" " * n + "- x" for n in range(400)), "dashes": " - ".join(["Title"] * 3000),
    "commas": ", ".join(["Ann Lee"] * 3000), "years": " ".join(["(2019)"] * 3000), "dots": "A. " * 6000,
    "et al": "Lee et al., " * 2000, "colons": "Label: " * 4000, "references": "[a][b] " * 4000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("file", ["x.md", "x.html", "x.org", "x.txt", "x.yml", "x.csv", "x.json"])
def test_hostile_text_is_read_without_an_exception(name: str, file: str) -> None:
    read(HOSTILE[name], file)


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00" * 100, b"PK\x03\x04broken", b"\xff\xfe", "日本語の文章。".encode("shift_jis")],
)
def test_degenerate_bytes_get_a_sentence(data: bytes) -> None:
    found = read_document(data, "x")
    assert found.papers == ()
    assert found.problems


def test_a_code_span_over_two_lines_hides_an_address_and_breaks_nothing() -> None:
    text = "# Papers\n\nAnn Lee `x\nhttps://x.org/1 `y\n\nAnn Lee <!-- z\nhttps://x.org/2 -->\n"
    assert read_document(text.encode(), "x.md").text == text
