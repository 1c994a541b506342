"""The lab's settings and guiding questions."""

from __future__ import annotations

import pytest
from django.test import Client

from papers import access
from papers.curation.actions import lab as actions
from papers.models import Event, GuidingQuestion, Lab, Member
from tests import make

SETTINGS = {
    "name": "Tiny Lab",
    "time_zone": "Asia/Tokyo",
    "paper_slots": "4",
    "claim_limit": "5",
    "lease_days": "21",
    "grace_days": "3",
    "independent_reviews": "on",
}


def test_a_curator_sets_the_lab(as_ada: Client, ada: Member) -> None:
    assert as_ada.post("/curation/lab/", SETTINGS)["Location"] == "/curation/lab/"
    lab = access.get_lab()
    assert (lab.name, lab.time_zone, lab.paper_slots) == ("Tiny Lab", "Asia/Tokyo", 4)
    assert lab.independent_reviews
    assert not lab.public_reading
    event = Event.objects.get()
    assert (event.kind, event.by) == (Event.Kind.LAB_CHANGED, ada)
    as_ada.post("/curation/lab/", SETTINGS)
    assert Event.objects.count() == 1, "the same again changes nothing"


@pytest.mark.parametrize(
    ("name", "value"),
    [("time_zone", "Mars/Base"), ("paper_slots", "0"), ("lease_days", "-1"), ("name", "")],
)
def test_a_setting_that_cannot_be_is_refused(as_ada: Client, name: str, value: str) -> None:
    answer = as_ada.post("/curation/lab/", {**SETTINGS, name: value})
    assert answer.status_code == 422
    assert name in answer.context["form"].errors
    assert access.get_lab().name != "Tiny Lab"


def test_a_fresh_installation_can_be_set(db: None) -> None:
    Lab.objects.all().delete()
    ada = make.member("ada", role="curator")
    settings = {name: getattr(Lab(), name) for name in actions.SETTINGS}
    actions.change_lab(settings={**settings, "name": "First"}, by=ada, at=make.NOW)
    assert access.get_lab().name == "First"


def test_questions_are_lines_and_keep_their_order(as_ada: Client) -> None:
    wording = {
        "summary": "What is new?\n\n  Why does   it work? \n",
        "critique": "",
        "follow_up": "",
    }
    assert as_ada.post("/curation/questions/", wording).status_code == 302
    rows = GuidingQuestion.objects.filter(section="summary").order_by("position")
    assert [row.text for row in rows] == ["What is new?", "Why does it work?"]
    assert "What is new?\nWhy does it work?" in as_ada.get("/curation/questions/").text
    as_ada.post("/curation/questions/", {"summary": "Why does it work?\nWhat is new?"})
    assert rows.all().first() == GuidingQuestion.objects.get(text="Why does it work?")
    assert Event.objects.count() == 2


def test_a_question_that_is_too_long_is_refused_and_kept(as_ada: Client) -> None:
    answer = as_ada.post("/curation/questions/", {"summary": "Short?\n" + "long " * 80})
    assert answer.status_code == 422
    assert "Question 2 has 399 characters" in answer.text
    assert "Short?" in answer.text
    assert not GuidingQuestion.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "/curation/",
        "/curation/placeholders/",
        "/curation/members/",
        "/curation/lab/",
        "/curation/questions/",
    ],
)
def test_the_desk_is_for_curators(
    as_ada: Client, as_ben: Client, as_rea: Client, stranger: Client, path: str
) -> None:
    assert as_ada.get(path).status_code == 200
    assert as_ben.get(path).status_code == 403
    assert as_rea.get(path).status_code == 403
    assert stranger.get(path)["Location"] == f"/accounts/login/?next={path}"


@pytest.mark.parametrize(
    ("old", "new"), [("", ""), ("members/?state=alumni", "members/?state=alumni"), ("lab/", "lab/")]
)
def test_addresses_of_before_lead_to_where_the_pages_are_now(as_ada: Client, old: str, new: str):
    answer = as_ada.get(f"/desk/{old}")
    assert answer.status_code == 302
    assert answer["Location"] == f"/curation/{new}"


def test_time_zones_say_their_offset_and_old_names_are_kept_alone(as_ada: Client) -> None:
    make.lab(time_zone="Asia/Calcutta")
    page = as_ada.get("/curation/lab/").content.decode()
    assert '<option value="Asia/Tokyo">Tokyo (UTC+09:00)</option>' in page
    assert "US/Eastern" not in page
    assert 'value="Asia/Calcutta" selected' in page


def test_all_members_read_what_curators_did_and_why(
    as_ada: Client, as_ben: Client, ada: Member, ben: Member, cy: Member
) -> None:
    actions.change_role(member=cy, role="reader", by=ada, at=make.NOW)
    actions.make_alumni(member=cy, by=ada, at=make.NOW)
    actions.reactivate_member(member=cy, by=ada, at=make.NOW)
    claim = make.claim(make.paper("Held paper"), ben)
    override = {"act": "day", "due_on": "2026-12-20", "reason": "Travelling <until> then."}
    assert as_ada.post(f"/claims/{claim.pk}/override/", override).status_code == 302
    page = as_ben.get("/activity/?kind=curation").text
    for said in (
        "changed the role of",
        "to alumni",
        "reactivated",
        "Travelling &lt;until&gt; then.",
    ):
        assert said in page
    assert "Travelling" not in as_ben.get("/activity/?kind=papers").text
