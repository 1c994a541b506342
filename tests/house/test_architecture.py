"""The page on the architecture names every layer that the contract has, in drawing and text."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house.sources import ROOT


def list_layers() -> list[str]:
    """The rooms and floors of the first contract in pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return [name for layer in layers for name in layer.split(" | ")]


@pytest.mark.parametrize("file", ["architecture.md", "architecture.svg"])
def test_every_layer_is_in_the_page_and_in_its_drawing(file: str) -> None:
    text = (ROOT / "docs" / file).read_text(encoding="utf-8")
    words = set(re.findall(r"[a-z_]+", text))
    assert not [name for name in list_layers() if name not in words]


def test_files_that_the_page_names_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+/[a-z_/]+\.(?:py|css|md))`", text))
    folders = (ROOT, ROOT / "papers", ROOT / "static", ROOT / "static" / "css")
    assert named
    assert not [name for name in named if not any((one / name).exists() for one in folders)]
