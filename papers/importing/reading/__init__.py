"""Reading documents: bytes in, everything that is understood out. Pure: no Django, no network."""

from papers.importing.reading.door import read_document, read_text

__all__ = ["read_document", "read_text"]
