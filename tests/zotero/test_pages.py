"""The curators' pages."""

from __future__ import annotations

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from papers.models import Event, Member, Paper, ZoteroLibrary, ZoteroQuestion
from papers.zotero.actions.syncing import SYNCING, sync_library
from tests import make
from tests.zotero.acts import change, fill, sync
from tests.zotero.stub import GROUP, KEY, Zotero

pytestmark = pytest.mark.django_db
PAGE = "/curation/zotero/"
DATA = {"group": f"https://www.zotero.org/groups/{GROUP}/our-group", "name": "Ours", "key": KEY}


def test_connecting_queues_a_job_that_brings_the_papers(as_ada: Client, zotero: Zotero):
    fill(zotero)
    answer = as_ada.post(PAGE, DATA)
    library = ZoteroLibrary.objects.get()
    assert answer["Location"] == f"{PAGE}{library.pk}/"
    assert not zotero.asked, "never in a request"
    job = ProcrastinateJob.objects.get(task_name=SYNCING)
    sync_library(**job.args, at=make.NOW)
    page = as_ada.get(answer["Location"]).text
    assert "2 papers" in page
    assert "In step since" in page
    assert KEY not in page
    assert KEY not in str(Event.objects.values_list("data", flat=True))
    assert KEY not in str(ZoteroLibrary.objects.extra(select={"raw": "key"}).values("raw"))


@pytest.mark.parametrize(
    "wrong", [{"group": "ours"}, {"group": ""}, {"key": "a b"}, {"key": ""}, {"name": ""}]
)
def test_a_form_that_is_wrong_says_so(as_ada: Client, lab: object, wrong: dict[str, str]):
    answer = as_ada.post(PAGE, {**DATA, **wrong})
    assert answer.status_code == 422
    assert not ZoteroLibrary.objects.exists()
    assert KEY not in answer.text


def test_a_group_is_connected_once(as_ada: Client, library: ZoteroLibrary):
    answer = as_ada.post(PAGE, DATA)
    assert answer.status_code == 422
    assert "already connected" in answer.text


def test_questions_are_answered_on_the_page(
    as_ada: Client, zotero: Zotero, library: ZoteroLibrary, ben: Member
):
    fill(zotero)
    sync(library)
    zotero.put("AAAAAAA2", date="2022")
    change(Paper.objects.get(title="On Graphs"), ben, year=1999)
    sync(library)
    question = ZoteroQuestion.objects.get()
    page = as_ada.get(f"{PAGE}{library.pk}/").text
    assert "1999" in page
    assert "2022" in page
    for _ in range(2):
        as_ada.post(f"{PAGE}questions/{question.pk}/taking/")
    assert Paper.objects.get(title="On Graphs").year == 2022
    assert "1 question" not in as_ada.get(PAGE).text


def test_a_key_that_is_left_empty_stays(as_ada: Client, library: ZoteroLibrary):
    as_ada.post(f"{PAGE}{library.pk}/", {"name": "Ours", "sends_reviews": "on"})
    library.refresh_from_db()
    assert (library.key, library.sends_reviews, library.sends_changes) == (KEY, True, False)


def test_disconnecting_keeps_the_papers(as_ada: Client, zotero: Zotero, library: ZoteroLibrary):
    fill(zotero)
    sync(library)
    for _ in range(2):
        as_ada.post(f"{PAGE}{library.pk}/removal/")
    assert Paper.objects.count() == 2
    assert not ZoteroLibrary.objects.exists()
    assert sync_library(pk=library.pk, at=make.NOW) is None


def test_members_see_none_of_it(as_ben: Client, library: ZoteroLibrary):
    for path in (PAGE, f"{PAGE}{library.pk}/"):
        assert as_ben.get(path).status_code == 403
    for path in (f"{library.pk}/sync/", f"{library.pk}/removal/", "questions/1/keeping/"):
        assert as_ben.post(f"{PAGE}{path}").status_code == 403
    assert ZoteroLibrary.objects.exists()
