"""The pages of an agenda: filling, adding, moving, asking somebody else to present."""

from __future__ import annotations

import html

from django.test import Client

from papers.meetings.agenda.actions.items import ItemFacts, add_item
from papers.models import (
    AgendaItem,
    Meeting,
    Member,
    PresenterSwap,
)
from tests import make
from tests.meetings.asked import AGENDA, url_of


def test_filling_answers_with_the_agenda_and_its_reasons(
    as_ada: Client, soon: Meeting, ben: Member
):
    make.review(make.paper("Deep"), ben, verdict="try")
    answer = as_ada.post(url_of(soon, "filling/"), headers=AGENDA)
    text = answer.content.decode()
    assert text.strip().startswith('<section class="section" id="agenda"')
    assert "1 new review" in text
    assert as_ada.post(url_of(soon, "filling/")).status_code == 302


def test_filling_from_nothing_says_why(as_ada: Client, soon: Meeting):
    text = as_ada.post(url_of(soon, "filling/"), headers=AGENDA).content.decode()
    assert "Nothing to suggest" in text


def test_a_paper_is_added_by_name_and_once(as_ada: Client, soon: Meeting):
    paper = make.paper("Deep")
    as_ada.post(url_of(soon, "items/"), {"subject": "Deep"})
    assert soon.items.get().paper == paper
    answer = as_ada.post(url_of(soon, "items/"), {"subject": "Deep"}, headers=AGENDA)
    assert answer.status_code == 422
    assert "already on the agenda" in answer.content.decode()
    answer = as_ada.post(url_of(soon, "items/"), {"subject": "Nothing like it"}, headers=AGENDA)
    assert answer.status_code == 422


def test_a_suggestion_is_added_with_one_click(as_ada: Client, soon: Meeting):
    paper, tried = make.paper(), make.experiment()
    as_ada.post(url_of(soon, "items/"), {"add": f"paper:{paper.pk}"}, headers=AGENDA)
    as_ada.post(url_of(soon, "items/"), {"add": f"experiment:{tried.pk}"})
    assert [(one.paper, one.experiment) for one in soon.items.all()] == [
        (paper, None),
        (None, tried),
    ]
    assert as_ada.post(url_of(soon, "items/"), {"add": "paper:999999"}).status_code == 404


def test_items_move_by_buttons_and_by_dragging(as_ada: Client, soon: Meeting):
    a, b = (soon.items.create(title=title, position=n) for n, title in enumerate("ab"))
    as_ada.post(f"/agenda-items/{b.pk}/place/", {"step": "up"}, headers=AGENDA)
    assert list(soon.items.all()) == [b, a]
    as_ada.post(url_of(soon, "order/"), {"item": [a.pk, b.pk]}, headers=AGENDA)
    assert list(soon.items.all()) == [a, b]


def test_minutes_and_presenter_of_an_item_are_changed(as_ada: Client, item: AgendaItem, cy: Member):
    url = f"/agenda-items/{item.pk}/"
    as_ada.post(url, {"minutes": "35", "presenter": "cy"}, headers=AGENDA)
    item.refresh_from_db()
    assert (item.minutes, item.presenter) == (35, cy)
    answer = as_ada.post(url, {"minutes": "none", "presenter": "cy"}, headers=AGENDA)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()


def test_an_item_is_taken_off_and_taking_it_off_again_is_no_error(as_ada: Client, item: AgendaItem):
    for _ in range(2):
        assert as_ada.post(f"/agenda-items/{item.pk}/removal/").status_code == 302
    assert not AgendaItem.objects.exists()


def test_a_presenter_asks_and_the_other_accepts(
    as_ben: Client, as_cy: Client, item: AgendaItem, cy: Member
):
    assert as_cy.post(f"/agenda-items/{item.pk}/swap/", {"to": "ben"}).status_code == 404
    as_ben.post(f"/agenda-items/{item.pk}/swap/", {"to": "cy"})
    swap = PresenterSwap.objects.get()
    assert "Swap requests" in as_cy.get("/meetings/").content.decode()
    assert as_ben.post(f"/meetings/swaps/{swap.pk}/", {"answer": "yes"}).status_code == 404
    as_cy.post(f"/meetings/swaps/{swap.pk}/", {"answer": "yes"})
    item.refresh_from_db()
    assert item.presenter == cy


def test_disagreement_is_not_told_to_whom_the_reviews_are_closed(
    as_ada: Client, as_ben: Client, soon: Meeting, ben: Member
):
    paper = make.paper("Deep")
    facts = ItemFacts(
        paper=paper, reasons=[("votes", "3 votes"), ("disagreement", "two reviewers disagree")]
    )
    add_item(meeting=soon, facts=facts, by=ben, at=make.NOW)
    make.lab(independent_reviews=True)
    make.claim(paper, ben)
    assert "two reviewers disagree" in as_ada.get(url_of(soon)).content.decode()
    text = as_ben.get(url_of(soon)).content.decode()
    assert "3 votes" in text
    assert "disagree" not in text


def test_a_presenter_reads_it_on_the_desk_at_once(
    soon: Meeting, item: AgendaItem, as_ada: Client, as_ben: Client, cy: Member
):
    assert "you're presenting" in html.unescape(as_ben.get("/").content.decode())
    as_ada.post(f"/agenda-items/{item.pk}/", {"minutes": "20", "presenter": "cy"})
    assert "you're presenting" not in html.unescape(as_ben.get("/").content.decode())
    desk = make.browser(cy).get("/").content.decode()
    assert "you're presenting" in html.unescape(desk)


def test_assigning_presenters_where_each_item_has_one_says_so(
    as_ada: Client, soon: Meeting, ben: Member
):
    soon.items.create(paper=make.paper(), presenter=ben)
    text = as_ada.post(url_of(soon, "presenters/"), headers=AGENDA).content.decode()
    assert "each item has a presenter" in text
