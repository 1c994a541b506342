"""Another role for a kind of line or one line: with and without JavaScript, twice, by two tabs."""

from __future__ import annotations

import re

import pytest

from papers.importing.intake.previewing.actions.corrections import exclude_paper
from papers.importing.intake.previewing.actions.documents import preview_import
from papers.importing.intake.previewing.queries.earlier import LINE
from papers.importing.intake.previewing.queries.previews import PAGE
from papers.models import ImportJob, Member
from tests.make import NOW, browser

TEXT = """# Club

## Vision

- [Kernels for noisy sensors](https://arxiv.org/abs/2101.00001)
- [Wide basins in practice](https://arxiv.org/abs/2101.00002)

## Speech

- [Steps and noise of walks](https://arxiv.org/abs/2101.00003)
"""
HEADINGS = "heading-2-words-papers"
FRAGMENT = {"HX-Request": "true", "HX-Target": "import-preview"}


def show(by: Member, text: str = TEXT, name: str = "club.md") -> ImportJob:
    return preview_import(data=text.encode(), name=name, by=by, at=NOW)


def members(job: ImportJob) -> list[str]:
    job.refresh_from_db()
    return [name for name, _, _ in job.plan["members"]]


def test_a_choice_reads_again_at_once_and_can_be_taken_back(ben: Member) -> None:
    job, page = show(ben), browser(ben)
    url = f"/import/{job.pk}/choices/"
    answer = page.post(url, {"name": HEADINGS, "role": "member"})
    assert answer["Location"] == f"/import/{job.pk}/"
    assert members(job) == ["Vision", "Speech"]
    page.post(url, {"name": HEADINGS, "role": ""})
    assert members(job) == []
    assert job.choices == {}


def test_htmx_gets_the_preview_alone(ben: Member) -> None:
    job = show(ben)
    data = {"name": HEADINGS, "role": "member"}
    answer = browser(ben).post(f"/import/{job.pk}/choices/", data, headers=FRAGMENT)
    text = answer.content.decode()
    assert text.lstrip().startswith('<div id="import-preview"')
    assert "Back to automatic" in text


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("heading-9-none", "topic"),
        (HEADINGS, "venue"),
        ("line:2", "paper"),
        ("line:x", "paper"),
        ("line:²", "paper"),
    ],
)
def test_what_the_document_does_not_have_is_refused(ben: Member, name: str, role: str) -> None:
    job = show(ben)
    answer = browser(ben).post(f"/import/{job.pk}/choices/", {"name": name, "role": role})
    assert answer.status_code == 422
    assert b"no such kind of line" in answer.content
    assert members(job) == []


def test_one_line_alone_can_have_another_role(ben: Member) -> None:
    job, page = show(ben), browser(ben)
    shown = page.get(f"/import/{job.pk}/?line=6").content.decode()
    assert 'name="name" value="line:6"' in shown
    page.post(f"/import/{job.pk}/choices/", {"name": "line:6", "role": "aside"})
    assert job.items.filter(kind="paper").count() == 2


def test_two_tabs_and_a_second_click_keep_both_choices(ben: Member) -> None:
    job, page = show(ben), browser(ben)
    for name, role in ((HEADINGS, "member"), ("line:6", "aside"), ("line:6", "aside")):
        page.post(f"/import/{job.pk}/choices/", {"name": name, "role": role})
    assert members(job) == ["Vision", "Speech"]
    assert job.choices == {HEADINGS: "member", "line:6": "aside"}


def test_corrections_by_hand_survive_in_their_rows(ben: Member) -> None:
    job = show(ben)
    item = exclude_paper(item=job.items.get(line=5), is_excluded=True)
    browser(ben).post(f"/import/{job.pk}/choices/", {"name": HEADINGS, "role": "member"})
    again = job.items.get(line=5)
    assert (again.pk, again.is_excluded) == (item.pk, True)


