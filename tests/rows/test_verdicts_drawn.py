"""Verdicts as a bar of agreement, and changed minds as arrows, each with its words."""

from __future__ import annotations

from papers.meetings.tally import Cast, tally
from papers.rows.verdict_svg import Move, render_agreement, render_moves


def test_agreement_is_drawn_from_adopt_to_skip_and_said():
    markup = render_agreement(["skip", "adopt", "", "adopt"])
    assert markup.index("agree-adopt") < markup.index("agree-skip")
    assert "2 adopt, 1 skip" in markup
    assert "style" not in markup


def test_one_verdict_is_no_agreement():
    assert render_agreement(["adopt", ""]) == ""


def test_changed_minds_are_counted_and_the_largest_change_comes_first():
    casts = [("before", "watch"), ("after", "adopt")]
    told = tally(
        [Cast(n, phase, verdict) for n in (1, 2) for phase, verdict in casts]
        + [Cast(3, "before", "try"), Cast(3, "after", "try"), Cast(4, "before", "skip")]
    )
    assert told.moves == (Move("watch", "adopt", 2), Move("try", "try", 1))
    assert "2 from watch to adopt, 1 stayed at try" in told.moves_html


def test_nothing_is_drawn_where_no_one_changed_their_mind():
    told = tally([Cast(1, "before", "try"), Cast(1, "after", "try")])
    assert told.moves_html == ""
    assert render_moves(()) == ""
