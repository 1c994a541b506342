"""Pages invented last of all, after every rule: what they give was measured once, before they were read."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta

from tests.importing.world.page import Page
from tests.importing.world.works import NAMES, TOPICS, make_works


def issue_links(chance: random.Random) -> Page:
    """Boxes with numbers of issues and handles: "- [ ] #12 [Title](..) @ann"."""
    page, form = Page("README.md"), chance.randrange(2)
    page.put("# Reading queue", "", "Comment on the issue to claim a paper.", "")
    for n, work in enumerate(make_works(chance, 16)):
        who = work.reader.lower()
        page.paper(
            work,
            f"- [{'x' if n % 3 else ' '}] [{work.title}]({work.url}) (#{n + 4}) @{who}"
            if form
            else f"- [ ] [{work.title}]({work.url}) – assigned to @{who}",
            members=[who],
        )
    return page


def quoted_blocks(chance: random.Random) -> Page:
    """A block quotation a paper: bold title, authors and venue, links."""
    page = Page("papers.md")
    topics, works = chance.sample(TOPICS, 3), make_works(chance, 15)
    page.put("# Selected papers", "")
    for n, topic in enumerate(topics):
        page.put(f"## {topic}", "")
        for work in works[5 * n : 5 * n + 5]:
            page.paper(
                work,
                f"> **{work.title}**  ",
                f"> {work.people}  ",
                f"> *{work.tag}* [[PDF]]({work.url})",
                "",
                tells="url year venue",
                topic=[topic],
            )
    return page


def described(chance: random.Random) -> Page:
    """ "1. **Title** (Lee et al., 2019): what it is about. [[paper]](..)"."""
    page, form = Page("README.md"), chance.randrange(2)
    topics, works = chance.sample(TOPICS, 3), make_works(chance, 15)
    page.put("# Must-read papers", "")
    for n, topic in enumerate(topics):
        page.put(f"### {topic}", "")
        for k, work in enumerate(works[5 * n : 5 * n + 5], 1):
            page.paper(
                work,
                f"{k}. **{work.title}** ({work.et_al}, {work.year}): {work.remark} [[paper]]({work.url})"
                if form
                else f"- [{work.title}]({work.url}) ({work.year}). {work.remark}",
                tells="url year review",
                topic=[topic],
            )
        page.put("")
    return page


def months(chance: random.Random) -> Page:
    """Years over months over papers read."""
    page, form = Page("log.md"), chance.randrange(2)
    page.put("# What I read", "")
    works = make_works(chance, 18)
    for n, work in enumerate(works):
        if n % 9 == 0:
            page.put("", f"## {2024 - n // 9}")
        if n % 3 == 0:
            page.put("", f"### {('March', 'February', 'January')[n % 9 // 3]}", "")
        page.paper(
            work,
            f"- [{work.title}]({work.url}) - {work.et_al}"
            if form
            else f"- *{work.title}* ({work.tag}) [link]({work.url})",
            tells="url" if form else "url year venue",
        )
    return page


def ratings(chance: random.Random) -> Page:
    """A log as a table: title, rating, when it was finished, thoughts."""
    page = Page("log.md")
    page.put(
        "# Log", "", "| Title | Authors | Rating | Finished | Thoughts |", "|---|---|:-:|---|---|"
    )
    day = date(2023, 2, 3)
    for n, work in enumerate(make_works(chance, 18)):
        talks = n % 2 == 0
        page.paper(
            work,
            f"| [{work.title}]({work.url}) | {work.people} | {'★' * (1 + n % 5)} | {day:%Y-%m-%d} | {work.remark if talks else ''} |",
            tells="url review" if talks else "url",
        )
        day += timedelta(days=6)
    return page


def tagged(chance: random.Random) -> Page:
    """Tags in back-ticks and years at the end of a line."""
    page, form = Page("README.md"), chance.randrange(2)
    page.put("# Papers", "")
    for work in make_works(chance, 18):
        page.paper(
            work,
            f"- [{work.title}]({work.url}) `{work.tag}` `read`"
            if form
            else f"- {work.title}. {work.people}. {work.year}. [Paper]({work.url}) | [Code]({work.code})",
            tells="url year venue" if form else "url year",
        )
    return page


def plain_syllabus(chance: random.Random) -> Page:
    """A syllabus as text: days with topics, readings indented below."""
    page = Page("syllabus.txt")
    page.put("CS 598 - READINGS IN MACHINE PERCEPTION", "Fall 2023, Prof. Haddad", "")
    day, works, topics = date(2023, 9, 12), make_works(chance, 16), chance.sample(TOPICS, 8)
    for n, topic in enumerate(topics):
        page.put(f"{day:%b} {day.day}: {topic}", "")
        for work in works[2 * n : 2 * n + 2]:
            page.paper(
                work,
                f"  - {work.initials}. {work.title}. {work.venue}, {work.year}.",
                f"    {work.url}",
                tells="url year",
            )
        page.put("")
        day += timedelta(weeks=1)
    return page


def headless_table(chance: random.Random) -> Page:
    """An HTML table without heads: day, speaker, linked title."""
    page = Page("talks.html")
    page.put("<html><body><h2>Talks</h2>", "<table border=1>")
    day = date(2022, 3, 7)
    for work in make_works(chance, 15):
        page.paper(
            work,
            f'<tr><td>{day:%d.%m.%Y}</td><td>{work.reader}</td><td><a href="{work.url}">{work.title}</a></td></tr>',
            members=[work.reader],
        )
        day += timedelta(weeks=1)
    page.put("</table></body></html>")
    return page


def talk_abstracts(chance: random.Random) -> Page:
    """A seminar: a heading a talk, speaker, what it is about."""
    page, form = Page("seminar.md"), chance.randrange(2)
    page.put("# Seminar talks", "")
    day = date(2023, 10, 4)
    for n, work in enumerate(make_works(chance, 12), 1):
        page.paper(
            work,
            f"## {n}. {work.title}",
            "",
            f"- Speaker: {work.reader}" if form else f"**Speaker:** {work.reader}  ",
            f"- Date: {day:%Y-%m-%d}" if form else f"**Date:** {day:%B} {day.day}, {day.year}  ",
            f"- Paper: {work.url}" if form else f"**Paper:** <{work.url}>",
            "",
            f"Abstract: {work.remark} We close with open questions.",
            "",
            tells="url review",
            members=[work.reader],
        )
        day += timedelta(weeks=2)
    return page


def outline(chance: random.Random) -> Page:
    """An outliner's page: everything is a bullet, properties with two colons."""
    page = Page("Papers.md")
    topics, works = chance.sample(TOPICS, 3), make_works(chance, 15)
    for n, topic in enumerate(topics):
        page.put(f"- [[{topic}]]")
        for work in works[5 * n : 5 * n + 5]:
            page.paper(
                work,
                f"\t- [{work.title}]({work.url})",
                f"\t  authors:: {work.people}",
                f"\t  year:: {work.year}",
                tells="url year",
                topic=[topic],
            )
    return page


