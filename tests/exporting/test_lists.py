"""Lists out of the tables and in again: an empty lab that imports an export is the same lab."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from papers import access
from papers.exporting.actions.streams import open_export, stream_records
from papers.exporting.format_registry import FORMATS
from papers.exporting.formats.lists import ListRecord, TopicRecord
from papers.exporting.formats.markdown_lists import list_addresses
from papers.exporting.queries.lists import gather_list
from papers.exporting.queries.scopes import Scope, list_scope_papers
from papers.importing.intake.applying.actions.apply_imports import apply_import
from papers.importing.intake.previewing.actions.documents import preview_import
from papers.models import Claim, ImportJob, Member, Paper, Review, Topic
from tests import make
from tests.make import NOW

SEEDS = Path(__file__).parents[3] / "shared" / "data" / "seeds"
SHAPES = {"000": "members", "001": "notes", "002": "awesome", "004": "jekyll"}


def gather(viewer: Member, scope: Scope | None = None) -> ListRecord:
    lab, scope = access.get_lab(), scope or Scope()
    keys = list_scope_papers(scope, viewer, lab, NOW.date())
    return gather_list(scope, stream_records(keys, viewer, lab), viewer, lab)


def export(viewer: Member, name: str, scope: Scope | None = None) -> bytes:
    file = open_export(scope or Scope(), FORMATS[name], viewer, access.get_lab(), at=NOW)
    return b"".join(part.encode() if isinstance(part, str) else part for part in file.parts)


def bring(data: bytes, name: str, by: Member) -> None:
    job = preview_import(data=data, name=name, by=by, at=NOW)
    apply_import(job=job, by=by, at=NOW)


def wipe() -> None:
    ImportJob.objects.all().delete()
    Review.objects.all().delete()
    Paper.objects.all().delete()
    for topic in Topic.objects.order_by("-depth"):
        topic.delete()
    Member.objects.filter(state=Member.State.PLACEHOLDER).delete()


def tell_topics(whole: ListRecord) -> list[Any]:
    def tell(topic: TopicRecord, path: tuple[str, ...]) -> Iterable[Any]:
        here = (*path, topic.name)
        entries = [(whole.papers[one.paper].title, one.note) for one in topic.entries]
        yield here, topic.description, entries
        for below in topic.below:
            yield from tell(below, here)

    return [one for topic in whole.topics for one in tell(topic, ())]


def tell_papers(whole: ListRecord) -> dict[str, set[str]]:
    return {one.title: set(list_addresses(one)) for one in whole.papers.values()}


def tell_members(whole: ListRecord) -> dict[str, list[tuple[str, str]]]:
    return {
        member.name: [
            (shelf.topic, whole.papers[paper].title)
            for shelf in sorted(member.shelves, key=lambda one: one.topic != "")
            for paper in shelf.papers
        ]
        for member in whole.members
    }


def tell_reviews(whole: ListRecord) -> set[tuple[str, str, tuple[tuple[str, str], ...]]]:
    return {
        (whole.papers[paper].title, review.reviewer, tuple(sorted(review.texts.items())))
        for paper, reviews in whole.reviews.items()
        for review in reviews
    }


HOLDS = {
    "members": (tell_papers, tell_members),
    "notes": (tell_papers, tell_reviews),
    "awesome": (tell_papers, tell_topics),
    "jekyll": (tell_papers, tell_reviews),
}
"""What of a lab each shape says."""


@pytest.mark.django_db
@pytest.mark.parametrize("number", SHAPES)
def test_a_seed_comes_back(ada: Member, number: str) -> None:
    found = sorted(SEEDS.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip("the seeds are not here")
    name = SHAPES[number]
    bring(found[0].read_bytes(), "seed/README.md", ada)
    before = gather(ada)
    data = export(ada, name, Scope(member=ada) if name == "notes" else None)
    told = [
        tell(gather(ada, Scope(member=ada)) if name == "notes" else before) for tell in HOLDS[name]
    ]
    assert told[0]
    wipe()
    bring(data, "lab/export.md", ada)
    after = gather(ada, Scope(member=ada)) if name == "notes" else gather(ada)
    for one, tell in zip(told, HOLDS[name], strict=True):
        assert tell(after) == one


@pytest.fixture
def whole(ada: Member, ben: Member) -> ListRecord:
    """A lab with a tree of topics, a paper in two of them, notes, two reading lists and reviews."""
    theory = make.topic("Theory", description="Why it works.")
    noise, vision = make.topic("SGD noise", theory), make.topic("Vision", position=1)
    titles = (
        "Sharp minima generalize poorly",
        "Deep kernels need fewer labels",
        "Wide networks at scale",
    )
    papers = [make.paper(title, venue="ICML 2020", year=2020) for title in titles]
    for number, paper in enumerate(papers):
        paper.identifiers.create(kind="arxiv", value=f"2101.0000{number}")
        paper.links.create(url=f"https://arxiv.org/abs/2101.0000{number}")
    papers[0].links.create(
        url="https://github.com/lab/sharp", kind="code", label="code", position=1
    )
    make.listing(papers[1], noise, note="> Read this one first.")
    make.listing(papers[0], noise)
    make.listing(papers[0], vision)
    make.listing(papers[2], vision)
    for member, order in ((ada, (2, 0)), (ben, (0, 1, 2))):
        for position, number in enumerate(order):
            under = noise if number else None
            make.claim(papers[number], member, due_on=None, topic=under, position=position)
    make.review(papers[0], ben, summary="It shows that sharpness hurts.", critique="- No baseline.")
    make.review(papers[1], ben, summary="Kernels help.\n\nA lot.", follow_up="- Try ten seeds.")
    make.index()
    return gather(ada)


@pytest.mark.parametrize("name", HOLDS)
def test_a_lab_comes_back(whole: ListRecord, ada: Member, ben: Member, name: str) -> None:
    scope = Scope(member=ben) if name in ("notes", "jekyll") else Scope()
    told = [tell(whole) for tell in HOLDS[name]]
    data = export(ada, name, scope)
    wipe()
    bring(data, "lab/export.md", ben)
    after = gather(ada)
    for one, tell in zip(told, HOLDS[name], strict=True):
        assert tell(after) == one


def test_notes_of_several_reviewers_are_a_file_each(whole: ListRecord, ada: Member) -> None:
    paper = Paper.objects.get(title__startswith="Sharp")
    make.review(paper, ada, summary="Another view.")
    folder = ZipFile(BytesIO(export(ada, "notes")))
    assert set(folder.namelist()) == {"ada.md", "ben.md", "not-reviewed.md"}
    assert b"Another view." in folder.read("ada.md")
    assert b"Another view." not in folder.read("ben.md")


def test_a_website_folder_has_a_page_for_each_paper(whole: ListRecord, ada: Member) -> None:
    folder = ZipFile(BytesIO(export(ada, "site")))
    pages = [name for name in folder.namelist() if name.startswith("papers/")]
    assert len(pages) == 3
    index = folder.read("index.md").decode()
    assert all(page.removesuffix(".md") + ".html" in index for page in pages)
    assert "## Theory" in index
    assert any(b"## Review by Ben Member" in folder.read(page) for page in pages)
    assert export(ada, "site") == export(ada, "site")


def test_the_command_writes_a_file(whole: ListRecord, tmp_path: Path) -> None:
    target = tmp_path / "list.md"
    call_command("export_list", "awesome", topic="theory", output=target, stdout=StringIO())
    text = target.read_text()
    assert text.startswith("# Theory")
    assert "Wide networks" not in text
    assert [one.name for one in tmp_path.iterdir()] == ["list.md"]
    call_command("export_list", "bibtex", handle="ben", output=tmp_path / "lab.bib")
    assert (tmp_path / "lab.bib").read_text().count("\n@") == 2


def test_the_command_says_what_is_wrong(whole: ListRecord, tmp_path: Path) -> None:
    for options in ({"topic": "none"}, {"member": "none"}, {"handle": "none"}):
        with pytest.raises(CommandError, match="none"):
            call_command("export_list", "awesome", output=tmp_path / "x", **options)
    with pytest.raises(CommandError, match="can't be written"):
        call_command("export_list", "awesome", output=tmp_path / "no" / "x")
    assert list(tmp_path.iterdir()) == []


def test_released_papers_are_no_longer_on_the_list(
    whole: ListRecord, ada: Member, ben: Member
) -> None:
    claim = Claim.objects.get(member=ben, paper__title__startswith="Wide")
    Claim.objects.filter(pk=claim.pk).update(ended_at=NOW, ending="released")
    assert b"Wide networks" not in export(ada, "members", Scope(member=ben))
