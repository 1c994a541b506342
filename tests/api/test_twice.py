"""Two equal requests with one `Idempotency-Key` make one thing, whatever is asked."""

from __future__ import annotations

from collections import Counter

import pytest

from papers.models import Member
from tests import make
from tests.api.programs import Program
from tests.api.test_scopes import OPERATIONS, find_body
from tests.house.test_once import count_rows

pytestmark = pytest.mark.django_db(transaction=True)

WRITING = [(method, path) for method, path, _ in OPERATIONS if method != "GET"]


def count_things() -> Counter[str]:
    """Rows less those of the mechanism itself."""
    rows = count_rows()
    return Counter({name: n for name, n in rows.items() if name not in {"ApiAnswer", "Throttle"}})


@pytest.mark.parametrize(("method", "path"), WRITING)
def test_every_writing_operation_acts_once_for_each_key(ada: Member, method: str, path: str):
    paper, program = make.paper(), Program(ada)
    if method == "DELETE":
        program.ask("POST", f"papers/{paper.pk}/claim")
        program.ask("PUT", f"papers/{paper.pk}/vote")
    body, path = find_body(method, path), path.format(pk=paper.pk)
    before = count_things()
    first = program.ask(method, path, body, Idempotency_Key="once")
    assert first.status_code in {200, 201, 204}, first.content[:300]
    after = count_rows()
    assert count_things() != before
    again = program.ask(method, path, body, Idempotency_Key="once")
    assert count_rows() == after
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (again.status_code, again.content) == (first.status_code, first.content)
    other = program.ask(method, path, {"title": "Another"}, Idempotency_Key="once")
    assert other.status_code == 422
    assert count_rows() == after
