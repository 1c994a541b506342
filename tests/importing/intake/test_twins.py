"""Two entries of one document that only their title joins: asked about, kept apart, joined again."""

from __future__ import annotations

from papers.importing.intake.applying.actions.apply_imports import apply_import
from papers.importing.intake.previewing.actions.documents import preview_import
from papers.models import ImportJob, Member, Paper
from tests.make import NOW, browser

TEXT = """# Club

## Vision

- [Kernels for noisy sensors](https://one.example.org/a), Mia Lund, 2019
- [Wide basins in practice](https://arxiv.org/abs/2101.00002)

## Speech

- [Kernels for noisy sensors](https://two.example.org/b), 2020
"""


def show(by: Member, text: str = TEXT) -> ImportJob:
    return preview_import(data=text.encode(), name="club.md", by=by, at=NOW)


def test_one_title_twice_is_asked_about_and_can_be_two_papers(ben: Member) -> None:
    job, page = show(ben), browser(ben)
    assert job.items.filter(kind="paper").count() == 2
    shown = page.get(job.get_absolute_url()).content.decode()
    assert "Lines 5 and 10 have the same title, and nothing says they differ." in shown
    assert "<strong>not taken over</strong>" in shown  # the other year
    url, fragment = (
        f"{job.get_absolute_url()}choices/?page=1",
        {"HX-Request": "true", "HX-Target": "import-preview"},
    )
    for _ in range(2):
        answer = page.post(url, {"name": "place:10", "role": "apart"}, headers=fragment)
        assert answer.status_code == 200
    assert "You chose two papers." in answer.content.decode()
    assert [one.data["title"] for one in job.items.filter(kind="paper")].count(
        "Kernels for noisy sensors"
    ) == 2
    later = show(ben, TEXT.replace("# Club\n", "# Club\n\nWe meet on Fridays.\n"))
    job.refresh_from_db()
    apply_import(job=job, by=ben, at=NOW)
    assert sorted(
        Paper.objects.filter(title__startswith="Kernels").values_list("year", flat=True)
    ) == [2019, 2020]
    assert later.choices == {"place:12": "apart"}
    apply_import(job=later, by=ben, at=NOW)
    assert Paper.objects.count() == 3


def test_one_paper_is_the_choice_that_stands_and_comes_back(ben: Member) -> None:
    job, page = show(ben), browser(ben)
    url = f"{job.get_absolute_url()}choices/"
    assert page.post(url, {"name": "place:10", "role": ""}).status_code == 302
    page.post(url, {"name": "place:10", "role": "apart"})
    page.post(url, {"name": "place:10", "role": ""})
    job.refresh_from_db()
    assert (job.choices, job.items.filter(kind="paper").count()) == ({}, 2)
    for name in ("place:5", "place:x", "place:"):
        assert page.post(url, {"name": name, "role": "apart"}).status_code == 422
