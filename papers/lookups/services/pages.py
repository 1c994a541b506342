"""Pages of proceedings, which name their paper in `citation_` tags for Google Scholar.

https://scholar.google.com/intl/en/scholar/inclusion.html#indexing
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from papers.lookups.found_work import Found, Unreadable, WrongWork, make_found, read_day
from papers.lookups.services import parsers
from papers.lookups.services.service import Service, quoted
from papers.lookups.subjects import ACL, PAGE, Subject
from papers.text.identifiers import doi, doi_url, is_web_url

_STEM = re.compile(r"-Abstract.*$|_paper$|\.html$")


def read(body: bytes, subject: Subject) -> Found | None:
    """The paper that a page is about."""
    tags, abstract = parsers.load()[1].read_html(body)
    if not tags["citation_title"]:
        raise Unreadable("The page names no paper.")
    stem = _STEM.sub("", _STEM.sub("", subject.value.rstrip("/").rpartition("/")[2])).casefold()
    about = [*tags["citation_pdf_url"], *tags["og:url"], *tags["citation_doi"]]
    if not any(stem in one.casefold() for one in about):
        raise WrongWork("The page is about another paper.")
    on = _get(tags, "citation_publication_date", "citation_date", "citation_year")
    name = doi(_get(tags, "citation_doi"))
    pdf = _get(tags, "citation_pdf_url").replace("http://", "https://", 1)
    names = [subject.url, *([doi_url(name)] if name else [])]
    if is_web_url(pdf) and len(pdf) < 1000 and not any(map(str.isspace, pdf)):
        names.append(pdf)
    return make_found(
        title=_get(tags, "citation_title"),
        authors=[_turn(one) for one in tags["citation_author"]],
        abstract=_get(tags, "citation_abstract") or _write_abstract(abstract),
        venue=_get(
            tags, "citation_conference_title", "citation_journal_title", "citation_inbook_title"
        ),
        year=on[:4],
        published_on=read_day(on),
        names=tuple(names),
    )


def _get(tags: dict[str, list[str]], *names: str) -> str:
    return next((tags[name][0] for name in names if tags[name] and tags[name][0]), "")


def _turn(name: str) -> str:
    """ "Lee, Ann" as it is spoken."""
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma else family


def _write_abstract(text: str) -> str:
    return re.sub(r"^\s*Abstract[\s:.]*", "", text)


def _at(origin: str) -> Callable[[Subject], str]:
    """The path of pages on this site."""

    def write_path(subject: Subject) -> str:
        if subject.kind == ACL:
            return f"/{quoted(subject.value)}/" if origin.endswith("//aclanthology.org") else ""
        is_here = subject.kind == PAGE and subject.value.startswith(f"{origin}/")
        return urlsplit(subject.value).path if is_here else ""

    return write_path


def _make(key: str, name: str, origin: str, *also: str) -> Service:
    return Service(key, name, origin, 2.0, _at(origin), read, also)


SERVICES = (
    _make("acl", "ACL Anthology", "https://aclanthology.org", "https://www.aclanthology.org"),
    _make("pmlr", "PMLR", "https://proceedings.mlr.press"),
    _make("neurips", "NeurIPS", "https://proceedings.neurips.cc", "https://papers.nips.cc",
          "https://papers.neurips.cc"),
    _make("cvf", "CVF Open Access", "https://openaccess.thecvf.com"),
)  # fmt: skip
