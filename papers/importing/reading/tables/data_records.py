"""Data files and front matter: which key holds what, and the paper that a record tells of."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from papers.importing.reading.drafts.review_text import Unit
from papers.importing.reading.drafts.understood import LinkDraft
from papers.importing.reading.entries.entry import Entry, set_title
from papers.importing.reading.entries.entry_lines import read_entry
from papers.importing.reading.entries.facts import read_facts
from papers.importing.reading.evidence.patterns import Patterns
from papers.importing.reading.formats.markdown_tree import read_outline
from papers.importing.reading.items.below_titles import hang_heading
from papers.importing.reading.items.bodies import read_body
from papers.importing.reading.items.labelled import read_fact
from papers.importing.reading.labels.cues import section_of
from papers.importing.reading.labels.meanings import Meaning, meaning_of_key, section_meant
from papers.importing.reading.outline.document import Block, Line, Outline
from papers.importing.reading.outline.pieces import only_links, said
from papers.importing.reading.tables.cell_values import take_value
from papers.importing.reading.tables.columns import COLUMN_ROLES
from papers.text.cancelled import is_cancelled
from papers.text.citations import WHOLE
from papers.text.dates import find_date, names_a_time
from papers.text.identifiers import is_paper_url
from papers.text.names import split_names
from papers.text.wording import is_sentence, is_unready, prose_score, words

LONG_THEME = 25
"""Characters from which on the theme of a record without a title, over a paper's link, is one."""


def is_paper_record(block: Block) -> bool:
    """A record with a title and anything else that papers have."""
    said = {meaning for meaning, _ in _means(block)}
    return bool(said & {"title", "paper"}) and bool(
        said & {"link", "authors", "venue", "member", "summary"} or _has_year(block)
    )


def has_long_title(block: Block) -> bool:
    """Whether a record without any other fact has the title of a paper, not "No meeting"."""
    return any(
        meaning == "title" and len(words(line.text)) >= 4 and prose_score(line.text) < 0.5
        for meaning, line in _means(block)
    )


def _has_year(block: Block) -> bool:
    return any(re.fullmatch(r"(?:19|20)\d\d", line.text) for _, line in block.fields)


def _means(block: Block, patterns: Patterns | None = None) -> Iterator[tuple[Meaning | None, Line]]:
    keys = {key.casefold() for key, _ in block.fields}
    told = {meaning_of_key(key) for key in keys}
    is_untitled = "title" not in told and any(
        meaning_of_key(key) in ("paper", "link") and any(piece.is_web for piece in line.pieces)
        for key, line in block.fields
    )
    for key, line in block.fields:
        chosen = patterns.choices.get(key_id(key), "") if patterns else ""
        meaning: Meaning | None = chosen if chosen in COLUMN_ROLES else meaning_of_key(key)
        if meaning == "paper":
            meaning = "link" if only_links(line.pieces) or "title" in keys else "title"
        if meaning == "title" and only_links(line.pieces):
            meaning = "link"
        if meaning == "tags" and is_untitled and len(line.text) >= LONG_THEME:
            meaning = "title"
        yield meaning, line


def key_id(key: str) -> str:
    """The id of a key's pattern."""
    return f"key-{re.sub(r'\\W+', '-', key.casefold()).strip('-')}"


def read_records(block: Block, outline: Outline, patterns: Patterns) -> list[Entry]:
    """The papers of a record: one, or each text of a list of readings, with the facts beside it."""
    keys = [key.casefold() for key, _ in block.fields]
    again = [
        (key, line)
        for key, line in block.fields
        if keys.count(key.casefold()) > 1 and meaning_of_key(key) in ("paper", "title", "link")
        and len(words(line.text)) > 2 and not only_links(line.pieces)
    ]  # fmt: skip
    if len(again) < 2 or any(meaning == "title" for meaning, _ in _means_beside(block, again)):
        entry = read_record(block, outline, patterns)
        return [entry] if entry is not None else []
    found = []
    for _key, line in again:
        beside = [pair for pair in block.fields if pair not in again]
        own = Block("record", line.number, line.number, fields=[("title", line), *beside])
        if entry := read_record(own, outline, patterns):
            found.append(entry)
    outline.use(block.start, block.end)
    return found


def _means_beside(
    block: Block, again: Sequence[tuple[str, Line]]
) -> Iterator[tuple[Meaning | None, Line]]:
    beside = [pair for pair in block.fields if pair not in again]
    return _means(Block("record", block.start, block.end, fields=beside))


