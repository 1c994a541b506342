"""Names that stand before or behind titles in one shape all over a list, put where they are read.

"Wang F. Attention networks", "Attention networks_Wang" and "[Attention](..) - Ann" say nothing by
themselves: a title may begin with a name and end with anything. Where most lines of a document are
built so, the name is moved into a bracket, as other lists have it.
"""

import re
from collections.abc import Iterator

from papers.importing.reading.entries.fronts import front_end
from papers.importing.reading.outline.document import Block, Line, Outline, head_lines
from papers.text.names import is_person, split_names
from papers.text.wording import length, looks_like_name, prose_score, words

LEAST, SHARE, PROSE = 3, 0.5, 0.8
"""Items of one shape that show a habit, their share of the items of a list, and the score from
which on a text is no title.
"""

_FAMILY = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’-]+"
_INITIALS = r"(?:[B-HJ-Z]|[A-Z]\.)(?:[ .]{0,2}[A-Z](?![\w-]))*\.?"
_FRONT = re.compile(
    rf"(?P<name>{_FAMILY},?\s+{_INITIALS}|{_INITIALS}\s*{_FAMILY})[.,:]?\s+(?P<title>[A-Z\d].*)"
)
_BEHIND = re.compile(
    r"(?P<title>.*\S)\s*_\s*(?P<name>[^\W\d_][^_\d()（）]{0,24}?)\s*(?P<year>(?:19|20)\d\d)?"
)
_PROPOSED = re.compile(r"(?P<title>.*\S)\s+[-–—]+\s+(?P<name>@?[^\W\d_][^\d()\[\]:]{1,30}?)[).]*")


def bracket_names(outline: Outline) -> None:
    """Move such names into brackets behind the titles."""
    lists = [
        [head[0] for item in one.children if (head := head_lines(item))] for one in _lists(outline)
    ]
    for parted in (_in_front, _behind, _proposed):
        found = [[(line, text) for line in lines if (text := parted(line))] for lines in lists]
        usual = [
            some
            for some, lines in zip(found, lists, strict=True)
            if len(some) >= SHARE * len(lines)
        ]
        if sum(map(len, usual)) >= LEAST:
            for line, text in (pair for some in found for pair in some):
                line.text = text


def _lists(outline: Outline) -> Iterator[Block]:
    waiting = [block for section in outline.root.walk() for block in section.blocks]
    while waiting:
        block = waiting.pop()
        waiting += block.children
        if block.kind == "list":
            yield block


def _in_front(line: Line) -> str:
    """ "Attention networks (Wang F.)" for "Wang F. Attention networks"."""
    found = None if _is_other(line) else _FRONT.fullmatch(line.text.strip())
    is_told = (
        found is not None
        and is_person(found["name"].replace(",", "").strip(" .:"))
        and _is_title(found["title"])
    )
    return f"{found['title']} ({found['name'].strip(' .,:')})" if found and is_told else ""


def _behind(line: Line) -> str:
    """ "Attention networks (Wang) (2019)" for "Attention networks_Wang 2019"."""
    found = None if _is_other(line) else _BEHIND.fullmatch(line.text.strip())
    if (
        found is None
        or not looks_like_name(found["name"].split()[-1])
        or not _is_title(found["title"])
    ):
        return ""
    year = f" ({found['year']})" if found["year"] else ""
    return f"{found['title']} ({found['name']}){year}"


def _proposed(line: Line) -> str:
    """ "[Attention networks](..) (proposed by Ann)" for "[Attention networks](..) - Ann"; without a
    link behind the number or the day of a meeting.
    """
    found = _PROPOSED.fullmatch(line.text.strip())
    name = found["name"].strip() if found else ""
    is_name = len(split_names(name)) == 1 or (len(words(name)) == 1 and looks_like_name(name))
    if found is None or not is_name:
        return ""
    title = found["title"]
    is_told = "://" in title or (front_end(title) and _is_title(title[front_end(title) :]))
    return f"{title} (proposed by {name})" if is_told else ""


def _is_other(line: Line) -> bool:
    return line.given is not None or any(piece.is_link for piece in line.pieces)


def _is_title(text: str) -> bool:
    return length(text) >= 2 and prose_score(text) < PROSE and not split_names(text)
