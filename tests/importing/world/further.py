"""Pages that were invented after the others and belong to the half that measures, all of them."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.importing.world.page import Page
from tests.importing.world.works import NAMES, TOPICS, make_works


def loose_paragraphs(chance: random.Random) -> Page:
    """A paragraph a paper without bullets: linked title, a dash, a remark or the authors."""
    page, form = Page("reading.md"), chance.randrange(2)
    page.put("Papers I keep coming back to", "=" * 28, "")
    topics, works = chance.sample(TOPICS, 3), make_works(chance, 15)
    for n, topic in enumerate(topics):
        page.put(f"## {topic}", "")
        for work in works[5 * n : 5 * n + 5]:
            tail = f" — {work.remark}" if form else f" by {work.people}, {work.year}"
            page.paper(
                work,
                f"[{work.title}]({work.url}){tail}",
                "",
                tells="url review" if form else "url year",
                topic=[topic],
            )
    return page


def week_lines(chance: random.Random) -> Page:
    """One line a week, without markup but for the links."""
    page, form = Page("README.md"), chance.randrange(3)
    page.put("# Robotics journal club", "", "Fridays, 4pm, kitchen on the 2nd floor.", "")
    for n, work in enumerate(make_works(chance, 15), 1):
        page.paper(work, (
            f"- Week {n} (Feb {n}): {work.title} [[paper]({work.url})] (presenter: {work.reader})",
            f"{n}. {work.title} ({work.url}), presented by {work.reader} on Feb {n}",
            f"- 2024-02-{n:02d} | {work.reader} | [{work.title}]({work.url})",
        )[form], members=[work.reader])  # fmt: skip
    return page


def conference_digest(chance: random.Random) -> Page:
    """What was good at one conference, by track."""
    page, form = Page("icml2023.md"), chance.randrange(2)
    page.put(
        "# Highlights of the conference",
        "",
        f"Notes from our trip. {chance.choice(NAMES)} collected them.",
        "",
    )
    topics, works = chance.sample(TOPICS, 4), make_works(chance, 16)
    for n, topic in enumerate(topics):
        page.put(f"## {topic}", "")
        for work in works[4 * n : 4 * n + 4]:
            line = (
                f"- **{work.title}** — {work.people} ([paper]({work.url}), [poster](posters/{work.number}.png))"
                if form
                else f"- [{work.title}]({work.url}) | {work.people} | Poster #{work.number}"
            )
            page.paper(work, line, topic=[topic])
        page.put("")
    return page


def status_table(chance: random.Random) -> Page:
    """A table with ticks, priorities and a subject in its own column."""
    page = Page("README.md")
    page.put(
        "# Paper tracker",
        "",
        "✅ read, 🚧 reading, ❌ dropped",
        "",
        "| Done | Paper | Topic | Priority | Added by | Link |",
        "|:-:|---|---|:-:|---|---|",
    )
    for work in make_works(chance, 22):
        page.paper(
            work,
            f"| {'✅🚧❌'[work.number % 3]} | {work.title} | {TOPICS[work.number % 4]} | {work.number % 3 + 1} | {work.reader} | [link]({work.url}) |",
            topic=[TOPICS[work.number % 4]],
            members=[work.reader],
        )
    return page


def folded_terms(chance: random.Random) -> Page:
    """Past terms fold away, each with a table of talks."""
    page = Page("README.md")
    page.put(
        "# Speech group seminar",
        "",
        "Thursday 10:00, [calendar](https://calendar.example.org/speech)",
        "",
    )
    works, day = make_works(chance, 18), date(2022, 10, 6)
    for n, term in enumerate(("Fall 2022", "Spring 2023", "Summer 2023")):
        page.put(
            "<details>",
            f"<summary><b>{term}</b></summary>",
            "",
            "| Date | Presenter | Title |",
            "|:--|:--|:--|",
        )
        for work in works[6 * n : 6 * n + 6]:
            page.paper(
                work,
                f"| {day:%d.%m.%y} | {work.reader} | [{work.title}]({work.url}) ({work.tag}) |",
                tells="url year venue",
                members=[work.reader],
            )
            day += timedelta(weeks=1)
        page.put("", "</details>", "")
    return page


def keyed_references(chance: random.Random) -> Page:
    """ "[Wój19] Łukasz Wójcik. Title. Venue, 2019." by subject."""
    page, form = Page("bibliography.md"), chance.randrange(2)
    page.put("# Annotated bibliography", "")
    topics, works = chance.sample(TOPICS, 3), make_works(chance, 15)
    for n, topic in enumerate(topics):
        page.put(f"## {topic}", "")
        for work in works[5 * n : 5 * n + 5]:
            key = f"{work.et_al[:3]}{work.year % 100:02d}"
            if form:
                page.paper(
                    work,
                    f"**[{key}]** {work.people}. [{work.title}]({work.url}). *{work.venue}*, {work.year}.",
                    "",
                    work.remark,
                    "",
                    tells="url year review",
                    topic=[topic],
                )
            else:
                page.paper(
                    work,
                    f"- [{key}] {work.people}. *{work.title}*. {work.tag}. {work.url}",
                    tells="url year venue",
                    topic=[topic],
                )
        page.put("")
    return page


def nominations(chance: random.Random) -> Page:
    """What was suggested, with votes, what was discussed, with notes."""
    page, form = Page("README.md"), chance.randrange(2)
    page.put("# Book & paper club", "", "Vote with 👍 on the issue.", "", "## Up next", "")
    for n, work in enumerate(make_works(chance, 16)):
        if n == 6:
            page.put("", "## Discussed", "")
        page.paper(
            work,
            f"- [{work.title}]({work.url}) (suggested by {work.reader}) 👍 {n % 5}"
            if form
            else f"- {work.title} - {work.url} - proposed by @{work.reader.lower()}",
            members=[work.reader if form else work.reader.lower()],
        )
    return page


def alphabet(chance: random.Random) -> Page:
    """Entries under their first letters; the letters are no subjects."""
    page = Page("a-z.md")
    page.put("# All papers A-Z", "")
    letter = ""
    for work in sorted(make_works(chance, 20), key=lambda one: one.title.lstrip("$").upper()):
        if work.title[0].upper() != letter:
            letter = work.title[0].upper()
            page.put("", f"## {letter}", "")
        page.paper(work, f"- {work.title} [[pdf]({work.url})]")
    return page


def bracketed(chance: random.Random) -> Page:
    """ "1.2 Topic" over "[2020][NeurIPS] Title [paper] [code]"."""
    page = Page("README.md")
    page.put(
        "# A survey's companion",
        "",
        "This is the list for our survey [Models of Everything](https://example.org/survey.pdf).",
        "",
        "If you find it useful, please cite:",
        "",
        "```bibtex",
        "@article{ex2024, title={Models of Everything}, author={Ex, Ample}}",
        "```",
        "",
    )
    topics, works = chance.sample(TOPICS, 4), make_works(chance, 20)
    for n, topic in enumerate(topics):
        page.put(f"## {n // 2 + 1}.{n % 2 + 1} {topic}", "")
        for work in works[5 * n : 5 * n + 5]:
            page.paper(
                work,
                f"- [{work.year}][{work.venue}] {work.title} [[paper]]({work.url}) [[code]]({work.code})",
                tells="url year",
                topic=[topic],
            )
        page.put("")
    return page


def definitions(chance: random.Random) -> Page:
    """A title in bold, then what there is to know, line by line."""
    page, form = Page("list.md"), chance.randrange(2)
    page.put("# Core readings", "")
    topics, works = chance.sample(TOPICS, 3), make_works(chance, 15)
    for n, topic in enumerate(topics):
        page.put(f"### {topic}", "")
        for work in works[5 * n : 5 * n + 5]:
            page.paper(
                work,
                f"**{work.title}**" if form else f"*{work.title}*",
                f": {work.people}" if form else f"  {work.people}  ",
                f": {work.tag}, <{work.url}>" if form else f"  {work.tag}. {work.url}",
                "",
                tells="url year venue",
                topic=[topic],
            )
    return page
