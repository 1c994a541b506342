"""Remembered pieces: the same values give the same piece, other values never do."""

from __future__ import annotations

import pytest
from django.utils import timezone
from django.utils.safestring import mark_safe

from papers.caching import cache_store, fragments
from papers.caching.fragments import render_cached
from papers.models import Member
from tests import make

PIECE = "components/takeaway.html"


def test_a_safe_text_never_answers_for_an_unsafe_one_that_looks_the_same():
    text = "<script>x</script>"
    for _ in range(2):
        assert text in render_cached(PIECE, {"text": mark_safe(text)})
        assert text not in render_cached(PIECE, {"text": text})


def test_the_token_of_forms_is_the_asker_s_own():
    card = {"id": 1, "author": {"handle": "ada", "name": "Ada"}}
    values = {"reviews": {"cards": [card]}, "paper": {"pk": 1}, "may_review": True}
    assert 'value="one"' in render_cached("reviews/_reviews.html", values, "one")
    again = render_cached("reviews/_reviews.html", values, "two")
    assert 'value="two"' in again
    assert 'value="one"' not in again
    assert fragments.TOKEN not in again


def test_hours_are_told_in_the_zone_of_the_lab():
    values = {
        "review": {"id": 1, "published_at": make.NOW, "author": {"name": "Ada", "handle": "ada"}}
    }
    with timezone.override("UTC"):
        assert "18 Nov 2026" in render_cached("components/review.html", values)
    with timezone.override("Pacific/Auckland"):
        assert "19 Nov 2026" in render_cached("components/review.html", values)


def test_what_is_kept_stays_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cache_store, "MOST", 20_000)
    for number in range(200):
        render_cached(PIECE, {"text": f"{number} " * 200})
    assert cache_store._size <= 20_000
    assert sum(map(len, cache_store._entries.values())) == cache_store._size


@pytest.mark.django_db
def test_a_page_follows_a_changed_name_and_role_at_once():
    ada = make.member("ada", name="Ada Lovelace")
    browser = make.browser(ada)
    assert "Curation" not in browser.get("/help/search/").content.decode()
    Member.objects.filter(pk=ada.pk).update(role=Member.Role.CURATOR, name="Ada Byron")
    page = browser.get("/help/search/").content.decode()
    assert "Ada Byron" in page
    assert "Curation" in page


def make_bar(handle: str) -> dict[str, str]:
    """What the bar needs."""
    return {"handle": handle, "name": handle.title(), "lab": "Lab"}
