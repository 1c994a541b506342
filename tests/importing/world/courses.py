"""Reading lists of courses and citations as scholars write them."""

from __future__ import annotations

import random

from tests.importing.world.page import Page
from tests.importing.world.works import TOPICS, Work, make_works


def _cite(work: Work, form: int) -> str:
    """A citation in Markdown in one of six styles, without a link."""
    return (
        f"{work.people}. {work.title}. *{work.journal}*, {work.year}.",
        f'{work.initials}, "{work.title}," in *Proc. {work.venue}*, {work.year}, pp. {work.number}1–{work.number}9.',
        f"{work.inverted} ({work.year}). {work.title}. *{work.journal}, {work.number + 10}*(2), 11-29.",
        f'{work.et_al[:-7]}, et al. "{work.title}." {work.venue} {work.year}.',
        f"{work.people} ({work.year}). {work.title}. In {work.venue}.",
        f"{work.title}. {work.people}. {work.venue}, {work.year}.",
    )[form]


def weeks(chance: random.Random) -> Page:
    """ "## Week 3: Topic" over "Required" and "Optional" readings in citations."""
    page, form = Page("syllabus.md"), chance.randrange(6)
    page.put(
        "# CS 7641: Seminar in Learning Systems",
        "",
        "**Instructor:** Prof. N. Haddad  ",
        "**Grading:** presentation 40 %, participation 20 %, project 40 %",
        "",
        "## Schedule",
        "",
    )
    works, topics = make_works(chance, 24), chance.sample(TOPICS, 8)
    link = chance.choice(("[PDF]", "[[link]]", "[pdf]"))
    for n, topic in enumerate(topics, 1):
        page.put(f"### Week {n}: {topic}", "")
        for k, work in enumerate(works[3 * n - 3 : 3 * n]):
            if k == 0:
                page.put("**Required:**", "")
            if k == 2:
                page.put("", "**Optional:**", "")
            page.paper(
                work,
                f"- {_cite(work, form)} {link}({work.url})".replace("]](", "](").replace("[[", "["),
                tells="url year",
                topic=[topic],
            )
        page.put("")
    page.put("### Week 9: Project presentations", "", "No readings.")
    return page


def html_course(chance: random.Random) -> Page:
    """An HTML table with rows that span: week, topic, readings as a list in a cell."""
    page = Page("schedule.html")
    page.put(
        "<html><body>",
        "<h1>Advanced Topics in Perception</h1>",
        '<table class="table">',
        "<thead><tr><th>Week</th><th>Topic</th><th>Readings</th><th>Presenter</th></tr></thead>",
        "<tbody>",
    )
    works, topics = make_works(chance, 18), chance.sample(TOPICS, 6)
    bullets = chance.random() < 0.5
    for n, topic in enumerate(topics):
        part = works[3 * n : 3 * n + 3]
        if bullets:
            page.put(f"<tr><td>{n + 1}</td><td>{topic}</td><td><ul>")
            for work in part:
                page.paper(
                    work,
                    f'<li><a href="{work.url}">{work.title}</a>. {work.people}. {work.tag}.</li>',
                    tells="url",
                    members=[part[0].reader],
                )
            page.put(f"</ul></td><td>{part[0].reader}</td></tr>")
            continue
        for k, work in enumerate(part):
            head = f'<td rowspan="3">{n + 1}</td><td rowspan="3">{topic}</td>' if k == 0 else ""
            page.paper(
                work,
                f'<tr>{head}<td><a href="{work.url}">{work.title}</a></td><td>{work.reader}</td></tr>',
                members=[work.reader],
            )
    page.put("</tbody></table>", "</body></html>")
    return page


def reference_paragraphs(chance: random.Random) -> Page:
    """References as paragraphs under subjects, with a DOI or address behind each."""
    page, form = Page("references.md"), chance.randrange(6)
    works, topics = make_works(chance, 20), chance.sample(TOPICS, 4)
    page.put(
        "# Reading list for the qualifying exam",
        "",
        "Please read at least two works of each area. Ask your advisor before you change the list.",
        "",
    )
    for n, topic in enumerate(topics):
        page.put(f"## {topic}", "")
        for work in works[5 * n : 5 * n + 5]:
            page.paper(work, f"{_cite(work, form)} {work.url}", "", tells="url year", topic=[topic])
    return page


def numbered_references(chance: random.Random) -> Page:
    """Plain text: "[12] A. Lee and B. Ek, "Title," in Proc. X, 2019." under underlined heads."""
    page, form = Page("bibliography.txt"), chance.choice((1, 3, 5))
    works, topics = make_works(chance, 18), chance.sample(TOPICS, 3)
    page.put(
        "READING LIST", "============", "", "compiled by the vision group, do not distribute", ""
    )
    for n, topic in enumerate(topics):
        page.put(topic, "-" * len(topic), "")
        for work in works[6 * n : 6 * n + 6]:
            cited = _cite(work, form).replace("*", "")
            page.paper(
                work,
                f"[{work.number}] {cited}",
                f"     {work.url}",
                "",
                tells="url year",
                topic=[topic],
            )
    return page


def priorities(chance: random.Random) -> Page:
    """Sections that say how urgent, not what about; boxes ticked; titles struck out."""
    page, form = Page("toread.md"), chance.randrange(3)
    page.put("# To read", "")
    works = make_works(chance, 18)
    for n, name in enumerate(("Must read", "Nice to have", "Done ✅")):
        page.put(f"## {name}", "")
        for work in works[6 * n : 6 * n + 6]:
            box = "[x]" if n == 2 else "[ ]"
            line = (
                f"- {box} [{work.title}]({work.url})",
                f"- {box} {work.title} {work.url}",
                f"- {box} ~~[{work.title}]({work.url})~~"
                if n == 2
                else f"- {box} [{work.title}]({work.url}) #todo",
            )[form]
            page.paper(work, line)
        page.put("")
    return page


def weekly_table(chance: random.Random) -> Page:
    """A course's table in Markdown: topic in its own column, several citations in a cell."""
    page = Page("README.md")
    works, topics = make_works(chance, 16), chance.sample(TOPICS, 8)
    page.put(
        "# Topics in Robot Learning (Fall 2023)",
        "",
        "| Lecture | Topic | Reading | Slides |",
        "| :---: | --- | --- | --- |",
        "| 1 | Introduction and logistics | | [pdf](l1.pdf) |",
    )
    form = chance.randrange(2)
    for n, topic in enumerate(topics):
        one, two = works[2 * n : 2 * n + 2]
        page.note(one, tells="url year")
        page.note(two, tells="url year")
        cell = (
            f"[{one.title}]({one.url}), {one.et_al}, {one.year} <br> [{two.title}]({two.url}), {two.et_al}, {two.year}",
            f"1. [{one.title}]({one.url}) ({one.year})<br/>2. [{two.title}]({two.url}) ({two.year})",
        )[form]
        page.put(f"| {n + 2} | {topic} | {cell} | [pdf](l{n + 2}.pdf) |")
    return page
