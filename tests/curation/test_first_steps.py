"""A new lab's curator is greeted with four steps, each done or skipped at will."""

from __future__ import annotations

import pytest
from django.test import Client

from papers.curation.first_steps import list_first_steps
from papers.curation.question_sets import SETS
from papers.models import GuidingQuestion, Lab, MeetingSeries, Member
from tests import make


def test_the_desk_of_an_empty_lab_shows_its_curator_four_steps(
    as_ada: Client, as_ben: Client, lab: Lab
) -> None:
    page = as_ada.get("/").content.decode()
    assert page.count('class="step') == 5  # the list and its items
    assert page.count("btn-primary") == 1, "the first step that is not done"
    assert 'class="step' not in as_ben.get("/").content.decode()
    make.paper()
    assert 'class="step' not in as_ada.get("/").content.decode()
    assert "Choose guiding questions" in as_ada.get("/curation/setup/").content.decode()


def test_each_step_is_done_by_what_it_asks_for(ada: Member, ben: Member) -> None:
    lab = make.lab(name="Reading room", digest_weekday=None)
    assert [step.is_done for step in list_first_steps(lab)] == [False] * 4
    lab = make.lab(name="Tiny Lab", digest_weekday=0)
    MeetingSeries.objects.create(
        weekday=3, time="14:00", starts_on=make.day("2026-11-19"), created_at=make.NOW
    )
    GuidingQuestion.objects.create(section="summary", text="What?", position=0)
    make.paper()
    assert [step.is_done for step in list_first_steps(lab)] == [True] * 4


@pytest.mark.parametrize("name", [one.name for one in SETS])
def test_a_ready_set_of_questions_fills_the_form_and_is_saved_on_purpose(
    as_ada: Client, lab: Lab, name: str
) -> None:
    page = as_ada.get(f"/curation/questions/?set={name}").content.decode()
    chosen = next(one for one in SETS if one.name == name)
    assert str(chosen.questions["critique"][0]) in page
    assert not GuidingQuestion.objects.exists()
