"""Every export as everybody: what one may not see on a page leaves in no file either."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from papers.exporting.archives.actions.making import request_archive, run_archive
from papers.exporting.format_registry import BIBLIOGRAPHIES, FORMATS, LISTS
from papers.exporting.formats.reference_styles import FOLDER
from papers.models import ArchiveJob, Member, Paper, Review, ReviewDraft
from tests import make
from tests.house.test_site_map import list_patterns
from tests.make import NOW

DRAFT, DELETED, OPEN, OLD = "dr4ft-words", "d3leted-words", "0pen-words", "0ld-words"
TEXTS = ("takeaway", "summary", "critique", "follow_up", "questions")
STYLE = (FOLDER / "ieee.csl").read_bytes()
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
                "copy",
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


def list_export_routes() -> set[str]:
    """Every address that a view of the exporting room answers."""
    return {
        path
        for path, pattern in list_patterns(get_resolver())
        if str(getattr(pattern.callback, "__module__", "")).startswith("papers.exporting")
    }


def list_answers(page: Client, paper: Paper) -> Iterator[tuple[str, bytes]]:
    """What each of these addresses says, with forms sent too; zips unpacked."""
    reviews = [str(pk) for pk in Review.objects.values_list("pk", flat=True)]
    keys = {
        "reviews/": reviews, "shared/": ["x"], "bibliographies/": ["x"],
        "profile/": ["1"],
        "archives/": [str(pk) for pk in ArchiveJob.objects.values_list("pk", flat=True)],
    }  # fmt: skip
    sent = {
        "export/style/": lambda: {"style": SimpleUploadedFile("a.csl", STYLE)},
        "export/picks/": lambda: {"lines": "Rigid bodies\nUnheard of"},
    }
    for route in sorted(list_export_routes()):
        names = list(FORMATS) if "<str:name>" in route else [""]
        names = next((some for start, some in keys.items() if route.startswith(start)), names)
        for name in names:
            path = "/" + re.sub(r"<\w+:\w+>", name, route)
            for query in ("", f"?papers={paper.pk}"):
                yield route, read_body(page.get(f"{path}{query}"))
                if route in sent:
                    yield route, read_body(page.post(f"{path}{query}", sent[route]()))


def read_body(answer: HttpResponse) -> bytes:
    body = b"".join(answer)
    if is_zipfile(BytesIO(body)):
        folder = ZipFile(BytesIO(body))
        return b"\n".join([folder.read(one) for one in folder.namelist()])
    return body


@pytest.mark.parametrize("who", ["ada", "ben", "cy", "reader", "administrator", "stranger"])
def test_no_address_of_the_room_tells_of_drafts_or_deleted_reviews(
    paper: Paper, who: str, settings: Any, tmp_path: Path
) -> None:
    """The addresses are walked, so that a new one is swept from its first day."""
    settings.VAR_DIR = tmp_path
    ada = Member.objects.get(handle="ada")
    make.member("reader", role=Member.Role.READER)
    make.member("administrator", is_superuser=True)
    run_archive(pk=request_archive(by=ada, at=NOW).pk, at=NOW)
    page = Client() if who == "stranger" else make.browser(Member.objects.get(handle=who))
    seen = set()
    for route, body in list_answers(page, paper):
        if OPEN.encode() in body:
            seen.add(route)
        is_own = (who, route) == ("cy", "export/mine/")
        assert is_own or DRAFT.encode() not in body, route
        assert DELETED.encode() not in body, route
    assert len(list_export_routes()) >= 15
    if who == "stranger":
        assert seen == set()
    elif who in ("ada", "ben"):
        assert {"export/<str:name>/", "reviews/<key:pk>/markdown/"} <= seen
    assert ("archives/<key:pk>/file/" in seen) is (who in ("ada", "administrator"))


@pytest.mark.parametrize("who", ["cy", "reader"])
def test_no_address_of_the_room_tells_of_reviews_that_are_hidden(paper: Paper, who: str) -> None:
    """Cy has an open lease on the paper; a reader reads what is published."""
    make.lab(independent_reviews=True)
    make.member("reader", role=Member.Role.READER)
    page = make.browser(Member.objects.get(handle=who))
    tells = any(OPEN.encode() in body for _, body in list_answers(page, paper))
    assert tells is (who == "reader")


def test_members_who_left_get_nothing(paper: Paper, ben: Member) -> None:
    page = make.browser(ben)
    Member.objects.filter(pk=ben.pk).update(state=Member.State.ALUMNI)
    assert read_all(page) == {}
