"""The whole week, as nobody in particular: six queries. `screening` then takes away what a viewer
may not see; nothing of this is shown without it.
"""

from __future__ import annotations

from datetime import datetime

from papers.digest.agendas.queries import read_agendas
from papers.digest.issue import Digest
from papers.digest.queries.span import make_span
from papers.digest.queries.week_papers import read_claims, read_papers
from papers.digest.queries.week_work import read_experiments, read_reviews, read_talks
from papers.models import Lab
from papers.text.weeks import Week


def read_week(week: Week, lab: Lab, now: datetime) -> Digest:
    """What the week holds; experiments and discussions are not cut yet (`screening.shorten`)."""
    span = make_span(week, lab, now)
    papers, waiting = read_papers(span)
    finished, started = read_experiments(span)
    met, next_meeting = read_agendas(span)
    return Digest(
        week=week,
        as_of=span.today,
        is_current=span.start <= now < span.end,
        papers=papers,
        reviews=read_reviews(span),
        finished=finished,
        started=started,
        talks=read_talks(span),
        waiting=waiting,
        claims=read_claims(span),
        met=met,
        next_meeting=next_meeting,
    )
