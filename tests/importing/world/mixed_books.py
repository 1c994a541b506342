"""Kinds of pages that mix papers with books, minutes and persons."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.importing.world.page import Page
from tests.importing.world.works import NAMES, TOPICS, make_works


def books_and_papers(chance: random.Random) -> Page:
    """Sections of books, courses and videos beside sections of papers."""
    page = Page("resources.md")
    page.put("# Resources", "", "Things that helped us.", "", "## Books", "")
    for n, title in enumerate(
        (
            "The Elements of Imaginary Learning",
            "Deep Dreams: A Practical Guide",
            "Patterns in Noise",
        )
    ):
        page.put(
            f"- [{title}](https://www.example-press.com/books/{n}) - {chance.choice(NAMES)} Marek"
        )
        page.entries.append(
            {
                "line": len(page.rows),
                "kind": "other",
                "title": title,
                "title_as_written": title,
                "urls": [],
                "arxiv_id": None,
                "year": None,
                "venue_tags": [],
                "topics": [],
                "members": [],
                "review": False,
            }
        )
    page.put("", "## Videos", "")
    for n, title in enumerate(
        ("Lecture series on optimal control", "Talk: ten years of benchmarks")
    ):
        page.put(f"- [{title}](https://www.youtube.com/watch?v=ab{n}cd)")
        page.entries.append(
            {
                "line": len(page.rows),
                "kind": "other",
                "title": title,
                "title_as_written": title,
                "urls": [],
                "arxiv_id": None,
                "year": None,
                "venue_tags": [],
                "topics": [],
                "members": [],
                "review": False,
            }
        )
    works, topics = make_works(chance, 15), chance.sample(TOPICS, 3)
    page.put("", "## Papers", "")
    form = chance.randrange(2)
    for n, topic in enumerate(topics):
        page.put(f"### {topic}", "")
        for work in works[5 * n : 5 * n + 5]:
            page.paper(
                work,
                f"- [{work.title}]({work.url}) - {work.et_al}"
                if form
                else f"- {work.title} ([{work.et_al} {work.year}]({work.url}))",
                tells="url" if form else "url year",
                topic=[topic],
            )
        page.put("")
    return page


def minutes(chance: random.Random) -> Page:
    """Minutes of meetings: who was there, what was discussed, what is to do."""
    page, form = Page("minutes.md"), chance.randrange(2)
    page.put("# Meeting notes", "")
    day = date(2023, 4, 5)
    for work in make_works(chance, 12):
        page.put(
            f"## {day:%Y-%m-%d}" if form else f"## {day:%A}, {day.day} {day:%B} {day.year}", ""
        )
        page.put(f"**Attendees:** {', '.join(chance.sample(NAMES, 3))}", "")
        page.paper(
            work,
            f"**Paper:** [{work.title}]({work.url}), presented by {work.reader}"
            if form
            else f"- Discussed [{work.title}]({work.url}) (led by {work.reader})",
            members=[work.reader],
        )
        page.put(
            "",
            "**Action items**" if form else "Action items:",
            "",
            "- Book the room for next week",
            "",
        )
        day += timedelta(weeks=1)
    return page


def persons_in_turn(chance: random.Random) -> Page:
    """A numbered round: "1. Ann: Title" or a bold name and a title below."""
    page, form = Page("round.md"), chance.randrange(2)
    page.put("# Paper round", "", "One slot each, order by lot.", "")
    names = chance.sample(NAMES, 6)
    for n, work in enumerate(make_works(chance, 18)):
        name = names[n % 6]
        page.paper(
            work,
            f"{n + 1}. **{name}** - [{work.title}]({work.url})"
            if form
            else f"- {name}: {work.title} ([pdf]({work.url}))",
            members=[name],
        )
    return page
