"""What a pasted line names: identifiers and links of one paper. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from papers.text.identifiers import (
    arxiv_url,
    doi_url,
    identify,
    is_web_url,
    normal_url,
    openreview_url,
    with_scheme,
)
from papers.text.link_kinds import link_kind

_VERSION = re.compile(r"(?<=\d)v\d+$")
ARXIV, DOI, OPENREVIEW, URL = "arxiv", "doi", "openreview", "url"


@dataclass(slots=True)
class Recognised:
    """Identifiers as (kind, value), links as (kind, url), and the words that are neither."""

    identifiers: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def recognise(text: str) -> Recognised:
    """Read arXiv ids, DOIs, OpenReview links and other addresses, one or several to a line.

    An address that only repeats an identifier is not kept as a link besides. Where nothing
    better is known, the first address of a paper is its identifier.
    """
    found = Recognised()
    for word in text.split():
        _take(word.strip(",;"), found)
    if not found.identifiers:
        _fall_back_on_address(found)
    return found


def write_down(identifiers: Iterable[tuple[str, str]], links: Iterable[str]) -> str:
    """The text from which `recognise` reads these again: what an edit form starts with."""
    links = list(links)
    kept = {normal_url(url) for url in links}
    lines = [_write(kind, value) for kind, value in identifiers if value not in kept]
    return "\n".join([*lines, *(url for url in links if url not in lines)])


def list_new_links(
    there: Iterable[tuple[str, str]], offered: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Those of the offered links that lead elsewhere; another version's address does not."""
    known = {_spell(url) for _kind, url in there}
    new = []
    for kind, url in offered:
        if _spell(url) not in known:
            known.add(_spell(url))
            new.append((kind, url))
    return new


def _spell(url: str) -> str:
    return _VERSION.sub("", normal_url(url).removesuffix(".pdf"))


def _take(word: str, found: Recognised) -> None:
    if not word or word.lower() in {"arxiv:", "doi:", "arxiv", "doi"}:
        return
    named = identify(word)
    pairs = [(ARXIV, named.arxiv_id), (DOI, named.doi), (OPENREVIEW, named.openreview)]
    pairs = [pair for pair in pairs if pair[1]]
    found.identifiers += [pair for pair in pairs if pair not in found.identifiers]
    url = with_scheme(word)
    if is_web_url(url):
        link = (link_kind(url), url)
        if link not in found.links and not _repeats(url, pairs):
            found.links.append(link)
    elif not pairs:
        found.unknown.append(word)


def _repeats(url: str, pairs: Iterable[tuple[str, str]]) -> bool:
    plain = _VERSION.sub("", normal_url(url))
    return any(plain == normal_url(_write(*pair)) for pair in pairs)


def _write(kind: str, value: str) -> str:
    write = {ARXIV: arxiv_url, DOI: doi_url, OPENREVIEW: openreview_url}.get(kind)
    return write(value) if write else value


def _fall_back_on_address(found: Recognised) -> None:
    of_paper = [url for kind, url in found.links if kind in {"paper", "pdf"}]
    if of_paper:
        found.identifiers.append((URL, normal_url(of_paper[0])))
