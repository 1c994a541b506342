"""A title in capitals takes the spelling of a later entry of the same paper, and gives it back."""

from __future__ import annotations

import pytest

from papers.importing.intake.applying.actions.apply_imports import apply_import
from papers.importing.intake.previewing.actions.documents import preview_import
from papers.importing.intake.undoing.actions.undo_imports import undo_import
from papers.models import ImportJob, Lab, Member, Paper
from tests import make

SHOUTED = b"- [FOLDING FLAT MAPS BY HAND](https://example.org/a.pdf)\n- [ADAM](https://example.org/b.pdf)\n"
SPELLED = b"- [Folding Flat Maps by Hand](https://arxiv.org/abs/2101.00001)\n- [Adam](https://example.org/b.pdf)\n"


def bring(data: bytes, by: Member) -> ImportJob:
    job = preview_import(data=data, name="list.md", by=by, at=make.NOW)
    return apply_import(job=job, by=by, at=make.NOW)


def titles() -> set[str]:
    return set(Paper.objects.values_list("title", flat=True))


@pytest.mark.parametrize("is_edited", [False, True])
def test_a_shouted_title_is_spelled_and_the_undo_shouts_again(
    lab: Lab, ada: Member, is_edited: bool
) -> None:
    bring(SHOUTED, ada)
    assert titles() == {"FOLDING FLAT MAPS BY HAND", "ADAM"}
    job = bring(SPELLED, ada)
    assert titles() == {"Folding Flat Maps by Hand", "ADAM"}
    paper = Paper.objects.get(identifiers__value="2101.00001")
    assert paper.slug == "folding-flat-maps-by-hand"
    if is_edited:
        Paper.objects.filter(pk=paper.pk).update(title="Folding Flat Maps")
    undo_import(job=job, by=ada, at=make.NOW)
    assert titles() == {"Folding Flat Maps" if is_edited else "FOLDING FLAT MAPS BY HAND", "ADAM"}


def test_a_spelled_title_is_never_shouted(lab: Lab, ada: Member) -> None:
    bring(SPELLED, ada)
    bring(SHOUTED, ada)
    assert titles() == {"Folding Flat Maps by Hand", "Adam"}
