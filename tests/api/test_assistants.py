"""A member's assistant, by the protocol's own client: it searches, reads and writes drafts."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from httpx2 import AsyncClient
from jsonschema import Draft202012Validator
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from pytest_django.live_server_helper import LiveServer
from referencing.jsonschema import EMPTY_REGISTRY

from papers.api.tokens.actions import make_token
from papers.models import Member, Review, ReviewDraft
from tests import make
from tests.api.programs import Program
from tests.clock import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def talk(server: LiveServer, member: Member, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """The names of the tools, then what each call answers."""
    scopes = ["read", "draft", "write", "publish"]
    secret = make_token(name="Assistant", scopes=scopes, days=30, by=member, at=NOW)[1]

    async def run() -> list[Any]:
        url, headers = f"{server.url}/api/mcp/", {"Authorization": f"Bearer {secret}"}
        async with (
            AsyncClient(headers=headers, trust_env=False, timeout=60) as http,
            streamable_http_client(url, http_client=http) as streams,
            ClientSession(streams[0], streams[1]) as session,
        ):
            started = await session.initialize()
            assert started.server_info.name == "reviewapp"
            tools = await session.list_tools()
            answers: list[Any] = [sorted(tool.name for tool in tools.tools)]
            for name, arguments in calls:
                answer = await session.call_tool(name, arguments)
                answers.append((answer.is_error, answer.content[0].text))
            return answers

    with ThreadPoolExecutor(1) as pool:  # the browser tests' loop runs in this thread
        return pool.submit(asyncio.run, run()).result()


def test_an_assistant_searches_reads_and_drafts_but_never_publishes(live_server: LiveServer):
    make.lab()
    ada, ben = make.member("ada"), make.member("ben")
    paper = make.paper("Graphs that answer")
    make.review(paper, ben, summary="Ben liked it.")
    make.index()
    tools, found, reviews, draft, wrong = talk(
        live_server,
        ada,
        ("search_papers", {"q": "graphs"}),
        ("get_paper_reviews", {"id": paper.pk}),
        ("save_my_draft", {"id": paper.pk, "summary": "By a machine.", "stamp": "0.0"}),
        ("get_paper", {"id": 10**9}),
    )
    assert not [name for name in tools if "publish" in name or "claim" in name]
    assert json.loads(found[1])["items"][0]["title"] == "Graphs that answer"
    assert json.loads(reviews[1])[0]["summary"] == "Ben liked it."
    assert json.loads(draft[1])["summary"] == "By a machine."
    assert ReviewDraft.objects.get().member == ada
    assert Review.objects.count() == 1
    assert wrong[0] is True


def test_scopes_hold_for_assistants_too():
    make.lab()
    ada, paper = make.member("ada"), make.paper()
    program = Program(ada, "read")
    call = {"name": "save_my_draft", "arguments": {"id": paper.pk, "stamp": "0.0"}}
    answer = program.ask(
        "POST", "/api/mcp/", {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    )
    result = json.loads(answer.content)["result"]
    assert result["isError"] is True
    assert "draft" in result["content"][0]["text"]
    assert not ReviewDraft.objects.exists()


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ([], -32600),
        ({"jsonrpc": "2.0", "id": 1}, -32600),
        ({"jsonrpc": "2.0", "id": 1, "method": "tools/fly"}, -32601),
        ({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": [1]}, -32602),
        ({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "rm"}}, -32602),
    ],
)
def test_messages_that_are_none(message: Any, code: int):
    make.lab()
    answer = Program(make.member("ada")).ask("POST", "/api/mcp/", message)
    assert json.loads(answer.content)["error"]["code"] == code


def test_notifications_other_methods_and_strangers():
    make.lab()
    program = Program(make.member("ada"))
    note = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    assert program.ask("POST", "/api/mcp/", note).status_code == 202
    assert program.ask("GET", "/api/mcp/").status_code == 405
    assert program.client.post("/api/mcp/").status_code == 401


def ask(program: Program, method: str, **params: Any) -> Any:
    """The result of one message."""
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    return json.loads(program.ask("POST", "/api/mcp/", message).content)["result"]


def call(program: Program, name: str, **arguments: Any) -> tuple[bool, str]:
    """Whether a tool refused its arguments, and what it said."""
    result = ask(program, "tools/call", name=name, arguments=arguments)
    return result["isError"], result["content"][0]["text"]


def test_each_tools_schema_stands_alone_and_names_all_arguments():
    make.lab()
    tools = ask(Program(make.member("ada")), "tools/list")["tools"]
    assert len(tools) == 10
    for tool in tools:
        schema = tool["inputSchema"]
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema, registry=EMPTY_REGISTRY)
        sample = {"verdict": "try", "id": 1, "paper": 1, "q": "graphs", "stamp": "0.0"}
        assert validator.is_valid({k: v for k, v in sample.items() if k in schema["properties"]})
        for name in schema["properties"]:
            list(validator.iter_errors({name: []}))  # follows every reference
        assert not validator.is_valid({"nonsense": 1})
        assert "$ref" not in json.dumps(schema)


def test_an_unknown_argument_is_refused_and_the_known_ones_named():
    make.lab()
    program = Program(make.member("ada"), "read", "draft")
    is_error, said = call(program, "search_papers", query="graphs")
    assert is_error
    assert said == "There is no argument “query”. This tool takes: q, after, limit."
    assert call(program, "list_my_drafts", q="x") == (True, "This tool takes no arguments.")
    is_error, said = call(program, "save_my_draft", id=1, sumary="Lost?")
    assert (is_error, "“sumary”" in said, "summary" in said) == (True, True, True)
    for wrong in ({}, {"id": "1"}, {"id": True}, {"id": -1}):
        assert call(program, "get_paper", **wrong) == (True, "Send the paper's number as “id”.")


def test_a_draft_keeps_the_texts_that_an_assistant_does_not_send():
    make.lab()
    program, paper = Program(make.member("ada"), "draft"), make.paper()
    assert not call(program, "save_my_draft", id=paper.pk, summary="Mine.", verdict="try")[0]
    assert not call(program, "save_my_draft", id=paper.pk, critique="One seed.", stamp="0.1")[0]
    draft = ReviewDraft.objects.get()
    assert (draft.summary, draft.critique, draft.verdict) == ("Mine.", "One seed.", "try")
