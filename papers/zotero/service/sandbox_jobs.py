"""What the sandbox runs to read an answer; needs neither database nor the site's settings."""

from __future__ import annotations

from papers.lookups.found_work import Unreadable
from papers.zotero.service import zotero_answers
from papers.zotero.service.zotero_values import Read


def read(body: bytes, kind: str) -> Read:
    """What an answer says, or why it says nothing."""
    try:
        return zotero_answers.read(body, kind)
    except Unreadable as problem:
        return Read(problem=str(problem)[:300])
