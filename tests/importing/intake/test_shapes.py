"""What is understood of lists as groups keep them, shape by shape."""

from __future__ import annotations

from datetime import date

from tests.importing.intake.understanding import only, read, titles


def test_members_lists_give_claims_topics_and_links_in_order() -> None:
    found = read(
        "# Papers\n\n### @Nao\n##### Flatness\n- Walking Downhill Slowly\n"
        "https://github.com/lab/papers/issues/3\n- On the Width of Basins\n"
        "https://arxiv.org/abs/2101.00001v3\n\n---\n\n### @Rin\n- Paper Without Section\n"
        "https://x.example/a.pdf\n"
    )
    assert found.shape == "members"
    assert titles(found) == [
        "Walking Downhill Slowly", "On the Width of Basins", "Paper Without Section",
    ]  # fmt: skip
    first, second, third = found.papers
    assert first.members == ("Nao",)
    assert first.links[0].kind == "discussion"
    assert second.arxiv_id == "2101.00001"
    assert second.urls == ("https://arxiv.org/abs/2101.00001v3",)
    assert second.claims[0].position == 2
    assert second.listings[0].topic == ("Flatness",)
    assert third.listings[0].topic == ()
    assert found.unclaimed == ()


def test_headings_that_say_who_proposed_are_members_over_headings_of_papers() -> None:
    found = read(
        "# Proposed by Uma:\n\n### A Short Title about Deep Trees (long paper)\n"
        "https://arxiv.org/abs/1804.00001\n\n## Vision picks\n"
        "### Seeing Things in the Dark and\nOther Places\nhttps://x.example/b.pdf\n\n"
        "# Proposed by Vik:\n### Trees and Forests: a Comparison\nhttps://arxiv.org/abs/1804.00002\n"
    )
    assert titles(found) == [
        "A Short Title about Deep Trees",
        "Seeing Things in the Dark and Other Places",
        "Trees and Forests: a Comparison",
    ]
    assert [paper.members for paper in found.papers] == [("Uma",), ("Uma",), ("Vik",)]
    assert found.papers[1].listings[0].topic == ("Vision picks",)
    assert all(paper.review is None for paper in found.papers)


def test_names_in_brackets_that_lead_to_files_are_readers() -> None:
    found = read(
        "# 2021 July\n\n* Baking Fields of Light ([진오](./summary/1.md), [민국](./summary/2.md))\n"
        "* tinyNet ([윤우]](./summary/3.md))\n"
    )
    assert titles(found) == ["Baking Fields of Light", "tinyNet"]
    assert found.papers[0].members == ("진오", "민국")
    assert found.papers[1].members == ("윤우",)
    assert found.topics == ()


def test_the_file_name_gives_the_member_when_nothing_else_does() -> None:
    table = (
        "# PaperList\n\n| Title | Link |\n|--|--|\n| Trees of Noise | [x](https://a.example/b) |\n"
    )
    assert only(read(table, "lists/Group_Lists_Leqi.md")).members == ("Leqi",)
    assert only(read(table, "Leqi/list.md")).members == ("Leqi",)
    assert only(read(table, "lists/reading_list.md")).members == ()


def test_notes_are_papers_with_reviews_divided_by_wording() -> None:
    found = read(
        "# A HEADING WITHOUT TEXT UNDER IT\n\n# WHY THE LOSS FALLS\n"
        "- They measure the loss in many runs.\n"
        "- Results:\n-- It falls quickly.\n-- It falls far.\n\n"
        "- However, the writing is poor.\n- We need to rerun this with dropout.\n"
        "- Does it hold for small batches?\n\n#\n"
    )
    assert found.shape == "notes"
    assert titles(found) == ["A HEADING WITHOUT TEXT UNDER IT", "WHY THE LOSS FALLS"]
    review = found.papers[1].review
    assert review is not None
    assert found.papers[0].review is None
    assert [unit.section for unit in review.units] == [
        "summary", "summary", "summary", "summary", "critique", "follow_up", "questions",
    ]  # fmt: skip
    assert review.text("summary").endswith("    - It falls quickly.\n    - It falls far.")
    assert found.unclaimed == ()


def test_labelled_fields_under_dated_headings_are_facts_and_sections() -> None:
    found = read(
        "# journal-club\n\n## 13.11.2017\n## Dilated Trees in Practice\n\n"
        "**Author:** Ann Lee, Bob Ray\n**Link:** https://arxiv.org/pdf/1704.00001.pdf\n"
        "**Motivation:** Plain trees forget what they saw.\n\n**Limitations:**\nOnly toy data.\n\n"
        "## 12.11.2017\n### Another Way to Grow Trees\n**Link:** https://arxiv.org/abs/1704.00002\n"
        "**Approach:** They grow them slowly.\n"
    )
    first, second = found.papers
    assert first.authors == ("Ann Lee", "Bob Ray")
    assert first.arxiv_id == "1704.00001"
    assert first.year is None
    assert first.review is not None
    assert "forget" in first.review.text("summary")
    assert "toy data" in first.review.text("critique")
    assert second.title == "Another Way to Grow Trees"


