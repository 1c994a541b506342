"""The same thing written otherwise: a DOI in three ways, a word that an invisible sign splits."""

from __future__ import annotations

import pytest

from papers.models import Identifier, Lab, Member
from papers.search.index.actions import refresh
from tests import make
from tests.search.test_queries import paper, titles


def test_a_doi_is_found_however_it_is_written(ben: Member, lab: Lab) -> None:
    one = make.paper("Epidemics on lattices")
    Identifier.objects.create(paper=one, kind="doi", value="10.1000/0021(81)90000-8")
    refresh([one.pk])
    for start in ("", "doi:", "https://doi.org/"):
        assert titles(f"{start}10.1000/0021(81)90000-8", ben, lab) == [one.title], start


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b"])
def test_a_word_that_an_invisible_sign_splits_is_found(ben: Member, lab: Lab, sign: str) -> None:
    paper("One", abstract=f"We study regu{sign}larization.")
    for asked in ("regularization", f"regular{sign}ization"):
        assert titles(asked, ben, lab) == ["One"]
