"""Hostile files are refused, or what is served of them is a picture and nothing else."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from papers.files.sandboxed import draw_picture, read_document
from tests.files import pictures
from tests.files.pictures import SCRIPT, draw, write_pdf, write_slides

HOSTILE = pictures.list_hostile()
HARMLESS = {
    "png and page in one",
    "jpeg and zip in one",
    "gif and script in one",
    "png with a script in its words",
    "jpeg with the place it was taken at",
    "jpeg with a script as comment",
    "png with a wrong sum",
    "png with a text that unpacks to 60 MB",
}
"""Those that may be shown, once they are drawn anew."""


def test_there_are_thirty_of_them() -> None:
    assert len(HOSTILE) >= 30


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_is_refused_or_made_harmless(name: str) -> None:
    made = draw_picture(HOSTILE[name])
    if name not in HARMLESS:
        assert made.problem in {"unknown", "damaged", "vast"}, made
    if made.problem:
        assert made.content == b""
        return
    for trace in (SCRIPT, b"alert", b"g3heim", b"Exif", b"PK\x03\x04", b"iCCP", b"html"):
        assert trace not in made.content, trace
    with Image.open(BytesIO(made.content), formats=["PNG", "WEBP"]) as image:
        image.load()
        assert not image.getexif()
        assert set(image.info) <= {"loop", "background", "timestamp", "duration"}


def test_a_photo_stands_upright_without_its_exif() -> None:
    made = draw_picture(pictures.draw_with_place())
    assert (made.media_type, made.width, made.height) == ("image/webp", 20, 60)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_what_is_no_photo_stays_exact(kind: str) -> None:
    made = draw_picture(draw(kind))
    assert (made.problem, made.media_type, made.width) == ("", "image/png", 8)


def test_transparent_parts_stay_transparent() -> None:
    written = BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(written, "PNG")
    with Image.open(BytesIO(draw_picture(written.getvalue()).content)) as image:
        assert image.getpixel((0, 0)) == (255, 0, 0, 0)


def test_a_large_picture_is_made_smaller() -> None:
    made = draw_picture(draw("JPEG", (6_000, 3_000)))
    assert (made.width, made.height) == (4_000, 2_000)
    assert len(made.content) <= 10_000_000


def test_a_pdf_and_slides_are_known_by_their_content() -> None:
    pdf = read_document(write_pdf())
    assert (pdf.problem, pdf.media_type, pdf.pages, pdf.title) == (
        "", "application/pdf", 1, "On graphs",
    )  # fmt: skip
    assert read_document(write_slides()).media_type.endswith("presentation")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"<html>%PDF-1.4", "unknown"),
        (b"%PDF-1.4\n" + SCRIPT, "damaged"),
        (write_pdf()[:60], "damaged"),
        (draw(), "unknown"),
        (write_slides()[:40], "damaged"),
        (write_slides(**{"ppt/vbaProject.bin": b"x"}), "unknown"),
        (b"PK\x03\x04" + b"\x00" * 50, "damaged"),
        (b"", "unknown"),
    ],
    ids=["HTML", "script", "cut PDF", "picture", "cut slides", "macros", "no zip", "empty"],
)
def test_what_is_no_document_is_refused(data: bytes, problem: str) -> None:
    assert read_document(data).problem == problem
