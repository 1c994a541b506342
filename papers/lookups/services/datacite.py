"""DataCite's REST API: https://support.datacite.org/docs/api. 500 requests in 5 minutes."""

from __future__ import annotations

from typing import Any

from papers.lookups.found_work import Found, WrongWork, make_found, read_day
from papers.lookups.services.json import as_list, as_object, as_text, read_json
from papers.lookups.services.service import Service, quoted
from papers.lookups.subjects import ARXIV, DOI, Subject
from papers.text.identifiers import arxiv_url, doi_url


def _name(subject: Subject) -> str:
    """arXiv registers its papers here, as "10.48550/arxiv.<id>"."""
    if subject.kind == DOI:
        return subject.value
    return f"10.48550/arxiv.{subject.value}".lower() if subject.kind == ARXIV else ""


def write_path(subject: Subject) -> str:
    """The record of one DOI."""
    name = _name(subject)
    return f"/dois/{quoted(name)}" if name else ""


def read(body: bytes, subject: Subject) -> Found | None:
    """The attributes of the record."""
    facts = as_object(as_object(read_json(body).get("data")).get("attributes"))
    if as_text(facts.get("doi")).lower() != _name(subject):
        raise WrongWork(f"DataCite answered with {as_text(facts.get('doi'))[:100]}.")
    is_arxiv = subject.kind == ARXIV
    return make_found(
        title=next(
            (as_text(as_object(one).get("title")) for one in as_list(facts.get("titles"))), ""
        ),
        authors=[_write_author(as_object(one)) for one in as_list(facts.get("creators"))],
        abstract=_find_abstract(facts),
        venue=_find_venue(facts),
        year=facts.get("publicationYear"),
        published_on=_find_day(facts),
        names=(arxiv_url(subject.value) if is_arxiv else doi_url(_name(subject)),),
    )


def _write_author(author: dict[str, Any]) -> str:
    parts = [as_text(author.get(part)) for part in ("givenName", "familyName")]
    if all(parts):
        return " ".join(parts)
    family, comma, given = as_text(author.get("name")).partition(", ")
    return f"{given} {family}" if comma else family


def _find_abstract(facts: dict[str, Any]) -> str:
    for one in map(as_object, as_list(facts.get("descriptions"))):
        if one.get("descriptionType") == "Abstract":
            return as_text(one.get("description"))
    return ""


def _find_venue(facts: dict[str, Any]) -> str:
    publisher = facts.get("publisher")
    name = as_text(as_object(publisher).get("name")) or as_text(publisher)
    return as_text(as_object(facts.get("container")).get("title")) or name


def _find_day(facts: dict[str, Any]) -> str:
    for one in map(as_object, as_list(facts.get("dates"))):
        if one.get("dateType") in {"Issued", "Submitted"} and (day := read_day(one.get("date"))):
            return day
    return ""


SERVICE = Service("datacite", "DataCite", "https://api.datacite.org", 0.7, write_path, read)
