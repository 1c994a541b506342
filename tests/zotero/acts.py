"""What people do on both sides, and one run of the job."""

from __future__ import annotations

from typing import Any

from papers.catalogue.actions.papers import PaperFacts, change_paper
from papers.lookups.actions.filling import read_facts
from papers.models import (
    LookupTurn,
    Member,
    Paper,
    ZoteroLibrary,
)
from papers.zotero.actions.syncing import sync_library
from tests import make
from tests.zotero.stub import Zotero

LEE = {"creatorType": "author", "firstName": "Ann Marie", "lastName": "Lee"}
EK = {"creatorType": "editor", "firstName": "Jérôme", "lastName": "Ek"}


def sync(library: ZoteroLibrary) -> ZoteroLibrary:
    """One run; the library as it is then."""
    sync_library(pk=library.pk, at=make.NOW)
    library.refresh_from_db()
    return library


def change(paper: Paper, by: Member, **facts: Any) -> Paper:
    """As somebody edits a paper here."""
    paper.refresh_from_db()
    new = PaperFacts(**{**read_facts(paper), **facts})
    return change_paper(paper=paper, facts=new, by=by, at=make.NOW)


def fill(zotero: Zotero) -> None:
    zotero.put_collection("CCCCCCC2", "Networks", "CCCCCCC3")
    zotero.put_collection("CCCCCCC3", "Theory")
    zotero.put(
        "AAAAAAA2", title="On <i>Graphs</i>", creators=[LEE, EK], date="May 3, 2021", version=1,
        publicationTitle="J. Invented Results", abstractNote="First.\n\nSecond.",
        DOI="10.1000/graphs", url="https://example.org/graphs.pdf", collections=["CCCCCCC2"],
    )  # fmt: skip
    zotero.put("AAAAAAA3", title="A book", itemType="book", publisher="Invented Press")
    zotero.put("AAAAAAA4", itemType="attachment", title="graphs.pdf")


def free_turn() -> None:
    """As if the pause after a failure were over."""
    LookupTurn.objects.all().delete()
