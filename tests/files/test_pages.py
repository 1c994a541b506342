"""Uploading, serving, the files of a paper, and how much room there is."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from papers import access
from papers.discussion.actions import add_comment, edit_comment
from papers.files.actions import add_document, add_picture, remove_file, remove_unused
from papers.files.found_in_file import Document
from papers.files.pdf_identity import name_paper
from papers.models import File, Lab, Member, Paper
from papers.records.actions.keeping import delete_paper
from papers.reviews.drafts.actions import save_draft
from papers.reviews.drafts.content import ReviewContent, Stamp
from papers.writing.actions import save_text
from tests import make
from tests.files.pictures import draw, draw_with_place, write_pdf, write_slides
from tests.make import NOW

pytestmark = pytest.mark.django_db


def upload(by: Member, data: bytes, **more: Any) -> Any:
    sent = {"file": SimpleUploadedFile("loss.png", data), "alt": "A [loss] curve", **more}
    return make.browser(by).post("/files/new/", {"meant_for": "review", **sent})


def test_an_upload_gives_the_line_to_paste(ben: Member) -> None:
    answer = upload(ben, draw())
    file = File.objects.get()
    assert answer["Location"] == f"/files/{file.key}/line/"
    page = make.browser(ben).get(answer["Location"]).content.decode()
    assert rf"![A \[loss\] curve](/files/{file.key}/)" in page
    assert (file.by, file.alt, file.width, file.meant_for) == (ben, "A [loss] curve", 8, "review")


def test_a_script_gets_the_line_as_json(ben: Member) -> None:
    sent = {"file": SimpleUploadedFile("a.png", draw()), "alt": "Loss"}
    asks = {"Accept": "application/json"}
    answer = make.browser(ben).post("/files/new/", sent, headers=asks)
    assert answer.json() == {"text": f"![Loss](/files/{File.objects.get().key}/)"}
    refused = make.browser(ben).post("/files/new/", {"alt": "Loss"}, headers=asks)
    assert refused.status_code == 422
    assert refused.json() == {"errors": ["Choose a picture."]}


@pytest.mark.parametrize(
    ("data", "more", "said"),
    [
        (b"<svg onload=alert(1)>", {}, "This type of file can&#x27;t be added here."),
        (draw()[:50], {}, "This file is damaged or incomplete."),
        (draw(), {"alt": ""}, "Describe the picture in a few words."),
        (b"", {}, "This file is empty."),
        (b"\x89PNG" + b"\x00" * 10_000_000, {}, "This picture is larger than 10 MB."),
    ],
)
def test_a_wrong_upload_says_why(ben: Member, data: bytes, more: Any, said: str) -> None:
    answer = upload(ben, data, **more)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not File.objects.exists()


def test_a_picture_is_served_in_a_sandbox(ben: Member) -> None:
    upload(ben, draw_with_place())
    file = File.objects.get()
    answer = fetch(ben, file)
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-cache"
    policy = answer["Content-Security-Policy"]
    assert re.search(r"(^|; )sandbox(;|$)", policy)
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert answer.body[:4] == b"RIFF"
    assert fetch(ben, file, **{"If-None-Match": answer["ETag"]}).status_code == 304


def test_the_quota_of_the_lab_holds(ben: Member, settings: Any) -> None:
    settings.FILES_QUOTA = 10
    answer = upload(ben, draw())
    assert answer.status_code == 422
    assert "space for files is full" in answer.content.decode()


def fetch(by: Member, file: File, **headers: str) -> Any:
    answer = make.browser(by).get(file.get_absolute_url(), headers=headers)
    answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


def add(paper: Paper, by: Member, data: bytes, kind: str = "paper") -> Any:
    sent = {"kind": kind, "file": SimpleUploadedFile("../a b.exe", data), "rights": "CC BY 4.0"}
    return make.browser(by).post(f"/papers/{paper.pk}/files/", sent)


def test_a_paper_has_its_pdf_and_slides_for_members_only(ada: Member, ben: Member) -> None:
    make.lab(public_reading=True)
    paper = make.paper()
    assert add(paper, ben, write_pdf()).status_code == 302
    assert add(paper, ben, write_slides(), "slides").status_code == 302
    pdf, slides = File.objects.get(kind="paper"), File.objects.get(kind="slides")
    page = make.browser(ada).get(f"/papers/{paper.pk}/files/").content.decode()
    assert "CC BY 4.0" in page
    served = fetch(ada, pdf)
    assert served["Content-Disposition"] == 'inline; filename="a b.pdf"'
    assert "sandbox" in served["Content-Security-Policy"]
    served = fetch(ada, slides)
    assert served["Content-Disposition"].startswith("attachment")
    for file in (pdf, slides):
        assert not access.files_visible_to(None, access.get_lab()).filter(pk=file.pk).exists()


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (write_slides(), "paper", "The paper itself must be a PDF."),
        (b"<html>", "slides", "This type of file can&#x27;t be added here."),
        (b"%PDF-1.7 nothing", "paper", "This file is damaged or incomplete."),
    ],
)
def test_a_wrong_document_says_why(ben: Member, data: bytes, kind: str, said: str) -> None:
    answer = add(make.paper(), ben, data, kind)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_same_document_twice_is_one(ben: Member) -> None:
    paper = make.paper()
    for _ in range(2):
        add(paper, ben, write_pdf())
    assert File.objects.count() == 1


def test_readers_add_no_documents_and_others_delete_none(ada: Member, ben: Member) -> None:
    paper, reader = make.paper(), make.member("ria", role=Member.Role.READER)
    add(paper, reader, write_pdf())
    assert not File.objects.exists()
    add(paper, ben, write_pdf())
    file = File.objects.get()
    other = make.member("other")
    address = f"/files/{file.key}/removal/"
    assert make.browser(other).post(address).status_code == 404
    assert make.browser(reader).post(address).status_code == 403
    assert make.browser(ada).post(address).status_code == 302
    assert fetch(ben, file).status_code == 404
    page = make.browser(ada).get(f"/papers/{paper.pk}/files/").content.decode()
    assert "Recently deleted" in page
    assert make.browser(ben).post(f"/files/{file.key}/return/").status_code == 302
    assert fetch(ada, file).status_code == 200


def test_curators_see_how_much_room_is_taken(ada: Member, ben: Member) -> None:
    upload(ben, draw())
    page = make.browser(ada).get("/curation/files/").content.decode()
    assert "1 file," in page
    assert make.browser(ben).get("/curation/files/").status_code == 403


def test_what_no_text_shows_is_removed_after_30_days(
    ben: Member, lab: Lab, django_capture_on_commit_callbacks: Any
) -> None:
    later = NOW + timedelta(days=31)
    how: dict[str, Any] = {"data": draw(), "name": "", "alt": "x", "meant_for": "review", "by": ben}
    used, idle = (add_picture(**how, at=NOW) for _ in range(2))
    fresh = add_picture(**how, at=later)
    make.review(make.paper(), ben, summary=f"![x]({used.get_absolute_url()})", deleted_at=NOW)
    kind: dict[str, Any] = {"kind": "paper", "data": write_pdf(), "name": "", "rights": ""}
    kept, gone = (add_document(paper=make.paper(), **kind, by=ben, at=NOW) for _ in range(2))
    remove_file(file=gone, at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_unused(at=later) == 2
    assert set(File.objects.all()) == {used, fresh, kept}
    assert not idle.content.storage.exists(idle.content.name or "")
    assert used.content.storage.exists(used.content.name or "")


@pytest.mark.parametrize(
    ("first_page", "title", "name"),
    [
        (
            "arXiv:2106.12345v3 [cs.LG] 23 Jun 2021\nFlat minima",
            "",
            "https://arxiv.org/abs/2106.12345",
        ),
        ("Flat minima\nhttps://doi.org/10.1162/neco.1997.9.1.1", "", "10.1162/neco.1997.9.1.1"),
        ("Ada Lovelace", "Flat minima of networks", "Flat minima of networks"),
        (
            "1\nFlat minima of networks\nAda",
            "Microsoft Word - draft7.doc",
            "Flat minima of networks",
        ),
        ("", "", ""),
    ],
)
def test_a_pdf_says_what_paper_it_is(first_page: str, title: str, name: str) -> None:
    found = Document("", "application/pdf", 1, title, first_page)
    assert name_paper(found) == name


def test_a_pdf_leads_to_the_form_of_its_paper(ben: Member) -> None:
    sent = {"file": SimpleUploadedFile("a.pdf", write_pdf("Flat minima of networks"))}
    answer = make.browser(ben).post("/papers/new/pdf/", sent)
    assert answer["Location"] == "/papers/new/?text=Flat+minima+of+networks"
    assert make.browser(ben).get("/papers/new/pdf/").status_code == 200
    wrong = {"file": SimpleUploadedFile("a.pdf", b"<html>")}
    assert make.browser(ben).post("/papers/new/pdf/", wrong).status_code == 422
    assert not File.objects.exists()


def test_what_may_come_back_keeps_its_pictures(ben: Member, ada: Member) -> None:
    """In a draft, an unsent comment, an earlier version, a paper whose deletion can be undone."""
    later = NOW + timedelta(days=31)
    how: dict[str, Any] = {"data": draw(), "name": "", "alt": "x", "meant_for": "review", "by": ben}
    files = [add_picture(**how, at=NOW) for _ in range(4)]
    texts = [f"![x]({file.get_absolute_url()})" for file in files]
    content = ReviewContent(summary=texts[0])
    save_draft(paper=make.paper(), by=ben, at=NOW, content=content, stamp=Stamp())
    save_text(place="/x/", fields=[["body", texts[1]]], version=0, by=ben, at=NOW)
    comment = add_comment(subject=make.paper(), body=texts[2], by=ben, at=NOW)
    edit_comment(comment=comment, body="Without", number=1, by=ben, at=NOW)
    paper = make.paper()
    make.review(paper, ben, summary=texts[3])
    delete_paper(paper=paper, reason="Twice", by=ada, at=later)
    assert remove_unused(at=later) == 0
