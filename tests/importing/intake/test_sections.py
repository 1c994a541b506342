"""Which section a sentence, and a label, belongs to."""

from __future__ import annotations

import pytest

from papers.importing.reading.labels.cues import section_of
from papers.importing.reading.labels.meanings import meaning_of
from papers.text.dates import find_date, names_a_time
from papers.text.venues import find_venue, is_venue_tag, venue_year


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("They train two nets and compare them.", "summary"),
        ("The evaluation is limited to MNIST, and ablations are missing.", "critique"),
        ("It doesn't explain the setting.", "critique"),
        ("Great paper!", "critique"),
        ("課題として、評価が不十分。", "critique"),
        ("한계가 분명하고 실험이 부족하다.", "critique"),
        ("实验不足，缺乏对比。", "critique"),
        ("We should try this with larger batches.", "follow_up"),
        ("It would be interesting to combine it with pruning.", "follow_up"),
        ("自分のデータで試したい。", "follow_up"),
        ("우리 데이터로 해보고 싶다.", "follow_up"),
        ("可以尝试更大的模型。", "follow_up"),
        ("Why does the loss rise again?", "questions"),
        ("I don't understand the second proof.", "questions"),
        ("これは本当に必要だろうか", "questions"),
        ("더 작은 모델에서도 될까?", "questions"),
        ("为什么要归一化？", "questions"),
    ],
)
def test_wording_decides_the_section(text: str, section: str) -> None:
    assert section_of(text) == section


@pytest.mark.parametrize(
    ("label", "meaning"),
    [
        ("**Motivation:**", "summary"),
        ("problem :", "summary"),
        ("一言でいうと", "takeaway"),
        ("2. 先行研究と比べて何がすごい? (Novelty)", "summary"),
        ("議論はあるか？", "critique"),
        ("느낀 점", "critique"),
        ("thinkings", "follow_up"),
        ("疑問点", "questions"),
        ("Link", "link"),
        ("著者/所属機関", "authors"),
        ("次に読むべき論文", "summary"),
        ("Data-centric understanding", None),
        ("Theory of training", None),
    ],
)
def test_labels_are_known_in_the_languages_of_labs(label: str, meaning: str | None) -> None:
    assert meaning_of(label) == meaning


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("Oct. 25 2021", 2021, "2021-10-25"),
        ("Jul. 15 2021", 2021, "2021-07-15"),
        ("8th August, 2020", 2020, "2020-08-08"),
        ("13.11.2017", 2017, "2017-11-13"),
        ("2020年3月5日", 2020, "2020-03-05"),
        ("Feb. 2021", 2021, None),
        ("in 2019", 2019, None),
        ("Feb. 31 2021", 2021, None),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, year: int, day: str | None) -> None:
    found = find_date(text)
    assert found is not None
    assert (found.year, found.on.isoformat() if found.on else None) == (year, day)


@pytest.mark.parametrize("text", ["1234.5678", "2022Q1", "version 2.0.1", "resnet2020x", ""])
def test_other_numbers_are_no_dates(text: str) -> None:
    assert find_date(text) is None


@pytest.mark.parametrize(
    "text", ["2021 July", "Week 3", "Fall 2020", "13.11.2017", "第3回 2020年5月"]
)
def test_headings_that_name_a_time_are_no_topics(text: str) -> None:
    assert names_a_time(text)


@pytest.mark.parametrize("text", ["COLING 2018", "3D vision", "May", "Image+Text"])
def test_other_headings_name_no_time(text: str) -> None:
    assert not names_a_time(text)


@pytest.mark.parametrize(
    ("tag", "year"),
    [("nips2021", 2021), ("ICML'25", 2025), ("iclr2022 submit", 2022), ("jmlr2018", 2018)],
)
def test_venue_tags_are_known_with_their_year(tag: str, year: int) -> None:
    assert is_venue_tag(tag)
    assert venue_year(tag) == year


@pytest.mark.parametrize("tag", ["implicit bias", "gd", "gpt-2", "non-vacuous bound"])
def test_keywords_in_back_ticks_are_no_venues(tag: str) -> None:
    assert not is_venue_tag(tag)


def test_an_institution_with_a_year_is_no_venue() -> None:
    assert find_venue("JHU 2021") is None
    assert find_venue("Google Research 2021") is None
    found = find_venue(", NeurIPS 2018.")
    assert found is not None
    assert found.tag == "NeurIPS 2018"
