"""Stylesheets as they are sent: the same rules in one file, without what only readers need."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from reviewapp.storage import Sheets, tighten

SHEETS = sorted((Path(__file__).resolve().parents[2] / "static/css").glob("*.css"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_rule_of_a_sheet_is_closed(sheet: Path):
    """A browser takes what follows an open rule for a part of it, and says nothing."""
    text = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", sheet.read_text(), flags=re.S)
    depth = 0
    for mark in re.findall(r"[{}]", text):
        depth += 1 if mark == "{" else -1
        assert depth >= 0
    assert depth == 0


def test_comments_and_blanks_go_and_the_rules_stay():
    sheet = """/* Why: it's so. */
    @layer words, frame;
    a:hover, a > b :focus { color : red; margin: calc(1px + 2px) 0;
      content: "a;  b: /* c */";
    }
    @media (min-width: 48rem) { .a { top: 0 } }
    """
    assert tighten(sheet) == (
        "@layer words,frame;a:hover,a > b :focus{color :red;margin:calc(1px + 2px) 0;"
        'content:"a;  b: /* c */"}@media (min-width:48rem){.a{top:0}}'
    )


def test_an_imported_sheet_stands_in_the_place_of_its_import(tmp_path):
    (tmp_path / "css").mkdir()
    (tmp_path / "css/site.css").write_text('/* All. */\n@import "tokens.css";\na { top: 0; }\n')
    (tmp_path / "css/tokens.css").write_text(":root { --a: 1px; }\n")
    sheets = Sheets(FileSystemStorage(tmp_path))
    assert sheets.open("css/site.css").read() == b":root{--a:1px}a{top:0}"
