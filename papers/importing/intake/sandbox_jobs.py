"""What the sandbox runs to read a document; needs neither database nor the site's settings."""

from pathlib import Path

import django
from django.conf import settings
from django.utils import translation

from papers.importing.reading.bibliographies.bibtex_records import is_bibtex
from papers.importing.reading.door import read_document, read_text
from papers.importing.reading.drafts.understood import Reading
from papers.importing.reading.opening.at_sight import is_archive
from papers.importing.reading.opening.decoding import decode
from papers.importing.reading.pasting.pasted import read_pasted
from papers.importing.reading.pasting.pasted_identifiers import Pasted
from papers.sandbox.notes import note

LOCALE = Path(__file__).resolve().parents[2] / "locale"


def read(data: bytes, name: str, language: str, choices: dict[str, str]) -> Reading:
    """Decode and understand a document; `name` is its file name, problems are in `language`.

    `choices` give roles to kinds of lines and to single lines (`read_document`).
    """
    with translation.override(language):
        note("text")
        if is_archive(data):
            note("ZIP")
            found = read_document(data, name, choices)
            return Reading(found.text, found)
        decoded = decode(data)
        note("BibTeX" if is_bibtex(decoded.text) else "Markdown")
        return Reading(decoded.text, read_text(decoded, name, choices))


def read_one(data: bytes, language: str) -> Pasted:
    """Recognize the one paper that somebody pasted."""
    with translation.override(language):
        return read_pasted(data.decode())


def warm_up() -> None:
    """Give Django just what translated sentences need: the helper knows no settings of the site."""
    if not settings.configured:
        settings.configure(USE_I18N=True, LOCALE_PATHS=[LOCALE], INSTALLED_APPS=[])
        django.setup()
    read(b"- [Trees](https://x.org/a.pdf)", "x.md", "en", {})
