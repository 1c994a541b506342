"""No operation breaks on a body that nobody sends."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from papers.api.guide.openapi import make_document
from papers.models import Member
from tests import make
from tests.api.test_operations import Program
from tests.text.test_foreign_json import REFUSED

TEXT = "a\0b\ud800\uffff"


def list_operations() -> list[tuple[str, str, list[str]]]:
    """Method, path and the fields of the body, of each operation that takes one."""
    document = make_document()
    found = []
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            if "application/json" in content:
                schema = content["application/json"]["schema"]
                name = schema.get("$ref", "").rpartition("/")[2]
                fields = document["components"]["schemas"].get(name, {}).get("properties", {})
                found.append((method.upper(), re.sub(r"{[^}]*}", "1", path), list(fields)))
    return found


@pytest.mark.unknown_addresses
@pytest.mark.django_db
def test_no_operation_breaks_on_a_hostile_body(ada: Member) -> None:
    make.lab()
    make.review(make.paper(), ada)
    program = Program(ada)
    program.client.raise_request_exception = False
    headers = {"Authorization": f"Bearer {program.secret}"}
    operations = list_operations()
    assert len(operations) > 3
    broken = []
    for method, path, fields in [*operations, ("POST", "/api/mcp/", ["method", "params", "id"])]:
        values: list[Any] = [TEXT, [TEXT], 10**400, -1, None, {TEXT: TEXT}]
        bodies = [json.dumps(dict.fromkeys(fields, value)).encode() for value in values]
        for body in [*REFUSED.values(), *bodies, b"[]", b"1"]:
            answer = program.client.generic(method, path, body, "application/json", headers=headers)
            if answer.status_code >= 500:
                broken.append(f"{method} {path} {body[:40]!r}: {answer.status_code}")
    assert broken == []
