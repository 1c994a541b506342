"""500 hostile texts through every column that holds text, on every page that shows one.

Whatever way a text came in, it ends in a column: forms, the API, assistants, chat, imports, Zotero
and lookups all write there. So the texts are written into the columns, past every form, and each
page of the site is opened in Chromium: nothing may run, and the policy may have nothing to stop.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction
from playwright.sync_api import Page

from papers.curation.actions.rerender import rerender_texts
from papers.events import record
from papers.fields import LineField, LongLineField
from papers.files.actions import add_logo
from papers.models import Event, Experiment, Lab, Member, Paper, Review, ReviewDraft
from papers.text.sections import TEXT_KEYS
from tests import make
from tests.api.programs import Program
from tests.clock import CLOCK
from tests.files.pictures import draw
from tests.house.growing import Growing
from tests.house.test_queries import list_addresses
from tests.journeys.test_hostile_fields import TEXTS, WATCH

pytestmark = [pytest.mark.faults, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS, PASSES = 10, 5
"""Rows of each thing, and how often all of them are filled with the next texts."""

UNSHOWN = {
    "ApiAnswer", "FormKey", "Lookup", "LookupTurn", "Mail", "PaperLookup", "SearchDoc", "Session",
    "TextDraft", "Throttle",
}  # fmt: skip
"""Tables of the machinery: what they hold is written by the site and shown to nobody as it is."""

OF_THE_SITE = {
    "CitationKey.stem", "ImportJob.source", "IssueFetch.server", "IssueFetch.repository",
    "PaperUpdate.service", "ZoteroCollection.key", "ZoteroCollection.parent_key", "ZoteroItem.key",
    "ZoteroNote.digest", "ZoteroNote.key", "ZoteroQuestion.answer", "ZoteroQuestion.name",
    "ZoteroChange.name",
}  # fmt: skip
"""Codes and keys that the site writes itself."""


def list_columns() -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Every column of text that somebody wrote."""
    for model in apps.get_app_config("papers").get_models():
        for field in model._meta.concrete_fields:
            is_line = type(field) in {LineField, LongLineField}
            is_text = type(field) is models.TextField and not field.name.endswith("_html")
            name = f"{model.__name__}.{field.name}"
            if model.__name__ in UNSHOWN or name in OF_THE_SITE or field.unique:
                continue
            if is_line or is_text or name == "Paper.authors":
                yield model, field


class Filler:
    """Gives one column the next texts, as many as fit."""

    def __init__(self, model: type[models.Model], field: models.Field[Any, Any]) -> None:
        self.model, self.field = model, field
        self.texts, self.given = cycle(TEXTS), 0

    def fill(self) -> None:
        """The next texts into every row; where rules of the table keep some rows without a text,
        into the others."""
        rows = self.model._base_manager.order_by("pk")
        try:
            with transaction.atomic():
                self._write(list(rows))
        except IntegrityError:
            self._write(list(rows.exclude(**{self.field.name: ""})))

    def _write(self, rows: list[Any]) -> None:
        is_list = isinstance(self.field, ArrayField)
        for row in rows:
            setattr(row, self.field.name, [self._take(200)] if is_list else self._take(self._room))
        self.model._base_manager.bulk_update(rows, [self.field.name])

    @property
    def _room(self) -> int:
        return self.field.max_length or (700 if isinstance(self.field, LongLineField) else 3000)

    def _take(self, room: int) -> str:
        is_line = not isinstance(self.field, models.TextField) or isinstance(
            self.field, LongLineField
        )
        taken = ""
        while True:
            text = next(self.texts)
            self.given += 1
            text = " ".join(text.split()) if is_line else text
            taken += (" " if is_line else "\n\n") * bool(taken) + text
            if len(taken) + 60 > room:
                return taken[:room].strip() or "x"


class LogFiller:
    """Writes acts of curators that quote the next texts: settings before and after, and why."""

    def __init__(self, by: Member) -> None:
        self.by, self.texts, self.given = by, cycle(TEXTS), 0

    def fill(self) -> None:
        """As many acts as it takes to quote a fifth of the texts; the last pass has them all."""
        for _number in range(len(TEXTS) // PASSES // (len(QUOTING) + 2) + 1):
            changes = {name: ["", self._take()] for name in QUOTING}
            data = {"act": "questions", "changes": changes, "reason": self._take()}
            data["changes"]["summary"] = [[self._take()], []]
            record(Event.Kind.LAB_CHANGED, by=self.by, at=CLOCK.now(), data=data)
            data = {"act": "webhook-added", "endpoint": self._take()}
            record(Event.Kind.LAB_CHANGED, by=self.by, at=CLOCK.now(), data=data)

    def _take(self) -> str:
        self.given += 1
        return next(self.texts)


QUOTING = ("name", "time_zone", "logo_alt", "announcement")
"""Settings whose texts the log quotes."""


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
    logo = add_logo(data=draw(), name="owl.png", alt="An owl", by=ada, at=make.NOW)
    Lab.objects.update(logo=logo)
    fillers = [*(Filler(model, field) for model, field in list_columns()), LogFiller(ada)]
    page, left = watched(ada)
    addresses = list(dict.fromkeys([*list_addresses(lab, ada), "/activity/?kind=curation"]))
    panel = [
        f"/admin/papers/{model._meta.model_name}/"
        for model in admin.site._registry
        if model._meta.app_label == "papers"
    ]
    found, opened = [], 0
    for number in range(PASSES):
        for filler in fillers:
            filler.fill()
        list(rerender_texts(everything=True))
        asked = addresses + (panel if number == PASSES - 1 else [])
        found += visit(page, asked, left=left)
        opened += len(asked)
    whole = [one for one in fillers if one.given >= len(TEXTS)]
    filled = [one for one in fillers if one.given]
    print(f"{len(TEXTS)} texts; {len(whole)} of {len(filled)} columns had them all; {opened} pages")
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
        call = {"name": "save_my_draft", "arguments": texts | {"pk": paper.pk}}
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
