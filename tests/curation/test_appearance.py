"""The lab's color, logo and announcement."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from papers.curation.appearance import actions
from papers.exporting.archives.actions.making import write_archive
from papers.exporting.archives.actions.restoring import restore_archive
from papers.files.actions import remove_unused
from papers.mail.outbox import send_mail
from papers.models import Event, File, Lab, Member
from papers.models.curating import MAIL_COLORS
from tests.clock import Clock
from tests.exporting.test_archive import empty
from tests.files.pictures import SVG, draw
from tests.make import NOW

PAGE = "/curation/appearance/"
CSS = Path(__file__).resolve().parents[2] / "static/css"
PAIR = re.compile(r"--([\w-]+): (?:light-dark\((#\w{6}), (#\w{6})\)|(#\w{6}));")

type Colors = dict[str, tuple[str, str]]
"""What a token is in light and in dark."""


def read_colors(sheet: str) -> Colors:
    pairs = PAIR.findall(sheet)
    return {name: (light or both, dark or both) for name, light, dark, both in pairs}


def read_accents() -> dict[str, Colors]:
    sheet = (CSS / "lab.css").read_text()
    rules = re.findall(r'^\[data-accent="(\w+)"\] \{(.*?)^\}', sheet, re.M | re.S)
    return {name: read_colors(body) for name, body in rules}


TOKENS = read_colors((CSS / "tokens.css").read_text().split("@media")[0])
ACCENTS = read_accents()


def measure_contrast(one: str, other: str) -> float:
    """As WCAG 2.2 computes it, from 1 to 21."""

    def measure_light(color: str) -> float:
        parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, light = sorted((measure_light(one), measure_light(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", Lab.Accent.values)
def test_every_accent_can_be_read_in_light_and_dark(name: str):
    accent = ACCENTS[name]
    assert set(accent) == {"accent", "accent-strong", "primary", "primary-strong", "mark"}
    colors = TOKENS | accent
    grounds = ("paper", "raised", "sunken")
    pairs = [(text, ground) for text in ("accent", "accent-strong") for ground in grounds]
    pairs += [("on-primary", "primary"), ("on-primary", "primary-strong")]
    pairs += [("ink", "mark"), ("accent", "mark")]
    for one, other in pairs:
        for mode in (0, 1):
            assert measure_contrast(colors[one][mode], colors[other][mode]) >= 4.5, (one, other)


def test_the_first_accent_is_that_of_the_tokens():
    assert set(ACCENTS) == set(Lab.Accent.values)
    assert ACCENTS["plum"].items() <= TOKENS.items()


def test_a_curator_chooses_a_color(as_ada: Client, as_ben: Client):
    plain = as_ben.get("/").text
    assert "data-accent" not in plain
    assert "css/lab" not in plain, "not fetched for the color of the tokens"
    assert as_ada.post(PAGE, {"accent": "petrol"})["Location"] == PAGE
    page = as_ben.get("/").text
    assert 'data-accent="petrol"' in page
    assert "css/lab" in page
    as_ada.post(PAGE, {"accent": "petrol"})
    assert Event.objects.get().data == {"act": "accent", "changes": {"accent": ["plum", "petrol"]}}
    assert "changed the lab's color" in as_ben.get("/activity/").text.replace("&#x27;", "'")
    refused = as_ada.post(PAGE, {"accent": "red; } body { display: none"})
    assert refused.status_code == 422


def test_emails_have_the_color_of_the_lab(lab: Lab):
    assert {name: colors["accent"][0] for name, colors in ACCENTS.items()} == MAIL_COLORS
    lab.accent = Lab.Accent.PETROL
    lab.save()
    mail = send_mail(
        "x@lab.example", "Hello", "accounts/mail/join", {"url": "https://lab.example/"}
    )
    assert mail
    assert 'bgcolor="#1c5a6b"' in mail.html
    assert MAIL_COLORS["plum"] not in mail.html


def send_logo(curator: Client, data: bytes, alt: str = "An owl") -> Any:
    file = SimpleUploadedFile("owl.png", data)
    return curator.post(f"{PAGE}logo/", {"file": file, "alt": alt})


def test_a_logo_stands_beside_the_name_on_every_page(as_ada: Client, stranger: Client):
    assert send_logo(as_ada, draw("JPEG", (2000, 1500))).status_code == 302
    lab = Lab.objects.get()
    url = f"/logo/{lab.logo_id}/"
    for page in (as_ada.get("/"), stranger.get("/accounts/login/")):
        assert f'src="{url}" alt="An owl"' in page.text
    answer: Any = stranger.get(url)
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "private" in answer["Cache-Control"]
    b"".join(answer.streaming_content)  # closes the file
    again = stranger.get(url, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    first = File.objects.get()
    assert (first.width, first.height) == (128, 96), "drawn as small as it is shown"
    send_logo(as_ada, draw(size=(30, 30)))
    assert stranger.get(url).status_code == 404, "only the present one"
    assert as_ada.post(f"{PAGE}logo/removal/").status_code == 302
    assert "/logo/" not in stranger.get("/accounts/login/").text
    acts = Event.objects.order_by("pk").values_list("data__act", flat=True)
    assert list(acts) == ["logo", "logo", "logo-removed"]


@pytest.mark.parametrize(
    "data", [SVG, b"<html>", draw()[:60], b""], ids=["svg", "html", "half", "no"]
)
def test_what_is_no_picture_is_no_logo(as_ada: Client, data: bytes):
    answer = send_logo(as_ada, data)
    assert answer.status_code == 422
    assert "file" in answer.context["logo_form"].errors
    assert not File.objects.exists()


def test_a_logo_is_in_use_and_goes_30_days_after_it_was_replaced(ada: Member):
    for color in ("L", "RGB"):
        actions.set_logo(data=draw(mode=color), name="", alt="An owl", by=ada, at=NOW)
    assert remove_unused(at=NOW + timedelta(days=29)) == 0
    assert remove_unused(at=NOW + timedelta(days=31)) == 1
    assert File.objects.get().key == Lab.objects.get().logo_id


def test_members_read_an_announcement_until_they_dismiss_it(
    as_ada: Client, as_ben: Client, as_rea: Client, stranger: Client, lab: Lab
):
    Lab.objects.update(public_reading=True)
    text = "Cake <b>today</b>, see https://example.org/cake"
    as_ada.post(f"{PAGE}announcement/", {"announcement": text})
    for page in (as_ben.get("/"), as_rea.get("/papers/")):
        assert "Cake &lt;b&gt;today&lt;/b&gt;" in page.text
        assert '<a href="https://example.org/cake" rel="nofollow">' in page.text
    assert "Cake" not in stranger.get("/papers/").text
    digest = as_ben.get("/").context["announcement"].digest
    sent = as_ben.post(
        "/announcement/dismissal/",
        {"text": digest},
        headers={"Referer": "http://testserver/papers/"},
    )
    assert sent["Location"] == "http://testserver/papers/"
    assert "Cake" not in as_ben.get("/").text
    assert "Cake" in as_rea.get("/").text
    as_ada.post(f"{PAGE}announcement/", {"announcement": "Tea"})
    as_ben.post("/announcement/dismissal/", {"text": digest})
    assert "Tea" in as_ben.get("/").text, "another text; dismissing the old one changes nothing"
    as_ada.post(f"{PAGE}announcement/", {"announcement": ""})
    assert "Tea" not in as_rea.get("/").text
    acts = Event.objects.order_by("pk").values_list("data__act", flat=True)
    assert list(acts) == ["announced", "announced", "announcement-removed"]


def test_an_announcement_ends_with_its_last_day(as_ada: Client, as_ben: Client, clock: Clock):
    day = str((NOW + timedelta(days=1)).date())
    sent = {"announcement": "Cake", "announcement_until": day}
    assert as_ada.post(f"{PAGE}announcement/", sent).status_code == 302
    clock.move(timedelta(days=1))
    assert "Cake" in as_ben.get("/papers/").text
    clock.move(timedelta(days=1))
    assert "Cake" not in as_ben.get("/papers/").text
    past = {"announcement": "Tea", "announcement_until": str(NOW.date())}
    assert as_ada.post(f"{PAGE}announcement/", past).status_code == 422


def test_all_of_it_travels_in_the_archive(ada: Member, ben: Member, tmp_path: Path, settings: Any):
    actions.choose_accent(accent="umber", by=ada, at=NOW)
    actions.set_logo(data=draw(), name="", alt="An owl", by=ada, at=NOW)
    actions.announce(text="Cake", until=NOW.date(), by=ada, at=NOW)
    actions.dismiss_announcement(member=ben, digest=actions.digest_text("Cake"))
    before = Lab.objects.values().get()
    write_archive(tmp_path / "lab.zip", at=NOW)
    settings.MEDIA_ROOT = tmp_path / "new"
    empty()
    restore_archive(tmp_path / "lab.zip")
    assert Lab.objects.values().get() == before
    assert Member.objects.get(handle="ben").dismissed == actions.digest_text("Cake")
    content: Any = Client().get(f"/logo/{before['logo_id']}/")
    assert b"".join(content.streaming_content).startswith(b"\x89PNG")


def test_others_change_nothing(as_ben: Client):
    for path in ("", "logo/", "logo/removal/", "announcement/"):
        assert as_ben.post(PAGE + path, {"accent": "umber"}).status_code == 403
    assert not Event.objects.exists()
