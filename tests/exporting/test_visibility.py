"""Every export as everybody: what one may not see on a page leaves in no file either."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest
from django.test import Client

from papers.exporting.registry import BIBLIOGRAPHIES, FORMATS, LISTS
from papers.models import Member, Paper, ReviewDraft
from tests import make
from tests.make import NOW

DRAFT, DELETED, OPEN, OLD = "dr4ft-words", "d3leted-words", "0pen-words", "0ld-words"
TEXTS = ("takeaway", "summary", "critique", "follow_up", "questions")
PARTS = ("", "?topic=theory", "?q=rigid", "?member=ben", "?member=ada", "?member=cy")


def fill(word: str) -> dict[str, str]:
    return {name: f"{word} in {name}." for name in TEXTS} | {
        f"{name}_html": f"<p>{word} in {name}.</p>"
        for name in ("summary", "critique", "follow_up", "questions")
    }


@pytest.fixture
def paper(ada: Member, ben: Member, cy: Member) -> Paper:
    """Ben's review is published, Ada's deleted, Cy has a draft and an open lease."""
    paper = make.paper("Rigid bodies", topics=[make.topic("Theory")])
    make.review(paper, ben, **fill(OPEN))
    make.review(paper, ada, **fill(DELETED), deleted_at=NOW)
    ReviewDraft.objects.create(
        paper=paper, member=cy, started_at=NOW, saved_at=NOW,
        **{name: f"{DRAFT} in {name}" for name in TEXTS},
    )  # fmt: skip
    make.claim(paper, cy)
    for member in (ada, ben):
        make.claim(paper, member, due_on=None)
    make.index()
    return paper


def read_all(page: Client, part: str = "") -> dict[str, str]:
    """Each file as text, zips unpacked; what is refused is left out."""
    found = {}
    for name in FORMATS:
        answer = page.get(f"/export/{name}/{part}")
        if answer.status_code != 200:
            assert answer.status_code in {302, 404}
            continue
        body = b"".join(answer)
        if is_zipfile(BytesIO(body)):
            folder = ZipFile(BytesIO(body))
            body = b"\n".join([folder.read(one) for one in folder.namelist()])
        found[name] = body.decode(errors="replace")
    return found


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("who", ["ada", "ben", "cy", "reader", "administrator"])
def test_drafts_and_deleted_reviews_never_leave(paper: Paper, who: str, part: str) -> None:
    make.member("reader", role=Member.Role.READER)
    make.member("administrator", is_superuser=True)
    files = read_all(make.browser(Member.objects.get(handle=who)), part)
    assert set(files) == set(FORMATS)
    for name, text in files.items():
        assert DRAFT not in text, name
        assert DELETED not in text, name
    if part in ("", "?topic=theory", "?q=rigid", "?member=ben"):
        assert all(
            OPEN in files[name]
            for name in (
                "notes",
                "html",
                "site",
                "jekyll",
                "related",
                "related-tex",
                "related-word",
            )
        )


@pytest.mark.parametrize("part", PARTS[:4])
def test_others_reviews_stay_hidden_until_ones_own_is_published(paper: Paper, part: str) -> None:
    make.lab(independent_reviews=True)
    for who, sees in (("cy", False), ("ada", True)):
        files = read_all(make.browser(Member.objects.get(handle=who)), part)
        assert (OPEN in "".join(files.values())) is sees, who


def test_strangers_get_nothing(paper: Paper, stranger: Client) -> None:
    assert read_all(stranger) == {}


def test_strangers_of_a_public_lab_get_what_pages_show_them(paper: Paper, stranger: Client) -> None:
    make.lab(public_reading=True)
    files = read_all(stranger)
    assert set(files) == set(FORMATS)
    whole = "".join(files.values())
    assert OPEN in whole
    assert DRAFT not in whole
    assert DELETED not in whole
    assert "### @" not in files["members"]
    assert read_all(stranger, "?member=ben") == {}
    make.lab(public_reading=True, independent_reviews=True)
    assert OPEN not in "".join(read_all(stranger).values())


def test_every_format_is_swept() -> None:
    assert set(FORMATS) == set(LISTS) | set(BIBLIOGRAPHIES)


def test_members_who_left_get_nothing(paper: Paper, ben: Member) -> None:
    page = make.browser(ben)
    Member.objects.filter(pk=ben.pk).update(state=Member.State.ALUMNI)
    assert read_all(page) == {}
