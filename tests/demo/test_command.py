"""The command: the demo is made once, renewed on demand, and never over a real lab."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from papers.demo.actions import is_demo
from papers.models import Claim, Comment, Event, Experiment, Member, Paper, Review
from tests import make

pytestmark = pytest.mark.django_db


def count() -> dict[str, int]:
    models = (Member, Paper, Review, Claim, Comment, Experiment, Event)
    return {model.__name__: model.objects.count() for model in models}


def test_asking_twice_makes_one_demo_and_fresh_puts_a_new_one_in_its_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("demo")
    password = capsys.readouterr().out.split()[-1]
    assert Client().login(username="ada", password=password)
    assert not Client().login(username="dan", password=password)
    first = count()
    call_command("demo")
    assert "already" in capsys.readouterr().out
    call_command("demo", "--if-empty")
    assert count() == first
    Paper.objects.filter(reviews=None).delete()
    call_command("demo", "--fresh")
    assert count() == first
    assert is_demo()


@pytest.mark.parametrize("option", ["--fresh", ""])
def test_a_real_lab_is_left_alone(option: str) -> None:
    make.paper("A real paper")
    with pytest.raises(CommandError, match="not the demo"):
        call_command("demo", *filter(None, [option]))
    assert Paper.objects.get().title == "A real paper"


def test_an_empty_lab_has_a_curator_who_is_shown_the_first_steps(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("demo", "--empty", "--if-empty")
    password = capsys.readouterr().out.split()[-1]
    call_command("demo", "--empty", "--if-empty")
    assert capsys.readouterr().out == ""
    with pytest.raises(CommandError, match="not the demo"):
        call_command("demo", "--empty")
    assert Member.objects.get().is_superuser
    assert not Paper.objects.exists()
    browser = Client()
    assert browser.login(username="curator", password=password)
    assert 'class="steps-list"' in browser.get("/").text


def test_a_lab_with_anything_in_it_is_not_empty(capsys: pytest.CaptureFixture[str]) -> None:
    make.member("somebody")
    call_command("demo", "--if-empty")
    assert not Paper.objects.exists()
    assert capsys.readouterr().out == ""
