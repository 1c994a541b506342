"""What a lookup is about: one work by one of its names elsewhere. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from papers.text.identifiers import (
    arxiv_id,
    arxiv_url,
    doi,
    doi_url,
    host,
    identify,
    openreview_id,
    openreview_url,
    with_scheme,
)

ARXIV, DOI, OPENREVIEW, PMID = "arxiv", "doi", "openreview", "pmid"
ACL, PAGE, S2, ISBN = "acl", "page", "s2", "isbn"
NOTICES = "notices"
"""Retractions and the like of a work, by its DOI: never what a member asks for."""

ORDER = (ARXIV, DOI, OPENREVIEW, PMID, ACL, PAGE, S2, ISBN)
"""Of a work with several names the first of these is asked for."""

_SPELLED = {
    ARXIV: "arXiv:{}", DOI: "doi:{}", OPENREVIEW: "OpenReview {}", PMID: "PMID {}",
    ACL: "ACL Anthology {}", S2: "Semantic Scholar {}", ISBN: "ISBN {}",
}  # fmt: skip
_ISBN_PAGE = re.compile(r"openlibrary\.org/isbn/([\dX]{10,13})", re.IGNORECASE)
_S2_PAGE = re.compile(r"semanticscholar\.org/(?:paper/(?:[^/\s]+/)?|reader/)([0-9a-f]{40})")
_ACL_PAGE = re.compile(r"aclanthology\.org/([A-Z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+)", re.IGNORECASE)
_PMLR = re.compile(r"proceedings\.mlr\.press/(v\d{1,4})/([\w-]+?)(?:\.html|/[\w-]+\.pdf)?$")
_NEURIPS = re.compile(
    r"(?:papers|proceedings)\.(?:nips|neurips)\.cc"
    r"/(paper|paper_files/paper)/(\d{4})/(?:hash|file)/([0-9a-f]{4,64})-(?:Abstract|Paper)([\w-]*)\.",
)
_CVF = re.compile(
    r"openaccess\.thecvf\.com/(content[\w]*)/(?:(\w+)/)?(?:html|papers)/((?:[\w-]+/)?[\w.-]+?_paper)\."
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A work, named by `kind` (one of ORDER) and `value`."""

    kind: str
    value: str

    def __str__(self) -> str:
        return _SPELLED.get(self.kind, "{}").format(self.value)

    @property
    def url(self) -> str:
        """Where the name leads, in the spelling that recognition reads."""
        write = {ARXIV: arxiv_url, DOI: doi_url, OPENREVIEW: openreview_url}.get(self.kind)
        if write:
            return write(self.value)
        return {
            PMID: "https://pubmed.ncbi.nlm.nih.gov/{}/",
            ACL: "https://aclanthology.org/{}/",
            S2: "https://www.semanticscholar.org/paper/{}",
            ISBN: "https://openlibrary.org/isbn/{}",
        }.get(self.kind, "{}").format(self.value)


def list_subjects(names: Iterable[str]) -> list[Subject]:
    """What identifiers and addresses name, each kind once, the best to ask for first."""
    found: dict[str, Subject] = {}
    for name in names:
        for subject in _read(name.strip()):
            found.setdefault(subject.kind, subject)
    return [found[kind] for kind in ORDER if kind in found]


def _read(name: str) -> Iterable[Subject]:
    url = with_scheme(name)
    if number := arxiv_id(name):
        yield Subject(ARXIV, number)
    if written := doi(name):
        yield Subject(DOI, written)
    if forum := openreview_id(name):
        yield Subject(OPENREVIEW, forum)
    if number := identify(name).pmid:
        yield Subject(PMID, number)
    if found := _ACL_PAGE.search(url):
        yield Subject(ACL, _spell_acl(found[1]))
    if found := _S2_PAGE.search(url):
        yield Subject(S2, found[1])
    if found := _ISBN_PAGE.search(url):
        yield Subject(ISBN, found[1].upper())
    if page := _find_page(url):
        yield Subject(PAGE, page)


def _spell_acl(name: str) -> str:
    return name.lower() if name[0].isdigit() else name.upper()


def _find_page(url: str) -> str:
    """The address of the page about a work on a proceedings site, else ""."""
    if host(url) == "proceedings.mlr.press" and (found := _PMLR.search(url)):
        return f"https://proceedings.mlr.press/{found[1]}/{found[2]}.html"
    if found := _NEURIPS.search(url):
        folder, year, key, rest = found.groups()
        return f"https://proceedings.neurips.cc/{folder}/{year}/hash/{key}-Abstract{rest}.html"
    if found := _CVF.search(url):
        folder, event, name = found.groups()
        parts = ("https://openaccess.thecvf.com", folder, event, "html", f"{name}.html")
        return "/".join(filter(None, parts))
    return ""
