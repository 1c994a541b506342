"""Lines that follow each other: which opens an entry, where it ends, and what waits for one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.evidence.features import SURE
from papers.importing.reading.evidence.link_features import LEAD_ID
from papers.importing.reading.evidence.scoring import evidence, label_of
from papers.importing.reading.headings.member_names import person_of_day
from papers.importing.reading.headings.signs import begins_with_title, cites
from papers.importing.reading.items.line_labels import read_label
from papers.importing.reading.items.wrapped import MOST_WRAPPED, wrapped_count, wrapped_reference
from papers.importing.reading.labels.meanings import Fact
from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.links.paper_links import is_of_paper
from papers.importing.reading.outline.document import Block, Line, head_lines
from papers.importing.reading.outline.pieces import (
    Piece,
    only_addresses,
    only_links,
    plain,
    said,
)
from papers.text.cancelled import is_cancelled
from papers.text.citation_parts import names_and_source
from papers.text.dates import NUMBERED_TIME, day_end, names_a_time
from papers.text.names import split_names
from papers.text.wording import is_aside, prose_score, says_itself, words

_SEE = re.compile(r"[\s.,]*\b(?:see|link|url|available|at)\s*:?\s*$", re.IGNORECASE)
"""What names and an address below them may be told apart by: "A. Lee, B. Ek. See :"."""
FEW_WORDS = 8
"""Words beside a paper's address on the line below its authors, at most."""
LITTLE = 0.3
"""What a linked line must show itself where lines of its kind are mostly papers."""
PROSE = 0.9
"""From this score on a line over an address is a sentence, not a title."""


@dataclass(slots=True)
class Flow:
    """The entry that lines of a section are about until the next one, and facts that wait for
    one.
    """

    entry: Entry | None = None
    blocks: list[Block] = field(default_factory=list)
    facts: list[tuple[Fact, Line]] = field(default_factory=list)
    meeting: str = ""
    member: str = ""
    labelled: bool = False
    kind: str = ""


def labels_aside(block: Block) -> bool:
    """A line that opens what is about the meeting or the list: "Action items:"."""
    text = plain(block.lines[-1].pieces) if block.kind == "paragraph" and block.lines else ""
    return bool(text) and len(words(text)) <= 4 and is_aside(text)


def day_line(line: Line) -> Flow | None:
    """A line that says when, and perhaps who: "3 May 2021", "4 March (Ann)"."""
    text = plain(line.pieces).strip(" :：")
    begins = bool(day_end(text) or NUMBERED_TIME.match(text))
    if names_a_time(text) or (begins and is_cancelled(text)):
        return Flow(meeting=text)
    person = person_of_day(text)
    return Flow(meeting=text[: day_end(text)], member=person) if person else None


_IN_BRACKETS = re.compile(r"\s*[(（]([^()（）]{4,80})[)）]\s*$")


def cut_leader(line: Line) -> tuple[str, Line | None]:
    """What a line over papers names, and who led: "Type systems (discussion led by Ann)"."""
    text = plain(line.pieces)
    found = _IN_BRACKETS.search(text)
    label = read_label(Line(line.number, found[1]), bold_only=False) if found else None
    if found is None or label is None or label[0] != "member":
        return text, None
    return text[: found.start()], label[2]


def leads_below(lines: list[Line]) -> bool:
    """Who presents or when, over a title of the same paragraph: it is not of the entry above."""
    if label_of(lines)[0] not in ("member", "meeting"):
        return False
    ways = [
        entry_end(lines, at, "", is_usual=True, is_labelled=False) > at
        for at in range(1, min(len(lines), 3))
    ]
    return any(ways)


def holds_record(items: Sequence[Block]) -> bool:
    """Items that label one paper's title and its authors or address: what is above is its name."""
    labels = [label_of(head_lines(item))[0] for item in items]
    titles = sum(label in ("title", "paper") for label in labels)
    return titles == 1 and any(label in ("authors", "link", "venue") for label in labels)


