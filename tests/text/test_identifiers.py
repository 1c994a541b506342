"""Names that the world gives a paper, read from addresses and text."""

from __future__ import annotations

import pytest

from papers.text.identifiers import (
    Identifiers,
    arxiv_id,
    doi,
    find_urls,
    identify,
    is_paper_url,
    is_web_url,
    normal_url,
    openreview_id,
)
from papers.text.link_kinds import link_kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://arxiv.org/pdf/1607.04381.pdf", "1607.04381"),
        ("http://www.arxiv.org/abs/1710.09829v1", "1710.09829"),
        ("https://arxiv.org/abs/1711.00489#", "1711.00489"),
        ("https://arxiv.org/abs/1503.04069.pdf", "1503.04069"),
        ("https://arxiv.org/html/2501.12345v2", "2501.12345"),
        ("https://arxiv.org/ftp/arxiv/papers/1901/1901.00001.pdf", "1901.00001"),
        ("https://arxiv.org/abs/math.GT/0309136", "math/0309136"),
        ("arXiv:hep-th/9901001v3", "hep-th/9901001"),
        ("2110.09485v2", "2110.09485"),
        ("https://doi.org/10.48550/arXiv.2101.00001", "2101.00001"),
        ("https://huggingface.co/papers/2101.00001", "2101.00001"),
        ("https://example.org/2110.09485", ""),
        ("version 12.3456", ""),
        ("9999.12345", ""),
    ],
)
def test_arxiv_ids_are_read_without_their_version(text: str, expected: str) -> None:
    assert arxiv_id(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://doi.org/10.1145/3292500.3330701", "10.1145/3292500.3330701"),
        ("doi: 10.1000/ABC.def, and", "10.1000/abc.def"),
        (
            "https://link.springer.com/content/pdf/10.1007%2Fs11063-018-9873-x.pdf",
            "10.1007/s11063-018-9873-x",
        ),
        ("10.48550/arXiv.2101.00001", ""),
        ("https://x.org/pii/S0304407615000305", ""),
    ],
)
def test_dois_are_read_in_lower_case(text: str, expected: str) -> None:
    assert doi(text) == expected


def test_openreview_names_a_forum_not_a_revision() -> None:
    assert openreview_id("https://openreview.net/pdf?id=lJx2vng-KiC") == "lJx2vng-KiC"
    assert openreview_id("https://openreview.net/forum?a=b&id=X1&noteId=y") == "X1"
    assert openreview_id("https://openreview.net/references/pdf?id=H1xEzlHKx") == ""
    assert openreview_id("https://openreview.net/group?id=ICLR.cc") == ""


def test_a_text_without_names_identifies_nothing() -> None:
    assert not identify("nothing here")
    assert identify("https://arxiv.org/abs/2101.00001") == Identifiers(arxiv_id="2101.00001")


def test_addresses_end_before_punctuation_and_keep_their_own_brackets() -> None:
    text = "see (https://a.org/x_(y)) and https://b.com/c, www.d.org."
    assert find_urls(text) == ["https://a.org/x_(y)", "https://b.com/c", "www.d.org"]


@pytest.mark.parametrize(
    "other",
    [
        "http://a.org/x",
        "https://www.a.org/x/",
        "https://A.org/x?utm_source=b#c",
        "https://a.org:443/x",
    ],
)
def test_one_place_has_one_normal_address(other: str) -> None:
    assert normal_url(other) == normal_url("https://a.org/x")


def test_other_places_stay_other_places() -> None:
    assert normal_url("https://a.org/x?id=1") != normal_url("https://a.org/x?id=2")
    assert normal_url("http://[broken") == "http://[broken"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://a.org", "./x.md", "#a", "http://", "http://["]
)
def test_only_http_addresses_with_a_host_may_be_opened(url: str) -> None:
    assert not is_web_url(url)


@pytest.mark.parametrize(
    ("url", "label", "kind"),
    [
        ("https://github.com/a/b/issues/3", "", "discussion"),
        ("https://github.com/a/b", "", "code"),
        ("https://github.com/a/b", "project page", "project"),
        ("https://arxiv.org/pdf/2101.00001", "", "pdf"),
        ("https://arxiv.org/abs/2101.00001", "", "paper"),
        ("https://x.org/a.pdf", "", "pdf"),
        ("https://twitter.com/a", "", "discussion"),
        ("https://x.org/y", "论文", "paper"),
        ("https://a.github.io/", "", "project"),
    ],
)
def test_a_link_says_what_stands_behind_it(url: str, label: str, kind: str) -> None:
    assert link_kind(url, label) == kind


def test_papers_are_known_by_their_places() -> None:
    assert is_paper_url("https://aclanthology.org/P18-1123")
    assert is_paper_url("https://x.org/a.pdf?dl=1")
    assert is_paper_url("https://192.0.2.19/1703.06870v2"), "a mirror of arXiv"
    assert not is_paper_url("https://blog.openai.com/reptile/")
