"""500 hostile texts through every column that holds text, on every page that shows one.

Whatever way a text came in, it ends in a column: forms, the API, assistants, chat, imports, Zotero
and lookups all write there. So the texts are written into the columns, past every form, and each
page of the site is opened in Chromium: nothing may run, and the policy may have nothing to stop.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from playwright.sync_api import Page

from papers.curation.actions.rerender import rerender_texts
from papers.files.actions import add_logo
from papers.models import Experiment, File, Lab, Member, Paper, Review, ReviewDraft
from papers.text.sections import TEXT_KEYS
from tests import make
from tests.api.programs import Program
from tests.faults.payloads import ROWS, Filler, LogFiller, add_rest, list_columns
from tests.files.pictures import draw
from tests.house.growing import Growing
from tests.house.test_queries import list_addresses
from tests.journeys.test_hostile_fields import TEXTS, WATCH
from tests.make import NOW

pytestmark = [pytest.mark.faults, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSES = 2
"""How often all pages are opened, with the next texts in all columns."""


def visit(page: Page, addresses: list[str], *, left: list[str]) -> list[str]:
    """What ran or was stopped on these pages; those that are no page are passed over."""
    found = []
    for address in addresses:
        answer = page.context.request.get(address, max_redirects=0)
        if answer.status != 200 or "html" not in answer.headers.get("content-type", ""):
            continue
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.mouse.move(200, 300)
        hits, stopped = page.evaluate("[window.hits, window.stopped]")
        if hits or stopped or left:
            found.append(f"{address}: {hits} {stopped} {left}")
        left.clear()
    return found


def list_pages(lab: Growing, member: Member) -> list[str]:
    """Every page that can be read, and the tables of the panel."""
    tables = [one._meta for one in admin.site._registry if one._meta.app_label == "papers"]
    panel = [f"/admin/papers/{table.model_name}/" for table in tables]
    drafts = ReviewDraft.objects.filter(member=member).order_by("pk")[:ROWS]
    others = [
        "/activity/?kind=curation", f"/papers/{lab.paper.pk}/files/", "/digest/2000-W07/note/",
        f"/reviews/{lab.review.pk}/versions/?old=2&new=3",
        *(f"/papers/{draft.paper_id}/review/" for draft in drafts),
        *(f"/files/{file.key}/line/" for file in File.objects.filter(kind="picture")[:5]),
    ]  # fmt: skip
    return list(dict.fromkeys([*list_addresses(lab, member), *others, *panel]))


def find_pages(page: Page, addresses: list[str], fillers: list[Filler]) -> dict[Filler, str]:
    """The smallest page that shows each column; those of the panel last."""
    for number, filler in enumerate(fillers):
        filler.mark(f"qz{number}zq")
    list(rerender_texts(everything=True))
    texts = {}
    for address in addresses:
        answer = page.context.request.get(address, max_redirects=0)
        if answer.status == 200 and "html" in answer.headers.get("content-type", ""):
            texts[address] = answer.text()
    order = sorted(texts, key=lambda one: (one.startswith("/admin/"), len(texts[one])))
    found = {}
    for number, filler in enumerate(fillers):
        pages = [address for address in order if f"qz{number}zq" in texts[address]]
        if pages:
            found[filler] = pages[0]
    return found


@pytest.fixture
def watched(open_as: Callable[..., Page]) -> Callable[[Member], tuple[Page, list[str]]]:
    """A member's page that notes all that runs, and requests that leave this machine."""

    def watch(member: Member) -> tuple[Page, list[str]]:
        page, left = open_as(member), []
        page.add_init_script(WATCH)
        page.on("dialog", lambda dialog: (left.append(dialog.message), dialog.dismiss()))
        page.on(
            "request",
            lambda one: (
                left.append(one.url)
                if "localhost" not in one.url and not one.url.startswith("data:")
                else None
            ),
        )
        return page, left

    return watch


