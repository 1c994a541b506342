"""Files of reference managers and trackers come in complete; broken ones are named as what they are."""

from __future__ import annotations

import pytest

from papers.importing.reading.door import read_document
from papers.importing.reading.drafts.understood import PaperDraft, Understood
from tests.importing.libraries import FILES
from tests.importing.library_works import NUMBER, WORKS, Work

FORMS = list(FILES)
WITHOUT_FOLDERS = {"RIS", "PubMed", "CSL JSON", "EndNote XML", "Zotero CSV"}
"""Their files say nothing of collections."""

WITHOUT_NOTES = {"PubMed", "GitHub issues", "GitLab issues"}
ISSUES = {"GitHub issues", "GitLab issues"}


def read(form: str) -> Understood:
    name, write = FILES[form]
    return read_document(write().encode(), name)


@pytest.mark.parametrize("form", FORMS)
def test_two_hundred_papers_come_in_complete(form: str) -> None:
    found = read(form)
    assert (found.form, found.problems) == (form, ())
    assert len(found.papers) == NUMBER
    for work, paper in zip(WORKS, found.papers, strict=True):
        check(form, work, paper)


def check(form: str, work: Work, paper: PaperDraft) -> None:
    assert paper.title == work.title, form
    assert paper.authors == work.authors
    assert paper.doi == work.doi
    if form not in ISSUES:
        assert paper.year == work.year
        assert paper.venue_tags == (work.venue,)
        assert paper.abstract == work.abstract
        assert set(work.tags) <= {
            *paper.tags,
            *(one.topic[-1] for one in paper.listings if one.topic),
        }
    if form != "PubMed":
        assert paper.arxiv_id == work.arxiv
        assert form in ISSUES or work.pdf in paper.urls
    if form not in WITHOUT_FOLDERS:
        folder = work.folder[-1:] if form in ISSUES else work.folder
        assert folder in [one.topic for one in paper.listings]
    notes = [one.text for one in paper.said if one.kind == "note"]
    assert notes == ([work.note] if work.note and form not in WITHOUT_NOTES else [])


@pytest.mark.parametrize("form", sorted(ISSUES))
def test_issues_bring_review_claim_and_talk(form: str) -> None:
    for work, paper in zip(WORKS, read(form).papers, strict=True):
        assert paper.review is not None
        assert paper.review.text("summary").endswith(f"Number {work.number} is shown to hold.")
        assert "Few seeds." in paper.review.text("critique")
        credit = next(one for one in paper.said if one.kind == "review")
        assert (credit.member, credit.at) == ("ada", f"{work.year}-03-07T10:00:00Z")
        assert paper.members == (("ben",) if work.number % 3 == 0 else ())
        comments = [(one.member, one.text) for one in paper.said if one.kind == "comment"]
        assert comments == ([("cy", work.note)] if work.note else [])


BROKEN = {
    "CSL JSON": lambda text: text[:5_000],
    "Zotero JSON": lambda text: text.replace('"title":', '"title"', 1),
    "Paperpile JSON": lambda text: text[:3_000],
    "Mendeley JSON": lambda text: text[:3_000],
    "GitHub issues": lambda text: text[:4_000],
    "GitLab issues": lambda text: text[:4_000],
    "Zotero RDF": lambda text: text[:9_000],
    "EndNote XML": lambda text: text.replace("</title>", "", 1),
    "Zotero CSV": lambda text: text[:2_000] + '"open',
    "Paperpile CSV": lambda text: text[:2_000] + '"open',
    "Mendeley CSV": lambda text: text[:2_000] + '"open',
    "RIS": lambda text: text.replace("ER  - ", "", 1),
    "PubMed": lambda text: text.replace("TI  - ", "Title: ", 1),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_broken_file_is_named_with_its_line(form: str) -> None:
    name, write = FILES[form]
    found = read_document(BROKEN[form](write()).encode(), name)
    assert found.form == form
    assert found.problems, "nothing is said"
    first = found.problems[0]
    assert form in first.message
    assert first.line > 0
    assert str(first.line) in first.message


@pytest.mark.parametrize("form", FORMS)
def test_a_record_without_a_title_is_named(form: str) -> None:
    name, write = FILES[form]
    text = write()
    title = WORKS[4].title
    for one in (title, title.replace("&", "&amp;").replace("<", "&lt;")):
        text = text.replace(one, "")
    if form == "PubMed":
        first, _, rest = title.partition(" number ")
        text = text.replace(f"TI  - {first}\n      number {rest}\n", "")
    found = read_document(text.encode(), name)
    assert len(found.papers) == NUMBER - 1
    assert any("5 " in one.message or "5)" in one.message for one in found.problems)


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 9))
    + "]><rdf:RDF>&lol8;</rdf:RDF>"
)
FETCHES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<xml><records><record><titles><title>&x;</title></titles></record></records></xml>"
)
DEEP = "<xml><records>" + "<record>" * 5_000


@pytest.mark.parametrize("text", [LAUGHS, FETCHES, DEEP])
def test_hostile_xml_ends_in_a_sentence(text: str) -> None:
    found = read_document(text.encode(), "library.xml")
    assert found.papers == ()
    assert len(found.problems) == 1
    assert "root:" not in found.problems[0].message


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("list.md", "# Reading\n\n- [Trees](https://arxiv.org/abs/2101.00001), Lee, 2021.\n"),
        ("data.json", '[{"title": "Trees that grow", "link": "https://arxiv.org/abs/2101.00001"}]'),
        ("page.html", "<html><body><ul><li><a href='https://x.org/a.pdf'>Trees grow</a></li></ul>"),
        ("sheet.csv", "Title,Link,Presenter\nTrees that grow,https://x.org/a.pdf,Ada\n"),
    ],
)
def test_other_documents_are_read_as_before(name: str, text: str) -> None:
    found = read_document(text.encode(), name)
    assert found.form not in FILES
    assert found.papers


NOTION = "\ufeffName,Tags,Link,Authors,Year,Status,Reviewer\n" + "".join(
    f'"On folds number {n}","Graphs, Theory",https://arxiv.org/abs/2101.{n:05},'
    f'"Ann Lee, Bo Ek",{2000 + n % 24},Done,Ada\n'
    for n in range(1, NUMBER + 1)
)


def test_a_notion_database_comes_in_complete() -> None:
    found = read_document(NOTION.encode(), "Papers 0a1b2c.csv")
    assert len(found.papers) == NUMBER
    for number, paper in enumerate(found.papers, 1):
        assert paper.title == f"On folds number {number}"
        assert paper.arxiv_id == f"2101.{number:05}"
        assert paper.authors == ("Ann Lee", "Bo Ek")
        assert {one.topic for one in paper.listings} == {("Graphs",), ("Theory",)}
