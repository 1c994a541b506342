"""Whatever is typed, a search answers."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.models import Lab, Member
from papers.search.queries import find_papers
from tests.make import NOW

_TYPED = [
    "a ", "graph ", "猫を ", "-", "(", ")", " or ", '"', "title:", "author:", "in:summary ", "*",
    "is:open ", "verdict:try ", "topic:x ", "the ", "'", "\\", "%", "%s ", "year:2019 ",
]  # fmt: skip


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(max_size=60) | st.lists(st.sampled_from(_TYPED), max_size=14).map("".join))
def test_no_search_fails(ben: Member, lab: Lab, text: str) -> None:
    find_papers(text, by=ben, lab=lab, today=NOW.date(), with_facets=True, typing=True)
