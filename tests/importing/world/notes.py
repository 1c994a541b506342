"""Notebooks: papers with what their reader thinks, in the shapes of note-taking programs."""

from __future__ import annotations

import random

from tests.importing.world.page import Page
from tests.importing.world.works import TOPICS, make_works


def starred(chance: random.Random) -> Page:
    """ "### Title ★★★★" with authors, a summary, a quotation of the abstract, strengths."""
    page, form = Page("notes.md"), chance.randrange(3)
    page.put(
        "# My paper notes", "", "Stars say how much I liked it. Nothing here is peer reviewed.", ""
    )
    for work in make_works(chance, 15):
        stars = "⭐" * (1 + work.number % 5)
        page.paper(
            work,
            f"## {work.title} {stars if form == 0 else ''}".rstrip(),
            tells="url year venue review",
            topic=[],
        )
        page.put((
            f"*{work.people}, {work.tag}*\n\n[Paper]({work.url}) | [Code]({work.code})",
            f"- **Authors:** {work.people}\n- **Venue:** {work.tag}\n- **Link:** <{work.url}>\n- **Rating:** {work.number % 5}/5",
            f"> {work.people}. {work.tag}. [PDF]({work.url})",
        )[form], "")  # fmt: skip
        page.put((
            f"{work.remark}\n\n> We propose a new method and show that it works on three data sets.\n\n**Strengths**\n\n- Clear writing.\n\n**Weaknesses**\n\n- Only small data.",
            f"### Summary\n\n{work.remark}\n\n### Thoughts\n\n- Could we use this for the demo?",
            f"TL;DR: {work.remark}\n\nThe method has three parts: an encoder, a router, and a decoder.",
        )[form], "")  # fmt: skip
    return page


def newsletter(chance: random.Random) -> Page:
    """Issues by date; a bold linked title, then a paragraph about it."""
    page, form = Page("digest.md"), chance.randrange(2)
    page.put("# Paper digest", "")
    works = make_works(chance, 15)
    for n in range(5):
        page.put(f"## Issue {n + 1} ({2 + n} May 2024)" if form else f"## {2 + n} May 2024", "")
        for work in works[3 * n : 3 * n + 3]:
            page.paper(
                work,
                f"**[{work.title}]({work.url})**" + (f" ({work.venue})" if form else ""),
                "",
                f"{work.remark} The second experiment is the more interesting one.",
                "",
                tells="url review",
            )
    return page


def bullets_with_thoughts(chance: random.Random) -> Page:
    """A list by subject, with remarks below some entries only."""
    page, form = Page("papers.md"), chance.randrange(3)
    topics, works = chance.sample(TOPICS, 4), make_works(chance, 20)
    page.put("# Papers", "")
    for n, topic in enumerate(topics):
        page.put(f"## {topic}", "")
        for work in works[5 * n : 5 * n + 5]:
            talks = work.number % 3 == 0
            head = (
                f"- [{work.title}]({work.url}) ({work.et_al}, {work.year})",
                f"- **{work.title}**, {work.year}, [arXiv]({work.url})",
                f"- {work.title} ({work.year}) [[1]]({work.url})",
            )[form]
            page.paper(work, head, tells="url year review" if talks else "url year", topic=[topic])
            if talks:
                page.put(f"  - {work.remark}", "  - The code is easy to run.")
        page.put("")
    return page


def org_todo(chance: random.Random) -> Page:
    """An org file: TODO states, properties, timestamps, tags, nested subjects."""
    page, form = Page("papers.org"), chance.randrange(3)
    page.put("#+TITLE: Reading list", "#+STARTUP: overview", "")
    topics, works = chance.sample(TOPICS, 3), make_works(chance, 15)
    for n, topic in enumerate(topics):
        page.put(f"* {topic}")
        for work in works[5 * n : 5 * n + 5]:
            state = ("DONE " if work.number % 2 else "TODO ") if form != 2 else ""
            talks = work.number % 2 == 1
            if form == 0:
                page.paper(
                    work,
                    f"** {state}[[{work.url}][{work.title}]]",
                    "   CLOSED: [2023-05-02 Tue]" if talks else "   SCHEDULED: <2024-06-01 Sat>",
                    tells="url review" if talks else "url",
                    topic=[topic],
                )
            elif form == 1:
                page.paper(
                    work,
                    f"** {state}{work.title}",
                    "   :PROPERTIES:",
                    f"   :AUTHOR: {work.people}",
                    f"   :YEAR: {work.year}",
                    f"   :URL: {work.url}",
                    "   :END:",
                    tells="url year review" if talks else "url year",
                    topic=[topic],
                )
            else:
                page.paper(
                    work,
                    f"- [[{work.url}][{work.title}]] ({work.tag})",
                    tells="url year venue review" if talks else "url year venue",
                    topic=[topic],
                )
            if talks:
                page.put(f"   {work.remark}" if form != 2 else f"  - {work.remark}")
    return page


