"""What the links of a line show: named features."""

import re
from collections.abc import Sequence

from papers.importing.reading.entries.entry_titles import names_paper
from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.outline.pieces import Piece, only_links, plain
from papers.text.identifiers import identify, is_paper_url, is_web_url
from papers.text.link_kinds import link_kind
from papers.text.names import split_names
from papers.text.wording import has_verb, length, looks_like_name, words

CAPTION = re.compile(r"[^\W\d_]")


LEAD_ID = re.compile(r"\s*(?:arXiv:?\s*)?\d{4}\.\d{4,5}(?:v\d+)?[\s:|–—-]+(?=[^\W\d_])")
"""A number of arXiv before a title: "2305.18290  Title"."""


_POINTS = re.compile(r"(?:see|cf\.?|voir|siehe|vgl\.?|véase|vedi|参见|参照)\s", re.IGNORECASE)


_KEEPS = re.compile(
    r"^\W*(?:contributed|maintained|curated|created|compiled|written|collected|edited)\s+by\W*$",
    re.I,
)
""" "Contributed by [Ann Lee](..)"."""


_SEARCH = re.compile(r"[?&](?:q|query|search|search_query|term)=", re.IGNORECASE)


_SITE = re.compile(r"\b(?:blog|website|homepage|web ?page|web site)\b\W*$", re.IGNORECASE)


def read_links(pieces: Sequence[Piece], text: str) -> list[str]:
    """What the links of a line say; the strongest counts."""
    titled = [p for p in pieces if names_paper(p, pieces) and length(p.text) >= 2]
    labels = [p for p in pieces if p.is_link and is_label_link(p) and not p.bare]
    bare = [p for p in pieces if p.bare]
    around = len(words("".join(p.text for p in pieces if not p.is_link)))
    if titled:
        found = _titled(pieces, titled, around, has_labels=bool(labels))
    elif _is_name_of_paper(pieces):
        found = ["linked name at a publisher"]
    elif not labels and not bare and _is_named_file(pieces):
        found = ["linked name beside the list"]
    elif labels:
        found = _labelled(pieces, labels)
    elif bare and around:
        paper = any(is_paper_url(p.url or "") for p in bare)
        found = ["address of a publisher" if paper else "address elsewhere"]
        is_search = any(_SEARCH.search(p.url or "") for p in bare)
        is_other = is_search or (not paper and _SITE.search(text))
        found += ["no paper's address"] if is_other else []
    else:
        found = ["one word"] if bare or only_links(tuple(pieces)) else []
    if _names_readers(pieces):
        found.append("names of readers in brackets")
    if not bare and not titled and (identify(text) or LEAD_ID.match(text)):
        found.append("identifier in words")
    return found


def _titled(
    pieces: Sequence[Piece], titled: Sequence[Piece], around: int, *, has_labels: bool
) -> list[str]:
    """What a linked title says by where it leads and what stands around it."""
    title = max(titled, key=lambda p: len(p.text))
    found = _leads_to(title.url or "", has_labels=has_labels)
    text = plain(pieces[: pieces.index(title)])
    before = 0 if split_names(text) else len(words(text))
    if _KEEPS.search(text):
        return [*found, "about the list"]
    is_said = before > 4 and has_verb(text)
    if (around > 2.5 * length(title.text) + 6 and before > 4) or before > 14 or is_said:
        found.append("text around a link")
    return found


def _leads_to(url: str, *, has_labels: bool) -> list[str]:
    if is_paper_url(url):
        return ["linked title at a publisher"]
    if not is_web_url(url):
        is_file = bool(url) and not url.startswith(("#", "mailto:"))
        return ["linked title beside the list"] if is_file else []
    if re.search(r"/blob/|/wiki/|\.md\b|\.ipynb\b", url):
        return ["linked title beside the list"]
    if link_kind(url) in ("code", "discussion") and not has_labels:
        return ["linked title elsewhere", "no paper's address"]
    return ["linked title elsewhere"]


def _labelled(pieces: Sequence[Piece], labels: Sequence[Piece]) -> list[str]:
    """What links say whose texts only name what they lead to."""
    kinds = {link_kind("", p.text) for p in labels if p.url}
    paper = bool(kinds & {"pdf", "paper"}) or any(is_paper_url(p.url or "") for p in labels)
    if _POINTS.match(plain(pieces)):
        return ["sentence"]
    found = ["link that says pdf or paper" if paper else "link that says something else"]
    if len(words(plain(piece for piece in pieces if not piece.is_link))) < 2 or (
        len(words(plain(pieces[: pieces.index(labels[0])]))) == 1
    ):
        found.append("one word")
    return found


def _is_name_of_paper(pieces: Sequence[Piece]) -> bool:
    """A line that begins with one word linked to a paper: "[CLIP](https://arxiv.org/abs/…)"."""
    first = next((piece for piece in pieces if piece.text.strip()), None)
    return (
        first is not None
        and first.is_link
        and not first.bare
        and not is_label_link(first)
        and is_paper_url(first.url or "")
        and len(CAPTION.findall(first.text)) >= 2
    )


def _is_named_file(pieces: Sequence[Piece]) -> bool:
    """A single word that leads to a file: "[BERT](./notes/bert.md)"."""
    links = [p for p in pieces if p.is_link]
    url = links[0].url or "" if len(links) == 1 else ""
    return (
        bool(url)
        and not url.startswith(("#", "mailto:"))
        and not is_web_url(url)
        and bool(words(links[0].text))
    )


def _names_readers(pieces: Sequence[Piece]) -> bool:
    """ "Title ([Ann](./ann/3.md))": names in brackets that lead to files beside the list."""
    first = next((i for i, piece in enumerate(pieces) if piece.is_link), None)
    if first is None or not plain(pieces[:first]).endswith(("(", "（")):
        return False
    piece = pieces[first]
    url = piece.url or ""
    if not url or url.startswith(("#", "mailto:")) or is_web_url(url) or is_label_link(piece):
        return False
    return looks_like_name(piece.text.strip(" []")) and bool(words(plain(pieces[:first])))
