"""The one door for documents: bytes in, everything understood out; never an exception.

`read_document(data, name, choices)` decodes, recognises the format, grows one tree, files headings,
lines, columns and keys under patterns, walks, joins the places of one paper, and accounts for every
line. It neither opens files nor asks another host; limits of time and memory are the caller's.
"""

from collections.abc import Mapping

from papers.importing.reading.bibliographies.bibliography import read_bibliography
from papers.importing.reading.bibliographies.bibtex_records import is_bibtex
from papers.importing.reading.collecting.assemble import Found, assemble, assemble_bibliography
from papers.importing.reading.collecting.gathering import find_apart
from papers.importing.reading.drafts.understood import MemberDraft, Understood
from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.evidence.patterns import Patterns
from papers.importing.reading.formats import outline_of
from papers.importing.reading.items.below_titles import hang_heading
from papers.importing.reading.items.bodies import read_body
from papers.importing.reading.library.assembling import assemble_library
from papers.importing.reading.library.recognizing import read_library
from papers.importing.reading.listing.addressed_lines import list_addressed_lines
from papers.importing.reading.listing.even_columns import make_tables
from papers.importing.reading.listing.hanging_notes import hang_notes
from papers.importing.reading.listing.numbered import list_numbered_lines
from papers.importing.reading.listing.reference_blocks import (
    label_references,
    presenters_below,
    titles_first,
)
from papers.importing.reading.listing.reference_lines import list_references
from papers.importing.reading.listing.title_lines import list_title_lines
from papers.importing.reading.opening.at_sight import is_archive
from papers.importing.reading.opening.decoding import Decoded, decode
from papers.importing.reading.opening.file_names import member_by_name
from papers.importing.reading.opening.page_archive import Page, read_pages, shift
from papers.importing.reading.outline.document import Outline
from papers.importing.reading.outline.grower import new_outline
from papers.importing.reading.preparing.bold_titles import list_bold_titles
from papers.importing.reading.preparing.broken_lines import join_broken_lines
from papers.importing.reading.preparing.dashed_labels import part_dashed_labels
from papers.importing.reading.preparing.front_matter import keepers, page_entry, use_settings
from papers.importing.reading.preparing.learning import learn_labels
from papers.importing.reading.preparing.linked_names import link_titles
from papers.importing.reading.preparing.loose_contents import free_loose_contents
from papers.importing.reading.preparing.promotion import nest_parts, promote_lines, unwrap_quotes
from papers.importing.reading.preparing.row_headings import part_tables
from papers.importing.reading.preparing.sibling_names import bracket_names
from papers.importing.reading.preparing.strips import part_strips
from papers.importing.reading.walking.state import Walked
from papers.importing.reading.walking.walk import walk


def read_document(data: bytes, name: str, choices: Mapping[str, str] | None = None) -> Understood:
    """Everything that a document says; `name` is its file name, with its folder if known.

    `choices` give roles to patterns (`{"heading-2-date-text": "topic"}`) and to single lines
    (`{"line:12": "paper"}`); `{"place:12": "apart"}` keeps an entry from one of the same title.
    """
    if is_archive(data) and (pages := read_pages(data)):
        return _read_archive(pages, name, choices)
    return read_text(decode(data), name, choices)


def read_text(decoded: Decoded, name: str, choices: Mapping[str, str] | None = None) -> Understood:
    """Everything that a document says whose bytes were decoded before."""
    if decoded.problem:
        return Understood(name=name, problems=(decoded.problem,))
    if is_bibtex(decoded.text):
        entries, faults, outline = read_bibliography(decoded.text)
        return assemble_bibliography(entries, faults, outline, decoded, name, find_apart(choices))
    if (library := read_library(decoded.text, name)) is not None:
        return assemble_library(library, decoded, name, find_apart(choices))
    patterns = Patterns(choices)
    outline = outline_of(decoded.text, name)
    _prepare(outline)
    entries, walked, members = _read(outline, name, patterns)
    return assemble(Found(outline, entries, walked, members, patterns), decoded, name)


def _prepare(outline: Outline) -> None:
    """Put right how lines hang together, before anything is decided about them."""
    join_broken_lines(outline)
    link_titles(outline)
    free_loose_contents(outline)
    part_dashed_labels(outline)
    learn_labels(outline)
    list_numbered_lines(outline)
    list_addressed_lines(outline)
    make_tables(outline)
    part_strips(outline)
    part_tables(outline)
    titles_first(outline)
    presenters_below(outline)
    label_references(outline)
    hang_notes(outline)
    list_title_lines(outline)
    list_references(outline)
    list_bold_titles(outline)
    bracket_names(outline)
    unwrap_quotes(outline)
    nest_parts(outline)
    promote_lines(outline)


def _read_archive(pages: list[Page], name: str, choices: Mapping[str, str] | None) -> Understood:
    """The pages of an archive as one document, whose lines are those of all pages."""
    text = "\n".join(page.text for page in pages)
    whole, patterns = new_outline(text, "archive"), Patterns(choices)
    found = Found(whole, [], Walked(), [], patterns)
    first = 1
    for page in pages:
        outline = outline_of(page.text, page.name)
        _prepare(outline)
        shift(outline, whole, first)
        entries, walked, members = _read(outline, page.name, patterns)
        found.entries += entries
        found.members += members
        found.walked.topics += walked.topics
        found.walked.description += walked.description
        whole.problems += outline.problems
        first += page.text.count("\n") + 1
    return assemble(found, Decoded(text=text), name)


def _read(
    outline: Outline, name: str, patterns: Patterns
) -> tuple[list[Entry], Walked, list[MemberDraft]]:
    """The entries of a document, and the members named by headings, the page or the file."""
    page = page_entry(outline, patterns)
    if page is not None:
        blocks = [block for block in outline.root.blocks if not block.is_page]
        hang_heading(page, read_body(blocks, outline, outline.root.subs))
        page.last_line = outline.last or len(outline.lines)
        walked, entries = Walked(title=page.title), [page]
    else:
        walked = walk(outline, patterns)
        entries = walked.entries
        use_settings(outline)
    members = list(walked.members)
    if entries and not any(entry.members for entry in entries):
        evidence, names = keepers(outline, entries)
        owner = "" if names else member_by_name(name, "\n".join(outline.lines), walked.title)
        for one in names or ([owner] if owner else []):
            members.append(MemberDraft(one, 0, evidence if names else "file name"))
            for entry in entries:
                entry.members.append(one)
    return entries, walked, members
