"""What each service's answers say, in its real format."""

from __future__ import annotations

import pytest

from papers.lookups.found_work import Found, Unreadable, WrongWork
from papers.lookups.services import (
    arxiv,
    crossref,
    datacite,
    openlibrary,
    openreview,
    pages,
    pubmed,
    semantic_scholar,
)
from papers.lookups.services.service import Service
from papers.lookups.services.xml import read_xml
from papers.lookups.subjects import ACL, ARXIV, DOI, ISBN, OPENREVIEW, PAGE, PMID, S2, Subject
from tests.lookups import shapes

SHA = "a1" * 20
ACL_TAGS = [
    ("citation_publication_date", "2017/7"), ("citation_conference_title", "Proceedings of Rest"),
    ("citation_doi", "10.18653/v1/P17-1001"),
]  # fmt: skip
ABSTRACT_CARD = (
    '<div class="card-body acl-abstract"><h5 class=card-title>Abstract</h5>'
    f"<span>{shapes.ABSTRACT.replace('<', '&lt;')}</span></div><div>other</div>"
)
PMLR_PAGE = "https://proceedings.mlr.press/v139/lee21a.html"
NEURIPS_PAGE = "https://proceedings.neurips.cc/paper/2017/hash/3f5e0a-Abstract.html"
CVF_PAGE = "https://openaccess.thecvf.com/content/CVPR2021/html/Lee_Rest_CVPR_2021_paper.html"
PAGES = {service.key: service for service in pages.SERVICES}


def read(service: Service, body: bytes, kind: str, value: str) -> Found:
    found = service.read(body, Subject(kind, value))
    assert found
    return found


def test_arxiv() -> None:
    found = read(arxiv.SERVICE, shapes.arxiv(), ARXIV, "2106.12345")
    assert found == Found(
        title=shapes.TITLE, authors=("Ann Lee", "Jérôme Ek"), abstract=shapes.ABSTRACT,
        venue="arXiv", year=2021, published_on="2021-06-23",
        names=("https://arxiv.org/abs/2106.12345", "https://arxiv.org/pdf/2106.12345"),
        version="v3", versioned_on="2022-02-03",
    )  # fmt: skip


def test_arxiv_knows_where_a_paper_was_published() -> None:
    own = 'xmlns:arxiv="http://arxiv.org/schemas/atom"'
    more = (
        f"<arxiv:doi {own}>10.1000/XYZ</arxiv:doi>"
        f"<arxiv:journal_ref {own}>J. Rest 7 (2021)\n 17</arxiv:journal_ref>"
    )
    found = read(arxiv.SERVICE, shapes.arxiv("cs/0112017", more=more), ARXIV, "cs/0112017")
    assert (found.venue, found.published_as) == ("J. Rest 7 (2021) 17", "10.1000/xyz")
    assert "https://doi.org/10.1000/xyz" in found.names


@pytest.mark.parametrize("body", [shapes.ARXIV_NOTHING, shapes.ARXIV_ERROR])
def test_arxiv_does_not_know_it(body: bytes) -> None:
    assert arxiv.SERVICE.read(body, Subject(ARXIV, "2106.99999")) is None


def test_crossref() -> None:
    found = read(crossref.SERVICE, shapes.crossref(), DOI, "10.1000/xyz")
    assert found == Found(
        title=shapes.TITLE, authors=("Ann Lee", "Jérôme Ek Jr.", "The Rest Group"),
        abstract=shapes.ABSTRACT, venue="Journal of Rest", year=2021, published_on="2021-08-09",
        names=("https://doi.org/10.1000/xyz",),
    )  # fmt: skip


