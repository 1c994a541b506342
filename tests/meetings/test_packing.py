"""The packer: fills the time, says why, leaves out what nothing speaks for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from papers.meetings.agenda.packing import Candidate, measure_disagreement, pack, rate, say_reasons


def say(candidate: Candidate, due: dict[int, str] | None = None) -> str:
    [choice] = rate([candidate], due or {})
    return say_reasons(reason.text for reason in choice.reasons)


def test_a_choice_says_why_in_words():
    one = Candidate("paper", 1, votes=3, verdicts=("adopt", "skip"))
    assert say(one) == "3 votes, 2 reviewers disagree"


def test_one_vote_is_not_votes():
    assert say(Candidate("paper", 1, votes=1, reviews=1)) == "1 vote, 1 new review"


def test_whose_turn_it_is_speaks_for_what_she_read():
    one = Candidate("paper", 1, reviews=1, presenters=(7, 8))
    assert say(one, {8: "Cy"}) == "1 new review, Cy knows it and is up next"


def test_a_closed_experiment_says_how_it_ended():
    assert say(Candidate("experiment", 1, outcome="refuted")) == "experiment refuted"


def test_waiting_alone_is_no_reason():
    assert rate([Candidate("paper", 1, waited_weeks=30, presenters=(1,))], {1: "Cy"}) == []


def test_more_votes_come_first():
    chosen = pack([Candidate("paper", 1, votes=1), Candidate("paper", 2, votes=4)], 60)
    assert [choice.candidate.key for choice in chosen] == [2, 1]


def test_a_paper_that_divides_its_reviewers_gets_more_time():
    calm = Candidate("paper", 1, reviews=2, verdicts=("try", "try"))
    torn = Candidate("paper", 2, reviews=2, verdicts=("adopt", "skip"))
    assert [choice.minutes for choice in pack([calm, torn], 60)] == [30, 20]


def test_the_last_item_takes_what_is_left():
    chosen = pack([Candidate("paper", n, votes=9 - n) for n in range(4)], 55)
    assert [choice.minutes for choice in chosen] == [20, 20, 15]


def test_a_remainder_too_short_for_a_paper_goes_to_an_outcome():
    papers = [Candidate("paper", n, votes=5) for n in range(3)]
    chosen = pack([*papers, Candidate("experiment", 9, outcome="confirmed")], 48)
    assert [(c.candidate.kind, c.minutes) for c in chosen] == [
        ("paper", 20),
        ("paper", 20),
        ("experiment", 8),
    ]


def test_outcomes_take_a_third_at_most():
    many = [Candidate("experiment", n, outcome="confirmed") for n in range(9)]
    assert sum(choice.minutes for choice in pack(many, 60)) == 20


def test_nothing_fits_no_time():
    assert pack([Candidate("paper", 1, votes=9)], 0) == []


def test_verdicts_that_nobody_gave_are_no_disagreement():
    assert measure_disagreement(["", "adopt"]) == 0


candidates = st.builds(
    Candidate,
    st.sampled_from(["paper", "experiment"]),
    st.integers(1, 99),
    st.integers(0, 30),
    st.integers(0, 5),
    st.lists(st.sampled_from(["adopt", "try", "watch", "skip", ""]), max_size=5).map(tuple),
    st.lists(st.integers(1, 20), max_size=3).map(tuple),
    st.integers(0, 60),
    st.sampled_from(["", "confirmed", "dropped"]),
)


@given(st.lists(candidates, max_size=30), st.integers(0, 180))
def test_an_agenda_never_exceeds_its_time_and_every_item_has_a_reason(many, minutes: int):
    chosen = pack(many, minutes, {3: "Cy"})
    assert sum(choice.minutes for choice in chosen) <= minutes
    assert all(choice.reasons and choice.minutes >= 5 for choice in chosen)