def read_record(block: Block, outline: Outline, patterns: Patterns) -> Entry | None:
    """The paper of a record, None if it has no title."""
    means = list(_means(block, patterns))
    title = next(
        (
            line
            for meaning, line in means
            if meaning == "title" and not is_unready(line.text) and not is_cancelled(line.text)
        ),
        None,
    )
    _file_keys(block, means, patterns)
    if title is None:
        return None
    style = WHOLE if any(meaning == "authors" for meaning, _ in means) else ""
    entry = _titled(title, max(block.end, title.number), style)
    has_member = any(meaning == "member" for meaning, _ in means)
    for (key, _), (meaning, line) in zip(block.fields, means, strict=True):
        if line is not title:
            _take_key(entry, key, meaning, line, has_member=has_member or block.is_page)
    if not entry.links and not entry.ids:
        _link_in_abstract(entry, means)
    entry.settle_year()
    outline.use(block.start, block.end)
    return entry


def _link_in_abstract(entry: Entry, means: Sequence[tuple[Meaning | None, Line]]) -> None:
    """The one paper that an abstract leads to, "Preprint: https://...", is the paper itself."""
    texts = [line for meaning, line in means if section_meant(meaning) or meaning is None]
    found = {p.url for line in texts for p in line.pieces if p.url and is_paper_url(p.url)}
    if len(found) == 1:
        entry.add_link(found.pop())


def _titled(line: Line, end: int, style: str) -> Entry:
    """An entry of a title, or of a whole reference with its address."""
    if any(piece.is_web for piece in line.pieces) and len(words(said(line.text))) > 2:
        return read_entry(line.pieces, line.number, end)
    entry = Entry(line.number, end)
    set_title(entry, line.text, style)
    for piece in line.pieces:
        if piece.is_web:
            entry.add_link(piece.url or "", "")
    return entry


def _take_body(entry: Entry, line: Line) -> None:
    """The text of an issue: headings, labels and bullets as below a paper's heading."""
    inner = read_outline(line.text)
    body = read_body(inner.root.blocks, inner, inner.root.subs)
    units = [replace(unit, line=line.number) for unit in body.units]
    body.units = units
    entry.is_paper_page = True
    hang_heading(entry, body)


def _file_keys(
    block: Block, means: Sequence[tuple[Meaning | None, Line]], patterns: Patterns
) -> None:
    for (key, line), (meaning, _) in zip(block.fields, means, strict=True):
        pattern = patterns.file(
            key_id(key),
            "key",
            COLUMN_ROLES,
            line.number,
            f"{key}: {line.text}",
            {meaning or "aside": 1.0},
        )
        pattern.role = meaning or "aside"


def _take_key(
    entry: Entry, key: str, meaning: Meaning | None, line: Line, *, has_member: bool
) -> None:
    """The value of a key; some keys say more than what they mean."""
    lower = key.casefold().replace("-", "_")
    if lower in _OWN_KEYS:
        _OWN_KEYS[lower](entry, line)
    elif lower in ("doi", "arxiv", "arxiv_id", "arxivid", "eprint", "openreview"):
        entry.take_identifier(lower, line.text)
        read_fact(entry, "link", line.pieces)
    elif meaning == "date" and has_member and lower in ("date", "day") and _is_day(line.text):
        entry.meeting = line.text
    else:
        _take_meant(entry, key, meaning, line)


def _take_meant(entry: Entry, key: str, meaning: Meaning | None, line: Line) -> None:
    text = line.text
    if meaning == "authors":
        names = split_names(text) or _cut(text, r"[;,]|\band\b")
        entry.authors = tuple(dict.fromkeys((*entry.authors, *names)))
    elif meaning == "tags":
        tags = (part.strip(" #[]'\"") for part in _cut(text, r"[,;、，]"))
        entry.subjects.extend(tag for tag in tags if tag and not names_a_time(tag))
    elif meaning is None and is_sentence(text):
        entry.units.append(Unit(line.number, text, section_of(text), label=key))
    elif meaning == "title":
        entry.left_words.append(text)
    elif section_meant(meaning) == "summary" and not is_sentence(said(text)) and not entry.venues:
        read_facts(entry, line.pieces)
    elif (section := section_meant(meaning)) and text:
        own = section if section != "summary" else section_of(text)
        entry.units.append(Unit(line.number, text, own))
    else:
        take_value(entry, meaning, key, line.pieces)


def _cut(text: str, at: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(at, text) if part.strip())


def _is_day(text: str) -> bool:
    found = find_date(text)
    return found is not None and found.on is not None


def _take_abstract(entry: Entry, line: Line) -> None:
    entry.abstract = line.text


def _take_issue(entry: Entry, line: Line) -> None:
    entry.links.append(LinkDraft("discussion", line.text, "issue"))


def _take_comment(entry: Entry, line: Line) -> None:
    section = section_of(line.text, default="critique")
    entry.units.append(Unit(line.number, line.text, section))


_OWN_KEYS: dict[str, Callable[[Entry, Line], None]] = {
    "body": _take_body,
    "comment": _take_comment,
    "issue": _take_issue,
    "abstract": _take_abstract,
}
"""Keys that are read as what they are, in issues and in data files."""