def test_crossref_tells_of_preprints_and_retractions() -> None:
    more = {
        "type": "posted-content", "container-title": [], "institution": [{"name": "bioRxiv"}],
        "published-online": None, "issued": {"date-parts": [[None]]}, "title": ["Rest"],
        "posted": {"date-parts": [[2020, 1, 2]]}, "subtitle": ["An Introduction"],
        "relation": {"is-preprint-of": [{"id-type": "doi", "id": "10.1000/ABC"}]},
        "updated-by": [{"DOI": "10.1000/Note", "type": "Retraction",
                        "updated": {"date-parts": [[2026, 3, 2]]}}],
    }  # fmt: skip
    found = read(crossref.SERVICE, shapes.crossref(**more), DOI, "10.1000/xyz")
    assert (found.title, found.venue, found.year) == ("Rest: An Introduction", "bioRxiv", 2020)
    assert found.published_as == "10.1000/abc"
    assert [(one.kind, one.name, one.on) for one in found.amendments] == [
        ("retraction", "10.1000/note", "2026-03-02")
    ]


def test_crossref_lists_amendments_of_a_work() -> None:
    body = shapes.crossref_amendments("10.1000/xyz", "10.1000/note")
    assert [one.name for one in crossref.read_amendments(body, "10.1000/xyz")] == ["10.1000/note"]
    assert crossref.read_amendments(body, "10.1000/other") == []


def test_datacite() -> None:
    found = read(datacite.SERVICE, shapes.datacite(), DOI, "10.5281/zenodo.123")
    assert (found.title, found.authors, found.venue) == (
        shapes.TITLE,
        ("Ann Lee", "Bo Ek"),
        "Zenodo",
    )
    assert (found.year, found.published_on, found.abstract) == (2021, "2021-06-23", shapes.ABSTRACT)


def test_datacite_has_arxiv_papers_too() -> None:
    body = shapes.datacite("10.48550/arxiv.2106.12345")
    found = read(datacite.SERVICE, body, ARXIV, "2106.12345")
    assert found.names == ("https://arxiv.org/abs/2106.12345",)


@pytest.mark.parametrize("body", [shapes.openreview(), shapes.openreview_v1()])
def test_openreview(body: bytes) -> None:
    found = read(openreview.SERVICE, body, OPENREVIEW, "abcDEF12")
    assert (found.title, found.authors) == (shapes.TITLE, ("Ann Lee", "Bo Ek"))
    assert (found.venue, found.year) == ("ICLR 2024", 2024)
    assert "https://openreview.net/pdf?id=abcDEF12" in found.names


@pytest.mark.parametrize(
    ("kind", "value", "known"),
    [
        (S2, SHA, {"paperId": SHA}), (ARXIV, "2106.12345", {"ArXiv": "2106.12345"}),
        (DOI, "10.1000/xyz", {"DOI": "10.1000/XYZ"}), (ACL, "P17-1001", {"ACL": "P17-1001"}),
        (PMID, "12345678", {"PubMed": "12345678"}),
    ],
)  # fmt: skip
def test_semantic_scholar(kind: str, value: str, known: dict[str, str]) -> None:
    found = read(semantic_scholar.SERVICE, shapes.semantic_scholar(**known), kind, value)
    assert (found.title, found.venue) == (shapes.TITLE, "International Conference on Rest")
    assert "https://press.example/x.pdf" in found.names


def test_pubmed() -> None:
    corrections = (
        '<CommentsCorrections RefType="Cites"><PMID>1</PMID></CommentsCorrections>'
        '<CommentsCorrections RefType="RetractionIn"><RefSource>J Rest. 2023</RefSource>'
        '<PMID Version="1">87654321</PMID></CommentsCorrections>'
    )
    found = read(pubmed.SERVICE, shapes.pubmed(corrections=corrections), PMID, "12345678")
    assert (found.title, found.venue, found.year) == (shapes.TITLE, "Journal of rest", 2021)
    assert found.authors == ("Ann B Lee", "Rest Study Group")
    assert found.abstract == "Background: Bodies move.\n\nResults: Nothing breaks at 102 m."
    assert found.names == (
        "https://pubmed.ncbi.nlm.nih.gov/12345678/", "https://doi.org/10.1000/xyz",
    )  # fmt: skip
    assert [one.name for one in found.amendments] == ["https://pubmed.ncbi.nlm.nih.gov/87654321/"]


