"""What the sandbox runs for exports: a citation style that somebody uploaded."""

from __future__ import annotations

import re

from papers.exporting.formats.paper_records import PaperRecord
from papers.exporting.formats.reference_styles import read_style, set_references
from papers.exporting.styling import Problem, Styled

_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_PARENT = re.compile(r"<link\b[^>]*\brel=[\"']independent-parent[\"'][^>]*>")
_ADDRESS = re.compile(r"\bhref=[\"'](https?://[^\"'\s]{1,300})[\"']")


def style_references(data: bytes, records: list[PaperRecord]) -> Styled:
    """The papers as a CSL file sets them, or why there are none.

    A file with a document type is no style: that is how XML reads other files.
    """
    try:
        text = _DECLARED.sub("", data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Styled(problem=Problem.NOT_A_STYLE)
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        return Styled(problem=Problem.NOT_A_STYLE)
    if parent := _PARENT.search(text):
        address = _ADDRESS.search(parent[0])
        return Styled(problem=Problem.DEPENDENT, parent=address[1] if address else "")
    try:
        style = read_style(text.encode())
        if style.root.find("{*}bibliography/{*}layout") is None:
            return Styled(problem=Problem.NO_BIBLIOGRAPHY)
        return Styled(references=set_references(records, style))
    except Exception:  # noqa: BLE001 (whatever the library stumbles over in a strange style)
        return Styled(problem=Problem.NOT_A_STYLE)


def warm_up() -> None:
    """The library is loaded with this module."""
