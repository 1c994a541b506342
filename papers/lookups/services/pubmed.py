"""PubMed's E-utilities: https://www.ncbi.nlm.nih.gov/books/NBK25499/. 3 requests a second."""

from __future__ import annotations

from typing import Any

from papers.lookups.found_work import Amendment, Found, WrongWork, clean_line, make_found
from papers.lookups.services import parsers
from papers.lookups.services.service import Service, quoted
from papers.lookups.subjects import PMID, Subject
from papers.text.identifiers import doi, doi_url

_AMENDMENTS = {"RetractionIn": "retraction", "ExpressionOfConcernIn": "expression_of_concern",
            "ErratumIn": "correction"}  # fmt: skip


def get_text(element: Any) -> str:
    """All text in an element, its markup left out."""
    return "".join(element.itertext()) if element is not None else ""


def write_path(subject: Subject) -> str:
    """The record of one article."""
    if subject.kind != PMID:
        return ""
    query = f"db=pubmed&id={quoted(subject.value)}&retmode=xml&tool=reviewapp"
    return f"/entrez/eutils/efetch.fcgi?{query}"


def read(body: bytes, subject: Subject) -> Found | None:
    """The one article of the set."""
    root = parsers.load()[0].read_xml(body)
    if root.tag != "PubmedArticleSet":
        raise WrongWork("The answer is no set of articles.")
    record = root.find("PubmedArticle")
    if record is None:
        return None
    number = get_text(record.find("MedlineCitation/PMID")).strip()
    if number != subject.value:
        raise WrongWork(f"PubMed answered with {number[:100]}.")
    article = record.find("MedlineCitation/Article")
    if article is None:
        return None
    name = doi(get_text(record.find("PubmedData/ArticleIdList/ArticleId[@IdType='doi']")))
    return make_found(
        title=get_text(article.find("ArticleTitle")).strip().rstrip("."),
        authors=[_write_author(one) for one in article.iterfind("AuthorList/Author")],
        abstract="\n\n".join(_list_paragraphs(article)),
        venue=get_text(article.find("Journal/Title"))
        or get_text(article.find("Journal/ISOAbbreviation")),
        year=_find_year(article),
        names=(subject.url, *([doi_url(name)] if name else [])),
        amendments=tuple(_list_amendments(record)),
    )


def _write_author(author: Any) -> str:
    parts = [get_text(author.find(name)) for name in ("ForeName", "LastName", "Suffix")]
    return " ".join(filter(None, parts)) or get_text(author.find("CollectiveName"))


def _list_paragraphs(article: Any) -> list[str]:
    """The parts of a structured abstract with their labels."""
    found = []
    for part in article.iterfind("Abstract/AbstractText"):
        label = part.get("Label", "").capitalize()
        text = " ".join(get_text(part).split())
        found.append(f"{label}: {text}" if label else text)
    return found


def _find_year(article: Any) -> str:
    day = article.find("Journal/JournalIssue/PubDate")
    if day is None:
        return get_text(article.find("ArticleDate/Year"))
    return get_text(day.find("Year")) or get_text(day.find("MedlineDate"))


def _list_amendments(record: Any) -> list[Amendment]:
    amendments = []
    for one in record.iterfind("MedlineCitation/CommentsCorrectionsList/CommentsCorrections"):
        kind, number = _AMENDMENTS.get(one.get("RefType", "")), get_text(one.find("PMID")).strip()
        source = clean_line(get_text(one.find("RefSource")))[:300]
        is_number = number.isascii() and number.isdigit()
        if kind and (is_number or source):
            url = f"https://pubmed.ncbi.nlm.nih.gov/{number[:9]}/"
            amendments.append(Amendment(kind, url if is_number else source))
    return amendments


SERVICE = Service("pubmed", "PubMed", "https://eutils.ncbi.nlm.nih.gov", 0.4, write_path, read)
