"""What the address of a paper says by itself: its one spelling, venue, year, sometimes a title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from papers.text.identifiers import arxiv_id, doi, doi_url, identify, with_scheme


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper stands. `name` is the identifier or address to keep, "" for the one given."""

    name: str = ""
    venue: str = ""
    year: int | None = None
    title: str = ""


# https://aclanthology.org/info/ids/: the letter of an old id, the collection of a new one.
_ACL_OLD = {"P": "ACL", "D": "EMNLP", "N": "NAACL", "E": "EACL", "Q": "TACL", "K": "CoNLL",
            "C": "COLING", "J": "Computational Linguistics"}  # fmt: skip
_ACL_NEW = {"acl": "ACL", "emnlp": "EMNLP", "naacl": "NAACL", "eacl": "EACL", "tacl": "TACL",
            "conll": "CoNLL", "coling": "COLING", "aacl": "AACL", "findings": "Findings of the ACL",
            "cl": "Computational Linguistics", "lrec": "LREC"}  # fmt: skip
_PMLR = re.compile(r"proceedings\.mlr\.press/v(\d{1,4})/([a-z-]+(\d\d)[a-z]*)(?![\w-])")
_NEURIPS = re.compile(
    r"(?:papers|proceedings)\.(?:nips|neurips)\.cc/paper(?:_files/paper)?/((?:19|20)\d\d)/"
)
_CVF = re.compile(
    r"openaccess\.thecvf\.com/(?:content|content_)[\w/]*?/(?:html|papers)/(?:[\w-]+/)?"
    r"[^\W_][^\W_-]*(?:-[^\W_]+)*_([\w-]+)_([A-Z]{3,5}W?)_((?:19|20)\d\d)_paper\.(?:html|pdf)"
)
_RXIV = re.compile(
    r"(bio|med)rxiv\.org/content/(?:early/[\d/]+/)?(10\.\d{4,9}/[\w.]+?)(?:v\d+)?"
    r"(?:\.(?:full|abstract|article)[\w.-]*)?(?:[?#].*)?$",
    re.IGNORECASE,
)
_NATURE = re.compile(r"nature\.com/articles/([\w.-]+?)(?:\.pdf)?(?:[?#/].*)?$", re.IGNORECASE)
_SCHOLAR = re.compile(r"semanticscholar\.org/(?:paper/(?:[^/\s]+/)?|reader/)([0-9a-f]{40})")


def read_place(text: str) -> Place:
    """What one address or identifier says."""
    url = with_scheme(text)
    return _read_proceedings(url) or _read_server(url) or _read_number(text)


def _read_proceedings(url: str) -> Place | None:
    if found := _PMLR.search(url):
        page = f"https://proceedings.mlr.press/v{found[1]}/{found[2]}.html"
        return Place(page, f"PMLR {found[1]}", 2000 + int(found[3]))
    if found := _NEURIPS.search(url):
        return Place("", "NeurIPS", int(found[1]))
    if found := _CVF.search(url):
        return Place("", found[2], int(found[3]), found[1].replace("_", " "))
    return None


def _read_server(url: str) -> Place | None:
    if found := _RXIV.search(url):
        return Place(doi_url(found[2].lower()), f"{found[1].lower()}Rxiv")
    if found := _NATURE.search(url):
        return Place(doi_url(f"10.1038/{found[1].lower()}"))
    if found := _SCHOLAR.search(url):
        return Place(f"https://www.semanticscholar.org/paper/{found[1]}")
    return None


def _read_number(text: str) -> Place:
    named = identify(text)
    if named.acl:
        return _read_acl(named.acl)
    if named.pmid:
        return Place(f"https://pubmed.ncbi.nlm.nih.gov/{named.pmid}/")
    if named.isbn:
        return Place(f"https://openlibrary.org/isbn/{named.isbn}")
    if number := arxiv_id(text):
        return Place("", "arXiv", _read_arxiv_year(number)) if not doi(text) else Place()
    return Place()


def _read_acl(name: str) -> Place:
    if name[0].isdigit():
        name = name.lower()
        year, collection = name.split(".")[:2]
        venue = _ACL_NEW.get(collection.split("-")[0], "")
        return Place(f"https://aclanthology.org/{name}/", venue, int(year))
    short = int(name[1:3])
    year_of = 1900 + short if short > 60 else 2000 + short
    return Place(f"https://aclanthology.org/{name}/", _ACL_OLD.get(name[0], ""), year_of)


def _read_arxiv_year(number: str) -> int:
    """The year an arXiv id was given in; the archive opened in 1991."""
    short = int(number.rpartition("/")[2][:2])
    return 1900 + short if short > 90 else 2000 + short
