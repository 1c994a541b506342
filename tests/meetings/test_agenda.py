"""The agenda: filling, ordering, presenters, and what others may not learn from it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from papers.meetings.agenda.actions.ballots import vote_for_paper
from papers.meetings.agenda.actions.items import (
    ItemFacts,
    OnAgendaAlready,
    add_item,
    assign_presenters,
    change_item,
    move_item,
    order_items,
    pack_agenda,
)
from papers.meetings.agenda.queries.candidates import list_suggestions
from papers.meetings.agenda.removals.actions import remove_item
from papers.meetings.mailing.actions import choose_agenda_mail, send_agenda
from papers.meetings.series.actions.rota import note_absence, request_swap
from papers.meetings.session.actions.minutes import agree_on_claim, save_minutes
from papers.models import Event, Lab, Mail, Meeting, Member, Notification
from papers.notifications.actions.notifying import create_notifications
from tests import make


def list_titles(meeting: Meeting) -> list[str]:
    return [item.paper.title for item in meeting.items.select_related("paper") if item.paper]


def test_the_agenda_is_filled_from_votes_and_reviews(
    meeting: Meeting, ada: Member, ben: Member, cy: Member
):
    wanted, torn, calm = make.paper("Wanted"), make.paper("Torn"), make.paper("Calm")
    make.paper("Unknown")
    for who in (ada, ben, cy):
        vote_for_paper(paper=wanted, by=who, at=make.NOW)
    make.review(torn, ben, verdict="adopt")
    make.review(torn, cy, verdict="skip")
    make.review(calm, ben, verdict="try")
    items = pack_agenda(meeting=meeting, by=ada, at=make.NOW)
    assert list_titles(meeting) == ["Torn", "Wanted", "Calm"]
    assert sum(item.minutes for item in items) == 60
    assert [text for _, text in items[0].reasons][:2] == ["2 new reviews", "2 reviewers disagree"]
    assert [text for _, text in items[1].reasons] == ["3 votes", "Ada Curator is up next"]
    assert all(item.presenter_id for item in items)
    assert len({item.presenter_id for item in items}) == 3


def test_who_knows_a_paper_presents_it_and_the_reason_says_so(
    meeting: Meeting, ada: Member, ben: Member, cy: Member
):
    """Turns would give the first to Ada and the second to Ben."""
    reviewed, claimed, ran = make.paper("Reviewed"), make.paper("Claimed"), make.paper("Ran")
    make.review(reviewed, cy)
    make.claim(claimed, ben)
    vote_for_paper(paper=claimed, by=ada, at=make.NOW)
    make.experiment(
        "Try", paper=ran, owner=cy, state="confirmed", outcome="Yes", closed_at=make.NOW
    )
    pack_agenda(meeting=meeting, by=ada, at=make.NOW)
    told = {str(item.paper or item.experiment): item for item in meeting.items.all()}
    assert {name: item.presenter for name, item in told.items()} == {
        "Reviewed": cy, "Claimed": ben, "Try": cy,
    }  # fmt: skip
    assert [item.reasons[-1][1] for item in told.values()] == [
        "Cy Member reviewed it", "Ben Member claimed it", "Cy Member ran it",
    ]  # fmt: skip


def test_the_reason_for_a_presenter_goes_with_the_presenter(
    meeting: Meeting, ada: Member, ben: Member, cy: Member
):
    make.review(make.paper(), ben)
    (item,) = pack_agenda(meeting=meeting, by=ada, at=make.NOW)
    assert [kind for kind, _ in item.reasons] == ["reviews", "presenter"]
    changed = change_item(item=item, minutes=20, presenter=cy, by=ada, at=make.NOW)
    assert [kind for kind, _ in changed.reasons] == ["reviews"]


def test_filling_a_full_agenda_again_changes_nothing(meeting: Meeting, ada: Member, ben: Member):
    make.review(make.paper(), ben)
    pack_agenda(meeting=meeting, by=ada, at=make.NOW)
    before = Event.objects.count()
    assert pack_agenda(meeting=meeting, by=ada, at=make.NOW) == []
    assert Event.objects.count() == before


def test_what_is_on_the_agenda_stays_when_it_is_filled(meeting: Meeting, ada: Member, ben: Member):
    facts = ItemFacts(title="Plans", minutes=45)
    add_item(meeting=meeting, facts=facts, by=ada, at=make.NOW)
    make.review(make.paper("New"), ben)
    pack_agenda(meeting=meeting, by=ada, at=make.NOW)
    assert [(item.title, item.minutes) for item in meeting.items.all()] == [("Plans", 45), ("", 15)]


def test_a_discussed_paper_waits_for_a_new_review(meeting: Meeting, ada: Member, ben: Member):
    paper = make.paper()
    make.review(paper, ben, at=make.NOW - timedelta(days=30))
    held = Meeting.objects.create(
        day=make.day("2026-11-12"), starts_at=make.NOW - timedelta(days=6), created_at=make.NOW,
        held_at=make.NOW - timedelta(days=6),
    )  # fmt: skip
    held.items.create(paper=paper, discussed_at=held.held_at)
    assert list_suggestions(ada, make.lab(), make.NOW) == []
    make.review(paper, ada, at=make.NOW - timedelta(days=1))
    [suggestion] = list_suggestions(ada, make.lab(), make.NOW)
    assert suggestion.candidate.reviews == 1


def test_a_closed_experiment_is_reported_once(meeting: Meeting, ada: Member, ben: Member):
    tried = make.experiment("Try it", state="refuted", outcome="No.", closed_at=make.NOW, owner=ben)
    [item] = pack_agenda(meeting=meeting, by=ada, at=make.NOW)
    assert (item.experiment, item.minutes) == (tried, 10)
    assert item.reasons[0] == ["outcome", "experiment refuted"]
    assert list_suggestions(ada, make.lab(), make.NOW) == []


def test_disagreement_that_is_closed_to_the_organiser_is_not_weighed(
    meeting: Meeting, ada: Member, ben: Member, cy: Member
):
    paper = make.paper()
    make.review(paper, ben, verdict="adopt")
    make.review(paper, cy, verdict="skip")
    make.claim(paper, ada)
    lab = make.lab(independent_reviews=True)
    [seen] = list_suggestions(ada, lab, make.NOW)
    assert seen.candidate.verdicts == ()
    assert seen.candidate.reviews == 2
    [seen] = list_suggestions(ben, lab, make.NOW)
    assert seen.candidate.verdicts == ("adopt", "skip")


def test_a_paper_is_on_an_agenda_once(meeting: Meeting, ada: Member):
    facts = ItemFacts(paper=make.paper())
    add_item(meeting=meeting, facts=facts, by=ada, at=make.NOW)
    with pytest.raises(OnAgendaAlready):
        add_item(meeting=meeting, facts=facts, by=ada, at=make.NOW)


def add(meeting: Meeting, by: Member, *titles: str) -> None:
    for title in titles:
        add_item(meeting=meeting, facts=ItemFacts(title=title), by=by, at=make.NOW)


def test_items_move_up_and_down_and_stop_at_the_ends(meeting: Meeting, ada: Member):
    add(meeting, ada, "a", "b", "c")
    a, b, c = meeting.items.all()
    move_item(item=c, step=-1, by=ada, at=make.NOW)
    assert [item.title for item in meeting.items.all()] == ["a", "c", "b"]
    move_item(item=a, step=-1, by=ada, at=make.NOW)
    move_item(item=b, step=1, by=ada, at=make.NOW)
    assert [item.title for item in meeting.items.all()] == ["a", "c", "b"]


def test_dragging_gives_the_whole_order(meeting: Meeting, ada: Member):
    add(meeting, ada, "a", "b", "c")
    a, b, c = (item.pk for item in meeting.items.all())
    order_items(meeting=meeting, order=[c, 999, a, c], by=ada, at=make.NOW)
    assert [item.pk for item in meeting.items.all()] == [c, a, b]


def test_an_item_with_minutes_stays_on_the_agenda(meeting: Meeting, ada: Member):
    add(meeting, ada, "a", "b")
    a, b = meeting.items.all()
    save_minutes(meeting=meeting, item=a, text="Yes.", base="", by=ada, at=make.NOW)
    for item in (a, b, b):
        remove_item(item=item, by=ada, at=make.NOW)
    assert list(meeting.items.all()) == [a]


def test_whoever_is_away_is_not_made_a_presenter(
    meeting: Meeting, ada: Member, ben: Member, cy: Member, rea: Member
):
    for who in (ada, ben):
        note_absence(member=who, first_on=meeting.day, last_on=meeting.day, by=who, at=make.NOW)
    add_item(meeting=meeting, facts=ItemFacts(paper=make.paper()), by=ada, at=make.NOW)
    assert assign_presenters(meeting=meeting, by=ada, at=make.NOW) == 1
    assert meeting.items.get().presenter == cy
    assert assign_presenters(meeting=meeting, by=ada, at=make.NOW) == 0


def test_the_agenda_is_mailed_once_to_each(meeting: Meeting, ada: Member, ben: Member, dan: Member):
    add_item(meeting=meeting, facts=ItemFacts(paper=make.paper("Deep")), by=ada, at=make.NOW)
    assert send_agenda(meeting=meeting, by=ada, at=make.NOW) == 2
    assert send_agenda(meeting=meeting, by=ada, at=make.NOW) == 0
    mails = Mail.objects.all()
    assert {mail.to for mail in mails} == {ada.email, ben.email}
    assert all("Deep" in mail.text and "Deep" in mail.html for mail in mails)
    meeting.refresh_from_db()
    assert meeting.sent_at == make.NOW


def test_who_wants_no_agendas_by_mail_gets_none(
    meeting: Meeting, ada: Member, ben: Member, stranger: Client
):
    assert choose_agenda_mail(member=ben, is_wanted=False)
    assert not choose_agenda_mail(member=ben, is_wanted=False)
    assert send_agenda(meeting=meeting, by=ada, at=make.NOW) == 1
    mail = Mail.objects.get()
    assert mail.to == ada.email
    assert mail.unsubscribe_url in mail.text
    assert mail.unsubscribe_url in mail.html
    where = mail.unsubscribe_url.removeprefix("http://127.0.0.1:8000")
    assert "agendas" in stranger.get(where).content.decode()
    assert stranger.post(where, {"List-Unsubscribe": "One-Click"}).status_code == 200
    ada.refresh_from_db()
    assert not ada.agenda_by_mail


@pytest.mark.parametrize("number", [2, 12])
def test_sending_reads_the_agenda_once_for_all(
    meeting: Meeting, ada: Member, number: int, django_assert_max_num_queries
):
    for _ in range(number):
        make.member()
    with django_assert_max_num_queries(10 + 8 * (number + 1)):
        assert send_agenda(meeting=meeting, by=ada, at=make.NOW) == number + 1


def test_the_mail_does_not_name_what_is_closed_to_its_reader(
    meeting: Meeting, ada: Member, ben: Member, lab: Lab
):
    make.lab(independent_reviews=True)
    paper = make.paper()
    review = make.review(paper, ada)
    make.claim(paper, ben)
    tried = make.experiment("Secret idea", review=review, paper=paper)
    add_item(meeting=meeting, facts=ItemFacts(experiment=tried), by=ada, at=make.NOW)
    send_agenda(meeting=meeting, by=ada, at=make.NOW)
    assert "Secret idea" not in Mail.objects.get(to=ben.email).text
    assert "Secret idea" in Mail.objects.get(to=ada.email).text


@pytest.mark.slow
def test_a_year_of_meetings_gives_everybody_as_many_turns(lab: Lab, ada: Member):
    people = [make.member(f"p{n:02}") for n in range(19)]
    Member.objects.update(joined_at=make.NOW - timedelta(days=400))
    leaver = people[0]
    counts: dict[int, int] = {member.pk: 0 for member in (ada, *people[1:])}
    for week in range(52):
        at = make.NOW + timedelta(weeks=week)
        if week in {5, 6, 30}:
            continue
        if week == 20:
            Member.objects.filter(pk=leaver.pk).update(state="alumni")
        held = Meeting.objects.create(day=at.date(), starts_at=at, created_at=at, lead=ada)
        for _ in range(2):
            held.items.create(paper=make.paper())
        assign_presenters(meeting=held, by=ada, at=at)
        for item in held.items.all():
            if item.presenter_id in counts:
                counts[item.presenter_id] += 1
        assert max(counts.values()) - min(counts.values()) <= 1


def test_presenters_swap_partners_and_owners_of_tasks_are_told(
    meeting: Meeting, ada: Member, ben: Member, cy: Member
):
    """At once: on the bell as "Your turn or task", and who acts is not told."""
    item = add_item(meeting=meeting, facts=ItemFacts(paper=make.paper()), by=ada, at=make.NOW)
    change_item(item=item, minutes=20, presenter=ben, by=ada, at=make.NOW)
    item.refresh_from_db()
    request_swap(item=item, to=cy, by=ben, at=make.NOW)
    agree_on_claim(meeting=meeting, paper=make.paper(), member=cy, by=ada, at=make.NOW)
    create_notifications(at=make.NOW)
    told = Notification.objects.filter(why=Notification.Why.TURN).order_by("pk")
    assert sorted(told.values_list("member__handle", "event__data__act")) == [
        ("ben", "changed"), ("cy", "asked"), ("cy", "assigned"),
    ]  # fmt: skip
    ben.refresh_from_db()
    assert ben.unread == 1


def test_a_change_of_minutes_tells_no_presenter_again(meeting: Meeting, ada: Member, ben: Member):
    item = meeting.items.create(paper=make.paper(), presenter=ben)
    change_item(item=item, minutes=35, presenter=ben, by=ada, at=make.NOW)
    assert Event.objects.get(kind=Event.Kind.MEETING_CHANGED).data["told"] == []
