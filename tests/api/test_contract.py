"""Requests made up from the OpenAPI document: no server error, no answer that it does not name."""

from __future__ import annotations

from collections import Counter

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from papers.api.guide.openapi import make_document
from papers.api.tokens.actions import make_token
from papers.models import ApiToken
from papers.throttle import Limit
from tests import make
from tests.clock import NOW

pytestmark = pytest.mark.django_db(transaction=True)

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


EXAMPLES = 8


def list_operations() -> dict[str, schemathesis.Operation]:
    """Every operation of the document as it is served."""
    document = schemathesis.openapi.from_dict(make_document())
    found = [one.ok() for one in document.get_all_operations()]
    return {one.label: one for one in found}


KNOWN = list_operations()


@pytest.fixture
def secrets() -> list[str]:
    """Tokens of a member of a small lab: one with all scopes, and one for each."""
    make.lab(paper_slots=50)
    ada, ben = make.member("ada"), make.member("ben")
    paper = make.paper(topics=[make.topic()])
    make.review(paper, ben)
    make.claim(make.paper(), ada)
    make.experiment(paper=paper)
    make.index()
    every = ApiToken.Scope.values
    return [
        make_token(name="Fuzz", scopes=some, days=30, by=ada, at=NOW)[1]
        for some in (every, *([one] for one in every))
    ]


@pytest.mark.unknown_addresses
@pytest.mark.parametrize("label", KNOWN)
def test_every_answer_is_in_the_document(
    label: str, secrets: list[str], monkeypatch: pytest.MonkeyPatch
):
    application = get_wsgi_application()
    generous = Limit("api", burst=1_000_000, seconds=1)
    monkeypatch.setattr("papers.api.door.views.LIMIT", generous)
    seen = Counter[int]()

    def fuzz(secret: str, examples: int) -> None:
        @settings(
            max_examples=examples, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=KNOWN[label].as_strategy())
        def ask(case: schemathesis.Case) -> None:
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {secret}"}
            case.headers["Accept-Encoding"] = "identity"
            answer = case.call(app=application, base_url="http://testserver")
            case.validate_response(answer, checks=CHECKS)
            seen[answer.status_code] += 1

        ask()

    fuzz(secrets[0], EXAMPLES)
    for secret in secrets[1:]:
        fuzz(secret, 1)
    assert sum(seen.values()) > len(secrets) - 1
    print(label, dict(seen))
