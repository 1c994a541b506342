"""Answers in the services' real formats, as their documentation shows them; the values are
invented."""

from __future__ import annotations

import json
from typing import Any

TITLE = "Rigid Bodies in Slow Motion"
ABSTRACT = "We move rigid bodies slowly. Nothing breaks, and $x^2 < 1$."


def arxiv(
    number: str = "2106.12345", version: int = 3, title: str = TITLE, more: str = ""
) -> bytes:
    """https://info.arxiv.org/help/api/user-manual.html#_details_of_atom_results_returned"""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query?search_query%3D%26id_list%3D{number}" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query: search_query=&amp;id_list={number}&amp;start=0&amp;max_results=1</title>
  <id>http://arxiv.org/api/cHxbiOdZaP56ODnBPIenZhzg5f8</id>
  <updated>2026-11-18T00:00:00-05:00</updated>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">1</opensearch:totalResults>
  <opensearch:startIndex xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">0</opensearch:startIndex>
  <opensearch:itemsPerPage xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">1</opensearch:itemsPerPage>
  <entry>
    <id>http://arxiv.org/abs/{number}v{version}</id>
    <updated>2022-02-0{version}T10:00:00Z</updated>
    <published>2021-06-23T17:59:59Z</published>
    <title>{title.replace(" in ", " in" + chr(10) + "  ")}</title>
    <summary>  We move rigid bodies slowly. Nothing
breaks, and $x^2 &lt; 1$.
    </summary>
    <author>
      <name>Ann Lee</name>
      <arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">Institute of Rest</arxiv:affiliation>
    </author>
    <author>
      <name>J\\'er\\^ome Ek</name>
    </author>
    {more}
    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">12 pages</arxiv:comment>
    <link href="http://arxiv.org/abs/{number}v{version}" rel="alternate" type="text/html"/>
    <link title="pdf" href="http://arxiv.org/pdf/{number}v{version}" rel="related" type="application/pdf"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.RO" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.RO" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
</feed>
""".encode()


ARXIV_NOTHING = b"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query: search_query=&amp;id_list=2106.99999</title>
  <id>http://arxiv.org/api/x</id>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">0</opensearch:totalResults>
</feed>
"""

ARXIV_ERROR = b"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query: search_query=&amp;id_list=1234.1234x</title>
  <id>http://arxiv.org/api/kvuntZ8c9a4Eq5CF7KY03nMug+Q</id>
  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_1234.1234x</id>
    <title>Error</title>
    <summary>incorrect id format for 1234.1234x</summary>
    <link href="http://arxiv.org/api/errors#incorrect_id_format_for_1234.1234x" rel="alternate" type="text/html"/>
    <author><name>arXiv api core</name></author>
  </entry>
