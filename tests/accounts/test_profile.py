"""One's own account: profile, address, colours."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from papers.accounts.actions.members import make_confirmation_url
from papers.models import Event, Mail, Member
from tests.accounts.asked import write_asked_mails


def link_in(mail: Mail) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/profile/email/\S+)", mail.text)
    assert found
    return found[1]


@pytest.mark.parametrize("path", ["/profile/", "/accounts/password/", "/profile/email/x/"])
def test_a_stranger_is_sent_to_sign_in(stranger: Client, path: str) -> None:
    assert stranger.get(path)["Location"].startswith("/accounts/login/?next=")


def test_name_and_bio_are_saved_with_one_event(as_ben: Client, ben: Member) -> None:
    data = {"name": "Ben B.", "bio": "Asks about optimisers."}
    assert as_ben.post("/profile/", data)["Location"] == "/profile/"
    as_ben.post("/profile/", data)
    ben.refresh_from_db()
    assert (ben.name, ben.bio) == ("Ben B.", "Asks about optimisers.")
    assert Event.objects.get().data == {"fields": ["name", "bio"]}


def test_a_profile_without_a_name_is_refused_and_keeps_the_text(as_ben: Client) -> None:
    answer = as_ben.post("/profile/", {"name": "", "bio": "A long story"})
    assert answer.status_code == 422
    assert "A long story" in answer.text


def test_a_new_address_counts_when_it_is_confirmed(as_ben: Client, ben: Member) -> None:
    as_ben.post("/profile/email/", {"email": "Ben@new.example"})
    write_asked_mails()
    ben.refresh_from_db()
    assert ben.email == "ben@lab.example"
    path = link_in(Mail.objects.get(to="ben@new.example"))
    assert "ben@new.example" in as_ben.get(path).text
    ben.refresh_from_db()
    assert ben.email == "ben@lab.example", "a program that opens links changes nothing"
    as_ben.post(path)
    ben.refresh_from_db()
    assert ben.email == "ben@new.example"
    assert "no longer here" in Mail.objects.get(to="ben@lab.example").text
    assert "has expired or was already used" in as_ben.get(path, follow=True).text


def test_anothers_link_confirms_nothing(as_ben: Client, as_cy: Client, cy: Member) -> None:
    as_ben.post("/profile/email/", {"email": "ben@new.example"})
    write_asked_mails()
    as_cy.post(link_in(Mail.objects.get()))
    cy.refresh_from_db()
    assert cy.email == "cy@lab.example"


def test_an_address_that_another_member_took_since_is_refused(
    as_ben: Client, ben: Member, cy: Member
) -> None:
    path = make_confirmation_url(member=ben, email="cy@lab.example")
    page = as_ben.post(path.removeprefix("http://127.0.0.1:8000"), follow=True)
    assert "Another member uses this email address" in page.text
    assert as_ben.post("/profile/email/", {"email": "nonsense"}).status_code == 422


def test_colours_are_kept_and_one_stays_where_one_was(as_ben: Client, ben: Member) -> None:
    answer = as_ben.post(
        "/profile/theme/", {"theme": "dark"}, headers={"referer": "http://testserver/papers/"}
    )
    assert answer["Location"] == "http://testserver/papers/"
    ben.refresh_from_db()
    assert ben.theme == "dark"
    assert 'data-theme="dark"' in as_ben.get("/profile/").text


def test_colours_never_lead_to_another_site(as_ben: Client) -> None:
    answer = as_ben.post("/profile/theme/", {"theme": "dark", "next": "https://evil.example/"})
    assert answer["Location"] == "/profile/"
    assert as_ben.post("/profile/theme/", {"theme": "pink"}).status_code == 422


def test_htmx_changes_the_colours_in_place(as_ben: Client) -> None:
    answer = as_ben.post("/profile/theme/", {"theme": "light"}, headers={"hx-request": "true"})
    assert answer.status_code == 204
