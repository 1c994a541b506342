"""Pages, schedules, tables and plain text, shape by shape."""

from __future__ import annotations

import pytest

from tests.importing.intake.understanding import only, read, titles

PAGE = """---
layout: default
---

# [](#list) List of papers
  1. **DSD: DENSE and SPARSE Training For Nets**
  2. **Understanding nets requires rethinking**
  3. **A Paper that has no Section below**

* * *

## <a id="Methods"></a>Training

#### **1. DENSE and SPARSE Training For Nets**
**Review**([Paper link](https://arxiv.org/pdf/1607.00001.pdf))
This paper suggests to train twice.
Because weights matter.
#### **2. Understanding nets requires rethinking** (ICCV2017)
**Review**([Paper link]())
It fits random labels:
1. nets can memorize.
2. noise is embraced.
"""


def test_a_page_meets_its_index_though_it_is_worded_otherwise() -> None:
    found = read(PAGE)
    assert titles(found) == [
        "A Paper that has no Section below",
        "DENSE and SPARSE Training For Nets",
        "Understanding nets requires rethinking",
    ]
    _, first, second = found.papers
    assert first.listings[0].topic == ("Training",)
    assert first.arxiv_id == "1607.00001"
    assert first.review is not None
    assert first.review.text("summary").startswith("This paper suggests to train twice.")
    assert (second.venue_tags, second.year, second.urls) == (("ICCV2017",), 2017, ())
    assert second.review is not None
    assert "1. nets can memorize." in second.review.text("summary")
    assert found.unclaimed == ()


SCHEDULE = """---
semester: "Fall 2020"
sessions:
  - date: "09/04/2020"
    presenter: "Ann Lee"
    title: "Finding Bugs --- Thousands of Them"
    authors: "Bo Li (Uni of X), Cy Ray (Y)"
    venue: "SOSP '19"
    link: "https://x.example/sosp.pdf"

  - date: "09/25/2020"
    presenter: "Ann Lee"
    title: "TBD"
---

# Description

A weekly seminar about systems.
"""


def test_a_schedule_in_front_matter_is_a_list_of_papers_with_presenters() -> None:
    paper = only(read(SCHEDULE))
    assert paper.title == "Finding Bugs --- Thousands of Them"
    assert paper.members == ("Ann Lee",)
    assert paper.authors == ("Bo Li", "Cy Ray")
    assert (paper.venue_tags, paper.year) == (("SOSP '19",), 2019)
    assert paper.line == 6


def test_a_file_about_one_paper_is_one_paper_with_a_review() -> None:
    found = read(
        '---\ntitle: "[15] Counting What Nets Remember"\ndate: 2022-03-24\n'
        "tags: ['NLP', '2022Q1']\npaper: \"https://arxiv.org/pdf/2202.00001.pdf\"\n---\r\n"
        "[paper](https://arxiv.org/pdf/2202.00001.pdf)\r\n**problem :**\r\n"
        "모델이 커지면 외우는 일이 생긴다.\r\n\r\n"
        "**thinkings :**\r\n- 다른 방식으로 해보고 싶다.\r\n"
        "- tackle할 수 없을까?\r\n"
    )
    paper = only(found)
    assert paper.title == "Counting What Nets Remember"
    assert (paper.year, paper.arxiv_id) == (None, "2202.00001")
    assert [one.topic for one in paper.listings] == [("NLP",)]
    assert paper.review is not None
    assert "외우는" in paper.review.text("summary")
    assert "해보고" in paper.review.text("follow_up")
    assert "없을까" in paper.review.text("questions")


def test_a_table_of_meetings_gives_presenters_and_splits_cells_with_several_papers() -> None:
    found = read(
        "# Weekly Group\n\n## 2020\n\n| Date | Topic | Presenters | Notes |\n|:--:|--|--|--|\n"
        "| 8th August, 2020| [Seeing Better in Space](https://arxiv.org/abs/2006.00001) "
        "| Rohan, Uma | [Summary](a/b.pdf)\n"
        "| 20th June, 2020 | [Batch Things](https://arxiv.org/pdf/1502.00001.pdf), "
        "[LayerThing](https://arxiv.org/abs/1607.00001) | Aaryan | They compare both of them.\n"
    )
    assert titles(found) == ["Seeing Better in Space", "Batch Things", "LayerThing"]
    assert found.papers[0].members == ("Rohan", "Uma")
    assert found.papers[0].year is None
    assert found.papers[1].review is not None
    assert found.topics == ()


def test_a_table_names_its_columns_in_other_languages_too() -> None:
    found = read(
        "| 论文 | 链接 | 年份 |\n|--|--|--|\n"
        "| 深度树的研究 | https://arxiv.org/abs/2001.00001 | 2020 |\n"
    )
    paper = only(found)
    assert (paper.title, paper.arxiv_id, paper.year) == ("深度树的研究", "2001.00001", 2020)


