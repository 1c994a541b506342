"""What the sandbox runs to read a document. Pure."""

from papers.importers.bibtex import is_bibtex
from papers.importers.decoding import decode
from papers.importers.drafts import Reading
from papers.importers.reading import understand_text
from papers.sandbox.notes import note


def read(data: bytes, name: str) -> Reading:
    """Decode and understand a document; `name` is its file name."""
    note("text")
    decoded = decode(data)
    note("BibTeX" if is_bibtex(decoded.text) else "Markdown")
    return Reading(decoded.text, understand_text(decoded, name))
