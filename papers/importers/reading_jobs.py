"""What the sandbox runs to read documents. Pure."""

from papers.importers.bibtex import is_bibtex
from papers.importers.decoding import Decoded, decode
from papers.importers.drafts import Reading, Understood
from papers.importers.reading import understand_text
from papers.sandbox.notes import note


def read(data: bytes, name: str) -> Reading:
    """Decode and understand a document; `name` is its file name."""
    decoded = decode_document(data)
    return Reading(decoded.text, understand_text(decoded, name))


def read_text(data: bytes, name: str, repairs: tuple[str, ...]) -> Understood:
    """Understand a document that was decoded before, sent as UTF-8."""
    text = data.decode("utf-8", "surrogatepass")
    note(_name_format(text))
    return understand_text(Decoded(text=text, repairs=repairs), name)


def decode_document(data: bytes) -> Decoded:
    """The text of a document, or the problem that stopped it."""
    decoded = decode(data)
    note(_name_format(decoded.text))
    return decoded


def _name_format(text: str) -> str:
    return "BibTeX" if is_bibtex(text) else "Markdown"
