"""More shapes of lists: mixed sections, dashes, dates in front, links below, minutes."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.importing.world.page import Page
from tests.importing.world.works import TOPICS, make_works


def bare_table(chance: random.Random) -> Page:
    """A table without the bars at its ends, with columns that say why and where."""
    page, form = Page("_index.md"), chance.randrange(2)
    page.put("---", 'title: "Reading Group"', "headless: true", "---", "", "## Schedule 2021", "")
    page.put(
        "Date | Presenter | Paper | Why should we care | Conference | Repo"
        if form
        else "| Date  | Presenter    | Paper         | Why should we care | Conference | Repo",
        "----- | ------------ | ------------- | ------------------ | ---------- | -----"
        if form
        else " | ----- | ------------ | ------------- | ------------------ | ---------- | -----",
    )
    for n, work in enumerate(make_works(chance, 16)):
        talks = n % 3 == 0
        row = f"{1 + n % 28:02d}/03 | {work.reader} | [{work.title}]({work.url}) | {work.remark if talks else ''} | {work.tag} | [repo]({work.code})"
        page.paper(
            work,
            row if form else f" | {row}",
            members=[work.reader],
            tells="url year venue review" if talks else "url year venue",
        )
    return page


def dashes(chance: random.Random) -> Page:
    """ "- Title — Authors — Venue Year — [pdf](..)", the order as each list has it."""
    page, form, dash = (
        Page("list.md"),
        chance.randrange(4),
        chance.choice((" — ", " - ", " – ", " | ")),
    )
    topics, works = chance.sample(TOPICS, 4), make_works(chance, 20)
    page.put("# Papers by area", "")
    for n, topic in enumerate(topics):
        page.put(f"## {('I', 'II', 'III', 'IV')[n]}. {topic}", "")
        for work in works[5 * n : 5 * n + 5]:
            parts = (
                (f"**{work.title}**", work.people, work.tag, f"[pdf]({work.url})"),
                (work.title, work.tag, f"[[paper]]({work.url})"),
                (str(work.year), f"[{work.title}]({work.url})", work.et_al),
                (work.tag, work.title, work.people, f"[link]({work.url})"),
            )[form]
            page.paper(
                work,
                f"- {dash.join(parts)}",
                tells="url year" if form == 2 else "url year venue",
                topic=[topic],
            )
        page.put("")
    return page


def links_below(chance: random.Random) -> Page:
    """A title, and its links, authors and venue as bullets below."""
    page, form = Page("README.md"), chance.randrange(3)
    topics, works = chance.sample(TOPICS, 3), make_works(chance, 15)
    page.put("# Library of the group", "")
    for n, topic in enumerate(topics):
        page.put(f"## {topic}", "")
        for work in works[5 * n : 5 * n + 5]:
            page.paper(work, *(
                (f"- {work.title}", f"  - [paper]({work.url})", f"  - [code]({work.code})"),
                (f"* **{work.title}**", f"    * {work.people}", f"    * {work.tag}", f"    * {work.url}"),
                (f"- {work.title} ({work.year})", f"  - by {work.people}", f"  - [PDF]({work.url}), [slides](s/{work.number}.pdf)"),
            )[form], tells=("url", "url year venue", "url year")[form], topic=[topic])  # fmt: skip
        page.put("")
    return page


def dated_headings(chance: random.Random) -> Page:
    """A heading a paper with the day it was read in front: "### [2023-01-05] [Title](..)"."""
    page, form = Page("log.md"), chance.randrange(3)
    page.put("# Reading log", "")
    day = date(2023, 1, 5)
    for work in make_works(chance, 15):
        head = (
            f"### [{day:%Y-%m-%d}] [{work.title}]({work.url})",
            f"## {day:%Y/%m/%d}: {work.title}",
            f"### {work.title} ({day.day} {day:%b} {day.year})",
        )[form]
        page.paper(
            work,
            head,
            "",
            *([f"[arXiv]({work.url})", ""] if form else []),
            f"{work.remark} It took me an hour.",
            "",
            tells="url review",
        )
        day += timedelta(days=4)
    return page


def numbers_first(chance: random.Random) -> Page:
    """arXiv ids first: "- [2101.00001] Title", "- arXiv:2101.00001 - Title"."""
    page, form = Page("arxiv.md"), chance.randrange(3)
    topics, works = chance.sample(TOPICS, 3), make_works(chance, 15)
    page.put("# New on arXiv", "")
    for n, topic in enumerate(topics):
        page.put(f"## {topic}", "")
        for work in works[5 * n : 5 * n + 5]:
            work.arxiv = work.arxiv or f"2102.{work.number:05d}"
            work.url = f"https://arxiv.org/abs/{work.arxiv}"
            page.paper(
                work,
                (
                    f"- [[{work.arxiv}]({work.url})] {work.title}",
                    f"- [arXiv:{work.arxiv}]({work.url}) **{work.title}**",
                    f"- [{work.arxiv}]({work.url}) - {work.title} ({work.et_al})",
                )[form],
                topic=[topic],
            )
        page.put("")
    return page


def quoted_titles(chance: random.Random) -> Page:
    """'- "Title" by A and B (Venue Year)', in straight or curly quotation marks."""
    page, form = Page("papers.md"), chance.randrange(3)
    topics, works = chance.sample(TOPICS, 3), make_works(chance, 15)
    page.put("# Good reads", "")
    for n, topic in enumerate(topics):
        page.put(f"**{topic}**" if form == 2 else f"## {topic}", "")
        for work in works[5 * n : 5 * n + 5]:
            page.paper(work, (
                f'- "{work.title}" by {work.people} ({work.tag}) [link]({work.url})',
                f"- “{work.title}”, {work.people}, {work.tag}. <{work.url}>",
                f'* {work.people}, "[{work.title}]({work.url})", {work.tag}',
            )[form], tells="url year venue", topic=[topic])  # fmt: skip
        page.put("")
    return page


def many_links_table(chance: random.Random) -> Page:
    """A table with a column for each kind of link, reference and DOI."""
    page, form = Page("README.md"), chance.randrange(3)
    page.put("# Overview of methods", "")
    topics, works = chance.sample(TOPICS, 2), make_works(chance, 18)
    for n, topic in enumerate(topics):
        page.put(f"## {topic}", "", (
            "| Method | Paper | arXiv | GitHub | Project |\n| --- | --- | :-: | :-: | :-: |",
            "| Reference | Title | DOI |\n|:--|:--|:--|",
            "| No. | Title | Authors | Published | PDF | Notes |\n|-----|-----|-----|-----|-----|-----|",
        )[form])  # fmt: skip
        for work in works[9 * n : 9 * n + 9]:
            name = work.title.split(":")[0][:14]
            page.paper(work, (
                f"| {name} | {work.title} | [link]({work.url}) | [code]({work.code}) | - |",
                f"| {work.et_al} ({work.year}) | {work.title} | [doi]({work.url}) |",
                f"| {work.number} | {work.title} | {work.people} | {work.tag} | [PDF]({work.url}) | |",
            )[form], tells=("url", "url year", "url year venue")[form], topic=[topic])  # fmt: skip
        page.put("")
    return page


def inline_fields(chance: random.Random) -> Page:
    """Fields with two colons, as note-taking programs read them."""
    page = Page("papers.md")
    page.put("# Papers", "")
    for work in make_works(chance, 15):
        page.paper(
            work,
            f"## {work.title}",
            "",
            f"Authors:: {work.people}",
            f"Year:: {work.year}",
            f"Link:: {work.url}",
            "Status:: #read",
            "",
            work.remark,
            "",
            tells="url year review",
        )
    return page


def deep_headings(chance: random.Random) -> Page:
    """Three levels of subjects, some with a sentence, numbers in the headings."""
    page, form = Page("README.md"), chance.randrange(2)
    page.put(
        "# A reading list for newcomers",
        "",
        "Start at the top. Ask in the chat if something is unclear.",
        "",
    )
    works = make_works(chance, 24)
    outer, inner = chance.sample(TOPICS[:8], 2), chance.sample(TOPICS[8:], 6)
    for n, work in enumerate(works):
        if n % 12 == 0:
            page.put(
                "",
                f"## {n // 12 + 1} {outer[n // 12]}" if form else f"## {outer[n // 12]}",
                "",
                "The basics of the field, from old to new.",
                "",
            )
        if n % 4 == 0:
            page.put(
                "",
                f"### {n // 12 + 1}.{n % 12 // 4 + 1} {inner[n // 4]}"
                if form
                else f"### {inner[n // 4]}",
                "",
            )
        page.paper(
            work,
            f"- [{work.title}]({work.url}) ({work.year})",
            tells="url year",
            topic=[outer[n // 12], inner[n // 4]],
        )
    return page
