"""Crossref's REST API: https://github.com/CrossRef/rest-api-doc, https://api.crossref.org/swagger-ui.

The public pool allows 5 requests a second for one record each, one at a time.
"""

from __future__ import annotations

from typing import Any

from papers.lookups.found_work import Amendment, Found, WrongWork, make_found, read_day
from papers.lookups.services.json import as_list, as_object, as_text, first_text, read_json
from papers.lookups.services.service import Service, quoted
from papers.lookups.subjects import ACL, AMENDMENTS, DOI, Subject
from papers.text.identifiers import arxiv_id, arxiv_url, doi_url

_DATES = ("published-print", "published-online", "published", "issued", "posted", "created")


def _name(subject: Subject) -> str:
    """The DOI of a work; that of the ACL Anthology is made of its id."""
    if subject.kind == DOI:
        return subject.value
    return f"10.18653/v1/{subject.value.lower()}" if subject.kind == ACL else ""


def write_path(subject: Subject) -> str:
    """The record of one DOI, or the amendments about it."""
    if subject.kind == AMENDMENTS:
        return write_amendments_path(subject.value)
    name = _name(subject)
    return f"/works/{quoted(name)}" if name else ""


def read(body: bytes, subject: Subject) -> Found | None:
    """The work in the message, or amendments about it."""
    if subject.kind == AMENDMENTS:
        amendments = read_amendments(body, subject.value)
        return Found(title=subject.value, amendments=tuple(amendments))
    work = as_object(read_json(body).get("message"))
    if as_text(work.get("DOI")).lower() != _name(subject):
        raise WrongWork(f"Crossref answered with {as_text(work.get('DOI'))[:100]}.")
    relations = as_object(work.get("relation"))
    return make_found(
        title=_join_title(work),
        authors=[_write_author(as_object(one)) for one in as_list(work.get("author"))],
        abstract=work.get("abstract"),
        venue=_find_venue(work),
        year=_find_date(work)[:1] and _find_date(work)[0],
        published_on=read_day(_find_date(work)),
        names=tuple(_list_names(work, relations)),
        published_as=_find_related(relations, "is-preprint-of"),
        amendments=tuple(_list_amendments(work)),
    )


def _join_title(work: dict[str, Any]) -> str:
    title, subtitle = first_text(work.get("title")), first_text(work.get("subtitle"))
    has_both = subtitle and subtitle.casefold() not in title.casefold()
    return f"{title}: {subtitle}" if has_both else title


def _write_author(author: dict[str, Any]) -> str:
    parts = [as_text(author.get(part)) for part in ("given", "family", "suffix")]
    return " ".join(filter(None, parts)) or as_text(author.get("name"))


def _find_venue(work: dict[str, Any]) -> str:
    """Journal or proceedings, else the server that posted a preprint."""
    posted = as_object(next(iter(as_list(work.get("institution"))), None))
    group = as_text(work.get("group-title"))
    event = as_text(as_object(work.get("event")).get("name"))
    return first_text(work.get("container-title")) or event or as_text(posted.get("name")) or group


def _find_date(work: dict[str, Any]) -> list[Any]:
    """Year, month and day of the first date that has a year."""
    for name in _DATES:
        parts = as_list(as_object(work.get(name)).get("date-parts"))
        day = as_list(parts[0]) if parts else []
        if day and isinstance(day[0], int):
            return day
    return []


def _list_names(work: dict[str, Any], relations: dict[str, Any]) -> list[str]:
    names = [doi_url(as_text(work.get("DOI")).lower())]
    preprint = arxiv_id(_find_related(relations, "has-preprint"))
    if preprint:
        names.append(arxiv_url(preprint))
    return names


def _find_related(relations: dict[str, Any], kind: str) -> str:
    for one in map(as_object, as_list(relations.get(kind))):
        if one.get("id-type") in {"doi", "arxiv"}:
            return as_text(one.get("id")).lower()
    return ""


def _list_amendments(work: dict[str, Any]) -> list[Amendment]:
    """Retractions and the like: in `updated-by`, or in `update-to` where a publisher retracts
    a work under its own DOI."""
    own = as_text(work.get("DOI")).lower()
    updates = [as_object(one) for one in as_list(work.get("updated-by"))[:20]]
    itself = [as_object(one) for one in as_list(work.get("update-to"))[:20]]
    updates += [one for one in itself if as_text(one.get("DOI")).lower() == own]
    return [_read_amendment(one, as_text(one.get("DOI"))) for one in updates]


def _read_amendment(update: dict[str, Any], name: str) -> Amendment:
    parts = as_list(as_object(update.get("updated")).get("date-parts"))
    on = read_day(parts[0]) if parts else ""
    return Amendment(as_text(update.get("type")).lower()[:40], name.lower()[:300], on)


def write_amendments_path(name: str) -> str:
    """The query for whatever Crossref knows to update this DOI."""
    return f"/works?filter=updates:{quoted(name)}&rows=20&select=DOI,title,update-to,type"


def read_amendments(body: bytes, name: str) -> list[Amendment]:
    """Amendments whose `update-to` names this DOI; the newest first."""
    items = as_list(as_object(read_json(body).get("message")).get("items"))
    amendments = []
    for item in map(as_object, items[:20]):
        for one in map(as_object, as_list(item.get("update-to"))):
            if as_text(one.get("DOI")).lower() != name:
                continue
            amendments.append(_read_amendment(one, as_text(item.get("DOI"))))
    return sorted(amendments, key=lambda amendment: amendment.on, reverse=True)


SERVICE = Service("crossref", "Crossref", "https://api.crossref.org", 0.25, write_path, read)