def test_the_next_version_starts_from_the_choices_and_another_document_does_not(
    ben: Member, cy: Member
) -> None:
    job, page = show(ben), browser(ben)
    for name, role in ((HEADINGS, "member"), ("line:6", "aside")):
        page.post(f"/import/{job.pk}/choices/", {"name": name, "role": role})
    later = show(ben, TEXT.replace("# Club\n", "# Club\n\nWe meet on Fridays.\n"))
    assert later.choices == {HEADINGS: "member", "line:8": "aside"}
    assert members(later) == ["Vision", "Speech"]
    assert b"previous version" in page.get(later.get_absolute_url()).content
    assert show(ben).pk == job.pk
    assert show(cy).choices == {}
    other = "# X\n\n## Rivers\n\n- [Quite another paper](https://arxiv.org/abs/2202.00001)\n"
    assert show(ben, other).choices == {}


def test_others_and_closed_imports_are_left_alone(ben: Member, cy: Member) -> None:
    job, data = show(ben), {"name": HEADINGS, "role": "member"}
    assert browser(cy).post(f"/import/{job.pk}/choices/", data).status_code == 404
    browser(ben).post(f"/import/{job.pk}/apply/")
    answer = browser(ben).post(f"/import/{job.pk}/choices/", data, follow=True)
    assert b"nothing was changed" in answer.content


def test_each_line_says_what_became_of_it_and_leads_to_its_paper(ben: Member) -> None:
    job = show(ben, TEXT + "- Room: G12 upstairs\n")
    page = browser(ben).get(job.get_absolute_url()).content.decode()
    item = job.items.get(line=5)
    assert f'<a href="#item-{item.pk}">5</a> Paper' in page
    assert 'href="#line-5"' in page
    assert "Left out" in page


def test_a_choice_stays_on_its_page(ben: Member) -> None:
    lines = (
        f"- [Kernels of noise {n}](https://arxiv.org/abs/2101.{n:05})" for n in range(1, PAGE + 9)
    )
    job = show(ben, "# Club\n\n## Vision\n\n" + "\n".join(lines))
    page = browser(ben)
    shown = page.get(f"/import/{job.pk}/?page=2").text
    url = f"/import/{job.pk}/choices/?page=2"
    assert f'action="{url}"' in shown
    last = f"Kernels of noise {PAGE + 8}"
    data = {"name": HEADINGS, "role": "member"}
    assert last in page.post(url, data, headers=FRAGMENT).text
    assert last in page.post(url, data | {"role": "topic"}, follow=True).text


def test_each_choice_says_what_it_is_about(ben: Member) -> None:
    """Two kinds of heading have one name; their examples tell them apart."""
    job = show(ben)
    labels = re.findall(
        r'<select name="role"[^>]*aria-label="([^"]*)"',
        browser(ben).get(job.get_absolute_url()).text,
    )
    assert len(labels) == len(set(labels)) > 2


def test_what_is_skipped_leads_to_where_it_becomes_a_paper(ben: Member) -> None:
    lines = [f"- [Kernels of noise {n}](https://arxiv.org/abs/2101.{n:05})" for n in range(1, PAGE)]
    lines += [
        *(one.replace("Kernels", "Walks").replace("2101", "2102") for one in lines),
        "",
        "## Misc",
        "",
        "- maybe this?",
    ]
    job = show(ben, "# Club\n\n" + "\n".join(lines) + "\n")
    page = browser(ben)
    first = page.get(job.get_absolute_url()).text
    assert 'Needs attention <span class="count">' in first
    *_, (where, line) = re.findall(r'<a href="(\?page=2&amp;line=(\d+)#line-\d+)">', first)
    there = page.get(job.get_absolute_url() + where.replace("&amp;", "&").partition("#")[0]).text
    assert f'value="{LINE}{line}"' in there
    page.post(f"/import/{job.pk}/choices/", {"name": f"{LINE}{line}", "role": "paper"})
    assert "maybe this?" in page.get(job.get_absolute_url() + "?page=2").text
