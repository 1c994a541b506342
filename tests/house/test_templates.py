"""Every template compiles, and none holds what the content policy forbids."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import get_template

from tests.house.pseudo import PROPER

ROOT = Path(__file__).resolve().parents[2] / "templates"
TEMPLATES = sorted(str(p.relative_to(ROOT)) for p in ROOT.rglob("*.html"))
FORBIDDEN = re.compile(r"<script>|<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vals='js", re.I)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_compiles(name: str):
    get_template(name)


# Mails carry their styles inline, and no page of ours shows them.
@pytest.mark.parametrize("name", [name for name in TEMPLATES if "mail" not in name])
def test_a_template_holds_nothing_inline(name: str):
    text = re.sub(
        r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", (ROOT / name).read_text(), flags=re.S
    )
    assert not FORBIDDEN.search(text), FORBIDDEN.search(text)


# What a template says by itself, when all that Django fills in or translates is taken out.
LOGIC = re.compile(
    r"{#.*?#}|{%\s*comment.*?endcomment\s*%}"
    r"|{%\s*block (?:layout|viewport|bodyclass)\b.*?endblock\s*%}"
    r"|{%\s*blocktranslate.*?endblocktranslate\s*%}|{%.*?%}|{{.*?}}",
    re.S,
)
SILENT = re.compile(r'<(style|script|kbd|code|pre)\b.*?</\1>|href="data:[^"]*"', re.S)
HEARD = re.compile(r'(?:title|aria-label|placeholder|alt|data-confirm)="([^"]*)"')
WORD = re.compile(r"[^\W\d_]{2,}")


def test_every_text_of_a_template_can_be_translated() -> None:
    found = {}
    for path in sorted(ROOT.rglob("*.*")):
        text = LOGIC.sub(" ", path.read_text())
        if path.suffix == ".html":
            text = SILENT.sub("", text)
            text = re.sub(r"<[^<>]*>", "\n", text) + "\n".join(HEARD.findall(text))
        if words := set(WORD.findall(re.sub(r"&\w+;", "", text))) - PROPER:
            found[str(path.relative_to(ROOT))] = words
    assert found == {}


LONGEST_LINE = 160


def test_no_line_of_a_template_is_too_long_to_read() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted(ROOT.rglob("*.*"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > LONGEST_LINE
    ]
    assert long == []


def test_indentation_costs_a_page_nothing() -> None:
    for name in TEMPLATES:
        template: Any = get_template(name)
        assert "\n  " not in template.template.source, name
