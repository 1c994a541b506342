"""Texts that are being typed: saved, refused when stale, gone when sent, and one's own alone."""

from __future__ import annotations

import json

from django.test import Client

from papers.models import Lab, Member, TextDraft
from papers.writing.actions import forget_old_texts
from tests import make

PLACE = "/papers/1/comments/"


def save(browser: Client, words: str, version: int, place: str = PLACE) -> tuple[int, dict]:  # type: ignore[type-arg]
    fields = json.dumps([["body", words]])
    answer = browser.post("/drafts/", {"place": place, "version": version, "fields": fields})
    return answer.status_code, answer.json() if answer.content else {}


def test_a_text_is_saved_and_read_by_its_author_alone(lab: Lab, as_ben: Client, as_ada: Client):
    assert save(as_ben, "One", 0)[0] == 200
    assert as_ben.get("/drafts/", {"place": PLACE}).json()[PLACE]["fields"] == [["body", "One"]]
    assert as_ada.get("/drafts/", {"place": PLACE}).json() == {}
    assert Client().get("/drafts/", {"place": PLACE}).status_code == 302


def test_a_stale_save_is_answered_with_the_newer_text(lab: Lab, as_ben: Client):
    save(as_ben, "One", 0)
    status, newer = save(as_ben, "Two", 0)
    assert (status, newer["fields"]) == (409, [["body", "One"]])
    assert save(as_ben, "Two", newer["version"])[0] == 200
    assert save(as_ben, "Two", 0)[0] == 200, "the same text again changes nothing"


def test_a_form_that_was_sent_leaves_no_draft(lab: Lab, ben: Member, as_ben: Client):
    place = f"/papers/{make.paper().pk}/comments/"
    save(as_ben, "Said", 0, place)
    as_ben.post(place, {"body": "Said", "csrfmiddlewaretoken": "0" * 64})
    assert TextDraft.objects.get(member=ben).fields == []
    assert save(as_ben, "Said", 1, place)[0] == 409


def test_what_is_no_text_is_refused(lab: Lab, as_ben: Client):
    for fields in ("{}", "[1]", '[["a"]]', '[["a", 1]]', "no json"):
        form = {"place": PLACE, "version": 0, "fields": fields}
        assert as_ben.post("/drafts/", form).status_code == 422, fields
    assert save(as_ben, "One", 0, "https://elsewhere.example/")[0] == 422


def test_what_json_can_say_and_no_text_holds_is_no_error_of_ours(lab: Lab, as_ben: Client):
    deep, digits = "[" * 100_000, "9" * 4_301
    for fields in (deep, f"{deep}{']' * 100_000}", digits, f"[[{digits}, 1]]", '{"a":' * 50_000):
        form = {"place": PLACE, "version": 0, "fields": fields}
        assert as_ben.post("/drafts/", form).status_code == 422, fields[:9]
    form = {"place": PLACE, "version": 0, "fields": r'[["a\u0000", "b\u0000c\ud800\uffff"]]'}
    assert as_ben.post("/drafts/", form).json()["fields"] == [["a", "bc"]]


def test_old_texts_are_forgotten(lab: Lab, as_ben: Client):
    save(as_ben, "One", 0)
    TextDraft.objects.update(saved_at=make.NOW.replace(year=2025))
    assert forget_old_texts(at=make.NOW) == 1


def test_a_form_that_was_sent_ends_the_copies_of_a_text_that_had_no_draft_yet(
    lab: Lab, ben: Member, as_ben: Client
):
    """Typed and sent within a second: the browser's copy must not come back as unsent."""
    form = {"title": "Ten seeds", "care": "1", "csrfmiddlewaretoken": "0" * 64}
    as_ben.post("/experiments/new/", form)
    assert TextDraft.objects.get(member=ben).version == 1
    as_ben.post("/experiments/new/", {**form, "care": "", "title": "Eleven seeds"})
    assert TextDraft.objects.get(member=ben).version == 2


def test_an_emptied_text_is_saved_as_empty(lab: Lab, as_ben: Client):
    save(as_ben, "One", 0)
    answer = as_ben.post("/drafts/", {"place": PLACE, "version": 1, "fields": "[]"})
    assert answer.json()["fields"] == []


def test_a_long_address_has_a_draft_too(lab: Lab, as_ben: Client):
    place = f"/topics/{'a-long-name/' * 80}"
    assert save(as_ben, "One", 0, place)[0] == 200
    assert as_ben.get("/drafts/", {"place": place}).json()[place]["version"] == 1
