"""A Zotero of the test, and a library that is connected to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from papers.models import Member, ZoteroLibrary
from papers.zotero.service import zotero_client
from tests import make
from tests.zotero.stub import GROUP, KEY, Zotero


@pytest.fixture
def zotero(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Zotero]:
    """Asked without the pause between requests; one test measures the pause."""
    stub = Zotero()
    settings.LOOKUPS = frozenset({"zotero"})
    settings.LOOKUP_SERVERS = {"zotero": stub.origin}
    monkeypatch.setattr(zotero_client, "ZOTERO", replace(zotero_client.ZOTERO, seconds=0.0))
    yield stub
    stub.close()


@pytest.fixture
def library(ada: Member) -> ZoteroLibrary:
    return ZoteroLibrary.objects.create(
        group=GROUP, name="Our group", key=KEY, connected_by=ada, connected_at=make.NOW,
        next_at=make.NOW, sends_changes=True,
    )  # fmt: skip