def yaml_strings(chance: random.Random) -> Page:
    """YAML: weeks with readings as strings."""
    page = Page("weeks.yml")
    works, topics = make_works(chance, 16), chance.sample(TOPICS, 8)
    for n, topic in enumerate(topics):
        page.put(f"- week: {n + 1}", f"  topic: {json.dumps(topic)}", "  readings:")
        for work in works[2 * n : 2 * n + 2]:
            page.paper(
                work,
                f"    - {json.dumps(f'{work.title} ({work.et_al}, {work.year}) {work.url}', ensure_ascii=False)}",
                tells="url year",
                topic=[topic],
            )
    return page


def json_rows(chance: random.Random) -> Page:
    """JSON: one object with heads and rows, as sheets are served."""
    page = Page("sheet.json")
    works = make_works(chance, 15)
    page.put("[")
    for n, work in enumerate(works):
        own = {
            "Date": f"2023-03-{n + 1:02d}",
            "Presenter": work.reader,
            "Paper Title": work.title,
            "Paper Link": work.url,
            "Slides": "",
        }
        page.paper(
            work,
            f"  {json.dumps(own, ensure_ascii=False)}{',' if n + 1 < len(works) else ''}",
            members=[work.reader],
        )
    page.put("]")
    return page


def assignments(chance: random.Random) -> Page:
    """Who reviews what: a table with two readers a paper."""
    page, form = Page("README.md"), chance.randrange(2)
    page.put(
        "# Mock program committee",
        "",
        "| ID | Title | Reviewer 1 | Reviewer 2 | Decision |"
        if form
        else "| # | Paper | Readers | Discussion |",
        "| --- | --- | --- | --- | --- |" if form else "|:-:|:--|:--|:--|",
    )
    for n, work in enumerate(make_works(chance, 15), 1):
        other = NAMES[(NAMES.index(work.reader) + 3) % len(NAMES)]
        page.paper(
            work,
            f"| {n} | [{work.title}]({work.url}) | {work.reader} | {other} | accept |"
            if form
            else f"| {n} | [{work.title}]({work.url}) | {work.reader}, {other} | [thread](https://github.com/x/y/discussions/{n}) |",
            members=[work.reader, other],
        )
    return page


def setext_abstracts(chance: random.Random) -> Page:
    """Underlined subjects, bold linked titles, authors and a quoted abstract."""
    page = Page("list.md")
    topics, works = chance.sample(TOPICS, 3), make_works(chance, 15)
    for n, topic in enumerate(topics):
        page.put(topic, "=" * len(topic), "")
        for work in works[5 * n : 5 * n + 5]:
            page.paper(
                work,
                f"**[{work.title}]({work.url})**",
                f"*{work.people}*",
                f"{work.tag}",
                "",
                tells="url year venue",
                topic=[topic],
            )
    return page
