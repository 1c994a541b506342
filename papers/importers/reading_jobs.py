"""What the sandbox runs to read a document; needs neither database nor the site's settings."""

from pathlib import Path

import django
from django.conf import settings
from django.utils import translation

from papers.importers.bibtex import is_bibtex
from papers.importers.decoding import decode
from papers.importers.drafts import Reading
from papers.importers.reading import understand_text
from papers.sandbox.notes import note

LOCALE = Path(__file__).resolve().parents[2] / "locale"


def read(data: bytes, name: str, language: str) -> Reading:
    """Decode and understand a document; `name` is its file name, problems are in `language`."""
    with translation.override(language):
        note("text")
        decoded = decode(data)
        note("BibTeX" if is_bibtex(decoded.text) else "Markdown")
        return Reading(decoded.text, understand_text(decoded, name))


def warm_up() -> None:
    """Give Django just what translated sentences need: the helper knows no settings of the site."""
    if not settings.configured:
        settings.configure(USE_I18N=True, LOCALE_PATHS=[LOCALE], INSTALLED_APPS=[])
        django.setup()
    read(b"- [Trees](https://x.org/a.pdf)", "x.md", "en")
