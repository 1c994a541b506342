"""Acts of the panel: forms keep what belongs together, and acts on many rows go through actions."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.urls import reverse

from papers import mail
from papers.files.actions import add_logo
from papers.models import (
    Claim,
    Event,
    Identifier,
    Lab,
    Listing,
    Mail,
    Member,
    Paper,
    Topic,
)
from papers.text.titles import title_key
from tests import make
from tests.admin.panel import act, row_url
from tests.files.pictures import draw


def test_changing_a_paper_keeps_key_address_and_abstract_in_step(
    as_ada: Client, ada: Member
) -> None:
    paper = make.paper("Old title")
    Identifier.objects.create(paper=paper, kind="arxiv", value="1706.03762")
    data = _paper_form(paper, title="Brand new title", authors="Ng, Andrew\nBengio, Y.")
    data["abstract"] = "We *show*."
    assert as_ada.post(row_url(paper), data).status_code == 302
    paper.refresh_from_db()
    assert (paper.slug, paper.authors) == ("brand-new-title", ["Ng, Andrew", "Bengio, Y."])
    assert "<em>show</em>" in paper.abstract_html
    assert paper.title_key == title_key("Brand new title")
    assert paper.identifiers.get().value == "1706.03762"
    assert Event.objects.get(kind=Event.Kind.PAPER_CHANGED).by == ada


def _paper_form(paper: Paper | None = None, **fields: str) -> dict[str, str]:
    data = {"title": "", "authors": "", "abstract": "", "venue": "", "year": "", **fields}
    for prefix in ("identifiers", "links"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return data


def test_a_paper_that_looks_known_is_refused_in_the_form(as_ada: Client) -> None:
    make.paper("Attention is all you need")
    url = reverse("admin:papers_paper_add")
    page = as_ada.post(url, _paper_form(title="Attention Is All You Need"))
    assert page.status_code == 200
    assert "We already have a paper with this title" in page.text
    assert Paper.objects.count() == 1
    as_ada.post(url, _paper_form(title="Something else"))
    assert Paper.objects.get(slug="something-else").added_by is not None
    assert Event.objects.filter(kind=Event.Kind.PAPER_ADDED).count() == 1


def test_moving_a_topic_moves_all_below(as_ada: Client) -> None:
    theory, practice = make.topic("Theory"), make.topic("Practice")
    below = make.topic("Bounds", parent=theory)
    data = {"name": "Theory", "parent": str(practice.pk), "description": "*All*"}
    assert as_ada.post(row_url(theory), data).status_code == 302
    below.refresh_from_db()
    theory.refresh_from_db()
    assert below.path == "practice/theory/bounds"
    assert "<em>All</em>" in theory.description_html
    ring = as_ada.post(row_url(practice), {**data, "name": "Practice", "parent": str(below.pk)})
    assert "be inside itself" in ring.text


def test_a_topic_is_added_with_its_address(as_ada: Client) -> None:
    make.topic("Theory")
    url = reverse("admin:papers_topic_add")
    assert as_ada.post(url, {"name": "New things", "description": ""}).status_code == 302
    assert Topic.objects.get(name="New things").path == "new-things"
    assert "already a topic called" in as_ada.post(url, {"name": "theory", "description": ""}).text


def test_a_listing_is_added_and_taken_out(as_ada: Client) -> None:
    paper, topic = make.paper(), make.topic()
    url = reverse("admin:papers_listing_add")
    as_ada.post(url, {"paper": paper.pk, "topic": topic.pk, "note": "see *this*"})
    listing = Listing.objects.get()
    assert "<em>this</em>" in listing.note_html
    act(as_ada, Listing, "unlist", listing)
    assert not Listing.objects.exists()


def test_slots_are_set_for_many_papers(as_ada: Client) -> None:
    papers = [make.paper(), make.paper()]
    page = act(as_ada, Paper, "set_slots", *papers, slots="5")
    assert "2 papers changed" in page.text
    assert {paper.slots for paper in Paper.objects.all()} == {5}
    assert "slots from 1 to 50" in act(as_ada, Paper, "set_slots", *papers, slots="99").text
    act(as_ada, Paper, "set_slots", *papers, slots="")
    assert {paper.slots for paper in Paper.objects.all()} == {None}


def test_claims_are_released_and_extended(as_ada: Client, ben: Member) -> None:
    claim, other = make.claim(make.paper(), ben), make.claim(make.paper(), ben)
    act(as_ada, Claim, "extend", other)
    assert "1 claim unchanged" in act(as_ada, Claim, "extend", other).text
    act(as_ada, Claim, "release", claim)
    claim.refresh_from_db()
    assert claim.ending == Claim.Ending.RELEASED


def test_members_are_made_alumni_but_not_the_last_curator(
    as_ada: Client, ada: Member, ben: Member, root: Member
) -> None:
    root.state = "alumni"
    root.save()
    page = act(as_ada, Member, "make_alumni", ben, ada)
    assert "You need at least one curator" in page.text
    ben.refresh_from_db()
    assert ben.is_active, "all or none"
    act(as_ada, Member, "make_alumni", ben, root)
    ben.refresh_from_db()
    assert ben.state == "alumni"
    act(as_ada, Member, "reactivate_member", ben)
    act(as_ada, Member, "make_curators", ben)
    ben.refresh_from_db()
    assert ben.is_active
    assert ben.is_curator


def test_invitations_go_to_those_who_wait_for_one(as_ada: Client, ben: Member) -> None:
    waiting = make.member("waiting", state="placeholder")
    page = act(as_ada, Member, "send_invitation", waiting, ben)
    assert "1 member invited. 1 skipped" in page.text
    assert Mail.objects.get().to == waiting.email


def test_curators_do_not_make_themselves_administrators(
    as_ada: Client, ada: Member, ben: Member, root: Member
) -> None:
    data = {"name": "Ada", "handle": "ada", "email": "other@lab.example", "is_superuser": "on"}
    as_ada.post(row_url(ada), data)
    ada.refresh_from_db()
    assert (ada.name, ada.is_superuser, ada.email) == ("Ada", False, "ada@lab.example")
    assert as_ada.post(row_url(root), {**data, "handle": "root"}).status_code == 403
    page = as_ada.post(row_url(ben), {**data, "handle": "ADA"})
    assert "Another member has this handle" in page.text


def test_administrators_move_an_account_to_another_address(as_root: Client, ben: Member) -> None:
    data = {"name": "Ben", "handle": "ben", "email": "New@lab.example", "claim_limit": "7"}
    as_root.post(row_url(ben), data)
    ben.refresh_from_db()
    assert (ben.email, ben.claim_limit) == ("new@lab.example", 7)


def test_only_administrators_delete(as_ada: Client, as_root: Client) -> None:
    paper = make.paper()
    url = reverse("admin:papers_paper_delete", args=[paper.pk])
    assert as_ada.post(url, {"post": "yes"}).status_code == 403
    assert as_root.post(url, {"post": "yes"}).status_code == 302
    assert not Paper.objects.exists()


def test_a_failed_mail_is_tried_again(as_ada: Client, ada: Member) -> None:
    row = mail.send_mail("x@lab.example", "x", "accounts/mail/email_changed", {})
    assert "0 emails queued again" in act(as_ada, Mail, "try_again", row).text
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert "1 email queued again" in act(as_ada, Mail, "try_again", row).text


LAB = {
    "name": "Reading room", "time_zone": "UTC", "paper_slots": "2", "claim_limit": "3",
    "lease_days": "14", "grace_days": "7", "digest_weekday": "0", "digest_hour": "8",
    "accent": "plum",
}  # fmt: skip


def test_the_labs_settings_go_through_the_desks_action(as_ada: Client, lab: Lab) -> None:
    as_ada.post(row_url(lab), LAB | {"name": "Panel Lab", "reason": "A new home."})
    changes = {"name": ["Reading room", "Panel Lab"]}
    assert Event.objects.get().data == {"changes": changes, "reason": "A new home."}


def test_the_labs_looks_are_set_and_checked_in_the_panel(
    as_ada: Client, lab: Lab, ada: Member
) -> None:
    logo = add_logo(data=draw(size=(60, 60)), name="owl.png", alt="An owl", by=ada, at=make.NOW)
    Lab.objects.update(logo=logo, logo_alt="An owl")
    page = as_ada.get(row_url(lab)).text
    assert "owl.png" in page
    looks = LAB | {"logo_alt": "A barn owl", "accent": "petrol", "announcement": "No meeting"}
    for wrong in (
        {"logo_alt": ""},
        {"accent": "red"},
        {"announcement": "x" * 501},
        {"announcement_until": "2026-11-01"},
        {"digest_hour": "24"},
    ):
        assert as_ada.post(row_url(lab), looks | wrong).status_code == 200, wrong
        assert not Event.objects.exists()
    assert as_ada.post(row_url(lab), looks).status_code == 302
    lab.refresh_from_db()
    assert (lab.logo_alt, lab.accent, lab.announcement) == ("A barn owl", "petrol", "No meeting")
    as_ada.post(row_url(lab), LAB | {"logo_alt": "A barn owl", "removes_logo": "on"})
    lab.refresh_from_db()
    assert (lab.logo, lab.logo_alt, lab.announcement) == (None, "", "")
