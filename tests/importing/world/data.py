"""Lists as programs keep them: sheets, YAML, TOML, JSON, front matter."""

from __future__ import annotations

import csv
import io
import json
import random

from tests.importing.world.page import Page
from tests.importing.world.works import TOPICS, make_works


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def sheet(chance: random.Random) -> Page:
    """A sheet saved as CSV or TSV: odd heads, empty cells, remarks, ratings, semicolons."""
    form = chance.randrange(3)
    page = Page(("papers.csv", "papers.tsv", "export.csv")[form])
    mark = (",", "\t", ";")[form]
    heads = (
        [
            "Timestamp",
            "Paper Title",
            "Link to paper",
            "Suggested by",
            "Why should we read it?",
            "Votes",
        ],
        ["Status", "Title", "Year", "Who", "URL", "Rating", "Comments"],
        ["Nr", "Author(s)", "Title", "Conference", "Year", "PDF", "Reader"],
    )[form]
    lines: list[list[str]] = [heads]
    for work in make_works(chance, chance.randrange(15, 35)):
        talks = work.number % 3 == 0
        row = (
            [
                f"{work.number % 12 + 1}/2/2023 10:12:{work.number + 10}",
                work.title,
                work.url,
                work.reader,
                work.remark if talks else "",
                str(work.number % 7),
            ],
            [
                "done" if work.number % 2 else "todo",
                work.title,
                str(work.year),
                work.reader,
                work.url,
                f"{work.number % 5}/5",
                work.remark if talks else "",
            ],
            [
                str(work.number),
                work.people,
                work.title,
                work.venue,
                str(work.year),
                work.url,
                work.reader,
            ],
        )[form]
        lines.append(row)
        tells = ("url", "url year", "url year")[form] + (" review" if talks and form != 2 else "")
        page.note(work, tells=tells, members=[work.reader])
        page.put("")
    page.rows.clear()
    for n, row in enumerate(lines):
        written = io.StringIO()
        csv.writer(written, delimiter=mark, lineterminator="").writerow(row)
        page.put(written.getvalue())
        if n:
            page.entries[n - 1]["line"] = n + 1
    return page


def yaml_meetings(chance: random.Random) -> Page:
    """YAML by meeting: date, presenters, papers as a list of mappings."""
    page = Page("_data/meetings.yml")
    form = chance.randrange(2)
    works = make_works(chance, 16)
    page.put("# newest last")
    for n in range(8):
        page.put(f"- date: 2023-{1 + n:02d}-1{n}", "  room: B-204")
        part = works[2 * n : 2 * n + 2]
        page.put(
            f"  presenter: {part[0].reader}"
            if form
            else f"  presenters: [{part[0].reader}, {part[1].reader}]",
            "  papers:",
        )
        names = [part[0].reader] if form else list(dict.fromkeys(work.reader for work in part))
        for work in part:
            page.paper(
                work,
                f"    - title: {_quote(work.title)}",
                f"      url: {work.url}",
                f"      authors: {_quote(work.people)}",
                f"      year: {work.year}",
                tells="url year",
                members=names,
            )
    return page


def json_topics(chance: random.Random) -> Page:
    """JSON: an object of subjects with lists of papers, or one flat list with a subject each."""
    page, form = Page("papers.json"), chance.randrange(2)
    topics, works = chance.sample(TOPICS, 4), make_works(chance, 16)
    page.put("{" if form else "[")
    for n, topic in enumerate(topics):
        if form:
            page.put(f"  {_quote(topic)}: [")
        for k, work in enumerate(works[4 * n : 4 * n + 4]):
            last = k == 3 if form else (n == 3 and k == 3)
            own = {
                "title": work.title,
                "authors": work.authors,
                "venue": work.tag,
                "year": work.year,
                "links": {"paper": work.url, "code": work.code},
            }
            if not form:
                own["category"] = topic
            page.paper(
                work,
                f"    {json.dumps(own, ensure_ascii=False)}{'' if last else ','}",
                tells="url year venue",
                topic=[topic],
            )
        if form:
            page.put("  ]" if n == 3 else "  ],")
    page.put("}" if form else "]")
    return page


def toml_papers(chance: random.Random) -> Page:
    """TOML: an array of tables."""
    page = Page("papers.toml")
    page.put('title = "Our reading list"', "")
    for work in make_works(chance, 15):
        page.paper(
            work,
            "[[paper]]",
            f"title = {_quote(work.title)}",
            f"authors = {json.dumps(work.authors, ensure_ascii=False)}",
            f'link = "{work.url}"',
            f"year = {work.year}",
            f'reader = "{work.reader}"',
            "",
            tells="url year",
            members=[work.reader],
        )
    return page


def yaml_flat(chance: random.Random) -> Page:
    """YAML as static sites keep it: one mapping a paper, short keys, notes over lines."""
    page = Page("_data/papers.yaml")
    for work in make_works(chance, 18):
        talks = work.number % 2 == 0
        rows = [
            f"- name: {_quote(work.title)}",
            f"  link: {work.url}",
            f"  conf: {work.tag}",
            f"  tags: [{TOPICS[work.number % 5]}]",
        ]
        rows += ["  notes: >", f"    {work.remark}"] if talks else []
        page.paper(
            work,
            *rows,
            tells="url year venue review" if talks else "url year venue",
            topic=[TOPICS[work.number % 5]],
        )
    return page


def jekyll_years(chance: random.Random) -> Page:
    """A page of a static site: front matter, a kramdown contents, years over entries."""
    page, form = Page("papers.md"), chance.randrange(2)
    page.put(
        "---",
        "layout: page",
        "title: Papers",
        "permalink: /papers/",
        "---",
        "",
        "* TOC",
        "{:toc}",
        "",
    )
    works = sorted(make_works(chance, 18), key=lambda work: -work.year)
    year = 0
    for work in works:
        if work.year != year:
            year = work.year
            page.put("", f"## {year}", "{: .year}", "")
        line = (
            f'- [{work.title}]({work.url}){{:target="_blank"}}, {work.people}. _{work.tag}_',
            f"* **{work.title}** \\\n  {work.people} \\\n  *{work.tag}* [[pdf]({work.url})] [[bib]](bib/{work.number}.bib)",
        )[form]
        page.paper(work, line, tells="url year venue")
    return page
