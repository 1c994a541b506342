"""Text without markup, and markup that is rarer: mails, records, reStructuredText."""

from __future__ import annotations

import random

from tests.importing.world.page import Page
from tests.importing.world.works import TOPICS, make_works


def mail(chance: random.Random) -> Page:
    """A mail that announces the papers of the coming weeks."""
    page, form = Page("announcement.txt"), chance.randrange(3)
    page.put(
        "From: Nadia Haddad <nadia@example.org>",
        "To: reading-group@example.org",
        "Subject: Papers for this term",
        "",
        "Dear all,",
        "",
        "here is what we agreed on last week. Please read before you come.",
        "",
    )
    for n, work in enumerate(make_works(chance, 15)):
        day = f"{1 + n % 28} March"
        page.paper(work, *(
            (f"{day} ({work.reader})", f'  "{work.title}"', f"  {work.people}", f"  {work.url}", ""),
            (f"* {day}: {work.title}", f"  {work.url}", f"  (presented by {work.reader})", ""),
            (f"{n + 1}) {work.title}, {work.tag}", f"   {work.url}", f"   Speaker: {work.reader}", ""),
        )[form], members=[work.reader], tells="url year venue" if form == 2 else "url")  # fmt: skip
    page.put("Best,", "Nadia", "", "-- ", "Nadia Haddad, Room 2.14")
    return page


def arxiv_digest(chance: random.Random) -> Page:
    """Records with keys, as listings of preprints are mailed."""
    page = Page("digest.txt")
    for work in make_works(chance, 15):
        work.arxiv = work.arxiv or f"2101.{work.number:05d}"
        work.url = f"https://arxiv.org/abs/{work.arxiv}"
        page.paper(
            work, f"Title: {work.title}", f"Authors: {work.people}", "Categories: cs.LG cs.CV", f"Comments: {8 + work.number} pages, 5 figures",
            f"Link: {work.url}", "", "-" * 40, "", tells="url",
        )  # fmt: skip
    return page


def numbered_pairs(chance: random.Random) -> Page:
    """ "3. Title" with the address below, under words that end in a colon."""
    page, form = Page("papers.txt"), chance.randrange(3)
    topics, works = chance.sample(TOPICS, 3), make_works(chance, 18)
    for n, topic in enumerate(topics):
        page.put((f"{topic}:", f"== {topic} ==", f"{n + 1}. {topic}")[form], "")
        for k, work in enumerate(works[6 * n : 6 * n + 6], 1):
            head = (f"{k}. {work.title}", f"- {work.title}", f"   {n + 1}.{k} {work.title}")[form]
            page.paper(work, head, f"      {work.url}", topic=[topic])
        page.put("")
    return page


def rst_sections(chance: random.Random) -> Page:
    """reStructuredText: field lists, directives, links with two underscores, substitutions."""
    page, form = Page("reading.rst"), chance.randrange(3)
    page.put(
        "============",
        "Reading list",
        "============",
        "",
        ".. contents::",
        "   :local:",
        "",
        ".. note:: Papers are added by hand.",
        "",
    )
    topics, works = chance.sample(TOPICS, 3), make_works(chance, 15)
    for n, topic in enumerate(topics):
        page.put(topic, "=" * len(topic), "")
        for work in works[5 * n : 5 * n + 5]:
            if form == 0:
                page.paper(
                    work,
                    f"* `{work.title} <{work.url}>`_, {work.people}, {work.tag}",
                    tells="url year venue",
                    topic=[topic],
                )
            elif form == 1:
                page.paper(
                    work,
                    f"* **{work.title}** ({work.year})",
                    f"  `paper <{work.url}>`__ `code <{work.code}>`__",
                    tells="url year",
                    topic=[topic],
                )
            else:
                page.paper(
                    work,
                    work.title,
                    "-" * (len(work.title) + 1),
                    "",
                    f":Authors: {work.people}",
                    f":Venue: {work.tag}",
                    f":Link: {work.url}",
                    "",
                    work.remark,
                    "",
                    tells="url year venue review",
                    topic=[topic],
                )
        page.put("")
    return page


def rst_table(chance: random.Random) -> Page:
    """A list-table or csv-table of reStructuredText."""
    page, form = Page("schedule.rst"), chance.randrange(2)
    page.put("Seminar", "#######", "")
    works = make_works(chance, 15)
    if form:
        page.put(".. csv-table:: Talks", '   :header: "Date", "Title", "Speaker", "Link"', "")
    else:
        page.put(
            ".. list-table::",
            "   :header-rows: 1",
            "",
            "   * - Date",
            "     - Title",
            "     - Speaker",
            "     - Link",
        )
    for n, work in enumerate(works):
        day = f"2023-0{1 + n % 9}-1{n % 10}"
        if form:
            title = work.title.replace('"', "'")
            page.paper(
                work, f'   "{day}", "{title}", "{work.reader}", {work.url}', members=[work.reader]
            )
        else:
            page.paper(
                work,
                f"   * - {day}",
                f"     - {work.title}",
                f"     - {work.reader}",
                f"     - {work.url}",
                members=[work.reader],
            )
    return page


def html_publications(chance: random.Random) -> Page:
    """A page of a lab: <li> or <p> for each paper with breaks, links in brackets, years as heads."""
    page, form = Page("papers.html"), chance.randrange(3)
    page.put(
        "<html><head><title>Papers we like</title></head><body>",
        '<nav><a href="/">Home</a> <a href="/people">People</a></nav>',
        "<h1>Papers we like</h1>",
    )
    topics, works = chance.sample(TOPICS, 3), make_works(chance, 18)
    for n, topic in enumerate(topics):
        page.put(f"<h3>{topic.replace('&', '&amp;')}</h3>", "<p>" if form == 1 else "<ul>")
        for work in works[6 * n : 6 * n + 6]:
            page.paper(work, (
                f'<li><strong>{work.title}</strong><br/>{work.people}<br/><em>{work.tag}</em> [<a href="{work.url}">pdf</a>] [<a href="{work.code}">code</a>]</li>',
                f'<a href="{work.url}">{work.title}</a>, {work.people}, {work.tag}<br>',
                f'<li>{work.people}. &ldquo;<a href="{work.url}">{work.title}</a>.&rdquo; <i>{work.venue}</i>, {work.year}.</li>',
            )[form], tells="url year" if form == 2 else "url year venue", topic=[topic])  # fmt: skip
        page.put("</p>" if form == 1 else "</ul>")
    page.put("</body></html>")
    return page
