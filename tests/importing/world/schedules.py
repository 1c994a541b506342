"""Meetings of reading groups and seminars: days, presenters, rooms, holidays, papers."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.importing.world.page import Page
from tests.importing.world.works import NAMES, make_works

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _days(chance: random.Random, count: int) -> list[date]:
    first = date(
        chance.randrange(2019, 2025), chance.choice((1, 2, 9, 10)), chance.randrange(1, 28)
    )
    return [first + timedelta(weeks=n) for n in range(count)]


def _greet(page: Page, chance: random.Random, name: str) -> None:
    page.put(f"# {name}", "", chance.choice((
        "We meet every Thursday at 3pm in room 2.14 (or on Zoom). Everyone is welcome, no preparation needed.",
        "**When:** Wednesdays 12:30-13:30 \\\n**Where:** Building 5, Room 301 / [Zoom](https://example.zoom.us/j/123456)  \n**Organizers:** Nadia, Pavel",
        "Join our [mailing list](https://lists.example.org/reading) to get announcements. Slack: #reading-group.",
    )), "")  # fmt: skip


def table_with_gaps(chance: random.Random) -> Page:
    """| Date | Presenter | Paper | Slides |, with holidays, "TBD", and talks of guests."""
    page, form = Page("README.md"), chance.randrange(4)
    _greet(page, chance, "ML Reading Group")
    page.put("## Schedule", "")
    works = make_works(chance, chance.randrange(15, 26))
    page.put((
        "| Date | Presenter | Paper | Slides |\n|------|-----------|-------|--------|",
        "| # | When | Who | What | Materials |\n|--:|:--|:--|:--|:--|",
        "|Date|Speaker|Title|Link|\n|-|-|-|-|",
        "| Week | Date | Discussion lead | Reading(s) | Notes |\n| --- | --- | --- | --- | --- |",
    )[form])  # fmt: skip
    for n, (work, day) in enumerate(zip(works, _days(chance, len(works)), strict=True), 1):
        said = (
            f"{day:%d %b %Y}",
            f"{_MONTHS[day.month - 1]} {day.day}",
            f"{day:%Y-%m-%d}",
            f"{day.month}/{day.day}",
        )[form]
        if chance.random() < 0.12:
            rest = chance.choice(
                ("No meeting (spring break)", "*Cancelled*", "Holiday 🎄", "Project presentations")
            )
            page.put(
                (
                    f"| {said} | | {rest} | |",
                    f"| | {said} | - | {rest} | |",
                    f"|{said}||{rest}||",
                    f"| {n} | {said} | | {rest} | |",
                )[form]
            )
        slides = f"[slides](slides/{day:%Y%m%d}.pdf)" if chance.random() < 0.5 else ""
        row = (
            f"| {said} | {work.reader} | [{work.title}]({work.url}) | {slides} |",
            f"| {n} | {said} | {work.reader} | [{work.title}]({work.url}), {work.tag} | {slides or '–'} |",
            f"|{said}|{work.reader}|{work.title}|[arXiv]({work.url})|",
            f"| {n} | {said} | {work.reader} | {work.et_al}, [{work.title}]({work.url}) | {slides} |",
        )[form]
        page.paper(work, row, tells="url year venue" if form == 1 else "url", members=[work.reader])
    page.put(
        ("| TBD | TBD | TBD | |", "| | TBD | TBD | TBD | |", "|TBA||||", "| ... | | | | |")[form]
    )
    return page


def day_headings(chance: random.Random) -> Page:
    """A heading for each day, with who presents; a linked title; what was said as bullets."""
    page, form = Page("README.md"), chance.randrange(4)
    _greet(page, chance, "Journal Club")
    works = make_works(chance, 15)
    for n, (work, day) in enumerate(zip(works, _days(chance, 15), strict=True), 1):
        page.put((
            f"## {day:%B} {day.day}, {day.year}", f"### {day:%Y-%m-%d} ({work.reader})",
            f"## Session {n} | {day:%d.%m.%Y}", f"### {day.day} {day:%b} {day.year} - {work.reader}",
        )[form], "")  # fmt: skip
        who = f"*Presenter: {work.reader}*" if form in (0, 2) else ""
        talk = n % 4 < 2
        title = (
            f"**[{work.title}]({work.url})**",
            f"- [{work.title}]({work.url}) ({work.tag})",
            f"**Paper:** [{work.title}]({work.url})",
            f"[{work.title}]({work.url})",
        )[form]
        if who and form == 0:
            page.put(who, "")
        tells = "url year venue" if form == 1 else "url"
        page.paper(work, title, tells=f"{tells} review" if talk else tells, members=[work.reader])
        page.put(*(["", who] if who and form == 2 else []))
        if talk:
            page.put(
                "",
                "Discussion:" if form != 1 else "",
                "",
                f"- {work.remark}",
                "- We did not get to the appendix.",
            ) if form != 1 else page.put(f"  - {work.remark}")
        page.put("")
    return page


def bulleted_days(chance: random.Random) -> Page:
    """ "- **Mar 4** - Ann: [Title](..)": one line a meeting, upcoming and past, some without a paper."""
    page, form = Page("index.md"), chance.randrange(4)
    _greet(page, chance, "Theory lunch")
    works = make_works(chance, 18)
    days = _days(chance, 18)
    page.put("## Upcoming", "")
    for n, (work, day) in enumerate(zip(works, reversed(days), strict=True)):
        if n == 5:
            page.put("", "## Past meetings", "")
        said = f"{_MONTHS[day.month - 1]} {day.day}"
        if n in (3, 9):
            page.put(
                (
                    f"- **{said}**: no meeting",
                    f"* {day:%Y-%m-%d}: *Holiday*",
                    f"- {said} (TBD)",
                    f"* {day:%d/%m}: cancelled",
                )[form]
            )
        line = (
            f"- **{said}** - {work.reader}: [{work.title}]({work.url})",
            f"* {day:%Y-%m-%d}: {work.reader} presented [{work.title}]({work.url}) ([slides](talks/{n}.pdf))",
            f"- {said} ({work.reader}): *{work.title}*, {work.et_al} [[pdf]({work.url})]",
            f"* {day:%d/%m}: [{work.title}]({work.url}) — {work.reader}",
        )[form]
        page.paper(work, line, members=[work.reader])
    return page


def labelled_blocks(chance: random.Random) -> Page:
    """Blocks of labels between rules: Paper, Link, Presenter, Moderator, Room, Time."""
    page, form = Page("meetings.md"), chance.randrange(3)
    _greet(page, chance, "NLP seminar")
    for work, day in zip(works := make_works(chance, 15), _days(chance, 15), strict=True):
        other = NAMES[(NAMES.index(work.reader) + 1) % len(NAMES)]
        if form == 0:
            page.put(f"**{day:%A}, {day.day} {day:%B} {day.year}**", "")
            page.paper(
                work,
                f"Paper: {work.title}",
                f"Link: {work.url}",
                f"Presenter: {work.reader}",
                f"Moderator: {other}",
                "Room: Turing (3rd floor)",
                members=[work.reader, other],
            )
            page.put("", "---", "")
        elif form == 1:
            page.put(f"## {day:%d-%m-%Y}", "")
            page.note(work, tells="url year venue", members=[work.reader])
            page.put(
                f"* **Speaker**: {work.reader}",
                f"* **Title**: [{work.title}]({work.url})",
                f"* **Authors**: {work.people}",
                f"* **Venue**: {work.tag}",
                "* **Location**: Zoom",
                "",
            )
        else:
            page.paper(
                work,
                f"- Title: {work.title}",
                f"  - Date: {day:%b %d %Y}",
                f"  - Lead: {work.reader}",
                f"  - Paper: {work.url}",
                f"  - Slides: https://docs.google.com/presentation/d/{work.number}x",
                members=[work.reader],
            )
    assert works
    return page


def two_a_week(chance: random.Random) -> Page:
    """Two papers in a line or a cell for one presenter or two."""
    page, form = Page("README.md"), chance.randrange(3)
    _greet(page, chance, "Systems reading group")
    works = make_works(chance, 20)
    if form == 2:
        page.put("| Week of | Papers | Led by |", "| --- | --- | --- |")
    for n, day in enumerate(_days(chance, 10)):
        one, two = works[2 * n : 2 * n + 2]
        names = [one.reader, two.reader] if one.reader != two.reader else [one.reader]
        page.note(one, members=names)
        page.note(two, members=names)
        both = " and ".join(names)
        page.put((
            f"- {day:%B} {day.day}: [{one.title}]({one.url}) and [{two.title}]({two.url}) ({both})",
            f"### Week of {day:%b} {day.day}, {day.year}\n\nPresented by {both}\n\n1. [{one.title}]({one.url})\n2. [{two.title}]({two.url})\n",
            f"| {day:%b} {day.day} | [{one.title}]({one.url}) <br> [{two.title}]({two.url}) | {', '.join(names)} |",
        )[form])  # fmt: skip
    return page


def html_days(chance: random.Random) -> Page:
    """An HTML page: a definition list, or divs, of days."""
    page, form = Page("index.html"), chance.randrange(3)
    page.put(
        "<!DOCTYPE html>",
        "<html><head><title>Reading group</title><style>dt { color: red }</style></head><body>",
        "<h1>Reading group</h1>",
        "<p>We meet on Mondays at noon. Bring lunch.</p>",
        "<h2>Spring</h2>",
    )
    page.put(("<dl>", "<ul>", "<table><tr><th>Date</th><th>Speaker</th><th>Paper</th></tr>")[form])
    for n, (work, day) in enumerate(zip(make_works(chance, 16), _days(chance, 16), strict=True)):
        if n == 7:
            page.put(
                (
                    f"<dt>{day:%B} {day.day}</dt><dd>No meeting</dd>",
                    "<li>Reading week - no meeting</li>",
                    f"<tr><td>{day:%d %b}</td><td colspan=2>No meeting</td></tr>",
                )[form]
            )
        page.paper(work, (
            f'<dt>{day:%B} {day.day}, {day.year} &ndash; {work.reader}</dt>\n<dd><a href="{work.url}">{work.title}</a><br>{work.people}</dd>',
            f'<li><b>{day:%d %b %Y}</b> ({work.reader}): <a href="{work.url}">{work.title}</a>, <i>{work.tag}</i></li>',
            f'<tr><td>{day:%d %b}</td><td>{work.reader}</td><td><a href="{work.url}">{work.title}</a> [<a href="slides/{n}.pdf">slides</a>]</td></tr>',
        )[form], members=[work.reader], tells="url year venue" if form == 1 else "url")  # fmt: skip
    page.put(
        ("</dl>", "</ul>", "</table>")[form],
        "<footer>Last modified 2024-03-01 by Pavel</footer>",
        "</body></html>",
    )
    return page
