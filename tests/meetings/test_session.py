"""In the meeting: items one after the other, hidden verdicts, minutes by several hands."""

from __future__ import annotations

import pytest

from papers.claims.actions.claims import ClaimRefused
from papers.experiments.actions import Idea
from papers.meetings.agenda.actions.ballots import vote_for_paper
from papers.meetings.queries.paper_meetings import list_paper_meetings
from papers.meetings.session.actions.minutes import (
    MinutesClash,
    Saved,
    agree_on_claim,
    agree_on_experiment,
    save_minutes,
)
from papers.meetings.session.actions.running import (
    NotGoingOn,
    VerdictsShown,
    cast_verdict,
    close_meeting,
    open_meeting,
    reopen_meeting,
    show_verdicts,
    turn_to_item,
)
from papers.meetings.tally import Cast, tally
from papers.models import (
    AgendaItem,
    Claim,
    Event,
    Experiment,
    Lab,
    Meeting,
    MeetingAction,
    Member,
    MinutesRevision,
    VerdictVote,
)
from tests import make


@pytest.fixture
def item(meeting: Meeting) -> AgendaItem:
    return meeting.items.create(paper=make.paper("Deep"), position=0)


def cast(item: AgendaItem, by: Member, before: str = "", after: str = "") -> None:
    for phase, verdict in (("before", before), ("after", after)):
        if verdict:
            cast_verdict(item=item, phase=phase, verdict=verdict, by=by, at=make.NOW)


def test_a_meeting_goes_from_item_to_item(meeting: Meeting, item: AgendaItem, ada: Member):
    last = meeting.items.create(title="Plans", position=1)
    meeting = open_meeting(meeting=meeting, by=ada, at=make.NOW)
    assert (meeting.current, meeting.current_since) == (item, make.NOW)
    meeting = turn_to_item(meeting=meeting, item=None, by=ada, at=make.NOW)
    assert meeting.current == last
    meeting = close_meeting(meeting=meeting, by=ada, at=make.NOW)
    assert meeting.held_at == make.NOW
    assert meeting.items.filter(discussed_at=make.NOW).count() == 2
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["meeting-planned", "meeting-changed", "paper-discussed", "meeting-held"]


def test_opening_and_closing_twice_is_once(meeting: Meeting, ada: Member):
    for _ in range(2):
        open_meeting(meeting=meeting, by=ada, at=make.NOW)
    for _ in range(2):
        close_meeting(meeting=meeting, by=ada, at=make.NOW)
    assert Event.objects.count() == 3


def test_what_was_not_reached_keeps_its_votes(meeting: Meeting, item: AgendaItem, ada: Member):
    left = meeting.items.create(paper=make.paper(), position=1)
    vote_for_paper(paper=left.paper, by=ada, at=make.NOW)
    meeting = open_meeting(meeting=meeting, by=ada, at=make.NOW)
    close_meeting(meeting=meeting, by=ada, at=make.NOW)
    left.refresh_from_db()
    assert left.discussed_at is None
    assert left.paper.nominations.get().closed_at is None


def test_a_meeting_that_is_not_open_has_no_current_item(
    meeting: Meeting, item: AgendaItem, ada: Member
):
    with pytest.raises(NotGoingOn):
        turn_to_item(meeting=meeting, item=item, by=ada, at=make.NOW)


def test_a_meeting_that_was_closed_by_mistake_goes_on(
    meeting: Meeting, item: AgendaItem, ada: Member
):
    open_meeting(meeting=meeting, by=ada, at=make.NOW)
    close_meeting(meeting=meeting, by=ada, at=make.NOW)
    assert reopen_meeting(meeting=meeting, by=ada, at=make.NOW).is_going_on


def test_a_verdict_can_be_changed_until_it_is_shown(item: AgendaItem, ada: Member, ben: Member):
    cast(item, ben, before="skip")
    cast(item, ben, before="try")
    assert VerdictVote.objects.get().verdict == "try"
    show_verdicts(item=item, phase="before", by=ada, at=make.NOW)
    with pytest.raises(VerdictsShown):
        cast(item, ben, before="adopt")
    cast(item, ben, after="adopt")
    assert VerdictVote.objects.count() == 2


def test_events_do_not_tell_a_verdict(item: AgendaItem, ben: Member):
    cast(item, ben, before="skip")
    event = Event.objects.get(kind=Event.Kind.VERDICT_GIVEN)
    assert "skip" not in str(event.data)