@pytest.mark.parametrize(
    ("key", "kind", "value", "pdf"),
    [
        ("acl", ACL, "P17-1001", "https://aclanthology.org/P17-1001.pdf"),
        ("pmlr", PAGE, PMLR_PAGE, "http://proceedings.mlr.press/v139/lee21a/lee21a.pdf"),
        ("neurips", PAGE, NEURIPS_PAGE,
         "https://proceedings.neurips.cc/paper/2017/file/3f5e0a-Paper.pdf"),
        ("cvf", PAGE, CVF_PAGE,
         "https://openaccess.thecvf.com/content/CVPR2021/papers/Lee_Rest_CVPR_2021_paper.pdf"),
    ],
)  # fmt: skip
def test_pages_of_proceedings(key: str, kind: str, value: str, pdf: str) -> None:
    body = shapes.page(pdf, *ACL_TAGS, body=ABSTRACT_CARD)
    found = read(PAGES[key], body, kind, value)
    assert (found.title, found.authors) == (shapes.TITLE, ("Ann Lee", "Bo Ek"))
    assert (found.venue, found.year) == ("Proceedings of Rest", 2017)
    assert found.abstract == shapes.ABSTRACT
    assert pdf.replace("http:", "https:") in found.names
    assert PAGES[key].write_path(Subject(kind, value)).startswith("/")
    others = [one for one in pages.SERVICES if one.key != key]
    assert not any(one.write_path(Subject(kind, value)) for one in others)


def test_openlibrary() -> None:
    found = read(openlibrary.SERVICE, shapes.openlibrary(), ISBN, "9780262035613")
    assert (found.title, found.year) == ("Rest: An Introduction", 2016)
    assert openlibrary.SERVICE.read(b"{}", Subject(ISBN, "9780262035613")) is None


OTHERS = [
    (arxiv.SERVICE, shapes.arxiv("2106.99999"), ARXIV, "2106.12345"),
    (crossref.SERVICE, shapes.crossref("10.1000/other"), DOI, "10.1000/xyz"),
    (datacite.SERVICE, shapes.datacite("10.1000/other"), DOI, "10.1000/xyz"),
    (openreview.SERVICE, shapes.openreview("other"), OPENREVIEW, "abcDEF12"),
    (semantic_scholar.SERVICE, shapes.semantic_scholar(DOI="10.1000/o"), DOI, "10.1000/xyz"),
    (pubmed.SERVICE, shapes.pubmed("1234"), PMID, "12345678"),
    (PAGES["pmlr"], shapes.page("https://proceedings.mlr.press/v1/ek21.pdf"), PAGE, PMLR_PAGE),
]


@pytest.mark.parametrize(("service", "body", "kind", "value"), OTHERS)
def test_an_answer_about_another_work_is_refused(
    service: Service, body: bytes, kind: str, value: str
) -> None:
    with pytest.raises(WrongWork):
        service.read(body, Subject(kind, value))


@pytest.mark.parametrize(("service", "_body", "kind", "value"), OTHERS)
@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html><body>Sign in to the network</body></html>", b"[1, 2]", b"\0\xff\xfe",
        b'{"message": 3, "data": [], "notes": {"a": 1}}', b"[" * 100_000, b"<a>" * 5000, b"null",
        b'{"message": {"DOI": 7, "title": [[]], "author": "x"}}',
    ],
)  # fmt: skip
def test_an_answer_in_another_format_is_refused(
    service: Service, _body: bytes, kind: str, value: str, body: bytes
) -> None:
    try:
        assert service.read(body, Subject(kind, value)) is None
    except (Unreadable, WrongWork):
        return


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        b'<!DOCTYPE a [<!ENTITY % b SYSTEM "http://x.example/"> %b;]><a/>',
        b"<!DOCTYPE a [<!ELEMENT a ANY>]><a/>",
        b"<a>" * 101 + b"</a>" * 101,
        b"<a>&other;</a>",
    ],
)
def test_xml_with_declarations_or_without_end_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_xml(body)


def test_found_survives_json() -> None:
    found = read(pubmed.SERVICE, shapes.pubmed(), PMID, "12345678")
    assert Found.from_json(found.as_json()) == found
