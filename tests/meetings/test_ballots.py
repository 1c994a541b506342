"""Votes count since a paper was last discussed, one for each member."""

from __future__ import annotations

from papers.meetings.agenda.actions.ballots import nominate_paper, unvote_paper, vote_for_paper
from papers.meetings.agenda.queries.ballots import list_ballots
from papers.meetings.session.actions.running import mark_discussed
from papers.models import Event, Lab, Meeting, Member, Nomination, Vote
from tests import make


def test_nominating_is_voting_for_it(ben: Member, lab: Lab):
    nominate_paper(paper=make.paper("Deep"), by=ben, at=make.NOW)
    [ballot] = list_ballots(ben, lab)
    assert (ballot.title, ballot.votes, ballot.voted) == ("Deep", 1, True)
    assert Event.objects.get().kind == Event.Kind.PAPER_NOMINATED


def test_nominating_what_is_nominated_is_a_vote(ben: Member, cy: Member, lab: Lab):
    paper = make.paper()
    for who in (ben, cy, cy):
        nominate_paper(paper=paper, by=who, at=make.NOW)
    assert Nomination.objects.get().by == ben
    assert list_ballots(ben, lab)[0].votes == 2
    assert Event.objects.count() == 2


def test_a_vote_is_taken_back(ben: Member, cy: Member, lab: Lab):
    paper = make.paper()
    for who in (ben, cy):
        vote_for_paper(paper=paper, by=who, at=make.NOW)
    unvote_paper(paper=paper, by=ben, at=make.NOW)
    unvote_paper(paper=paper, by=ben, at=make.NOW)
    [ballot] = list_ballots(ben, lab)
    assert (ballot.votes, ballot.voted) == (1, False)


def test_without_votes_a_nomination_is_closed(ben: Member, cy: Member, lab: Lab):
    paper = make.paper()
    vote_for_paper(paper=paper, by=ben, at=make.NOW)
    unvote_paper(paper=paper, by=ben, at=make.NOW)
    assert list_ballots(ben, lab) == []
    vote_for_paper(paper=paper, by=cy, at=make.NOW)
    assert list_ballots(ben, lab)[0].nominated_by == "Cy Member"


def test_discussing_a_paper_uses_its_votes_up(meeting: Meeting, ada: Member, lab: Lab):
    paper = make.paper()
    vote_for_paper(paper=paper, by=ada, at=make.NOW)
    item = meeting.items.create(paper=paper)
    mark_discussed(item=item, by=ada, at=make.NOW)
    assert list_ballots(ada, lab) == []
    vote_for_paper(paper=paper, by=ada, at=make.NOW)
    assert list_ballots(ada, lab)[0].votes == 1
    assert Vote.objects.count() == 2


def test_the_most_wanted_stand_first(ben: Member, cy: Member, lab: Lab):
    one, two = make.paper("One"), make.paper("Two")
    vote_for_paper(paper=one, by=ben, at=make.NOW)
    for who in (ben, cy):
        vote_for_paper(paper=two, by=who, at=make.NOW)
    assert [ballot.title for ballot in list_ballots(ben, lab)] == ["Two", "One"]


def test_strangers_see_no_ballots(ben: Member, lab: Lab):
    vote_for_paper(paper=make.paper(), by=ben, at=make.NOW)
    assert list_ballots(None, lab) == []
