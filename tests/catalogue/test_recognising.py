"""What a pasted line names."""

from __future__ import annotations

import pytest

from papers.catalogue.recognition import recognise, write_down


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("2106.12345", ("arxiv", "2106.12345")),
        ("arXiv:2106.12345v3", ("arxiv", "2106.12345")),
        ("https://arxiv.org/pdf/2106.12345v2", ("arxiv", "2106.12345")),
        ("10.1000/ABC.5", ("doi", "10.1000/abc.5")),
        ("https://doi.org/10.1000/abc.5", ("doi", "10.1000/abc.5")),
        ("https://openreview.net/forum?id=rJ4km2R5t7", ("openreview", "rJ4km2R5t7")),
    ],
)
def test_one_field_takes_every_kind_of_identifier(text: str, identifier: tuple[str, str]) -> None:
    assert recognise(text).identifiers == [identifier]


def test_an_address_that_repeats_an_identifier_is_no_link_besides() -> None:
    assert recognise("https://arxiv.org/abs/2106.12345").links == []
    assert recognise("https://arxiv.org/pdf/2106.12345").links == [
        ("pdf", "https://arxiv.org/pdf/2106.12345")
    ]


def test_an_address_of_a_paper_identifies_it_when_nothing_better_does() -> None:
    found = recognise("https://www.example.org/papers/One/")
    assert found.identifiers == [("url", "https://example.org/papers/One")]
    assert found.links == [("paper", "https://www.example.org/papers/One/")]


def test_code_alone_does_not_identify_a_paper() -> None:
    found = recognise("https://github.com/lab/model")
    assert (found.identifiers, found.links) == ([], [("code", "https://github.com/lab/model")])


def test_several_lines_give_several_names() -> None:
    found = recognise("arXiv: 2106.12345\nhttps://doi.org/10.1000/x, https://github.com/a/b")
    assert [kind for kind, _ in found.identifiers] == ["arxiv", "doi"]
    assert [kind for kind, _ in found.links] == ["code"]


def test_words_that_name_nothing_are_given_back() -> None:
    assert recognise("some words").unknown == ["some", "words"]


@pytest.mark.parametrize(
    "text",
    [
        "2106.12345 10.1000/x",
        "https://example.org/paper.pdf\nhttps://github.com/a/b",
        "https://openreview.net/forum?id=abc https://openreview.net/pdf?id=abc",
    ],
)
def test_what_is_written_down_is_read_again(text: str) -> None:
    found = recognise(text)
    again = recognise(write_down(found.identifiers, [url for _, url in found.links]))
    assert (again.identifiers, again.links) == (found.identifiers, found.links)
