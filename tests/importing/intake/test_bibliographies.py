"""BibTeX files: what an entry says, what is broken in it, and how it comes in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.importing.intake.applying.actions.apply_imports import apply_import
from papers.importing.intake.previewing.actions.documents import preview_import
from papers.importing.intake.undoing.actions.undo_imports import undo_import
from papers.importing.reading.bibliographies.bibliography import MOST_ENTRIES
from papers.importing.reading.door import read_document
from papers.importing.reading.drafts.understood import PaperDraft, Understood
from papers.importing.reading.opening.at_sight import LARGEST_LIST
from papers.importing.reading.opening.decoding import decode
from papers.models import Identifier, Listing, Member, Paper
from papers.text.citing import make_bibtex
from tests import make
from tests.effort import spend
from tests.make import NOW


def read(text: str) -> Understood:
    """What a bibliography says."""
    found = read_document(text.encode(), "x.bib")
    assert found.shape in ("bibliography", "")
    return found


def only(text: str) -> PaperDraft:
    """Its only paper, without a fault."""
    found = read(text)
    assert found.problems == ()
    (paper,) = found.papers
    return paper


def entry(**fields: Any) -> str:
    """An entry with these fields in braces."""
    inner = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@article{{key,\n{inner}\n}}\n"


def test_an_entry_is_a_paper() -> None:
    paper = only(
        r"""@inproceedings{vaswani2017,
  title     = {Attention Is All You {N}eed},
  author    = {Vaswani, Ashish and Noam Shazeer and M{\"u}ller, Jos{\'e} and others},
  booktitle = "Advances in Neural Information Processing Systems",
  year      = 2017,
  doi       = {https://doi.org/10.1234/A\_b},
  url       = {https://example.org/paper.pdf},
  keywords  = {transformers; attention},
  note      = {Best paper},
  abstract  = {The dominant models are based on
     complex networks.

     They cost 50\% more.},
}"""
    )
    assert paper.title == "Attention Is All You Need"
    assert paper.authors == ("Ashish Vaswani", "Noam Shazeer", "José Müller")
    assert paper.venue_tags == ("Advances in Neural Information Processing Systems",)
    assert (paper.year, paper.doi, paper.note) == (2017, "10.1234/a_b", "Best paper")
    assert paper.tags == ("transformers", "attention")
    assert [(link.kind, link.url) for link in paper.links] == [
        ("pdf", "https://example.org/paper.pdf")
    ]
    assert paper.abstract == (
        "The dominant models are based on complex networks.\n\nThey cost 50% more."
    )
    assert (paper.line, paper.last_line) == (1, 14)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ludwig van Beethoven", ("Ludwig van Beethoven",)),
        ("van der Berg, Jan", ("Jan van der Berg",)),
        ("King, Jr., Martin Luther", ("Martin Luther King Jr.",)),
        ("{The Research and Friends Team}", ("The Research and Friends Team",)),
        ("A. Lee AND\n B. Kim", ("A. Lee", "B. Kim")),
        ("山田, 太郎 and 鈴木 花子", ("山田 太郎", "鈴木 花子")),
        ("Nguy{\\~{\\^e}}n, An", ("An Nguyễn",)),
        ("", ()),
    ],
)
def test_names_are_written_as_they_are_spoken(written: str, names: tuple[str, ...]) -> None:
    assert only(entry(title="Some Title", author=written)).authors == names


@pytest.mark.parametrize(
    ("fields", "arxiv"),
    [
        ({"eprint": "2101.00001v3", "archiveprefix": "arXiv"}, "2101.00001"),
        ({"eprint": "hep-th/9711200", "eprinttype": "arxiv"}, "hep-th/9711200"),
        ({"journal": "arXiv preprint arXiv:1706.03762"}, "1706.03762"),
        ({"journal": "CoRR", "volume": "abs/1409.1556"}, "1409.1556"),
        ({"url": "https://arxiv.org/pdf/2101.00002v1"}, "2101.00002"),
        ({"doi": "10.48550/arXiv.2101.00003"}, "2101.00003"),
        ({"journal": "Journal of Things", "volume": "2101"}, ""),
    ],
)
def test_the_arxiv_id_is_found_wherever_tools_write_it(fields: dict[str, str], arxiv: str) -> None:
    assert only(entry(title="Some Title", **fields)).arxiv_id == arxiv


def test_an_address_that_repeats_an_identifier_is_no_link_besides() -> None:
    paper = only(
        entry(
            title="T of It", doi="10.1234/x", url="https://doi.org/10.1234/X",
            note=r"\url{https://arxiv.org/abs/2101.00001v2}", howpublished=r"\url{https://a.org/b_c}",
        )
    )  # fmt: skip
    assert [link.url for link in paper.links] == ["https://a.org/b_c"]
    assert (paper.doi, paper.arxiv_id, paper.note) == ("10.1234/x", "2101.00001", "")


def test_a_whole_date_is_kept_and_a_nonsense_year_is_not() -> None:
    assert only(entry(title="Some Title", date="2020-03-04")).published_on == date(2020, 3, 4)
    assert only(entry(title="Some Title", date="2020-03-44")).year == 2020
    assert only(entry(title="Some Title", year="99999")).year is None


def test_names_of_strings_and_joined_pieces_are_read() -> None:
    paper = only(
        '@string{jmlr = "Journal of Learning"}\n'
        '@article{a, title = "A {"}quoted{"} " # "title", journal = jmlr # " (Online)", '
        "month = jun, year = {2001}}"
    )
    assert paper.title == 'A "quoted" title'
    assert paper.venue_tags == ("Journal of Learning (Online)",)


def test_a_paper_inherits_from_its_proceedings_which_are_no_paper() -> None:
    paper = only(
        "@inproceedings{a, title={In There}, crossref={P11}}\n"
        "@proceedings{p11, title={Proc. of Things}, year={2011}}\n"
    )
    assert (paper.title, paper.venue_tags, paper.year) == ("In There", ("Proc. of Things",), 2011)


def test_round_brackets_comments_and_preambles_are_understood() -> None:
    paper = only(
        "% Encoding: UTF-8\n@preamble{ {\\newcommand{\\x}{y}} }\n@comment{jabref-meta: a}\n"
        "@article(g, title={Round Brackets}, year={2012})\n"
    )
    assert paper.title == "Round Brackets"


def test_a_broken_entry_costs_only_itself_and_is_named() -> None:
    found = read(
        "@article{a, title={First One}, year={2001}}\n"
        "@article{b, title={Never Closed, author={X Y}, year={2002}\n"
        "@article{c, author={Nobody}, year={2003}}\n"
        "@article{d, title={Last One}, year={2004}}\n"
    )
    assert [(one.title, one.year) for one in found.papers] == [
        ("First One", 2001), ("Never Closed", 2002), ("Last One", 2004),
    ]  # fmt: skip
    broken, untitled = found.problems
    assert (broken.line, untitled.line) == (2, 3)
    assert "“b” (line 2) is broken" in broken.message
    assert "“c” (line 3) has no title" in untitled.message


def test_text_between_the_entries_is_told() -> None:
    found = read("@article{a, title={One of Us}}\n\nSome words.\n@misc{b, title={Other of Us}}\n")
    assert len(found.papers) == 2
    assert "line 3, will be skipped" in found.problems[0].message


def test_the_same_paper_twice_is_one() -> None:
    found = read(entry(title="One and the Same") + entry(title="{O}ne and the Same.", year=2001))
    assert [(one.title, one.year) for one in found.papers] == [("One and the Same", 2001)]


def test_a_readme_that_ends_in_its_citation_stays_a_list() -> None:
    text = (
        "# A list\n\n- [On the Width of Basins](https://arxiv.org/abs/2101.00001)\n\n"
        "## Cite\n\n```\n" + entry(title="This List") + "```\n"
    )
    assert read_document(text.encode(), "README.md").shape == "topics"


def test_what_the_site_cites_is_read_again_as_it_was() -> None:
    written = make_bibtex(
        title="A $\\ell_1$ Norm & 100% of {Braces}_x: BERT's ~Tilde^",
        authors=["José Müller", "Ann and Bob Collective", "山田 太郎"],
        venue="ICML 2020",
        year=2020,
        identifiers=[("arxiv", "2101.00001"), ("doi", "10.1234/x_y")],
    )
    paper = only(written)
    assert paper.title == "A $\\ell_1$ Norm & 100% of {Braces}_x: BERT's ~Tilde^"
    assert paper.authors == ("José Müller", "Ann and Bob Collective", "山田 太郎")
    assert (paper.year, paper.arxiv_id, paper.doi) == (2020, "2101.00001", "10.1234/x_y")


def test_a_bibliography_may_be_larger_than_a_list_but_has_its_bounds() -> None:
    abstract = "word " * 700
    text = "".join(
        entry(title=f"Title of Number {n}", abstract=abstract)
        for n in range(LARGEST_LIST // 3_500 + 40)
    )
    assert len(text) > LARGEST_LIST
    assert decode(text.encode()).problem is None
    problem = decode(("- a\n" + text.replace("@", "").replace("=", "")).encode()).problem
    assert problem is not None
    assert "MB for bibliographies" in problem.message
    found = read("@misc{a, title={T of x}}\n" * (MOST_ENTRIES + 1))
    assert found.papers == ()
    assert "Split it" in found.problems[0].message


PIECES = st.sampled_from(
    ["@article{", "@string{", "@comment{", "@misc(", "key,", "title", " = ", "{", "}", '"', ",",
     "\n", "#", "Some Title", "\\{", "\\'", "author = {A and B}", "2001", "jan", ")", "%", "@",
     "\\", "$", "~"]
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(st.lists(PIECES, max_size=50).map("".join))
def test_any_mixture_of_marks_is_read_or_refused_with_a_sentence(text: str) -> None:
    found = read_document(f"@article{{{text}".encode(), "x.bib")
    assert found.papers or found.problems[0].message.endswith(".")


def test_ten_thousand_entries_are_read_at_over_500_papers_a_second() -> None:
    text = "".join(
        f"@article{{k{n},\n  title = {{Title {n} of {{M}}any Words}},\n"
        f"  author = {{M{{\\\"u}}ller, Jos{{\\'e}} and Lee, Ann and 山田, 太郎}},\n"
        f"  year = {{20{n % 20:02d}}},\n  doi = {{10.1234/x.{n}}},\n"
        f"  abstract = {{{'Some words of it. ' * 30}}}\n}}\n"
        for n in range(10_000)
    )
    data, found = text.encode(), []
    assert spend(lambda: found.append(read_document(data, "x.bib"))) < 20
    assert len(found[0].papers) == 10_000


def test_abstracts_come_in_rendered_and_are_given_to_papers_that_lack_them(ada: Member) -> None:
    known = make.paper("Known for Long")
    text = entry(title="Known for Long", abstract="It has *one* now.", doi="10.1234/k") + entry(
        title="Quite New", abstract="A plain one.", year=2020
    )
    job = preview_import(data=text.encode(), name="x.bib", by=ada, at=NOW)
    job = apply_import(job=job, by=ada, at=NOW)
    known.refresh_from_db()
    assert known.abstract_html == "<p>It has <em>one</em> now.</p>"
    assert Paper.objects.get(title="Quite New").abstract_html == "<p>A plain one.</p>"
    assert Identifier.objects.get().paper == known
    assert not Listing.objects.exists()
    undo_import(job=job, by=ada, at=NOW)
    known.refresh_from_db()
    assert (known.abstract, known.abstract_html) == ("", "")
    assert Paper.objects.count() == 1


def test_an_abstract_changed_since_stays_when_the_import_is_taken_back(ada: Member) -> None:
    known = make.paper("Known for Long")
    text = entry(title="Known for Long", abstract="Long " * 400, venue="x")
    job = preview_import(data=text.encode(), name="x.bib", by=ada, at=NOW)
    job = apply_import(job=job, by=ada, at=NOW)
    Paper.objects.filter(pk=known.pk).update(abstract="Mine.")
    undo_import(job=job, by=ada, at=NOW)
    known.refresh_from_db()
    assert known.abstract == "Mine."
