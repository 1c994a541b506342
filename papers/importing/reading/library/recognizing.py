"""Which format of reference managers and trackers a file is, and its papers.

A file that is recognised but broken is named as what it is, with the line; nothing falls back to
being read as something else.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from papers.importing.reading.drafts.understood import Problem
from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.formats.data.data_values import CannotRead
from papers.importing.reading.formats.data.json_objects import (
    JsonRecord,
    open_wrapping,
    read_objects,
)
from papers.importing.reading.issues.tracker import form_of_issues, read_issues
from papers.importing.reading.library import csl_json, endnote_xml, exports_json, zotero_rdf
from papers.importing.reading.library.exports_csv import form_of_sheet, read_export
from papers.importing.reading.library.library_items import LibraryItem, make_entries
from papers.importing.reading.library.tagged import (
    is_medline,
    is_ris_file,
    read_medline,
    read_ris_file,
)
from papers.importing.reading.library.xml_tree import BrokenXML, Node, read_xml

MOST_PROBLEMS = 30


@dataclass(slots=True)
class Library:
    """A file that was recognised: its format, its papers, and what is wrong with it."""

    form: str
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_library(text: str, name: str) -> Library | None:
    """The papers of a file of one of these formats; None for any other document."""
    start = text.lstrip("\ufeff \t\r\n")[:4_000]
    if is_ris_file(text):
        return _from_items("RIS", *read_ris_file(text))
    if is_medline(text):
        return _from_items("PubMed", *read_medline(text))
    if form := _guess_xml(start, name):
        return _read_xml(text, form)
    if form := form_of_sheet(text):
        return _from_items(form, *read_export(text, form))
    if start[:1] in "[{" and not name.lower().endswith((".yml", ".yaml", ".toml", ".md")):
        return _read_json(text, start)
    return None


def _from_items(form: str, items: list[LibraryItem], problems: list[Problem]) -> Library:
    entries, faults = make_entries(items, form)
    told = sorted([*problems, *faults], key=lambda one: one.line)
    if (rest := len(told) - MOST_PROBLEMS) > 0:
        said = ngettext(
            "%(n)s more record has problems like these.",
            "%(n)s more records have problems like these.",
            rest,
        )
        told = [*told[:MOST_PROBLEMS], Problem(told[MOST_PROBLEMS].line, said % {"n": rest})]
    return Library(form, entries, told)


def _guess_xml(start: str, name: str) -> str:
    """The format of an XML file by its beginning; broken ones have one too."""
    if not start.startswith("<"):
        return ""
    head = re.sub(r"<\?.*?\?>|<!--.*?-->", "", start, flags=re.DOTALL).lstrip()
    if re.match(r"<rdf:RDF\b|<RDF\b", head) or ("<rdf:RDF" in head and "DOCTYPE" in head):
        return "Zotero RDF"
    if re.match(r"<xml>\s*(?:<records?\b|$)|<records>|<xml\s", head):
        return "EndNote XML"
    if (
        head.startswith("<!DOCTYPE")
        and ("ENTITY" in head)
        and not re.match(r"<!DOCTYPE html", head)
    ):
        return "XML"
    return "Zotero RDF" if name.lower().endswith(".rdf") else ""


def _read_xml(text: str, form: str) -> Library:
    try:
        root = read_xml(text)
    except BrokenXML as error:
        said = _("This looks like %(form)s, but it isn't valid from line %(line)s on (%(why)s).")
        said %= {"form": form, "line": error.line, "why": error.why}
        return Library(form, [], [Problem(error.line, said)])
    readers: tuple[tuple[Callable[[Node], bool], Callable[[Node], Iterable[LibraryItem]], str], ...]
    readers = (
        (zotero_rdf.is_zotero_rdf, zotero_rdf.read_zotero_rdf, "Zotero RDF"),
        (endnote_xml.is_endnote_xml, endnote_xml.read_endnote_xml, "EndNote XML"),
    )
    for fits, read, named in readers:
        if fits(root):
            return _from_items(named, list(read(root)), [])
    said = _("This %(form)s file holds no records that we know.") % {"form": form}
    return Library(form, [], [Problem(1, said)])


def _read_json(text: str, start: str) -> Library | None:
    try:
        records = read_objects(text)
    except CannotRead as error:
        form = _guess_json(start)
        if not form:
            return None
        said = _("This looks like %(form)s, but it isn't valid from line %(line)s on (%(why)s).")
        said %= {"form": form, "line": error.line, "why": error.why}
        return Library(form, [], [Problem(error.line, said)])
    outer = records[0].data if len(records) == 1 else {}
    inner = open_wrapping(records)
    if form := form_of_issues(inner):
        entries, problems = read_issues(inner, form)
        return Library(form, entries, problems)
    if csl_json.is_csl(inner):
        return _from_items("CSL JSON", list(csl_json.read_csl(inner)), [])
    if form := exports_json.form_of(inner):
        return _from_items(form, list(_READERS[form](inner, outer)), [])
    return None


type _Reader = Callable[[list[JsonRecord], dict[str, Any]], Iterable[LibraryItem]]

_READERS: dict[str, _Reader] = {
    "Zotero JSON": exports_json.read_zotero,
    "Paperpile JSON": exports_json.read_paperpile,
    "Mendeley JSON": exports_json.read_mendeley,
}


def _guess_json(start: str) -> str:
    """The format of a broken file, by the keys at its beginning."""
    keys = set(re.findall(r'"([\w-]+)"\s*:', start))
    if "description" in keys and keys & {"iid", "web_url"}:
        return "GitLab issues"
    if {"title", "body"} <= keys and keys & {"number", "createdAt", "assignees", "labels", "state"}:
        return "GitHub issues"
    if "itemType" in keys:
        return "Zotero JSON"
    if keys & {"labelsNamed", "foldersNamed", "pubtype"}:
        return "Paperpile JSON"
    if keys & {"last_name", "profile_id"}:
        return "Mendeley JSON"
    if keys & {"date-parts", "container-title"} or {"family", "given"} <= keys:
        return "CSL JSON"
    return ""
