"""Searches that members keep: saved, renamed, removed, brought back, and private."""

from __future__ import annotations

from typing import Any

from django.test import Client

from papers.models import Member, SavedSearch
from papers.search.index.actions import refresh
from tests import make


def keep(client: Client, name: str, text: str) -> Any:
    return client.post("/searches/", {"name": name, "text": text})


def get_saved(member: Member) -> list[tuple[str, str]]:
    return list(SavedSearch.objects.filter(by=member).values_list("name", "text"))


def test_a_search_is_saved_under_a_name_and_opens_from_the_catalogue(
    as_ben: Client, ben: Member
) -> None:
    refresh([make.paper("Sharpness").pk])
    page = as_ben.get("/papers/?q=is:open").content.decode()
    assert 'href="/searches/?q=is%3Aopen"' in page
    assert 'value="is:open"' in as_ben.get("/searches/?q=is:open").content.decode()
    assert keep(as_ben, "To take", "is:open").status_code == 302
    assert get_saved(ben) == [("To take", "is:open")]
    assert 'hx-get="/searches/"' in as_ben.get("/papers/").content.decode()
    headers = {"HX-Request": "true", "HX-Target": "saved-searches"}
    part = as_ben.get("/searches/", headers=headers).content.decode()
    assert '<a href="/papers/?q=is%3Aopen" dir="auto">To take</a>' in part
    assert "<html" not in part


def test_saving_twice_is_saving_once(as_ben: Client, ben: Member) -> None:
    keep(as_ben, "To take", "is:open")
    keep(as_ben, "to take", "is:open")
    assert len(get_saved(ben)) == 1


def test_another_search_under_the_same_name_is_refused_and_the_text_stays(
    as_ben: Client, ben: Member
) -> None:
    keep(as_ben, "To take", "is:open")
    answer = keep(as_ben, "TO TAKE", "is:overdue")
    assert answer.status_code == 422
    assert "is:overdue" in answer.content.decode()
    assert get_saved(ben) == [("To take", "is:open")]


def test_a_search_without_a_name_is_refused(as_ben: Client, ben: Member) -> None:
    assert keep(as_ben, " ", "is:open").status_code == 422
    assert get_saved(ben) == []


def test_a_search_gets_another_name(as_ben: Client, ben: Member) -> None:
    keep(as_ben, "To take", "is:open")
    keep(as_ben, "Late", "is:overdue")
    key = SavedSearch.objects.get(name="Late").pk
    assert as_ben.post(f"/searches/{key}/", {"name": "Overdue"}).status_code == 302
    assert get_saved(ben) == [("Overdue", "is:overdue"), ("To take", "is:open")]
    assert as_ben.post(f"/searches/{key}/", {"name": "to take"}).status_code == 422
    assert as_ben.post(f"/searches/{key}/", {"name": ""}).status_code == 422
    assert get_saved(ben)[0][0] == "Overdue"


def test_a_removed_search_is_brought_back(as_ben: Client, ben: Member) -> None:
    keep(as_ben, "To take", "is:open")
    key = SavedSearch.objects.get().pk
    page = as_ben.post(f"/searches/{key}/removal/", follow=True).content.decode()
    assert "Undo" in page
    assert 'name="text" value="is:open"' in page
    assert get_saved(ben) == []
    assert "Undo" not in as_ben.get("/searches/").content.decode()


def test_nobody_sees_or_touches_the_searches_of_another(
    as_ben: Client, as_ada: Client, ben: Member
) -> None:
    keep(as_ben, "My secret interest", "is:open")
    key = SavedSearch.objects.get().pk
    for address in ("/searches/", "/papers/"):
        assert "My secret interest" not in as_ada.get(address).content.decode()
    assert as_ada.post(f"/searches/{key}/", {"name": "Mine"}).status_code == 404
    assert as_ada.post(f"/searches/{key}/removal/").status_code == 404
    assert get_saved(ben) == [("My secret interest", "is:open")]
