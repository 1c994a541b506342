"""Meetings of a schedule: past and coming ones, with agenda and presenters, and back again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from papers.importing.intake.actions.jobs import request_apply
from papers.importing.intake.previewing.actions.documents import preview_import
from papers.importing.intake.undoing.actions.split import split_paper
from papers.models import AgendaItem, ImportItem, ImportJob, Meeting, Member, Paper
from tests import make
from tests.make import NOW, browser

SCHEDULE = """# Schedule

| Date | Paper | Presenter |
|---|---|---|
| 12 May 2020 | [Learning to Prune Hedges](https://arxiv.org/abs/2101.00001) | Ann Example |
| 12 May 2020 | [A Study of Ponds](https://arxiv.org/abs/2101.00002) | Bo |
| 19 May 2027 | [Moss on Old Walls](https://arxiv.org/abs/2101.00003) | Bo |
"""


def show(by: Member, text: str = SCHEDULE) -> ImportJob:
    """A preview."""
    return preview_import(data=text.encode(), name="schedule.md", by=by, at=NOW)


def list_agendas() -> list[tuple[date, str, str, bool]]:
    """Day, paper, presenter and whether it was discussed, of all agenda items."""
    items = AgendaItem.objects.select_related("meeting", "paper", "presenter")
    return [
        (one.meeting.day, str(one.paper), str(one.presenter), bool(one.discussed_at))
        for one in items.order_by("meeting__day", "position")
    ]


def test_a_schedule_becomes_meetings_when_the_member_says_so_and_goes_with_its_import(
    ada: Member,
) -> None:
    page, job = browser(ada), show(ada)
    answer = page.get(job.get_absolute_url()).content.decode()
    assert "Also add 2 meetings" in answer
    assert "checked" not in answer.split("Also add 2 meetings")[0].rsplit("<input", 1)[1]
    page.post(f"/import/{job.pk}/apply/", {"meetings": "1"})
    assert list_agendas() == [
        (date(2020, 5, 12), "Learning to Prune Hedges", "Ann Example", True),
        (date(2020, 5, 12), "A Study of Ponds", "Bo", True),
        (date(2027, 5, 19), "Moss on Old Walls", "Bo", False),
    ]
    past, coming = Meeting.objects.order_by("day")
    assert past.held_at
    assert not coming.held_at
    for meeting in (past, coming):
        assert page.get(meeting.get_absolute_url()).status_code == 200
    assert "<dt>Meetings</dt><dd>2</dd>" in page.get(job.get_absolute_url()).content.decode()
    page.post(f"/import/{job.pk}/undo/")
    assert not Meeting.objects.exists()
    assert not Paper.objects.exists()


def test_without_the_choice_there_are_no_meetings(ada: Member) -> None:
    request_apply(job=show(ada), by=ada, at=NOW)
    assert Paper.objects.count() == 3
    assert not Meeting.objects.exists()


def test_a_meeting_of_that_day_gets_the_papers_and_stays(ada: Member) -> None:
    mine = Meeting.objects.create(
        day=date(2027, 5, 19), starts_at=NOW + timedelta(days=182), created_at=NOW
    )
    page, job = browser(ada), show(ada)
    request_apply(job=job, by=ada, at=NOW, with_meetings=True)
    assert mine.items.get().paper == Paper.objects.get(title="Moss on Old Walls")
    again = show(ada, SCHEDULE + "\n")
    request_apply(job=again, by=ada, at=NOW, with_meetings=True)
    assert AgendaItem.objects.count() == 3
    for one in (again, job):
        page.post(f"/import/{one.pk}/undo/")
    assert Meeting.objects.get() == mine
    assert not mine.items.exists()


def test_what_was_worked_on_stays_when_the_import_goes(ada: Member) -> None:
    page, job = browser(ada), show(ada)
    request_apply(job=job, by=ada, at=NOW, with_meetings=True)
    AgendaItem.objects.filter(presenter__name="Ann Example").update(record="We liked it.")
    page.post(f"/import/{job.pk}/undo/")
    assert [paper for _, paper, *_ in list_agendas()] == ["Learning to Prune Hedges"]
    assert Meeting.objects.get().day == date(2020, 5, 12)
    job.refresh_from_db()
    assert "worked on" in job.plan["kept"][0]


def test_a_split_takes_the_place_on_the_agenda_along(ada: Member) -> None:
    paper = make.paper("Moss on Old Walls")
    job = show(ada)
    request_apply(job=job, by=ada, at=NOW, with_meetings=True)
    item = ImportItem.objects.get(job=job, paper=paper)
    new = split_paper(item=item, by=ada, at=NOW)
    assert not paper.agenda_items.exists()
    assert new.agenda_items.get().meeting.day == date(2027, 5, 19)


@pytest.mark.parametrize("text", ["| May 2020 |", "| |"])
def test_a_date_that_is_no_day_is_said_and_left_out(ada: Member, text: str) -> None:
    page, job = browser(ada), show(ada, SCHEDULE.replace("| 19 May 2027 |", text))
    answer = page.get(job.get_absolute_url()).content.decode()
    assert "Also add 1 meeting" in answer
    assert ("left out" in answer) == (text == "| May 2020 |")


HEADINGS = """# Club

## 12 May 2020: Diffusion models

- [Learning to Prune Hedges](https://arxiv.org/abs/2101.00001) (presented by Bo)
- [A Study of Ponds](https://arxiv.org/abs/2101.00002)

## 19 May 2020

- [Moss on Old Walls](https://arxiv.org/abs/2101.00003)
"""


def test_a_heading_of_a_day_and_a_topic_makes_a_meeting_with_that_title(ada: Member) -> None:
    page, job = browser(ada), show(ada, HEADINGS)
    assert "Also add 2 meetings" in page.get(job.get_absolute_url()).content.decode()
    page.post(f"/import/{job.pk}/apply/", {"meetings": "1"})
    assert list(Meeting.objects.order_by("day").values_list("day", "title")) == [
        (date(2020, 5, 12), "Diffusion models"),
        (date(2020, 5, 19), ""),
    ]
    assert [paper for _, paper, _, _ in list_agendas()][:2] == [
        "Learning to Prune Hedges",
        "A Study of Ponds",
    ]
    assert (
        Paper.objects.get(title="A Study of Ponds").listings.get().topic.name == "Diffusion models"
    )


def test_a_paper_of_several_meetings_has_the_presenter_of_each(ada: Member) -> None:
    again = SCHEDULE + (
        "| 26 May 2020 | [Learning to Prune Hedges](https://arxiv.org/abs/2101.00001) | Bo |\n"
    )
    job, page = show(ada, again), browser(ada)
    assert job.items.filter(kind=ImportItem.Kind.PAPER).count() == 3
    page.post(f"/import/{job.pk}/apply/", {"meetings": "1"})
    hedges = [one for one in list_agendas() if one[1] == "Learning to Prune Hedges"]
    assert [(day.day, who) for day, _, who, _ in hedges] == [(12, "Ann Example"), (26, "Bo")]
