"""Reading what was pasted, with limits, in the process that reads documents."""

from __future__ import annotations

from papers.importing.intake.sandboxed import run_pasted
from papers.importing.reading.pasting.pasted_identifiers import LONGEST, Pasted, read_names
from papers.sandbox.pool import NoResult


def read_pasted(text: str) -> Pasted:
    """What the text says of a paper, within 2 s; where that fails, its identifiers alone."""
    text = text[:LONGEST]
    if not text.strip():
        return Pasted()
    try:
        return run_pasted(text)
    except NoResult:
        return read_names(text)