def test_plain_text_with_titles_over_addresses_is_a_list() -> None:
    found = read(
        "Reading list of our lab\n\nAttention Is All There Is\nhttps://arxiv.org/abs/1706.00001\n\n"
        "Trees: Growing of Deep Forests\nhttps://arxiv.org/abs/1810.00001\n",
        "list.txt",
    )
    assert titles(found) == ["Attention Is All There Is", "Trees: Growing of Deep Forests"]


VARIANTS = {
    "dates and presenters before links": (
        "# Club\n- 2021-03-04: Ada: [Trees of Noise](https://arxiv.org/abs/2101.00001)\n"
        "- 2021-03-11: Ben: [Forests of Rain](https://arxiv.org/abs/2101.00002)\n"
    ),
    "dated headings": (
        "# Group\n### 2021-03-04 - Trees of Noise\nPresenter: Ada\n"
        "Paper: https://arxiv.org/abs/2101.00001\n### 2021-03-11 - Forests of Rain\n"
        "Presenter: Ben\nPaper: https://arxiv.org/abs/2101.00002\n"
    ),
    "numbered weeks": (
        "# Seminar\n## Week 1: Trees of Noise\n[paper](https://arxiv.org/abs/2101.00001)\n"
        "## Week 2: Forests of Rain\n[paper](https://arxiv.org/abs/2101.00002)\n"
    ),
    "bold titles with authors": (
        "# List\n* **Trees of Noise** by Ann Lee, Bob Ray. ICML 2020.\n"
        "* **Forests of Rain** by Cy Doe et al. NeurIPS 2021.\n"
    ),
    "a bibliography": (
        "# References\n1. Trees of Noise. Ann Lee, Bob Ray. ICML 2020.\n"
        "2. Lee, A., Ray, B.: Forests of Rain. In: CVPR 2019.\n"
    ),
    "linked headings": (
        "# Notes\n## [Trees of Noise](https://arxiv.org/abs/2101.00001)\nThey plant trees.\n"
        "## [Forests of Rain](https://arxiv.org/abs/2101.00002)\n- Rain is modelled as noise.\n"
    ),
    "bold lines as headings": (
        "**Trees of Noise**\n\nThey plant trees.\n\n**Forests of Rain**\n\nThey model rain.\n"
    ),
    "underlined headings": (
        "Trees of Noise\n==============\n\nAnn Lee, ICML 2020\n\nThey plant trees.\n\n"
        "Forests of Rain\n===============\n\nThey model rain.\n"
    ),
    "checkboxes": (
        "# 列表\n- [x] Trees of Noise [论文](https://arxiv.org/abs/2101.00001)\n"
        "- [ ] **KDD'20** Forests of Rain [论文](https://arxiv.org/abs/2101.00002)\n"
    ),
    "a table with readers": (
        "| Paper | Reader | Comments |\n|---|---|---|\n"
        "| Trees of Noise ([arXiv](https://arxiv.org/abs/2101.00001)) | @ada | Only toy data. |\n"
        "| Forests of Rain | ben | |\n"
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_the_next_list_is_kept_in_yet_another_way(name: str) -> None:
    found = read(VARIANTS[name])
    assert titles(found) == ["Trees of Noise", "Forests of Rain"]
    assert found.unclaimed == ()


def test_who_presented_is_a_member_and_the_meeting_is_no_year() -> None:
    for name in ("dates and presenters before links", "dated headings"):
        found = read(VARIANTS[name])
        assert [paper.members for paper in found.papers] == [("Ada",), ("Ben",)]
        assert [paper.year for paper in found.papers] == [None, None]


def test_a_bibliography_gives_authors_venue_and_year() -> None:
    first, second = read(VARIANTS["a bibliography"]).papers
    assert (first.authors, first.venue_tags) == (("Ann Lee", "Bob Ray"), ("ICML 2020",))
    assert (second.authors, second.year) == (("A Lee", "B Ray"), 2019)


def test_an_issue_template_in_japanese_gives_facts_and_sections() -> None:
    paper = only(
        read(
            "# Deep Trees of Many Kinds\n## 一言でいうと\n木を深くする方法を提案した研究。\n"
            "### 論文リンク\nhttps://arxiv.org/abs/2101.00001\n### 著者/所属機関\nAnn Lee\n"
            "## 概要\n## 手法\n木を二回植える。\n## コメント\n実験が不十分だと思う。\n"
        )
    )
    assert (paper.arxiv_id, paper.authors) == ("2101.00001", ("Ann Lee",))
    assert paper.review is not None
    assert paper.review.text("takeaway") == "木を深くする方法を提案した研究。"
    assert "二回" in paper.review.text("summary")
    assert "不十分" in paper.review.text("critique")
