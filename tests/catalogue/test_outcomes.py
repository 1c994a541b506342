"""The outcome of an experiment stands on the topics of its paper."""

from __future__ import annotations

from django.test import Client

from papers.models import Member
from tests import make
from tests.make import NOW


def test_an_outcome_stands_on_the_topics_above_its_paper(as_ben: Client, ben: Member):
    above = make.topic("Theory")
    below = make.topic("Sharpness", parent=above)
    paper = make.paper(topics=[below])
    ended = {"state": "refuted", "outcome": "It did not hold.", "closed_at": NOW}
    make.experiment("Ten seeds", paper=paper, **ended)
    make.experiment("Elsewhere", paper=make.paper(), **ended)
    make.index()
    for topic in (above, below):
        page = as_ben.get(topic.get_absolute_url()).content.decode()
        assert "Ten seeds" in page
        assert "It did not hold." in page
        assert "Elsewhere" not in page