@pytest.mark.unknown_addresses
def test_nothing_runs_wherever_a_text_is_shown(
    watched: Callable[[Member], tuple[Page, list[str]]], settings: Any
):
    ada = make.member("ada", role=Member.Role.CURATOR, is_superuser=True)
    lab = Growing([ada])
    lab.grow(ROWS)
    add_rest(lab, ada)
    for number in range(ROWS):
        logo = add_logo(
            data=draw(size=(90, 40 + number)), name="o.png", alt="An owl", by=ada, at=NOW
        )
    Lab.objects.update(logo=logo)
    fillers = [Filler(model, field) for model, field in list_columns()]
    page, left = watched(ada)
    addresses = list_pages(lab, ada)
    shown = find_pages(page, addresses, fillers)
    LogFiller(ada).fill()
    found, opened = [], 0
    for _number in range(PASSES):
        for filler in fillers:
            filler.fill()
        list(rerender_texts(everything=True))
        found += visit(page, addresses, left=left)
        opened += len(addresses)
    assert [str(one) for one in fillers if not one.given] == [], "tables without a row"
    while short := [one for one in fillers if not one.is_done]:
        for filler in short:
            filler.fill()
        asked = sorted({shown[one] for one in short if one in shown})
        found += visit(page, asked, left=left)
        opened += len(asked)
    hidden = sorted(str(one) for one in fillers if one not in shown)
    print(
        f"{len(TEXTS)} texts in each of {len(fillers)} columns; {opened} pages; on none: {hidden}"
    )
    assert found == []
    complaints = page.complaints  # type: ignore[attr-defined]
    assert [line for line in complaints if "404" not in line] == []


@pytest.mark.unknown_addresses
def test_what_programs_and_assistants_write_is_as_harmless(
    watched: Callable[[Member], tuple[Page, list[str]]],
):
    make.lab()
    ada, papers = make.member("ada"), []
    program = Program(ada)
    for start in range(0, len(TEXTS), 40):
        some = TEXTS[start : start + 40]
        line, whole = " ".join(" ".join(some).split()), "\n\n".join(some)
        made = program.ask("POST", "papers", {
            "title": line[:900] or "x", "authors": [line[:200]], "abstract": whole,
            "venue": line[:200], "note": line[:900], "although_alike": True,
        })  # fmt: skip
        assert made.status_code == 201, made.content[:500]
        paper = Paper.objects.get(pk=json.loads(made.content)["id"])
        papers.append(paper)
        said = program.ask("POST", f"papers/{paper.pk}/comments", {"body": whole[:19_000]})
        assert said.status_code == 201, said.content[:500]
        idea = {"title": line[:290], "hypothesis": whole[:9000], "plan": whole, "risk": line[:400]}
        assert program.ask("POST", f"papers/{paper.pk}/experiments", idea).status_code == 201
        texts = dict.fromkeys(TEXT_KEYS, whole) | {"takeaway": line[:300], "stamp": "0.0"}
        call = {"name": "save_my_draft", "arguments": texts | {"id": paper.pk}}
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        answer = json.loads(program.ask("POST", "/api/mcp/", message).content)
        assert answer["result"]["isError"] is False, answer
        draft = ReviewDraft.objects.get(paper=paper)
        if start % 80:
            stamp = json.loads(answer["result"]["content"][0]["text"])["stamp"]
            sent = texts | {"stamp": stamp}
            assert program.ask("POST", f"papers/{paper.pk}/review", sent).status_code == 201
        else:
            assert draft.summary
    make.index()
    page, left = watched(ada)
    addresses = ["/", "/papers/", "/experiments/", "/activity/", "/members/ada/"]
    for paper in papers:
        addresses += [paper.get_absolute_url(), f"/papers/{paper.pk}/review/"]
        addresses += [f"/papers/{paper.pk}/reviews/"]
    addresses += [one.get_absolute_url() for one in Experiment.objects.all()]
    assert Review.objects.exists()
    assert visit(page, addresses, left=left) == []
    complaints = page.complaints  # type: ignore[attr-defined]
    assert [line for line in complaints if "404" not in line] == []
