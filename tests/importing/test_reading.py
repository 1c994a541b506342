"""Formats, labels, identity and choices: small documents, and what is understood of them."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.importing.reading.door import read_document
from papers.importing.reading.drafts.understood import PaperDraft, Understood
from papers.text.citations import read_citation

URL = "https://arxiv.org/abs/2101.0000"


def read(text: str, name: str = "x.md", **choices: str) -> Understood:
    return read_document(
        text.encode(), name, {key.replace("_", "-"): role for key, role in choices.items()}
    )


def only(text: str, name: str = "x.md") -> PaperDraft:
    found = read(text, name)
    assert len(found.papers) == 1, [paper.title for paper in found.papers]
    return found.papers[0]


# ------------------------------------------------------------------------------ formats


FORMATS: dict[str, str] = {
    "x.md": f"## Vision\n\n- [Kernels for noisy sensors]({URL}1), ICML 2021\n- [Masks for all]({URL}2), KDD 2020\n",
    "x.html": (
        f"<!doctype html><title>T</title><h2>Vision</h2><ul><li><a href='{URL}1'>Kernels for noisy sensors</a>, ICML 2021"
        f"<li><a href='{URL}2'>Masks for all</a>, KDD 2020</ul>"
    ),
    "x.rst": (
        f"Vision\n------\n\n- `Kernels for noisy sensors <{URL}1>`_, ICML 2021\n- `Masks for all <{URL}2>`_, KDD 2020\n\n"
        "Other\n-----\n\ntext\n"
    ),
    "x.org": f"* Vision\n- [[{URL}1][Kernels for noisy sensors]], ICML 2021\n- [[{URL}2][Masks for all]], KDD 2020\n",
    "x.txt": f"Vision:\n  1. Kernels for noisy sensors, ICML 2021: {URL}1\n  2. Masks for all, KDD 2020: {URL}2\n",
    "x.yml": (
        f"- topic: Vision\n  papers:\n  - title: Kernels for noisy sensors\n    url: {URL}1\n    venue: ICML 2021\n"
        f"  - title: Masks for all\n    url: {URL}2\n    venue: KDD 2020\n"
    ),
    "x.toml": (
        f'[[topics]]\ntopic = "Vision"\n[[topics.papers]]\ntitle = "Kernels for noisy sensors"\nurl = "{URL}1"\nvenue = "ICML 2021"\n'
        f'[[topics.papers]]\ntitle = "Masks for all"\nurl = "{URL}2"\nvenue = "KDD 2020"\n'
    ),
    "x.json": json.dumps([{"topic": "Vision", "papers": [
        {"title": "Kernels for noisy sensors", "url": f"{URL}1", "venue": "ICML 2021"},
        {"title": "Masks for all", "url": f"{URL}2", "venue": "KDD 2020"}]}]),
    "x.csv": f"\ufeffTitle;Link;Venue;Topic\nKernels for noisy sensors;{URL}1;ICML 2021;Vision\nMasks for all;{URL}2;KDD 2020;Vision\n",
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_papers(name: str) -> None:
    found = read(FORMATS[name], name)
    assert [paper.title for paper in found.papers] == ["Kernels for noisy sensors", "Masks for all"]
    assert [paper.arxiv_id for paper in found.papers] == ["2101.00001", "2101.00002"]
    assert [paper.venue_tags for paper in found.papers] == [("ICML 2021",), ("KDD 2020",)]
    assert {one.topic for paper in found.papers for one in paper.listings} == {("Vision",)}


def test_an_archive_of_pages_is_one_document() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "Papers 0123456789abcdef0123456789abcdef.csv",
            f"Name,Link,Presenter\nKernels for noisy sensors,{URL}1,Cy\n",
        )
        archive.writestr(
            "Papers/Kernels 1123456789abcdef0123456789abcdef.md",
            f"# Kernels for noisy sensors\n\nLink: {URL}1\n\n## Summary\n\nThey show that kernels work well.\n",
        )
        archive.writestr(
            "vault/note.md",
            "---\ntitle: Routing without gradients\nauthors: [Ann Lee, Bo Ek]\n---\nIt is neat.\n",
        )
        archive.writestr("picture.png", b"\x89PNG")
    found = read_document(packed.getvalue(), "export.zip")
    assert {paper.title for paper in found.papers} == {
        "Kernels for noisy sensors",
        "Routing without gradients",
    }
    kernels = next(paper for paper in found.papers if paper.arxiv_id)
    assert kernels.members == ("Cy",)
    assert kernels.review
    assert kernels.review.text("summary") == "They show that kernels work well."
    lines = found.text.split("\n")
    assert all("Kernels for noisy sensors" in lines[place.line - 1] for place in kernels.each_place)


def test_an_issue_is_a_paper_with_a_review() -> None:
    issue = {
        "title": "[12] Sharp minima can generalize", "number": 12, "url": "https://github.com/a/b/issues/12",
        "body": f"[paper]({URL}3)\n\n## TL;DR\n- sharpness depends on scale\n\n## 議論はあるか\n- not convincing on CIFAR",
        "labels": [{"name": "Optimization"}], "assignees": [{"login": "annlee"}], "author": {"login": "boek"},
    }  # fmt: skip
    paper = read(json.dumps([issue]), "issues.json").papers[0]
    assert (paper.title, paper.arxiv_id, paper.members) == (
        "Sharp minima can generalize",
        "2101.00003",
        ("annlee",),
    )
    assert paper.review
    assert "- not convincing on CIFAR" in paper.review.text("critique")
    assert [link.kind for link in paper.links if "issues" in link.url] == ["discussion"]


# ---------------------------------------------------------------------- shapes of lines


def test_labelled_meetings_give_papers_with_members_and_days() -> None:
    found = read(
        "# Group\n\n## Past meetings\n\n* **Mon 7 Mar 2022**\n\t- **Paper:** [Order in small models]"
        f"({URL}1)\n\t- **Moderator:** Ann Example\n\n* **Mon 28 Feb 2022**\n\t- **Paper:** [Labels as weak signals]({URL}2) *(KDD'20)*\n"
        "\t- **Moderator:** Bo\n\n* **Mon 21 Feb 2022**\n\t- Session for submissions\n\n"
        f"* **Mon 4 Nov 2019**\n\n  - **Paper:** Moving words in texts ([link]({URL}3))\n  - **Moderator:** Cy\n  - **Room:** G12\n"
    )
    assert [(p.title, p.members) for p in found.papers] == [
        ("Order in small models", ("Ann Example",)), ("Labels as weak signals", ("Bo",)), ("Moving words in texts", ("Cy",)),
    ]  # fmt: skip
    assert found.papers[1].venue_tags == ("KDD'20",)
    assert [meeting.on.isoformat() for meeting in found.meetings if meeting.on] == [
        "2022-03-07",
        "2022-02-28",
        "2019-11-04",
    ]
    assert found.topics == ()
    assert {"submissions", "Room:** G12"} & {one.text.split()[-1] for one in found.left_out}


@pytest.mark.parametrize(
    ("paper", "person"),
    [("Paper", "Presenter"), ("論文", "発表者"), ("论文", "分享人"), ("논문", "발표자"), ("Artikel", "Referent"),
     ("Article", "Orateur"), ("Artículo", "Ponente")],
)  # fmt: skip
def test_labels_are_understood_in_seven_languages(paper: str, person: str) -> None:
    found = only(
        f"### 3 May 2021\n\n{person}: Amara\n\n{paper}: [Kernels for noisy sensors]({URL}1)\n"
    )
    assert (found.title, found.members, found.meetings) == (
        "Kernels for noisy sensors",
        ("Amara",),
        ("3 May 2021",),
    )


def test_a_paragraph_below_a_title_is_authors_or_a_note() -> None:
    found = read(
        f"# G\n\n**3 April 2018**\n\n[Examples that fool]({URL}1)\n\nAnn One, Bo Two and Cy Three\n\n**27 March 2018**\n\n"
        f"[A cache without bounds]({URL}2)\n\nWe liked the idea, but the evaluation is weak.\n"
    )
    assert found.papers[0].authors == ("Ann One", "Bo Two", "Cy Three")
    assert found.papers[1].review
    assert "evaluation is weak" in " ".join(found.papers[1].review.texts().values())


def test_identifiers_in_words_are_read_and_taken_out_of_titles() -> None:
    found = read(
        "# List\n\n## Vision\n- Masks for instances (arXiv:1703.00001)\n- Residual maps, arXiv preprint 1512.00002\n"
        "- Ann One et al., Mappings that keep identity, arXiv:1603.00003 (2016)\n- Proteins from sequences, doi:10.1000/ddd.4\n\n"
        "1. Views of instances, doi:10.1000/eee.5\n2. Angles in space. DOI: 10.1000/fff.6\n"
    )
    assert [paper.title for paper in found.papers] == [
        "Masks for instances", "Residual maps", "Mappings that keep identity", "Proteins from sequences",
        "Views of instances", "Angles in space",
    ]  # fmt: skip
    assert [p.arxiv_id or p.doi for p in found.papers] == [
        "1703.00001", "1512.00002", "1603.00003", "10.1000/ddd.4", "10.1000/eee.5", "10.1000/fff.6",
    ]  # fmt: skip
    assert (found.papers[2].year, found.papers[2].authors) == (2016, ("Ann One",))


def test_links_by_reference_and_tables_in_html_are_read() -> None:
    found = read(
        f"## Vision\n- [Residual maps][res], CVPR 2016\n- [Masks for instances][2]\n\n[res]: {URL}1\n[2]: {URL}2\n\n"
        f"<table>\n<tr><th>Title</th><th>Presenter</th></tr>\n<tr><td><a href='{URL}3'>Attending to everything</a><br/>One et al., NIPS 2017"
        "</td><td>Ann</td></tr>\n</table>\n"
    )
    assert [p.arxiv_id for p in found.papers] == ["2101.00001", "2101.00002", "2101.00003"]
    assert (found.papers[2].members, found.papers[2].venue_tags) == (("Ann",), ("NIPS 2017",))


# ----------------------------------------------------------------------------- identity


def test_a_title_alone_never_joins_two_works() -> None:
    found = read(
        "@article{a, title={Deep things}, author={One, Ann}, journal={Nature of X}, year={2015}, doi={10.1000/aaa.1}}\n"
        "@book{b, title={Deep Things}, author={Two, Bo and Three, Cy}, publisher={Press}, year={2016}, doi={10.1000/bbb.2}}\n",
        "x.bib",
    )
    assert [(p.authors, p.year, p.doi) for p in found.papers] == [
        (("Ann One",), 2015, "10.1000/aaa.1"), (("Bo Two", "Cy Three"), 2016, "10.1000/bbb.2"),
    ]  # fmt: skip
    assert "different identifiers" in found.problems[0].message


WORK = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Deep things", "Deep Things.", "On small graphs"]),
        "author": st.sampled_from(["", "One, Ann", "Two, Bo", "One, Ann and Two, Bo"]),
        "year": st.sampled_from(["", "1999", "2015", "2016", "2021"]),
        "doi": st.sampled_from(["", "10.1000/a1", "10.1000/b2"]),
        "note": st.sampled_from(["", "a remark", "another remark"]),
    }
)


@given(st.lists(WORK, min_size=1, max_size=6))
def test_no_field_of_works_sharing_titles_is_lost_or_mixed(works: list[dict[str, str]]) -> None:
    entries = [
        "@misc{k%d,\n%s\n}"
        % (n, ",\n".join(f"{key}={{{said}}}" for key, said in work.items() if said))
        for n, work in enumerate(works)
    ]
    found = read("\n".join(entries), "x.bib")
    places = [(paper, place) for paper in found.papers for place in paper.each_place]
    assert len(places) == len(works)
    for (paper, place), work in zip(
        sorted(places, key=lambda pair: pair[1].line), works, strict=True
    ):
        assert place.title == work["title"].removesuffix(".")
        assert (str(place.year or "")) == work["year"]
        assert len(place.authors) == (work["author"].count(" and ") + 1 if work["author"] else 0)
        assert not work["doi"] or paper.doi == work["doi"]
        said = {w["author"] for w in works if w["author"]}
        assert not (
            place.basis == "title"
            and len(said) == 1
            and paper.authors
            and place.authors not in ((), paper.authors)
        )


def test_each_place_of_one_paper_keeps_what_it_says() -> None:
    paper = only(
        f"## A\n- [Kernels for noisy sensors]({URL}1), ICML 2021\n\n## B\n- Kernels for noisy sensors (KDD 2020), Ann Lee et al.\n"
    )
    assert [place.basis for place in paper.each_place] == ["first", "title"]
    assert [place.year for place in paper.each_place] == [2021, 2020]
    assert paper.venue_tags == ("ICML 2021", "KDD 2020")


# ------------------------------------------------------------------------------ choices


def test_a_choice_for_a_kind_of_heading_changes_all_of_them() -> None:
    text = f"# L\n\n## Vision\n- [Kernels for noisy sensors]({URL}1)\n\n## Speech\n- [Masks for all]({URL}2)\n"
    name = next(p.id for p in read(text).patterns if p.example == "Vision")
    chosen = read_document(text.encode(), "x.md", {name: "member"})
    assert [paper.members for paper in chosen.papers] == [("Vision",), ("Speech",)]
    assert chosen.topics == ()
    pattern = next(p for p in chosen.patterns if p.id == name)
    assert (pattern.role, pattern.is_chosen, pattern.count) == ("member", True, 2)


def test_a_choice_for_one_line_changes_only_that_line() -> None:
    text = f"- [Kernels for noisy sensors]({URL}1)\n- [Masks for all]({URL}2)\n"
    found = read_document(text.encode(), "x.md", {"line:2": "text"})
    assert [paper.title for paper in found.papers] == ["Kernels for noisy sensors"]
    assert "Masks for all" in " ".join(one.text for one in found.left_out)


def test_a_choice_for_a_column_maps_it_anew() -> None:
    text = f"| Title | Link | Who |\n|---|---|---|\n| Kernels for noisy sensors | {URL}1 | Ann Lee |\n| Masks for all | {URL}2 | Bo Ek |\n"
    assert [p.members for p in read(text).papers] == [("Ann Lee",), ("Bo Ek",)]
    found = read_document(text.encode(), "x.md", {"column-who": "authors"})
    assert [(p.members, p.authors) for p in found.papers] == [((), ("Ann Lee",)), ((), ("Bo Ek",))]


def test_an_unknown_choice_changes_nothing() -> None:
    text = f"- [Kernels for noisy sensors]({URL}1)\n"
    assert (
        read_document(text.encode(), "x.md", {"item-1-linked": "nonsense", "x": "paper"}).papers
        == read(text).papers
    )


def test_a_quoted_title_is_read_whatever_the_lines_beside_it_cite_like() -> None:
    said = "Ann Reyes et al., “False Alarms, Bad Counts: A Reply,” Audit Letters 80:2 (Sept. 2016)"

    cited = read_citation(said, "et al. first")

    assert cited is not None
    assert cited.title == "False Alarms, Bad Counts: A Reply"