</feed>
"""


def crossref(name: str = "10.1000/xyz", **more: Any) -> bytes:
    """https://api.crossref.org/swagger-ui: one work."""
    work = {
        "indexed": {"date-parts": [[2025, 11, 3]], "timestamp": 1762150775892},
        "publisher": "Quiet Press",
        "issue": "1",
        "abstract": "<jats:title>Abstract</jats:title><jats:p>We move rigid bodies slowly. Nothing "
        "breaks, and $x^2 &lt; 1$.</jats:p>",
        "DOI": name,
        "type": "journal-article",
        "created": {"date-parts": [[2021, 7, 1]], "date-time": "2021-07-01T00:00:00Z"},
        "title": ["Rigid Bodies in <i>Slow</i> Motion"],
        "author": [
            {"given": "Ann", "family": "Lee", "sequence": "first", "affiliation": []},
            {
                "given": "J\u00e9r\u00f4me",
                "family": "Ek",
                "suffix": "Jr.",
                "sequence": "additional",
            },
            {"name": "The Rest Group", "sequence": "additional", "affiliation": []},
        ],
        "container-title": ["Journal of Rest"],
        "short-container-title": ["J. Rest"],
        "published-online": {"date-parts": [[2021, 8, 9]]},
        "issued": {"date-parts": [[2021, 8, 9]]},
        "link": [{"URL": "http://press.example/xyz.pdf", "content-type": "application/pdf"}],
        "URL": f"https://doi.org/{name}",
        "relation": {},
        "ISSN": ["1234-5678"],
        **more,
    }
    return json.dumps(
        {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": work}
    ).encode()


def crossref_notices(name: str, notice: str, kind: str = "retraction") -> bytes:
    """https://api.crossref.org/works?filter=updates:..."""
    update = {
        "updated": {"date-parts": [[2026, 3, 2]], "timestamp": 1772409600000},
        "DOI": name, "type": kind, "label": kind.title(), "source": "publisher",
    }  # fmt: skip
    items = [{"DOI": notice, "title": ["Retraction Note"], "update-to": [update]}]
    message = {"total-results": 1, "items-per-page": 20, "items": items}
    return json.dumps(
        {
            "status": "ok",
            "message-type": "work-list",
            "message-version": "1.0.0",
            "message": message,
        }
    ).encode()


def datacite(name: str = "10.5281/zenodo.123") -> bytes:
    """https://support.datacite.org/reference/get_dois-id"""
    facts = {
        "doi": name,
        "prefix": name.split("/")[0],
        "creators": [
            {"name": "Lee, Ann", "nameType": "Personal", "givenName": "Ann", "familyName": "Lee"},
            {"name": "Ek, Bo", "affiliation": [], "nameIdentifiers": []},
        ],
        "titles": [{"title": TITLE}],
        "publisher": "Zenodo",
        "container": {},
        "publicationYear": 2021,
        "dates": [{"date": "2021-06-23", "dateType": "Issued"}],
        "descriptions": [
            {"description": "12 pages", "descriptionType": "Other"},
            {"description": ABSTRACT, "descriptionType": "Abstract"},
        ],
        "url": "https://zenodo.org/record/123",
        "state": "findable",
    }
    return json.dumps({"data": {"id": name, "type": "dois", "attributes": facts}}).encode()


def openreview(forum: str = "abcDEF12", venue: str = "ICLR 2024 poster") -> bytes:
    """https://docs.openreview.net/reference/api-v2/entities/note"""
    content = {
        "title": TITLE, "authors": ["Ann Lee", "Bo Ek"], "authorids": ["~Ann_Lee1", "~Bo_Ek1"],
        "abstract": ABSTRACT, "venue": venue, "venueid": "ICLR.cc/2024/Conference",
        "pdf": "/pdf/0a1b.pdf", "keywords": ["rest"],
    }  # fmt: skip
    note = {
        "id": forum, "forum": forum, "number": 12, "cdate": 1695000000000, "version": 2,
        "invitations": ["ICLR.cc/2024/Conference/-/Submission"],
        "content": {name: {"value": value} for name, value in content.items()},
    }  # fmt: skip
    return json.dumps({"notes": [note], "count": 1}).encode()


def openreview_v1(forum: str = "abcDEF12") -> bytes:
    """https://docs.openreview.net/reference/api-v1: plain values."""
    answer = json.loads(openreview(forum))
    (note,) = answer["notes"]
    note["content"] = {name: one["value"] for name, one in note["content"].items()}
    return json.dumps(answer).encode()


def semantic_scholar(**known: str) -> bytes:
    """https://api.semanticscholar.org/api-docs/graph#tag/Paper-Data/operation/get_graph_get_paper"""
    return json.dumps(
        {
            "paperId": known.pop("paperId", "a1" * 20),
            "externalIds": {"CorpusId": 123, **known},
            "title": TITLE,
            "abstract": ABSTRACT,
            "venue": "International Conference on Rest",
            "year": 2021,
            "publicationDate": "2021-06-23",
            "openAccessPdf": {"url": "https://press.example/x.pdf", "status": "GREEN"},
            "authors": [{"authorId": "1", "name": "Ann Lee"}, {"authorId": None, "name": "Bo Ek"}],
        }
    ).encode()


def pubmed(number: str = "12345678", corrections: str = "") -> bytes:
    """https://www.ncbi.nlm.nih.gov/books/NBK25499/#chapter4.EFetch, retmode=xml"""
    return f"""<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{number}</PMID>
<DateRevised><Year>2024</Year><Month>01</Month><Day>02</Day></DateRevised>
<Article PubModel="Print-Electronic"><Journal><ISSN IssnType="Electronic">1234-5678</ISSN>
<JournalIssue CitedMedium="Internet"><Volume>7</Volume><PubDate><Year>2021</Year><Month>Aug</Month></PubDate></JournalIssue>
<Title>Journal of rest</Title><ISOAbbreviation>J Rest</ISOAbbreviation></Journal>
<ArticleTitle>Rigid Bodies in <i>Slow</i> Motion.</ArticleTitle>
<Abstract><AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">Bodies move.</AbstractText>
<AbstractText Label="RESULTS">Nothing breaks at 10<sup>2</sup> m.</AbstractText>
<CopyrightInformation>Rights retained</CopyrightInformation></Abstract>
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Lee</LastName><ForeName>Ann B</ForeName><Initials>AB</Initials></Author>
<Author ValidYN="Y"><CollectiveName>Rest Study Group</CollectiveName></Author></AuthorList>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList></Article>
<CommentsCorrectionsList>{corrections}</CommentsCorrectionsList>
</MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">{number}</ArticleId><ArticleId IdType="doi">10.1000/XYZ</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
</PubmedArticleSet>
""".encode()


def page(pdf: str, *tags: tuple[str, str], body: str = "") -> bytes:
    """https://scholar.google.com/intl/en/scholar/inclusion.html#indexing"""
    metas = "".join(f'<meta content="{value}" name={name} />' for name, value in tags)
    return f"""<!doctype html><html lang=en><head><meta charset=utf-8><title>x</title>
<meta content="{TITLE}" name=citation_title>
<meta name="citation_author" content="Lee, Ann"><meta name="citation_author" content="Bo Ek">
<meta name="citation_pdf_url" content="{pdf}">{metas}</head><body>{body}</body></html>""".encode()


def openlibrary(number: str = "9780262035613") -> bytes:
    """https://openlibrary.org/dev/docs/api/books, jscmd=data"""
    book = {
        "url": "https://openlibrary.org/books/OL1M/Rest", "key": "/books/OL1M", "title": "Rest",
        "subtitle": "An Introduction", "authors": [{"url": "https://openlibrary.org/a", "name": "Ann Lee"}],
        "publishers": [{"name": "Quiet Press"}], "publish_date": "November 2016",
    }  # fmt: skip
    return json.dumps({f"ISBN:{number}": book}).encode()