def test_bullets_with_a_date_an_author_and_one_finding_are_papers() -> None:
    found = read(
        "## A variety of papers\n\n"
        "* 16/12/13, Im: The empirical shape of loss surfaces. "
        "Methods reach quite other points. #loss\n"
        "    * Asks how much the method matters.\n    * https://arxiv.org/abs/1612.00001\n"
        "* 17/05/24, Soudry: Train longer, generalize better. Steps matter, not batches. #batch\n"
        "    * Proposed solution: virtual batches.\n    * https://arxiv.org/abs/1705.00001\n"
    )
    first, second = found.papers
    assert first.title == "The empirical shape of loss surfaces"
    assert first.published_on == date(2016, 12, 13)
    assert first.listings[0].topic == ("loss",)
    assert first.review is not None
    assert first.review.text("takeaway").startswith("Methods reach quite other")
    assert "how much the method" in first.review.text("summary")
    assert (second.title, second.arxiv_id) == ("Train longer, generalize better", "1705.00001")


AWESOME = """# Deep things explained

A collection of papers.

- [Theory](#theory)
  - [Training: SGD, curriculum etc.](#training)

## Theory

### Training: SGD, curriculum etc.

> Why it works.

- [Noise is Not Necessary](https://arxiv.org/pdf/2109.00001.pdf), Tom Gold's group, `nips2021`.
- [Rates and Balance](https://arxiv.org/pdf/2110.00002.pdf), 2021, UCB，`iclr2022 submit` spotlight.
- [Predicting Weights](https://arxiv.org/abs/2110.00003#), Oct. 25 2021. `weights`
- [Handbook of Bounds](https://proceedings.example/paper.pdf), NeurIPS 2018.

## Practice

- [Noise is Not Necessary](https://arxiv.org/abs/2109.00001), 2021.
  - *"Full batches do as well as
small ones."*
- [Git Re-Mix](https://arxiv.org/abs/2209.00004), Sep. 11 2022. [tweet1](https://twitter.com/a)

## Spurious things

See [here](https://github.com/x/y) for more.
"""


def test_awesome_lists_are_topics_with_listings_venues_dates_and_groups() -> None:
    found = read(AWESOME)
    assert found.shape == "topics"
    assert found.title == "Deep things explained"
    noise, rates, weights, bounds, mix = found.papers
    assert [one.topic for one in noise.listings] == [
        ("Theory", "Training: SGD, curriculum etc."),
        ("Practice",),
    ]
    assert (noise.group, noise.venue_tags, noise.year) == ("Tom Gold's group", ("nips2021",), 2021)
    assert (rates.group, rates.venue_tags, rates.year) == ("UCB", ("iclr2022 submit",), 2021)
    assert (weights.tags, weights.published_on) == (("weights",), date(2021, 10, 25))
    assert (bounds.venue_tags, bounds.year) == (("NeurIPS 2018",), 2018)
    assert [link.kind for link in mix.links] == ["paper", "discussion"]
    assert noise.review is not None
    assert noise.review.is_note
    assert "Full batches" in noise.listings[1].note
    assert found.topics[1].description == "> Why it works."
    assert found.topics[-1].path == ("Spurious things",)
    assert found.unclaimed == ()


def test_venue_and_year_before_a_bold_title_are_columns() -> None:
    found = read(
        "# Notes\n\n## Language\n\n* TACL 2017  **Learning Structured Trees** "
        "[[pdf]](https://arxiv.org/abs/1705.00001) [[code]](https://github.com/a/b)\n"
        "* 2014 *SIGKDD* **DeepStroll: Walks** [pdf](https://arxiv.org/abs/1403.00001) "
        "[note](./n.md)\n"
    )
    first, second = found.papers
    assert (first.title, first.venue_tags, first.year) == (
        "Learning Structured Trees",
        ("TACL",),
        2017,
    )
    assert (second.venue_tags, second.year) == (("SIGKDD",), 2014)
    assert "./n.md" in found.problems[0].message


