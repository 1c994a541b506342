"""Issues in every family of templates that reading groups use, in their languages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from papers.importing.reading.door import read_document
from papers.importing.reading.drafts.understood import PaperDraft, Understood
from papers.importing.reading.issues.template_headings import meaning_of_heading

LINK = "https://arxiv.org/abs/2101.00007"


def issue(body: str, title: str = "Folding flat maps", **fields: Any) -> dict[str, Any]:
    usual = {
        "number": 7, "title": title, "body": body.replace("\n", "\r\n"), "labels": [],
        "assignees": [], "author": {"login": "ada"}, "comments": [], "state": "OPEN",
        "createdAt": "2022-03-07T10:00:00Z", "closedAt": None,
        "url": "https://github.com/lab/papers/issues/7",
    }  # fmt: skip
    return usual | fields


def read_all(*issues: dict[str, Any]) -> Understood:
    return read_document(json.dumps(list(issues), ensure_ascii=False).encode(), "issues.json")


def read(body: str, title: str = "Folding flat maps", **fields: Any) -> PaperDraft:
    found = read_all(issue(body, title, **fields))
    assert len(found.papers) == 1, found.problems
    return found.papers[0]


def say(paper: PaperDraft, section: str) -> str:
    return paper.review.text(section) if paper.review else ""


def credit(paper: PaperDraft) -> str:
    return next((one.member for one in paper.said if one.kind == "review"), "")


def test_1_arxivtimes() -> None:
    paper = read(
        f"## 一言でいうと\n地図を平らに折る方法を示した。\n\n### 論文リンク\n[pdf]({LINK})\n\n"
        "### 著者/所属機関\nAnn Lee, Bo Ek\n- 折り紙大学\n\n### 投稿日付(yyyy/MM/dd)\n2021/03/07\n\n"
        "## 概要\n\n## 新規性・差分\n折り目が少ない。\n\n## 手法\n格子で計算する。\n\n"
        "## 結果\n誤差は小さい。\n\n## コメント\n実験が一つだけである。\n"
    )
    assert paper.urls[0] == LINK
    assert paper.authors[:2] == ("Ann Lee", "Bo Ek")
    assert (paper.year, str(paper.published_on)) == (2021, "2021-03-07")
    for text in ("地図を平らに折る", "折り目が少ない", "格子で計算", "誤差は小さい"):
        assert text in say(paper, "summary")
    assert "実験が一つだけ" in say(paper, "critique")
    assert "概要" not in say(paper, "summary"), "an empty section is nothing"
    assert credit(paper) == "ada"


def test_1_a_template_that_nobody_filled_is_no_review() -> None:
    paper = read(
        f"## 一言でいうと\n\n### 論文リンク\n{LINK}\n\n### 著者/所属機関\n\n"
        "### 投稿日付(yyyy/MM/dd)\nyyyy/MM/dd\n\n## 概要\n<br/>\n## コメント\n-\n"
    )
    assert paper.review is None
    assert paper.urls[0] == LINK


def test_1_a_comment_that_is_only_a_relation_is_a_link() -> None:
    paper = read(
        f"### 論文リンク\n{LINK}\n\n## 概要\n折る。平らになることを示す。\n\n## コメント\n#333\n"
    )
    assert say(paper, "critique") == ""
    assert "#333" in paper.note


@pytest.mark.parametrize("number", ["## {}. ", "### {}) ", "**{}. "])
def test_2_six_questions(number: str) -> None:
    heads = [
        "どんなもの？", "先行研究と比べてどこがすごいの？", "技術や手法の\"キモ\"はどこにある？",
        "どうやって有効だと検証した？", "議論はあるか？", "次に読むべき論文はあるか？",
    ]  # fmt: skip
    texts = ["平らな地図の折り方。", "折り目が少ない。", "格子を使う。", "百枚で試した。",
             "紙の厚さを無視している。", "https://arxiv.org/abs/2002.00002"]  # fmt: skip
    end = "**" if number.startswith("*") else ""
    body = f"論文情報・リンク: {LINK}\n\n" + "\n\n".join(
        f"{number.format(n)}{head}{end}\n{text}"
        for n, (head, text) in enumerate(zip(heads, texts, strict=True), 1)
    )
    paper = read(body)
    assert paper.arxiv_id == "2101.00007", "the paper to read next is not this one"
    assert all(text in say(paper, "summary") for text in texts[:4])
    assert texts[4] in say(paper, "critique")
    assert say(paper, "follow_up") == ""
    assert texts[5] in paper.urls


def test_2_bilingual_with_who_wrote_it() -> None:
    paper = read(
        f"文責: eko\n\n# 0. 著者 (Authors)\nAnn Lee\n# 1. どんなもの？ (Summary)\n折り方を示す。\n"
        "# 2. 先行研究と比べて何がすごい? (Novelty and Contribution)\n速い。\n"
        f"# 5. 議論はある? (Discussion)\n厚さが問題。\n# 論文へのリンク (Link to the paper)\n<{LINK}>\n"
    )
    assert paper.urls[0] == LINK
    assert credit(paper) == "eko"
    assert "折り方を示す" in say(paper, "summary")
    assert "厚さが問題" in say(paper, "critique")


def test_3_ptir_in_korean() -> None:
    paper = read(
        f"[paper]({LINK})\n\n## TL;DR\n- **problem :** 지도를 접기 어렵다.\n"
        "- **idea :** 격자로 접는다.\n- **result :** 오차가 작다.\n\n## Details\n### 격자\n자세한 내용이다.\n"
        "## 한계\n- 종이 두께를 무시한다.\n## 이해 안되는 부분\n- 왜 격자인가?\n## 고민해볼점\n- 두꺼운 종이로 해본다.\n"
    )
    assert paper.urls[0] == LINK
    for text in ("지도를 접기 어렵다", "격자로 접는다", "오차가 작다", "자세한 내용이다"):
        assert text in say(paper, "summary")
    assert "종이 두께를 무시" in say(paper, "critique")
    assert "왜 격자인가?" in say(paper, "questions")
    assert "두꺼운 종이로" in say(paper, "follow_up")


def test_3_early_ones_with_bold_labels_alone() -> None:
    paper = read(
        f"**problem :** 접기 어렵다.\n**solution :** 격자.\n**느낀점 :** 재미있다.\n\n{LINK}\n"
    )
    assert "접기 어렵다" in say(paper, "summary")
    assert "재미있다" in say(paper, "critique")
    assert paper.urls[0] == LINK


def test_4_abstract_details_personal_thoughts() -> None:
    paper = read(
        "## Abstract\n- Maps fold flat.\n## Details\n### Grid\n- Cells of one size.\n"
        f"## Personal Thoughts\n- Thick paper is ignored.\n\nLink : {LINK}\nAuthors : Ann Lee, Bo Ek\n"
    )
    assert paper.authors == ("Ann Lee", "Bo Ek")
    assert paper.urls[0] == LINK
    assert "Maps fold flat." in say(paper, "summary")
    assert "Cells of one size." in say(paper, "summary")
    assert "Thick paper" in say(paper, "critique")


def test_5_tldr_to_discussion() -> None:
    heads = ("TL;DR", "Motivation", "Previous Work", "Method", "Experiments", "Discussion")
    body = f"{LINK}\n" + "\n".join(f"# {head}\nSaid of {head}." for head in heads)
    paper = read(body)
    assert all(f"Said of {head}." in say(paper, "summary") for head in heads[:5])
    assert "Said of Discussion." in say(paper, "critique")


def test_6_spread_over_description_and_comments() -> None:
    talk = [
        {"author": {"login": "ada"}, "body": "## Evaluation\nA hundred sheets.", "createdAt": ""},
        {"author": {"login": "cy"}, "body": "I folded one.", "createdAt": "2022-04-01T08:00:00Z"},
    ]
    paper = read(f"## Overview\nMaps fold flat.\n{LINK}\n", comments=talk)
    assert "Maps fold flat." in say(paper, "summary")
    assert "A hundred sheets." in say(paper, "summary")
    said = [(one.member, one.text, one.at) for one in paper.said if one.kind == "comment"]
    assert said == [("cy", "I folded one.", "2022-04-01T08:00:00Z")]


def test_7_chinese() -> None:
    paper = read(
        f"**一句话总结：**地图可以平折。\n\n**资源：**\n- [pdf]({LINK})\n\n**关键字：**\n- 折纸\n\n"
        "**笔记：**\n网格的方法很简单。\n\n**不足：**\n忽略了厚度。\n\n**启发：**\n用厚纸再试。\n"
    )
    assert paper.urls[0] == LINK
    assert "地图可以平折" in say(paper, "summary")
    assert "网格的方法很简单" in say(paper, "summary")
    assert "忽略了厚度" in say(paper, "critique")
    assert "用厚纸再试" in say(paper, "follow_up")


def test_8_reviewer_form() -> None:
    paper = read(
        f"# Paper information\n{LINK}\n# Summary: problems to address, key ideas, quick results\n"
        "Maps fold flat.\n# Questions about the paper?\nWhich paper was it?\n# What do you like?\n"
        "It is short.\n# What you don't like?\nOne test.\n# How to improve?\nFold more maps.\n"
        "# Any new ideas?\nFold globes.\n# Reproducing results (if any)\nNot tried.\n"
    )
    assert "Maps fold flat." in say(paper, "summary")
    assert "Which paper" in say(paper, "questions")
    assert "It is short." in say(paper, "critique")
    assert "One test." in say(paper, "critique")
    for text in ("Fold more maps.", "Fold globes.", "Not tried."):
        assert text in say(paper, "follow_up")


def test_8_conference_form() -> None:
    paper = read(
        f"{LINK}\n## Contributions\nA fold.\n## Detailed comments\nToo short.\n## Overall score\n6\n## Improvements\nMore.\n"
    )
    assert "A fold." in say(paper, "summary")
    assert "Too short." in say(paper, "critique")
    assert "6" in say(paper, "critique")
    assert "More." in say(paper, "follow_up")


def test_9_four_questions() -> None:
    paper = read(
        f"{LINK}\n## What did authors try to accomplish?\nFlat maps.\n"
        "## What was the key elements of the approach?\nA grid.\n"
        "## What can you use yourself?\nThe grid on globes.\n\nDoes it work?\n## Other references\nhttps://x.example/code\n",
        title="[2022]How do maps fold?",
    )
    assert paper.title == "How do maps fold?"
    assert paper.year == 2022
    assert "A grid." in say(paper, "summary")
    assert "The grid on globes." in say(paper, "follow_up")
    assert "Does it work?" in say(paper, "questions")
    assert "https://x.example/code" in paper.urls


def test_10_a_meeting_with_papers_in_its_comments() -> None:
    talk = [
        {
            "author": {"login": who},
            "body": f"## Folding {what} maps by hand\n- 論文URL: https://arxiv.org/abs/2101.0000{n}\n- 著者: Ann Lee\n- 背景: {what}地図。\n",
            "createdAt": "2021-11-25T10:00:00Z",
        }
        for n, (who, what) in enumerate((("ben", "small"), ("cy", "large")), 1)
    ]
    found = read_all(issue("今週の輪講です。", "[2021/11/25]Machine Learning 輪講", comments=talk))
    assert len(found.papers) in (1, 2)


def test_what_is_no_paper_is_said() -> None:
    found = read_all(
        issue("", "test4"), issue("", ""), issue("nothing", "http://papers.example/x.pdf", number=9),
        issue(LINK, "A real paper here", number=10), issue("", "A change", pull_request={"url": "x"}),
    )  # fmt: skip
    assert [paper.title for paper in found.papers] == ["A real paper here"]
    told = " ".join(problem.message for problem in found.problems)
    assert "test4" in told
    assert "has no title" in told
    assert "is a link" in told


@pytest.mark.parametrize(
    ("title", "clean", "year"),
    [
        ("[97] Folding flat maps", "Folding flat maps", None),
        ("[Paper Note] Folding flat maps, Ann Lee+, CVPR'22, 2021.11", "Folding flat maps", 2022),
        ("20170612 Folding flat maps", "Folding flat maps", None),
        ("2015: Folding flat maps", "Folding flat maps", 2015),
        ("🚧 Folding flat maps", "Folding flat maps", None),
    ],
)
def test_titles_lose_what_is_around_them(title: str, clean: str, year: int | None) -> None:
    paper = read("## Summary\nMaps fold flat, and stay so.\n", title=title)
    assert paper.title == clean
    assert paper.title_as_written == title
    assert year is None or paper.year == year


def test_labels_are_topics_and_venues_and_states() -> None:
    labels = [{"name": name} for name in ("Origami", "ICLR21", "2023Q3", "Done-review", "折り紙")]
    paper = read(f"{LINK}\n## Summary\nMaps fold flat, they say.\n", labels=labels)
    assert {one.topic for one in paper.listings} == {("Origami",), ("折り紙",)}
    assert "ICLR21" in paper.venue_tags


def test_headings_in_a_body_are_no_papers() -> None:
    found = read_all(issue(f"# Summary\nOne.\n# Free heading\nTwo.\n{LINK}\n"))
    assert len(found.papers) == 1
    assert "Two." in say(found.papers[0], "summary")


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("## 2. 先行研究と比べて何がすごい? (Novelty and Contribution)", "summary"),
        ("結果", "summary"), ("Results", "summary"), ("コメント", "critique"),
        ("What you don't like?", "critique"), ("次に読むべき論文は？", "reading"),
        ("Limitation or 이해 안되는 부분", "critique"), ("이해 안되는 부분", "questions"),
        ("投稿日付(yyyy/MM/dd)", "date"), ("資料", ""), ("한계점", "critique"), ("启发", "follow_up"),
        ("何故読もうと思ったのか", "context"), ("Weather", ""),
    ],
)  # fmt: skip
def test_headings_mean_what_the_table_says(heading: str, meaning: str) -> None:
    assert meaning_of_heading(heading) == meaning
