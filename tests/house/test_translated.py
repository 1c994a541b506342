"""No text of a page, mail, feed or script escapes translation: each is read in a language in which
all that is marked looks different."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import trans_real

from papers.models import Member
from tests import make
from tests.house import growing
from tests.house.growing import Growing
from tests.house.pseudo import CODE, PseudoTranslation, list_unmarked, write_in_greek
from tests.house.test_queries import list_addresses

ROOT = Path(settings.BASE_DIR)
PAGES = 45
"""At least so many open."""

SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))


@pytest.fixture
def pseudo(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every page in the pseudo-language."""
    settings.LANGUAGES = [*settings.LANGUAGES, (CODE, "Ⓧ")]
    monkeypatch.setitem(trans_real._translations, CODE, PseudoTranslation())
    monkeypatch.setattr(translation, "get_language_from_request", lambda *_: CODE)
    trans_real.get_languages.cache_clear()
    yield
    trans_real.get_languages.cache_clear()


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("role", [Member.Role.CURATOR, Member.Role.MEMBER])
def test_no_text_of_a_page_escapes_translation(
    pseudo: None, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    monkeypatch.setattr(
        growing, "IMPORTED", "# Θ\n\n- [Ωιδε](https://arxiv.org/abs/2101.00001), Νγ.\n"
    )
    member = make.member("ada", role=role)
    lab = Growing([member])
    lab.grow(2)
    addresses = list_addresses(lab, member)
    browser = make.browser(member)
    write_in_greek()
    Member.objects.filter(pk=member.pk).update(handle="ada")
    found, read = {}, []
    for address in addresses:
        answer = browser.get(address)
        if answer.status_code != 200 or "html" not in answer.get("Content-Type", ""):
            continue
        read.append(address)
        search = QueryDict(address.partition("?")[2]).get("q", "")
        if texts := sorted(set(list_unmarked(answer.text.replace(escape(search) or "-", "-")))):
            found[address] = texts
    assert found == {}
    assert len(read) >= PAGES, read


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/reset/", "/invitations/x/"])
def test_no_text_for_strangers_escapes_translation(
    pseudo: None, stranger: Client, path: str
) -> None:
    make.lab(name="λαβ")
    assert list(list_unmarked(stranger.get(path).text)) == []


LITERAL = re.compile(
    r"""(?:textContent|placeholder|ariaLabel|title)\s*=\s*["'`][^"'`$]*[A-Za-z]{3}"""
    r"""|setAttribute\(\s*["'](?:aria-label|title|placeholder)["'],\s*["'`]"""
    r"""|\b(?:say|sayTrouble|tell|alert|confirm)\([^()]*["'`][^"'`$]*[A-Za-z]{3}"""
    r"""|innerHTML\s*=\s*[^;]*>[A-Z][a-z]+"""
)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_text_of_a_script_escapes_translation(script: Path) -> None:
    found = [line.strip() for line in script.read_text().splitlines() if LITERAL.search(line)]
    assert found == []
