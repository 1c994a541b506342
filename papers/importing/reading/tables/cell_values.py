"""What a cell of a column, or the value of a key, says of an entry."""

from collections.abc import Sequence

from papers.importing.reading.drafts.review_text import Unit
from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.entries.facts import take_members
from papers.importing.reading.entries.who_reads import split_people
from papers.importing.reading.items.labelled import read_fact
from papers.importing.reading.labels.cues import section_of
from papers.importing.reading.labels.meanings import Meaning, is_fact, section_meant
from papers.importing.reading.outline.pieces import Piece, only_links, plain
from papers.text.identifiers import is_paper_url
from papers.text.wording import is_sentence, is_unready


def take_value(entry: Entry, meaning: Meaning | None, name: str, pieces: tuple[Piece, ...]) -> None:
    """Give an entry what a cell or the value of a key says."""
    text = plain(pieces)
    if not text and not pieces:
        return
    section = section_meant(meaning)
    if meaning == "member":
        entry.members.extend(split_people("".join(piece.text for piece in pieces)))
    elif meaning == "meeting":
        entry.meeting = entry.meeting or text
    elif meaning == "aside" or _says_nothing(pieces, text):
        _leave(entry, pieces, text)
    elif only_links(pieces) or is_fact(meaning):
        read_fact(entry, meaning if is_fact(meaning) and meaning != "title" else "link", pieces)
    elif section and (
        is_sentence(text) or meaning in ("takeaway", "critique", "follow_up", "questions")
    ):
        own = section_of(text) if meaning == "summary" else section
        entry.units.append(
            Unit(
                entry.line,
                text,
                own,
                label=name if name.casefold() not in ("notes", "summary", "note") else "",
            )
        )
    elif take_members(entry, text) == text:
        said = f"{name}: {text}".strip(": ") if meaning is None else text
        entry.remark = "; ".join(part for part in (entry.remark, said) if part)


def _says_nothing(pieces: Sequence[Piece], text: str) -> bool:
    """A mark, or the promise of a value."""
    is_open = is_unready(text) and not any(piece.is_web for piece in pieces)
    return is_open or text.casefold() in ("true", "false", "yes", "no")


def _leave(entry: Entry, pieces: Sequence[Piece], text: str) -> None:
    """What is about the list or the meeting: a paper's address in it is kept."""
    entry.left_words.append(text)
    for piece in pieces:
        if piece.is_web and is_paper_url(piece.url or ""):
            entry.add_link(piece.url or "", piece.text)