def entry_end(
    lines: list[Line], start: int, chosen: str, *, is_usual: bool, is_labelled: bool
) -> int:
    """Where the entry that begins at a line ends, `start` if none does.

    `chosen` is the role that somebody gave the line; `is_usual` says that lines of its kind are
    mostly papers, `is_labelled` that the entry above was told by labels.
    """
    line = lines[start]
    if chosen and chosen != "paper":
        return start
    if not words(plain(line.pieces)) or only_addresses(line.pieces):
        return start
    label, _ = label_of([line])
    if label in ("title", "paper"):
        return _links_end(lines, start) if evidence([line]) >= SURE else start
    if chosen == "paper":
        return _links_end(lines, start)
    if is_labelled or label is not None:
        return start
    near = lines[start : start + MOST_WRAPPED]
    if wrapped_reference(near):
        return start + wrapped_count(near)
    if (end := _authors_end(lines, start)) > start:
        return end
    return _links_end(lines, start) if _opens(lines, start, is_usual=is_usual) else start


def _opens(lines: list[Line], start: int, *, is_usual: bool) -> bool:
    """Whether a line without a label is a title, by itself or by the address below."""
    line, own = lines[start], evidence([lines[start]])
    if own >= SURE and (begins_with_title(line) or cites(line) or LEAD_ID.match(line.text)):
        return True
    if own >= SURE and _ends_in_labels(line):
        return True
    if own > LITTLE and is_usual and any(piece.is_link for piece in line.pieces):
        return True
    follows = start + 1 < len(lines) and _is_address(lines[start + 1].pieces)
    is_named = start > 0 and bool(split_names(_SEE.sub("", plain(line.pieces))))
    is_said = prose_score(line.text) >= PROSE or says_itself(line.text)
    return follows and not (is_said or is_named)


def _is_address(pieces: Sequence[Piece]) -> bool:
    """Where the title above leads: addresses, links that say so, or either with a bracket."""
    if only_addresses(tuple(pieces)):
        return True
    first = next((piece for piece in pieces if piece.text.strip(" []()|·")), None)
    bracket = _BRACKET.fullmatch(plain([piece for piece in pieces if not piece.is_link]))
    is_led = first is not None and first.is_web and bracket is not None
    labels = [piece for piece in pieces if piece.is_link]
    return is_led and all(map(is_label_link, labels)) and any(map(is_of_paper, labels))


_BRACKET = re.compile(r"[^\w]*|\W*[(（]\s*@?[^\W\d_][\w.'’ -]{0,40}[)）]\W*")
"""What may stand beside such links: marks between them, and somebody's name in brackets."""


def _ends_in_labels(line: Line) -> bool:
    """ "Title (2014) [[pdf]](..) [[code]](..)": a title, and nothing but such links behind it."""
    shown = [piece for piece in line.pieces if piece.text.strip(" []()|,·")]
    first = next((i for i, piece in enumerate(shown) if piece.is_link), 0)
    title = plain(shown[:first])
    labels = shown[first:]
    return (
        2 <= len(words(title)) <= 30
        and all(piece.is_link and is_label_link(piece) and not piece.bare for piece in labels)
        and prose_score(title) < PROSE
    )


def _authors_end(lines: list[Line], start: int) -> int:
    """The end of a title, its authors on the next line, and its address; `start` for others."""
    if start + 1 < len(lines) and is_over_source(lines[start], lines[start + 1]):
        return start + 2
    if start + 2 >= len(lines) or not any(piece.is_web for piece in lines[start + 2].pieces):
        return start
    is_prose = prose_score(lines[start].text) >= PROSE and not begins_with_title(lines[start])
    if len(words(said(lines[start + 2].text))) > FEW_WORDS or is_prose:
        return start
    names = split_names(plain(lines[start + 1].pieces))
    is_title = begins_with_title(lines[start]) or not split_names(plain(lines[start].pieces))
    return start + 3 if names and is_title else start


def is_over_source(line: Line, below: Line) -> bool:
    """A title over those who wrote it and where it appeared: "Lee, Ek (SOSP 95)"."""
    links = [piece for piece in below.pieces if piece.is_link]
    if any(piece.is_link for piece in line.pieces) or not all(map(is_label_link, links)):
        return False
    title = plain(line.pieces)
    cited = names_and_source(plain([one for one in below.pieces if not one.is_link]))
    is_cited = cites(line)
    is_title = len(words(title)) >= 3 and not split_names(title) and prose_score(title) < PROSE
    return cited is not None and bool(cited.year or cited.venue) and is_title and not is_cited


def _leads_on(line: Line) -> bool:
    is_led = only_links(line.pieces) or _is_address(line.pieces)
    return is_led and not begins_with_title(line)


def _links_end(lines: list[Line], start: int) -> int:
    """Behind the lines of links that follow a title."""
    end = start + 1
    while end < len(lines) and _leads_on(lines[end]):
        end += 1
    return end
