"""The language of a page: the member's, else the browser's, else English."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from papers.languages import get_script_texts, speak_to
from papers.models import Event, Member
from tests import make


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("ja", "ja"), ("ja-JP,en;q=0.5", "ja"), ("tlh, en;q=0.5", "en"), ("", "en")],
)
def test_a_stranger_reads_in_the_language_of_the_browser(
    stranger: Client, accepted: str, language: str
) -> None:
    page = stranger.get("/accounts/login/", headers={"accept-language": accepted})
    assert f'<html lang="{language}"' in page.text
    assert page["Content-Language"] == language
    assert "Accept-Language" in page["Vary"]


def test_the_profile_decides_before_the_browser(as_ben: Client, ben: Member) -> None:
    data = {"name": ben.name, "bio": "", "language": "ja"}
    assert as_ben.post("/profile/", data).status_code == 302
    page = as_ben.get("/profile/", headers={"accept-language": "en"})
    assert '<html lang="ja"' in page.text
    assert '<option value="ja" selected>' in page.text
    assert not Event.objects.exists(), "a setting of one's own"


def test_a_language_that_is_not_offered_is_refused_and_an_old_one_ignored(
    as_ben: Client, ben: Member
) -> None:
    assert as_ben.post("/profile/", {"name": "Ben", "language": "tlh"}).status_code == 422
    Member.objects.filter(pk=ben.pk).update(language="tlh")
    assert '<html lang="en"' in as_ben.get("/profile/").text


@pytest.mark.django_db(transaction=True)
def test_no_page_is_kept_for_another_language(lab: object) -> None:
    make.paper("Sliding windows")
    client = make.browser(make.member("ben"))
    for language in ("en", "ja", "en"):
        page = client.get("/papers/", headers={"accept-language": language})
        assert f'<html lang="{language}"' in page.text


def test_a_request_leaves_no_language_behind(stranger: Client) -> None:
    stranger.get("/accounts/login/", headers={"accept-language": "ja"})
    assert translation.get_language() == "en"


def test_a_mail_speaks_the_language_of_whom_it_goes_to(ben: Member) -> None:
    with speak_to(ben):
        assert translation.get_language() == "en"
    ben.language = "ja"
    with speak_to(ben):
        assert translation.get_language() == "ja"


def test_english_pages_carry_no_catalog_for_their_scripts() -> None:
    assert get_script_texts("en") == {}
