"""Front matter: whether a page is about one paper, and who keeps it."""

import re
from collections.abc import Sequence

from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.entries.who_reads import split_people
from papers.importing.reading.evidence.patterns import Patterns
from papers.importing.reading.labels.meanings import meaning_of, meaning_of_key, section_meant
from papers.importing.reading.outline.document import Block, Outline
from papers.importing.reading.outline.pieces import plain
from papers.importing.reading.tables.data_records import read_record
from papers.text.identifiers import find_urls, identify, is_paper_url
from papers.text.wording import looks_like_name

_BY = re.compile(
    r"(?:written|maintained|curated|compiled|kept|created|edited|summari[sz]ed|notes?)?\s*(?:by|"
    r"author|maintainer|作者|著者|작성자|by[:：])"
    r"\s*[:：]?\s*@?(.{2,40})$",
    re.IGNORECASE,
)


def page_record(outline: Outline) -> Block | None:
    """The record of the page itself."""
    return next((block for block in outline.root.blocks if block.is_page), None)


def page_entry(outline: Outline, patterns: Patterns) -> Entry | None:
    """The paper that a file is about, if its front matter says so.

    It does with a title and an address of a paper, several authors or an identifier, or when the
    headings below are those of a review.
    """
    record = page_record(outline)
    if record is None or any(
        block.kind == "record" and not block.is_page for block in outline.root.blocks
    ):
        return None
    _tell_writer(record)
    means = [(meaning_of_key(key), key.casefold(), line) for key, line in record.fields]
    if not any(meaning == "title" and line.text for meaning, _, line in means):
        return None
    is_paper = any(
        (meaning in ("link", "paper") and any(map(is_paper_url, find_urls(line.text))))
        or key in ("doi", "arxiv", "arxiv_id")
        or (meaning in ("link", "paper") and identify(line.text))
        or meaning == "authors"
        for meaning, key, line in means
    )
    heads = [plain(section.pieces) for section in outline.root.walk() if section.level]
    parts = sum(section_meant(meaning_of(head)) is not None for head in heads)
    if not is_paper and not (parts >= 2 and parts * 2 >= len(heads)):
        return None
    entry = read_record(record, outline, patterns)
    if entry is not None:
        entry.is_paper_page = True
        if not is_paper:
            entry.year, entry.on = None, None
    return entry


def _tell_writer(record: Block) -> None:
    """A page's one "author" is who wrote the page; the paper's authors are several."""
    record.fields = [
        ("reviewer" if key.casefold() == "author" and _is_one(line.text) else key, line)
        for key, line in record.fields
    ]


def _is_one(text: str) -> bool:
    return looks_like_name(text) and not re.search(r",|;|\band\b|et al", text)


def keepers(outline: Outline, entries: Sequence[Entry]) -> tuple[str, list[str]]:
    """Whom the page names as its writer: in its front matter, or in a line at its beginning or
    end.
    """
    record = page_record(outline)
    if record is not None:
        _tell_writer(record)
        named = [
            name
            for key, line in record.fields
            if meaning_of_key(key) == "member"
            for name in split_people(line.text)
        ]
        if named:
            return "front matter", named
    told = {n for entry in entries for n in range(entry.line, entry.last_line + 1)}
    lines = [
        line for section in outline.root.walk() for block in section.blocks for line in block.lines
    ]
    opening = [line for line in lines[:4] if line.number not in told]
    for line in [*opening, *lines[-3:]]:
        text = plain(line.pieces).strip(" .*_")
        if (found := _BY.match(text)) and looks_like_name(found[1]):
            outline.use(line.number)
            return "line", [found[1].strip()]
    return "", []


def use_settings(outline: Outline) -> None:
    """Keys of a page that is not about one paper (layout, permalink) are told as settings."""
    record = page_record(outline)
    for number in range(record.start, record.end + 1) if record is not None else ():
        if not outline.used[number]:
            outline.tell(number, "setting")
