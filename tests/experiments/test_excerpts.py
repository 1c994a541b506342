"""What came of an experiment, told in a line elsewhere: words without the signs of Markdown."""

from __future__ import annotations

import pytest
from django.test import Client

from papers.models import Experiment, Member
from papers.text.weeks import Week
from tests import make

OUTCOME = "It **holds**, see [the log](https://x.org/log): `loss` < 2.\n\n- Once\n- *Twice*"
SHOWN = "It holds, see the log: loss &lt; 2. Once Twice"


@pytest.fixture
def experiment(db: None) -> Experiment:
    paper = make.paper(topics=[make.topic("Theory")])
    make.index()
    return make.experiment(
        paper=paper, state=Experiment.State.CONFIRMED, outcome=OUTCOME, closed_at=make.NOW
    )


@pytest.mark.parametrize(
    "address",
    ["/experiments/", "/topics/theory/", f"/digest/{Week.of(make.NOW.date())}/"],
)
def test_an_outcome_is_told_in_words(
    as_ben: Client, ben: Member, experiment: Experiment, address: str
) -> None:
    page = as_ben.get(address, follow=True).text
    assert SHOWN in page
    assert "**" not in page