def test_the_group_learns_how_many_changed_their_mind():
    casts = [
        *(Cast(member, "before", "skip") for member in range(6)),
        *(Cast(member, "after", "try" if member < 4 else "skip") for member in range(6)),
        Cast(9, "after", "adopt"),
    ]
    result = tally(casts)
    assert result.sentence == "4 of 6 changed their minds"
    assert result.after == (("adopt", 1), ("try", 4), ("skip", 2))


def test_verdicts_and_minutes_stand_on_the_paper(
    meeting: Meeting, item: AgendaItem, ada: Member, ben: Member, cy: Member, lab: Lab
):
    for who, after in ((ada, "try"), (ben, "try"), (cy, "skip")):
        cast(item, who, before="skip", after=after)
    save_minutes(meeting=meeting, item=item, text="*Agreed.*", base="", by=ada, at=make.NOW)
    assert not list_paper_meetings(item.paper, cy, lab).meetings[0].tally.both
    open_meeting(meeting=meeting, by=ada, at=make.NOW)
    close_meeting(meeting=meeting, by=ada, at=make.NOW)
    [told] = list_paper_meetings(item.paper, cy, lab).meetings
    assert told.tally.sentence == "2 of 3 changed their minds"
    assert "<em>Agreed.</em>" in told.record_html
    assert not list_paper_meetings(item.paper, None, make.lab(public_reading=True))


def save(meeting: Meeting, by: Member, text: str, base: str) -> Saved:
    return save_minutes(meeting=meeting, text=text, base=base, by=by, at=make.NOW)


def test_two_who_write_at_the_same_time_both_stand_in_the_minutes(
    meeting: Meeting, ada: Member, ben: Member
):
    save(meeting, ada, "Present: all", "")
    save(meeting, ada, "Present: all\nAda's line", "Present: all")
    saved = save(meeting, ben, "Present: all\nBen's line", "Present: all")
    assert saved.text == "Present: all\nAda's line\nBen's line"
    assert saved.is_together


def test_the_same_line_changed_by_two_is_refused_with_both_texts(
    meeting: Meeting, ada: Member, ben: Member
):
    save(meeting, ada, "We try it", "")
    save(meeting, ada, "We adopt it", "We try it")
    with pytest.raises(MinutesClash) as clash:
        save(meeting, ben, "We skip it", "We try it")
    assert (clash.value.theirs, clash.value.mine) == ("We adopt it", "We skip it")
    assert clash.value.joined == "We adopt it\nWe skip it"
    meeting.refresh_from_db()
    assert meeting.record == "We adopt it"


def test_every_text_of_the_minutes_is_kept(meeting: Meeting, ada: Member):
    save(meeting, ada, "One", "")
    save(meeting, ada, "One", "")
    save(meeting, ada, "Two", "One")
    assert list(MinutesRevision.objects.values_list("number", "text")) == [(2, "Two"), (1, "One")]
    assert Event.objects.filter(kind=Event.Kind.MINUTES_WRITTEN).count() == 1


def test_an_action_becomes_an_experiment_of_the_paper(
    meeting: Meeting, item: AgendaItem, ada: Member, ben: Member
):
    for _ in range(2):
        agree_on_experiment(
            meeting=meeting, item=item, idea=Idea("Refit it"), owner=ben, by=ada, at=make.NOW
        )
    experiment = Experiment.objects.get()
    assert (experiment.meeting, experiment.paper, experiment.owner) == (meeting, item.paper, ben)
    assert MeetingAction.objects.get().experiment == experiment


def test_an_action_becomes_a_claim(meeting: Meeting, item: AgendaItem, ada: Member, ben: Member):
    for _ in range(2):
        agree_on_claim(
            meeting=meeting, paper=item.paper, member=ben, by=ada, at=make.NOW, item=item
        )
    assert MeetingAction.objects.get().claim == Claim.objects.get(member=ben)


def test_an_action_keeps_to_the_limits_of_claims(
    meeting: Meeting, item: AgendaItem, ada: Member, ben: Member
):
    make.lab(claim_limit=1)
    make.claim(make.paper(), ben)
    with pytest.raises(ClaimRefused):
        agree_on_claim(meeting=meeting, paper=item.paper, member=ben, by=ada, at=make.NOW)
    assert not MeetingAction.objects.exists()


def test_lines_typed_below_each_other_stay_lines(meeting: Meeting, item: AgendaItem, ben: Member):
    text = "Ada: it works\nBen: it does not\n- try again"
    save_minutes(meeting=meeting, item=item, text=text, base="", by=ben, at=make.NOW)
    item.refresh_from_db()
    assert "it works<br" in item.record_html
    assert "<li>try again</li>" in item.record_html
