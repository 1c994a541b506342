"""Readers of formats: each turns a text into the one tree of `document.py`."""

from papers.importing.reading.formats.data.data_files import data_form, read_data
from papers.importing.reading.formats.data.sheets import is_sheet, read_sheet
from papers.importing.reading.formats.html_tree import is_html, read_html
from papers.importing.reading.formats.markdown_tree import read_outline
from papers.importing.reading.formats.org import is_org, read_org
from papers.importing.reading.formats.plain import as_markdown, is_plain
from papers.importing.reading.formats.rst import is_rst, read_rst
from papers.importing.reading.formats.wiki_text import is_wiki_text, wiki_as_markdown
from papers.importing.reading.outline.document import Outline


def outline_of(text: str, name: str) -> Outline:
    """The tree of a text, whose format its name or its beginning shows."""
    if form := data_form(text, name):
        return read_data(text, form)
    if is_sheet(text, name):
        return read_sheet(text)
    if is_html(text):
        return read_html(text)
    if is_org(text, name):
        return read_org(text)
    if is_wiki_text(text, name):
        return read_outline(text, wiki_as_markdown(text))
    if is_rst(text, name):
        return read_rst(text)
    if is_plain(text, name):
        return read_outline(text, as_markdown(text))
    return read_outline(text)
