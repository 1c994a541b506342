"""What several texts say about one paper together, and how its identifiers are written."""

from __future__ import annotations

import pytest

from papers.text.identifiers import (
    Identifiers,
    arxiv_url,
    doi,
    doi_url,
    find_urls,
    host,
    identify,
    identify_all,
    is_on,
    is_web_url,
    isbn,
    normal_url,
    openreview_id,
    openreview_url,
    url_spans,
    with_scheme,
)


def test_kinds_are_joined_and_the_first_of_a_kind_counts():
    found = identify_all(
        ["https://arxiv.org/abs/2106.04421v2", "doi:10.1000/first", "doi:10.1000/second"]
    )
    assert found == Identifiers(arxiv_id="2106.04421", doi="10.1000/first")
    assert not identify_all([])


@pytest.mark.parametrize(
    ("one", "other", "is_contradiction"),
    [
        (Identifiers(doi="10.1/a"), Identifiers(doi="10.1/b"), True),
        (Identifiers(doi="10.1/a"), Identifiers(doi="10.1/a"), False),
        (Identifiers(doi="10.1/a"), Identifiers(arxiv_id="2106.04421"), False),
        (Identifiers(doi="10.1/a", pmid="7"), Identifiers(doi="10.1/b", pmid="7"), False),
        (Identifiers(doi="10.1/a", pmid="7"), Identifiers(doi="10.1/b", pmid="8"), True),
        (Identifiers(doi="10.1/a"), Identifiers(doi="10.1/b", pmid="8"), True),
        (Identifiers(), Identifiers(), False),
    ],
)
def test_one_kind_that_agrees_outweighs_another_that_differs(
    one: Identifiers, other: Identifiers, is_contradiction: bool
):
    assert one.contradicts(other) is is_contradiction
    assert other.contradicts(one) is is_contradiction


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("https://doi.org/10.1000%2Fabc", "10.1000/abc"),
        ("10.1000/abc%20def", "10.1000/abc"),
        ("100% sure: 10.1000/abc", "10.1000/abc"),
        ("https://doi.org/10.1000/abc?via=x", "10.1000/abc"),
        ("https://doi.org/10.1000/abc#part", "10.1000/abc"),
        ("See 10.1000/ABC.;", "10.1000/abc"),
        ("10.48550/arXiv.2106.04421", ""),
    ],
)
def test_a_doi_ends_where_its_address_goes_on(text: str, name: str):
    assert doi(text) == name


def test_a_doi_without_its_coding_is_left_as_it_is():
    assert doi("10.1000/a%b") == doi("10.1000/a%b c")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ISBN 978-0-262-03561-3", "9780262035613"),
        ("isbn: 0-8044-2957-x", "080442957X"),
        ("978-0-262-03561-3", ""),
    ],
)
def test_a_book_is_known_by_a_number_that_says_so(text: str, number: str):
    assert isbn(text) == number
    assert identify(text).isbn == number


def test_identifiers_are_read_back_from_their_addresses():
    assert arxiv_url("2106.04421") == "https://arxiv.org/abs/2106.04421"
    assert doi_url("10.1000/abc") == "https://doi.org/10.1000/abc"
    assert openreview_url("rJ4km2R5t7") == "https://openreview.net/forum?id=rJ4km2R5t7"
    for address in map(str, (arxiv_url("2106.04421"), openreview_url("rJ4km2R5t7"))):
        assert identify(address)
    assert openreview_id("https://openreview.net/group?id=ICLR.cc") == ""


def test_places_of_addresses_are_those_of_their_letters():
    text = "See (https://a.example/x_(y)), and https://b.example/[z]]."
    assert [text[start:end] for start, end in url_spans(text)] == find_urls(text)
    assert find_urls(text) == ["https://a.example/x_(y)", "https://b.example/[z]"]


@pytest.mark.parametrize(
    ("url", "is_web"),
    [
        ("HTTPS://a.example/", True),
        (" http://a.example/ ", True),
        ("ftp://a.example/", False),
        ("https://localhost/", False),
        ("https://[broken/", False),
    ],
)
def test_what_a_page_may_link_to(url: str, is_web: bool):
    assert is_web_url(url) is is_web


def test_an_address_without_a_scheme_gets_one():
    assert with_scheme(" WWW.a.example ") == "https://WWW.a.example"
    assert with_scheme(" a.example ") == "a.example"


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("http://www.A.example:80/b%2Dc/#d", "https://a.example/b-c"),
        ("https://a.example:443/b", "https://a.example/b"),
        ("https://a.example:8080/b", "https://a.example:8080/b"),
        ("https://a.example/b?z=1&a=&utm_source=x&ref=y", "https://a.example/b?a=&z=1"),
        ("https://a.example:port/ ", "https://a.example:port/"),
        ("/only/a/path", "https:///only/a/path"),
    ],
)
def test_what_does_not_make_another_place_is_left_out(url: str, normal: str):
    assert normal_url(url) == normal


def test_hosts_are_compared_by_their_ends():
    assert host("https://WWW.A.example:80/b") == "a.example"
    assert host("https://[broken/") == ""
    assert host("/path") == ""
    assert is_on("export.arxiv.org", ("arxiv.org",))
    assert is_on("arxiv.org", ("arxiv.org",))
    assert not is_on("notarxiv.org", ("arxiv.org",))