def obsidian_index(chance: random.Random) -> Page:
    """An index page of a vault: properties, callouts, wiki links, tags, boxes."""
    page, form = Page("Reading MOC.md"), chance.randrange(2)
    page.put(
        "---",
        "tags: [moc, reading]",
        "created: 2024-02-03",
        "---",
        "",
        "> [!info] How to use",
        "> Link each paper to its note.",
        "",
    )
    topics, works = chance.sample(TOPICS, 3), make_works(chance, 15)
    for n, topic in enumerate(topics):
        page.put(f"## {topic}", "")
        for work in works[5 * n : 5 * n + 5]:
            box = f"- [{'x' if work.number % 2 else ' '}] "
            line = (
                f"{box}[[{work.title}]] {work.url} #unread",
                f"{box}[{work.title}]({work.url}) — see [[{work.et_al.split()[0]} {work.year}]] #{topic.split()[0].lower()}",
            )[form]
            page.paper(work, line, topic=[topic])
        page.put("")
    return page


def notion_table(chance: random.Random) -> Page:
    """A database exported by Notion: a table with links to its own pages."""
    page = Page("Papers 3f2a.md")
    page.put(
        "# Papers",
        "",
        "| Name | Authors | Year | Venue | Status | URL | Tags | Owner |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    )
    for work in make_works(chance, chance.randrange(15, 30)):
        slug = work.title.replace(" ", "%20")
        topic = TOPICS[work.number % 6]
        page.paper(
            work,
            f"| [{work.title}](Papers%203f2a/{slug}%20{work.number}a7.md) | {work.people} | {work.year} | {work.venue} | {'Read' if work.number % 2 else 'To read'} | {work.url} | {topic} | {work.reader} |",
            tells="url year",
            members=[work.reader],
        )
    return page


def google_doc(chance: random.Random) -> Page:
    """Google Docs as Markdown: escapes, anchors on headings, bold everything, links that redirect."""
    page, form = Page("Reading group.md"), chance.randrange(2)
    page.put("# **Reading group notes** {#reading-group-notes}", "")
    for n, work in enumerate(make_works(chance, 15)):
        title = (
            work.title.replace("-", "\\-")
            .replace("_", "\\_")
            .replace("(", "\\(")
            .replace(")", "\\)")
            .replace("+", "\\+")
        )
        page.put(f"## **{1 + n % 28} Mar 2023** {{#{1 + n % 28}-mar-2023}}", "")
        page.paper(
            work,
            f"* Paper: [{title}]({work.url})" if form else f"**Paper:** [{title}]({work.url})",
            members=[work.reader],
            tells="url review" if n % 3 == 0 else "url",
        )
        page.put(f"* Presenter: {work.reader}" if form else f"\n**Presenter:** {work.reader}")
        if n % 3 == 0:
            page.put(f"* Notes: {work.remark}" if form else f"\n**Notes:** {work.remark}")
        page.put("")
    return page


def members_with_boxes(chance: random.Random) -> Page:
    """A heading for each member; boxes, stars and links to their notes."""
    page, form = Page("README.md"), chance.randrange(3)
    page.put(
        "# Who reads what", "", "Tick the box when you are done and add a link to your notes.", ""
    )
    works = make_works(chance, 16)
    for n, name in enumerate(
        chance.sample(("Alina", "Devon", "Emeka", "Farah", "Keiko", "Oskar"), 4)
    ):
        page.put((f"## {name}", f"### @{name.lower()}", f"## {name}'s list")[form], "")
        who = name.lower() if form == 1 else name
        for work in works[4 * n : 4 * n + 4]:
            notes = f" ([notes](notes/{name.lower()}/{work.number}.md))" if work.number % 2 else ""
            page.paper(
                work,
                f"- [{'x' if notes else ' '}] [{work.title}]({work.url}){notes}",
                members=[who],
            )
        page.put("")
    return page
