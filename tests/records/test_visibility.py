"""A word that nobody else may read stays hidden on merged, split, archived and deleted papers."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from papers.importing.intake.applying.actions.apply_imports import apply_import
from papers.importing.intake.previewing.actions.documents import preview_import
from papers.importing.intake.undoing.actions.split import split_paper
from papers.models import ImportItem, Member, Paper, Removal, ReviewDraft, TextDraft
from papers.records.actions.keeping import archive_paper, delete_paper
from papers.records.actions.merging import merge_papers
from papers.records.actions.undoing import undo_removal
from tests import make
from tests.clock import NOW
from tests.house.test_site_map import ROUTES

pytestmark = [pytest.mark.django_db, pytest.mark.unknown_addresses]

DRAFTED, HIDDEN = "zanzibarberry", "tasmanianberry"
"""A word of a draft, and one of a review that is closed to who has claimed the paper."""

LISTS = ["/papers/?q=" + word for word in (DRAFTED, HIDDEN)]


def plant(paper: Paper, by: Member) -> None:
    """A draft, text that is being typed, and a published review."""
    ReviewDraft.objects.create(
        paper=paper, member=by, summary=DRAFTED, started_at=NOW, saved_at=NOW
    )
    TextDraft.objects.create(
        member=by, place=f"/papers/{paper.pk}/comments/", fields=[["body", DRAFTED]], saved_at=NOW
    )
    review = make.review(paper, by, summary=HIDDEN, critique=HIDDEN, takeaway=HIDDEN)
    make.experiment(f"Try {HIDDEN}", paper=paper, review=review)


def sweep(browser: Client, keys: list[int]) -> dict[str, str]:
    """Every address that answers, with these papers in it, and what it answers with."""
    found = {}
    for route in ROUTES:
        if re.match(r"^(admin/|accounts/|.*\(\?P|health/)", route):
            continue
        for key in keys if "key:" in route else [0]:
            path = re.sub(r"<key:\w+>", str(key), route)
            path = "/" + re.sub(r"<[^>]+>", "x", path)
            answer = browser.get(path, follow=True)
            body = b"".join(answer) if answer.streaming else answer.content
            found[path] = body.decode(errors="replace")
    for path in LISTS:
        found[path] = browser.get(path).content.decode().replace(path, "")
    return found


def find_leaks(browser: Client, keys: list[int], *words: str) -> list[tuple[str, str]]:
    """Addresses whose answer holds one of the words, other than as what was searched for."""
    return [
        (path, word)
        for path, text in sweep(browser, keys).items()
        for word in words
        if word in text and f"q={word}" not in path
    ]


@pytest.fixture
def papers(ada: Member, ben: Member, cy: Member) -> list[Paper]:
    """Two records of one work; ben wrote on the second, cy has claimed the first."""
    make.lab(independent_reviews=True)
    kept, gone = make.paper("Sharpness"), make.paper("Sharpness!")
    plant(gone, ben)
    make.claim(kept, cy)
    make.index()
    return [kept, gone]


def check(papers: list[Paper], ada: Member, cy: Member) -> None:
    keys = [paper.pk for paper in papers]
    assert find_leaks(make.browser(ada), keys, DRAFTED) == []
    assert find_leaks(make.browser(cy), keys, DRAFTED, HIDDEN) == []


def test_a_merged_paper_and_its_old_address(
    papers: list[Paper], ada: Member, ben: Member, cy: Member
) -> None:
    removal = merge_papers(kept=papers[0], gone=papers[1], by=ada, at=NOW)
    check(papers, ada, cy)
    assert HIDDEN in make.browser(ada).get(papers[0].get_absolute_url()).content.decode()
    assert DRAFTED in make.browser(ben).get(f"/papers/{papers[0].pk}/review/").content.decode()
    undo_removal(removal=removal, by=ada, at=NOW)
    keys = [paper.pk for paper in papers]
    assert find_leaks(make.browser(ada), keys, DRAFTED) == []


def test_an_archived_paper(papers: list[Paper], ada: Member, cy: Member) -> None:
    make.claim(papers[1], cy, paper_slot=1, member_slot=2)
    archive_paper(paper=papers[1], by=ada, at=NOW)
    check(papers, ada, cy)


def test_a_deleted_paper_is_nowhere(papers: list[Paper], ada: Member, cy: Member) -> None:
    delete_paper(paper=papers[1], reason="Spam", by=ada, at=NOW)
    keys = [paper.pk for paper in papers]
    for who in (ada, cy):
        assert find_leaks(make.browser(who), keys, DRAFTED, HIDDEN) == [], who


def test_the_panel_shows_no_journal(papers: list[Paper], ada: Member) -> None:
    merge_papers(kept=papers[0], gone=papers[1], by=ada, at=NOW)
    root = make.member("root", is_superuser=True, role=Member.Role.CURATOR)
    browser = make.browser(root)
    removal = Removal.objects.get()
    for path in ("", f"{removal.pk}/change/", f"{removal.pk}/history/", f"?q={DRAFTED}"):
        answer = browser.get(f"/admin/papers/removal/{path}", follow=True)
        assert DRAFTED not in answer.content.decode().replace(f"q={DRAFTED}", "").replace(
            f'value="{DRAFTED}"', ""
        )


def test_a_split_paper(papers: list[Paper], ada: Member, ben: Member, cy: Member) -> None:
    text = b"# Basins\n\n- [Sharpness](https://arxiv.org/abs/2101.00001), Ng, 2021.\n"
    job = preview_import(data=text, name="list.md", by=ada, at=NOW)
    apply_import(job=job, by=ada, at=NOW)
    item = ImportItem.objects.get(job=job)
    if not item.is_joined:
        removal = merge_papers(kept=papers[0], gone=item.paper, by=ada, at=NOW)
        assert removal.paper == papers[0]
        item.refresh_from_db()
    merge_papers(kept=papers[0], gone=papers[1], by=ada, at=NOW)
    new = split_paper(item=item, by=ada, at=NOW)
    assert new.identifiers.get().value == "2101.00001"
    check([*papers, new], ada, cy)
