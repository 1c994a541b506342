"""Labels that no table knows, learnt from what stands behind them all over a document.

"Esittäjä: Ann" again and again names persons, so it says who presents; "Artikkeli: [Title](..)"
before most linked titles labels papers. What a label means is decided over all its lines.
"""

import re

from papers.importing.reading.entries.who_reads import split_people
from papers.importing.reading.labels.meanings import Fact, meaning_of
from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.outline.document import Line, Outline, lines_of
from papers.importing.reading.outline.pieces import only_links, plain, read_pieces
from papers.text.dates import day_end, names_a_time
from papers.text.names import split_names
from papers.text.venues import is_venue_tag
from papers.text.wording import words

_LABEL = re.compile(
    r"^[*_]{0,3}([^\W\d_][^:：*_\[\]\n]{1,28}?)[*_]{0,3}\s*[:：][*_]{0,3}\s*(?!//)(\S.*)$"
)
OFTEN, MOST, LONGEST = 3, 0.7, 3
"""Lines of a label at least, the share of them that must agree, and the words of a label."""


def learn_labels(outline: Outline) -> None:
    """Note on each line with an unknown label that is used in one sense what it means."""
    found: dict[str, list[tuple[Line, str]]] = {}
    titled = 0
    for line in lines_of(outline):
        titled += _is_titled(line.text)
        if said := _LABEL.match(line.text):
            name = said[1].strip().casefold()
            if len(words(name)) <= LONGEST and meaning_of(name) is None:
                found.setdefault(name, []).append((line, said[2]))
    for ones in found.values():
        if len(ones) >= OFTEN and (fact := _meant([value for _, value in ones], titled)):
            for line, _ in ones:
                line.learned = fact


def _is_titled(text: str) -> bool:
    return "](" in text and any(
        piece.is_web and not is_label_link(piece) and len(words(piece.text)) >= LONGEST
        for piece in read_pieces(text)
    )


def _meant(values: list[str], titled: int) -> Fact | None:
    """What most of these values are."""
    texts = [plain(read_pieces(value)) for value in values]

    def share(hits: int) -> bool:
        return hits >= MOST * len(values)

    if share(sum(map(_is_titled, values))):
        return "paper" if len(values) >= MOST * titled else None
    if share(sum(only_links(read_pieces(value)) for value in values)):
        return "link"
    if share(sum(names_a_time(text) for text in texts)):
        return "meeting" if share(sum(day_end(text) > 0 for text in texts)) else "date"
    if share(sum(is_venue_tag(text) for text in texts)):
        return "venue"
    if len(set(texts)) > 1 and share(sum(_names_people(text) for text in texts)):
        several = sum(len(split_names(text)) > 1 for text in texts)
        return "authors" if several * 2 >= len(texts) else "member"
    return None


def _names_people(text: str) -> bool:
    people = split_people(text)
    return bool(people) and all(
        len(words(name)) <= LONGEST and name[:1].isupper() for name in people
    )
