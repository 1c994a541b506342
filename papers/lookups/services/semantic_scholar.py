"""Semantic Scholar's Graph API: https://api.semanticscholar.org/api-docs/graph.

1 request a second.
"""

from __future__ import annotations

from typing import Any

from papers.lookups.found_work import Found, WrongWork, make_found, read_day
from papers.lookups.services.json import as_list, as_object, as_text, read_json
from papers.lookups.services.service import Service, quoted
from papers.lookups.subjects import ACL, ARXIV, DOI, PMID, S2, Subject
from papers.text.identifiers import arxiv_url, doi_url

_FIELDS = "title,abstract,venue,year,publicationDate,authors,externalIds,openAccessPdf"
_PREFIX = {ARXIV: "ARXIV:", DOI: "DOI:", PMID: "PMID:", ACL: "ACL:", S2: ""}
_EXTERNAL = {ARXIV: "ArXiv", DOI: "DOI", PMID: "PubMed", ACL: "ACL"}


def write_path(subject: Subject) -> str:
    """The record of one paper, under any of its names."""
    if subject.kind not in _PREFIX:
        return ""
    name = _PREFIX[subject.kind] + subject.value
    return f"/graph/v1/paper/{quoted(name)}?fields={_FIELDS}"


def read(body: bytes, subject: Subject) -> Found | None:
    """The record, when it is the one asked for."""
    record = read_json(body)
    known = as_object(record.get("externalIds"))
    key = _EXTERNAL.get(subject.kind)
    answered = as_text(known.get(key)) if key else as_text(record.get("paperId"))
    if answered.casefold() != subject.value.casefold():
        raise WrongWork(f"Semantic Scholar answered with {answered[:100]}.")
    return make_found(
        title=record.get("title"),
        authors=[as_object(one).get("name") for one in as_list(record.get("authors"))],
        abstract=record.get("abstract"),
        venue=record.get("venue"),
        year=record.get("year"),
        published_on=read_day(record.get("publicationDate")),
        names=tuple(_list_names(subject, known, record)),
    )


def _list_names(subject: Subject, known: dict[str, Any], record: dict[str, Any]) -> list[str]:
    number, name = as_text(known.get("ArXiv")), as_text(known.get("DOI")).lower()
    pdf = as_text(as_object(record.get("openAccessPdf")).get("url"))
    names = [subject.url]
    if number:
        names.append(arxiv_url(number))
    if name and not name.startswith("10.48550/arxiv."):
        names.append(doi_url(name))
    if pdf.startswith("https://") and len(pdf) < 1000 and not any(map(str.isspace, pdf)):
        names.append(pdf)
    return names


SERVICE = Service(
    "semantic_scholar", "Semantic Scholar", "https://api.semanticscholar.org", 1.1, write_path, read
)
