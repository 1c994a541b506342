"""A paper's own citation and labelled links, where they stand below its title."""

import re

from papers.importing.reading.entries.entry import Entry, take_citation
from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.links.paper_links import is_of_paper
from papers.importing.reading.outline.pieces import plain, read_pieces
from papers.text.citations import Citation, read_citation
from papers.text.identifiers import identify
from papers.text.names import split_names
from papers.text.titles import NEAR, likeness
from papers.text.wording import words


def took_reference(entry: Entry, line: str) -> bool:
    """ "Lee, Ann, and Bo Ek. [Journal of X](https://...) 5.1 (7-Oct-09)." below a title: the
    paper's own citation.
    """
    pieces = read_pieces(line.strip())
    links = [i for i, piece in enumerate(pieces) if piece.is_web and is_of_paper(piece)]
    if not links or len(line) > 1000:
        return False
    head = plain(pieces[: links[0]])
    cited = read_citation(f"{head} {plain(pieces[links[0] : links[0] + 1])}")
    if _took_citation(entry, head):
        entry.add_link(pieces[links[0]].url or "", "")
        return True
    names = (
        split_names(head)
        or (cited.authors if cited else ())
        or split_names(re.split(r"[.,]\s+arXiv", head)[0])
    )
    if not names or (cited and not _is_same(entry.title, cited.title, head)):
        return False
    entry.authors = entry.authors if len(entry.authors) > 1 and " " in entry.authors[0] else names
    piece = pieces[links[0]]
    entry.add_link(piece.url or "", "")
    venue = piece.text.strip(" []*")
    if (
        not piece.bare
        and len(words(venue)) <= 12
        and not identify(venue)
        and not is_label_link(piece)
    ):
        entry.add_venue(venue)
    entry.date_it(plain(pieces[links[0] + 1 :]) if len(pieces) > links[0] + 1 else "")
    entry.left_words.append(plain(pieces[links[0] + 1 :]))
    return True


def cites_title(title: str, text: str) -> Citation | None:
    """The citation of a line that names a title again, perhaps in short: "Lee 2017: Swish"."""
    cited = read_citation(text)
    if cited is None or not cited.authors:
        found = _SHORT.fullmatch(text)
        names = split_names(found[1]) or (found[1],) if found else ()
        cited = Citation(found[3], names, "", int(found[2])) if found else None
    known = {word.casefold() for word in words(title.replace("-", " "))}
    told = [word.casefold() for word in words(cited.title.replace("-", " "))] if cited else []
    return (
        cited if told and all(word.rstrip("s") in known or word in known for word in told) else None
    )


_SHORT = re.compile(r"([^\d:]{2,60}?)\s((?:18|19|20)\d\d):\s(.{2,120})")
""" "Lai 2015: Giraffe"."""


_STAND_IN = "The title of the work above"
"""Some titles look like names by themselves; this one does not."""


def _took_citation(entry: Entry, head: str) -> bool:
    """ "Ann Lee, Bo Ek. ICML 2020." below a title is the rest of its citation."""
    cited = read_citation(f"{_STAND_IN}. {head}", "parts")
    if cited is None or cited.title != _STAND_IN or not (cited.venue or cited.year):
        return False
    take_citation(entry, cited)
    return True


def took_labels(entry: Entry, line: str) -> bool:
    """ "[link](https://...) (arXiv 2021)" below a title: links that say what they lead to."""
    pieces = read_pieces(line.strip())
    links = [piece for piece in pieces if piece.is_web]
    rest = plain([piece for piece in pieces if not piece.is_link])
    if not links or not all(map(is_label_link, links)) or len(words(rest)) > 4:
        return False
    for piece in links:
        entry.add_link(piece.url or "", piece.text)
    entry.date_it(rest)
    entry.left_words.append(rest)
    return True


def _is_same(title: str, other: str, head: str) -> bool:
    """Whether a citation names the paper above it: its title, or no title but a journal's name."""
    quoted = re.search(r"[\"“]", head)
    return not quoted or likeness(title, other) >= NEAR