def test_a_title_in_running_text_ends_before_its_venue() -> None:
    found = read(
        "# 1. Dynamics\n\n- Descent only converges to valleys. In *COLT 2016*. "
        "[[pdf](http://x.example/lee16.pdf)]\n"
        "- When does it escape? A view. In *ICML 2018*. [[pdf](http://x.example/k18.pdf)]\n"
        "\n# 2. Momentum\n\n- Keeping it moving. In *ICML 2019*. [[pdf](http://x.example/m.pdf)]\n"
    )
    assert titles(found) == [
        "Descent only converges to valleys", "When does it escape? A view", "Keeping it moving",
    ]  # fmt: skip
    assert found.papers[0].venue_tags == ("COLT 2016",)
    assert found.papers[2].listings[0].topic == ("Momentum",)


def test_items_without_a_link_over_linked_items_are_topics() -> None:
    found = read(
        "# Things\n\n## Vision\n- Transformers\n"
        "  - [An Image is Many Words](https://arxiv.org/abs/2010.00001) - "
        "Cuts an image into words.\n"
        "  - [Data-efficient words](https://arxiv.org/abs/2012.00001)\n"
        "- Older\n  - [Filters of Light](https://arxiv.org/abs/1010.00001)\n"
    )
    assert found.papers[0].listings[0].topic == ("Vision", "Transformers")
    assert found.papers[2].listings[0].topic == ("Vision", "Older")
    assert found.papers[0].listings[0].note == "Cuts an image into words."


def test_numbered_lists_checkboxes_and_authors_in_titles_are_read() -> None:
    found = read(
        "# Papers:\n1. [MOP: Offline Things](<./MOP/MOP Offline.md>)\n"
        "2. [Playing with Six Trees (2019) - Cuccu, Tog and Ray](https://github.com/b/n.md)\n"
        "3. [ ] [To Read This Soon](https://arxiv.org/abs/1902.00001) :star:\n"
    )
    assert titles(found) == ["MOP: Offline Things", "Playing with Six Trees", "To Read This Soon"]
    assert found.papers[1].authors == ("Cuccu", "Tog", "Ray")
    assert found.papers[1].year == 2019


def test_one_address_under_two_titles_is_two_papers_and_a_problem() -> None:
    found = read(
        "# T\n- [Dilated Trees](https://arxiv.org/abs/1704.00001)\n"
        "- [Bayesian Forests of Rain](https://arxiv.org/abs/1704.00001)\n"
    )
    assert len(found.papers) == 2
    assert "different titles" in found.problems[0].message
    assert found.problems[0].line == 3


def test_one_address_under_two_wordings_of_a_title_is_one_paper() -> None:
    found = read(
        "# T\n- [A Bayesian View of Trees and Stochastic Gradient Descent]"
        "(https://arxiv.org/abs/1710.00001)\n"
        "- [Bayesian view of trees and SGD](https://arxiv.org/pdf/1710.00001v2.pdf)\n"
    )
    assert len(only(found).urls) == 2


def test_lines_that_nothing_claims_are_told() -> None:
    found = read(
        "# Proposed by Uma:\nGeneral:\n### Trees of Many Kinds and Sizes\nhttps://arxiv.org/abs/1804.00001\n"
    )
    assert found.unclaimed == ((2, "General:"),)
    assert "Line 2 (“General:”) will be skipped" in found.problems[0].message


def test_an_unclosed_code_block_does_not_swallow_the_list() -> None:
    found = read("# T\n```\nmake\n\n- [Trees of Noise](https://arxiv.org/abs/1804.00001)\n")
    assert titles(found) == ["Trees of Noise"]
    assert "never closed" in found.problems[0].message


def test_broken_front_matter_is_a_problem_with_its_line_and_the_rest_is_read() -> None:
    found = read(
        "---\na: [1\nb: 2\n---\n\n# T\n- [Trees of Noise](https://arxiv.org/abs/1804.00001)\n"
    )
    assert titles(found) == ["Trees of Noise"]
    assert "YAML" in found.problems[0].message


def test_keys_stay_the_same_when_a_document_is_read_again() -> None:
    first, second = read(AWESOME), read("\n\n" + AWESOME)
    assert [paper.key for paper in first.papers] == [paper.key for paper in second.papers]
    assert len({paper.key for paper in first.papers}) == len(first.papers)


def test_a_title_with_a_year_in_it_is_a_title() -> None:
    found = read("# T\n- [Task 2018 of Many Words](https://arxiv.org/abs/1801.00001), 2019.\n")
    assert titles(found) == ["Task 2018 of Many Words"]


def test_an_item_without_words_is_told_not_swallowed() -> None:
    found = read(
        "# T\n- [Trees of Rain](https://x.example/a.pdf)\n- [???](https://x.example/b.pdf)\n"
    )
    assert titles(found) == ["Trees of Rain"]
    assert found.unclaimed[0][0] == 3
