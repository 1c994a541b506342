"""The pages of imports: with and without JavaScript, right and wrong, for whoever may."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from papers.importing.intake.applying.actions.apply_imports import apply_import
from papers.importing.intake.previewing.actions.documents import preview_import
from papers.models import ImportItem, ImportJob, Member, Paper, Review
from tests import make
from tests.importing.intake.bringing import MEMBERS, NOTES, TOPICS
from tests.make import NOW, browser

HTMX = {"HX-Request": "true"}


def show(by: Member, text: str = NOTES, name: str = "list.md") -> ImportJob:
    """A preview."""
    return preview_import(data=text.encode(), name=name, by=by, at=NOW)


def test_a_pasted_list_is_shown_taken_in_and_taken_back(ben: Member) -> None:
    page = browser(ben)
    answer = page.post("/import/", {"text": MEMBERS}, follow=True)
    url = answer.redirect_chain[0][0]
    assert b"Walking Downhill Slowly" in answer.content
    assert b"Nothing has been imported yet" in answer.content
    assert not Paper.objects.exists()
    answer = page.post(f"{url}apply/", follow=True)
    assert b"Imported 3 new papers." in answer.content
    assert Paper.objects.count() == 3
    answer = page.post(f"{url}undo/", follow=True)
    assert b"Import undone" in answer.content
    assert not Paper.objects.exists()


def test_an_uploaded_file_keeps_its_name_and_its_repairs_are_shown(ben: Member) -> None:
    data = TOPICS.replace("Why things work.", "UCB，yes".encode().decode("cp1252")).encode()
    file = SimpleUploadedFile("my list.md", data)
    answer = browser(ben).post("/import/", {"file": file}, follow=True)
    assert b"my list.md" in answer.content
    assert b"1 text correction" in answer.content
    assert b"Problem and fix" not in answer.content, "a table without rows"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose a file or paste"),
        ({"text": "Only a sentence about nothing."}, "No papers found"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 binary")}, "This is a PDF"),
        ({"file": SimpleUploadedFile("b.md", b"a" * 3_100_000)}, "3.1 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    ben: Member, data: dict[str, Any], sentence: str
) -> None:
    answer = browser(ben).post("/import/", data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ImportJob.objects.exists()


def test_refused_text_stays_in_the_form(ben: Member) -> None:
    answer = browser(ben).post("/import/", {"text": "Only a sentence about nothing."})
    assert "Only a sentence about nothing.</textarea>" in answer.content.decode()


def test_one_click_moves_a_bullet_with_and_without_javascript(ben: Member) -> None:
    job = show(ben)
    item = job.items.get(key="onthewidthofbasins")
    page, url = browser(ben), f"/import/items/{item.pk}/bullets/0/"
    answer = page.post(url, {"section": "critique"})
    assert answer["Location"] == f"/import/{job.pk}/?page=1#item-{item.pk}"
    item.refresh_from_db()
    assert item.data["review"]["units"][0]["section"] == "critique"
    answer = page.post(url, {"section": "questions"}, headers=HTMX)
    assert answer.status_code == 200
    assert answer.content.decode().lstrip().startswith("<li")
    assert f'id="item-{item.pk}"' in answer.content.decode()


def test_a_section_or_a_bullet_that_is_not_there_is_refused(ben: Member) -> None:
    item = show(ben).items.get(key="onthewidthofbasins")
    page = browser(ben)
    assert page.post(f"/import/items/{item.pk}/bullets/0/", {"section": "x"}).status_code == 422
    answer = page.post(f"/import/items/{item.pk}/bullets/99/", {"section": "summary"})
    assert answer.status_code == 404


def test_a_paper_can_be_left_out_and_taken_up_again(ben: Member) -> None:
    job = show(ben, TOPICS)
    item = job.items.get(key="stepsandnoise")
    page = browser(ben)
    page.post(f"/import/items/{item.pk}/exclusion/", {"leave": "out"})
    assert b"Include<" in page.get(f"/import/{job.pk}/").content
    page.post(f"/import/items/{item.pk}/exclusion/", {"leave": "in"})
    assert not ImportItem.objects.filter(is_excluded=True).exists()


def test_what_was_taken_in_cannot_be_corrected_any_more(ben: Member) -> None:
    job = apply_import(job=show(ben), by=ben, at=NOW)
    item = job.items.get(key="onthewidthofbasins")
    answer = browser(ben).post(
        f"/import/items/{item.pk}/bullets/0/", {"section": "critique"}, follow=True
    )
    assert b"nothing was changed" in answer.content
    assert "how wide" in Review.objects.get().summary


def test_the_same_document_leads_to_the_import_that_stands(ben: Member) -> None:
    job = apply_import(job=show(ben, TOPICS, "a.md"), by=ben, at=NOW)
    answer = browser(ben).post("/import/", {"text": TOPICS}, follow=True)
    assert answer.redirect_chain[0][0] == f"/import/{job.pk}/"
    assert b"already imported" in answer.content


def test_papers_that_are_here_say_so(ben: Member) -> None:
    make.paper("On the Width of Basins")
    answer = browser(ben).get(show(ben).get_absolute_url())
    assert b"already in library" in answer.content


def test_each_sees_her_own_imports_and_curators_all(ada: Member, ben: Member, cy: Member) -> None:
    job = show(ben)
    assert browser(cy).get(f"/import/{job.pk}/").status_code == 404
    assert browser(cy).post(f"/import/{job.pk}/apply/").status_code == 404
    assert b"list.md" not in browser(cy).get("/import/all/").content
    assert b"list.md" in browser(ada).get("/import/all/").content
    assert browser(ada).get(f"/import/{job.pk}/").status_code == 200


def test_readers_and_strangers_bring_nothing(rea: Member, stranger: Client, ben: Member) -> None:
    job = show(ben)
    assert browser(rea).get("/import/").status_code == 403
    assert browser(rea).post("/import/", {"text": MEMBERS}).status_code == 403
    assert stranger.get(f"/import/{job.pk}/").status_code == 302


def test_acts_do_not_answer_to_get(ben: Member) -> None:
    job = show(ben)
    assert browser(ben).get(f"/import/{job.pk}/apply/").status_code == 405


@pytest.mark.parametrize("path", ["/import/", "/import/all/"])
def test_lists_of_imports_cost_the_same_for_2_and_for_50(ben: Member, path: str) -> None:
    page = browser(ben)
    counts = []
    for rows in (2, 48):
        for number in range(rows):
            show(
                ben, f"# T\n- [Trees of {rows} and {number}](https://x.example/{rows}/{number}.pdf)"
            )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert page.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_a_preview_costs_the_same_for_2_and_for_50_papers(ben: Member) -> None:
    page = browser(ben)
    counts = []
    for rows in (2, 25, 50):
        entries = (
            f"- [Trees {rows} {n} of Rain](https://arxiv.org/abs/2101.{n:05d})" for n in range(rows)
        )
        job = show(ben, "# T\n" + "\n".join(entries))
        with CaptureQueriesContext(connection) as queries:
            page.get(f"/import/{job.pk}/")
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]


def test_the_text_of_a_list_is_never_markup(ben: Member) -> None:
    text = "# T\n- [<script>alert(1)</script> and Trees](javascript:alert(1)) https://x.example/a.pdf\n"
    answer = browser(ben).post("/import/", {"text": text}, follow=True).content.decode()
    assert "<script>alert" not in answer
    assert 'href="javascript' not in answer


def test_each_document_can_be_read_again_from_the_site(ben: Member) -> None:
    for text in (MEMBERS, TOPICS, NOTES):
        apply_import(job=show(ben, text), by=ben, at=NOW)
    page = browser(ben)
    nao = page.get("/members/nao/").content.decode()
    places = [nao.index(text) for text in ("Flatness</a></h3>", "Walking Downhill", "On the Width")]
    assert places == sorted(places)
    valleys = page.get("/topics/theory/valleys/").content.decode()
    assert valleys.index("On the Width of Basins</a>") < valleys.index("Steps and Noise</a>")
    assert "Wide basins generalise better" in valleys
    assert "Why things work." in page.get("/topics/theory/").content.decode()
    paper = Paper.objects.get(title="On the Width of Basins")
    review = page.get(paper.get_absolute_url()).content.decode()
    assert all(words in review for words in ("how wide a basin", "test set", "momentum"))
    assert "On the Width of Basins" in page.get("/members/ben/").content.decode()
