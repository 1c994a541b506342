"""Columns that hold texts of people, the next hostile texts for each, and a row of each table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction

from papers.access import UNDO_FOR
from papers.events import record
from papers.fields import LineField, LongLineField
from papers.files.actions import add_document, add_picture
from papers.models import (
    ApiToken,
    ArchiveJob,
    BibliographyLink,
    ChatAccount,
    DigestIssue,
    Event,
    File,
    IssueFetch,
    Member,
    PaperPair,
    PaperUpdate,
    Removal,
    RemovedListing,
    Webhook,
    WebhookEndpoint,
    WebhookPost,
    ZoteroCollection,
    ZoteroLibrary,
)
from papers.records.actions.suggesting import order_pair
from tests import make
from tests.clock import CLOCK
from tests.files.pictures import draw, write_pdf
from tests.house.growing import Growing
from tests.journeys.test_hostile_fields import TEXTS

ROWS = 10
"""Of each thing."""

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

    def __str__(self) -> str:
        return f"{self.model.__name__}.{self.field.name}"

    @property
    def is_done(self) -> bool:
        """Whether the column has had every text."""
        return self.given >= len(TEXTS)

    def fill(self) -> None:
        """The next texts into every row."""
        self._write(lambda _number: self._take(200 if self._is_list else self._room))

    def mark(self, word: str) -> None:
        """A word of the column's own into every row, to find the pages that show it."""
        self._write(lambda number: f"{word}{number}")

    def _write(self, make_text: Callable[[int], str]) -> None:
        """Where rules of the table keep some rows without a text, only into the others."""
        rows = self.model._base_manager.order_by("pk")
        try:
            with transaction.atomic():
                self._update(list(rows), make_text)
        except IntegrityError:
            self._update(list(rows.exclude(**{self.field.name: ""})), make_text)

    def _update(self, rows: list[Any], make_text: Callable[[int], str]) -> None:
        for number, row in enumerate(rows):
            text = make_text(number)
            setattr(row, self.field.name, [text] if self._is_list else text)
        self.model._base_manager.bulk_update(rows, [self.field.name])

    @property
    def _is_list(self) -> bool:
        return isinstance(self.field, ArrayField)

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
        """Quote every text once."""
        while self.given < len(TEXTS):
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


def add_rest(lab: Growing, by: Member) -> None:
    """Rows of the tables that `Growing` leaves empty, each so that its page shows it."""
    at, paper = make.NOW, lab.paper
    library = ZoteroLibrary.objects.create(
        group=1, name="Group", key="k", connected_by=by, connected_at=at, next_at=at, problem="No."
    )
    for n in range(ROWS):
        other, mine = make.paper(), {"by": by, "created_at": at}
        ApiToken.objects.create(
            member=by, name=f"Token {n}", token_hash=f"{n}", account_hash="", scopes=["read"],
            created_at=at, expires_at=at + UNDO_FOR,
        )  # fmt: skip
        ChatAccount.objects.create(
            service="slack", team=f"T{n}", user=f"U{n}", name=f"ada{n}", member=by,
            account_hash="", connected_at=at,
        )  # fmt: skip
        BibliographyLink.objects.create(search="rigid", token_hash=f"{n}", **mine)
        ArchiveJob.objects.create(
            by=by, asked_at=at, name=f"{n}.zip", state=ArchiveJob.State.FAILED, error="No room."
        )
        IssueFetch.objects.create(
            server="https://api.github.com", repository=f"lab/{n}", by=by, asked_at=at,
            state=IssueFetch.State.FAILED, problem="Not there.",
        )  # fmt: skip
        kind = PaperUpdate.Kind.VERSION if n % 2 else PaperUpdate.Kind.PUBLISHED
        PaperUpdate.objects.create(
            paper=paper, kind=kind, name=f"v{n}", venue="CVPR", noticed_at=at
        )
        one, two = order_pair(paper.pk, other.pk)
        PaperPair.objects.create(
            one_id=one, other_id=two, suggested_by=by, suggested_at=at, reason="Same DOI."
        )
        Removal.objects.create(
            kind=Removal.Kind.PAPER_DELETED, gone=10**6 + n, name=f"Gone {n}", reason="Spam.",
            by=by, at=at,
        )  # fmt: skip
        event = record(Event.Kind.TOPIC_CHANGED, lab.topic, other, by=by, at=at)
        RemovedListing.objects.create(event=event, position=0, note="Read it.", added_at=at)
        ZoteroCollection.objects.create(library=library, key=f"K{n}", name=f"Collection {n}")
    WebhookEndpoint.objects.update(off_at=at, problem="No answer.")
    for n in range(ROWS):
        about = {"paper": paper, "kind": File.Kind.SLIDES, "rights": "Ours.", "name": f"{n}.pdf"}
        add_document(data=write_pdf(f"Page {n}"), by=by, at=at, **about)
        data = draw(size=(60, 40 + n))
        add_picture(data=data, name="a.png", alt="A curve", meant_for="review", by=by, at=at)
    for room, issue in zip(Webhook.objects.all(), DigestIssue.objects.all(), strict=False):
        WebhookPost.objects.create(webhook=room, issue=issue, written_at=at, problem="No answer.")
