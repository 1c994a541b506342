"""Every format that a file of papers can have: its name, what it is for, what it cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers.exporting.formats import (
    bibtex,
    csl,
    markdown_lists,
    reading_copy,
    related,
    ris,
    static_site,
    table,
)
from papers.exporting.formats.lists import ListRecord
from papers.exporting.formats.paper_records import PaperRecord

type Writer = Callable[[Iterable[PaperRecord]], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Format:
    """How a file of papers is written; `most` papers at most, 0 for no limit."""

    key: str
    label: str | Promise
    use: str | Promise
    lacks: str | Promise
    ending: str
    content_type: str
    write: Writer
    most: int = 0


def _write_references(style: str, records: Iterable[PaperRecord]) -> Iterator[str]:
    from papers.exporting.formats import reference_styles  # loads 5 MB of citeproc and lxml

    for reference in reference_styles.write_references(records, style):
        yield f"{reference}\n\n"


BIBLIOGRAPHIES: dict[str, Format] = {
    one.key: one
    for one in (
        Format(
            "bibtex",
            "BibTeX",
            _("For LaTeX, Overleaf and JabRef."),
            _("Day of publication, link labels. Reviews, topics and reading lists."),
            "bib",
            "application/x-bibtex",
            bibtex.write_bibtex,
        ),
        Format(
            "biblatex",
            "biblatex",
            _("For LaTeX with biber."),
            _("Link labels. Reviews, topics and reading lists."),
            "bib",
            "application/x-bibtex",
            bibtex.write_biblatex,
        ),
        Format(
            "ris",
            "RIS",
            _("For Zotero, EndNote and Mendeley. Topics become keywords."),
            _("Link labels, research group. Reviews and reading lists."),
            "ris",
            "application/x-research-info-systems",
            ris.write_ris,
        ),
        Format(
            "csl",
            "CSL JSON",
            _("For pandoc and Zotero. Topics become keywords."),
            _("Reviews and reading lists."),
            "json",
            "application/vnd.citationstyles.csl+json",
            csl.write_csl,
        ),
        Format(
            "csv",
            "CSV",
            _("For Excel, LibreOffice and Google Sheets."),
            _("Link labels. Reviews and reading lists."),
            "csv",
            "text/csv",
            table.write_csv,
        ),
        *(
            Format(
                key,
                label,
                _("Formatted references, ready to paste."),
                _(
                    "Papers after the first 500. Abstracts, notes and further links. "
                    "Reviews, topics and reading lists."
                ),
                "txt",
                "text/plain",
                partial(_write_references, key),
                csl.MOST_REFERENCES,
            )
            for key, label in csl.STYLES.items()
        ),
    )
}
"""Formats of papers alone."""


@dataclass(frozen=True, slots=True)
class ListFormat:
    """How a list is written: as one text, or as the files of a folder that is sent as a zip.

    With both a member's list is one text, and everything else a folder.
    """

    key: str
    label: str | Promise
    use: str | Promise
    lacks: str | Promise
    ending: str
    content_type: str
    write: Callable[[ListRecord], Iterator[str] | Iterator[bytes]] | None = None
    list_files: Callable[[ListRecord], Iterator[tuple[str, Iterable[str]]]] | None = None


RELATED: tuple[Any, ...] = (
    ("related-tex", _("Related work (LaTeX)"), "zip", "application/zip", None, related.list_tex),
    ("related", _("Related work (Markdown)"), "md", "text/markdown", related.write_markdown),
    ("related-word", _("Related work (Word)"), "docx", related.WORD, related.write_word),
)

LISTS: dict[str, ListFormat] = {
    one.key: one
    for one in (
        ListFormat(
            "members",
            _("Reading lists (Markdown)"),
            _("Who reads what: a heading for each member, papers by topic with their links."),
            _(
                "Authors, venues, dates and notes. Reviews. Subtopics keep only their own name. "
                "Papers on nobody's reading list, or with a one-word title and no link."
            ),
            "md",
            "text/markdown",
            markdown_lists.write_members,
        ),
        ListFormat(
            "notes",
            _("Notes (Markdown)"),
            _("A heading for each paper with its review below. One file for each reviewer."),
            _(
                "Authors, venues, dates, notes and topics. Verdicts. Headings inside a review "
                "become bold text."
            ),
            "md",
            "text/markdown",
            markdown_lists.write_notes,
            markdown_lists.list_notes,
        ),
        ListFormat(
            "awesome",
            _("Awesome list (Markdown)"),
            _("The topic tree with papers in order, their notes, dates and venues."),
            _(
                "Reviews and reading lists. Abstracts and papers' own notes. Authors where a "
                "research group is given, or of a single name; dates and venues of papers without "
                "a link, and those with a one-word title. Topics below the fifth level move up."
            ),
            "md",
            "text/markdown",
            markdown_lists.write_awesome,
        ),
        ListFormat(
            "jekyll",
            _("Jekyll page (Markdown)"),
            _("Front matter, an index, and a section for each paper with its first review."),
            _(
                "Further reviews and who wrote them. Authors, venues, dates and notes. A second "
                "topic of a paper; topics below the second level move up."
            ),
            "md",
            "text/markdown",
            markdown_lists.write_jekyll,
        ),
        ListFormat(
            "copy",
            _("Reading copy (zip)"),
            _("Unpack and open index.html: topics, papers, reviews and reading lists, no server."),
            _(
                "Comments, meetings and digests. Earlier versions of reviews. Experiments without "
                "an outcome."
            ),
            "zip",
            "application/zip",
            list_files=reading_copy.list_copy,
        ),
        ListFormat(
            "site",
            _("Website folder (zip)"),
            _("For Jekyll or GitHub Pages: an index by topic and a page for each paper."),
            _("Reading lists, verdicts, comments and experiments."),
            "zip",
            "application/zip",
            list_files=static_site.list_site,
        ),
        *(
            ListFormat(
                key,
                label,
                _("Each paper's citation, takeaway, main critique and our outcomes, by topic."),
                _("Everything else in the reviews. Reading lists and notes."),
                *rest,
            )
            for key, label, *rest in RELATED
        ),
        ListFormat(
            "html",
            _("Web page (HTML)"),
            _("One page to open, print or send, with all reviews."),
            _("Reading lists, verdicts, comments and experiments. Abstracts."),
            "html",
            "text/html",
            static_site.write_html,
        ),
    )
}
"""Formats that hold topics, reading lists or reviews."""

FORMATS: dict[str, Format | ListFormat] = {**LISTS, **BIBLIOGRAPHIES}
"""Every format by the name in its address."""
