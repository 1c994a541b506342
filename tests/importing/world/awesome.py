"""Lists of links as they grow in public: badges, contents, sections by subject, many links an entry."""

from __future__ import annotations

import random

from tests.importing.world.page import Page
from tests.importing.world.works import TOPICS, Work, make_works

BADGES = (
    "[![Awesome](https://awesome.re/badge.svg)](https://awesome.re)",
    "![PRs welcome](https://img.shields.io/badge/PRs-welcome-brightgreen.svg) ![Stars](https://img.shields.io/github/stars/ex/list?style=social)",
    '<p align="center"><img src="assets/banner.png" width="600"/></p>',
)
HEAD_EMOJI = ("", "", "🔥 ", "📚 ", ":bookmark: ")


def _sections(chance: random.Random) -> tuple[list[str], list[list[Work]]]:
    topics = chance.sample(TOPICS, chance.randrange(3, 6))
    works = make_works(chance, chance.randrange(15, 32))
    parts: list[list[Work]] = [[] for _ in topics]
    for n, work in enumerate(works):
        parts[n * len(topics) // len(works)].append(work)
    return topics, parts


def _anchor(topic: str) -> str:
    return "".join(
        char for char in topic.lower().replace(" ", "-") if char.isalnum() or char == "-"
    )


def _start(page: Page, chance: random.Random, topics: list[str], subject: str) -> None:
    page.put(f"# Awesome {subject}", "", chance.choice(BADGES), "")
    page.put(chance.choice((
        f"A curated list of papers on {subject.lower()}. Inspired by awesome-python.",
        "> Last updated: March 2024. If we missed your work, please open an issue or a pull request!",
        "This repository collects resources we found useful while writing our survey. Feel free to ⭐ the repo.",
    )), "")  # fmt: skip
    style = chance.randrange(3)
    if style:
        page.put("## Table of Contents" if style == 1 else "**Contents**", "")
        page.put(*(f"- [{topic}](#{_anchor(topic)})" for topic in topics))
        page.put("- [Contributing](#contributing)", "")
    if chance.random() < 0.5:
        page.put(
            "## News", "",
            "- [2024/02/11] We added 12 new papers from ICLR 2024.",
            "- **2023.11.02**: The survey was accepted!", "",
        )  # fmt: skip


def _end(page: Page, chance: random.Random) -> None:
    page.put("", chance.choice((
        "## Contributing\n\nContributions are welcome. Please follow the format below:\n\n```\n- **Title** [[paper](link)] [[code](link)]\n```",
        "## License\n\n[![CC0](https://licensebuttons.net/p/zero/1.0/88x31.png)](https://creativecommons.org/publicdomain/zero/1.0/)",
        "## Star History\n\n[![Star History](https://api.star-history.com/svg?repos=ex/list)](https://star-history.com/#ex/list)",
        "## Related lists\n\n- [awesome-machine-learning](https://github.com/josephmisiti/awesome-machine-learning)\n- [awesome-deep-vision](https://github.com/kjw0612/awesome-deep-vision)",
        "## Acknowledgements\n\nThanks to all contributors who helped to build this list.",
    )))  # fmt: skip


def badges_and_links(chance: random.Random) -> Page:
    """ "- **Title** [[paper](..)] [[code](..)] ![stars](..)", authors and venue on lines below."""
    page, mark = Page("README.md"), chance.choice("-*")
    topics, parts = _sections(chance)
    _start(page, chance, topics, "Efficient Models")
    below, tail = chance.randrange(3), chance.random() < 0.5
    for topic, works in zip(topics, parts, strict=True):
        page.put(f"## {chance.choice(HEAD_EMOJI)}{topic}", "")
        for work in works:
            stars = (
                f" ![GitHub stars](https://img.shields.io/github/stars/ex/{work.number}?style=social)"
                if tail
                else ""
            )
            code = f" [[code]({work.code})]" if chance.random() < 0.6 else ""
            first = f"{mark} **{work.title}** [[paper]({work.url})]{code}{stars}"
            if below == 0:
                page.paper(
                    work,
                    first,
                    f"  - {work.people}",
                    f"  - *{work.tag}*",
                    tells="url year venue",
                    topic=[topic],
                )
            elif below == 1:
                page.paper(
                    work,
                    f"{first}  ",
                    f"  *{work.people}*  ",
                    f"  {work.tag}",
                    tells="url year venue",
                    topic=[topic],
                )
            else:
                page.paper(
                    work,
                    f"{mark} `{work.tag}` **{work.title}** [[paper]({work.url})]{code}{stars}",
                    tells="url year venue",
                    topic=[topic],
                )
        page.put("", "[⬆ back to top](#table-of-contents)", "")
    _end(page, chance)
    return page


def venue_first(chance: random.Random) -> Page:
    """ "- [CVPR 2021] Title [[paper]](..)", "(CVPR'21) [Title](..)", newest first."""
    page = Page("README.md")
    topics, parts = _sections(chance)
    _start(page, chance, topics, "Scene Understanding")
    form = chance.randrange(4)
    for topic, works in zip(topics, parts, strict=True):
        page.put(f"### {topic}", "")
        for work in works:
            code = f" [[Code]]({work.code})" if chance.random() < 0.5 else ""
            tag = work.short_tag if form == 1 else work.tag
            line = (
                f"- [{tag}] {work.title}. [[Paper]]({work.url}){code}",
                f"* ({tag}) [{work.title}]({work.url}){code}",
                f"- [**{tag}**] [{work.title}]({work.url}), {work.et_al}{code}",
                f"+ **[{tag}]** {work.title} | [paper]({work.url}){code.replace('[[', ' | [').replace(']]', ']')}",
            )[form]
            page.paper(work, line, tells="url year venue", topic=[topic], venue=tag)
        page.put("")
    _end(page, chance)
    return page


def comma_lines(chance: random.Random) -> Page:
    """ "* Title, Authors, Venue Year. [[PDF](..)]", blank lines between or not."""
    page, form, loose = Page("README.md"), chance.randrange(4), chance.random() < 0.4
    topics, parts = _sections(chance)
    _start(page, chance, topics, "Learning on Graphs")
    for number, (topic, works) in enumerate(zip(topics, parts, strict=True), 1):
        page.put(f"## {number}. {topic}" if form % 2 else f"## {topic}", "")
        for n, work in enumerate(works, 1):
            line = (
                f"* {work.title}, *{work.people}*, {work.tag}. [[PDF]({work.url})] [[Code]({work.code})]",
                f"{n}. {work.title}. {work.people}. {work.tag}. [paper]({work.url})",
                f"- **{work.title}.** *{work.people}.* {work.tag}. [[Link]]({work.url})",
                f"- [{work.title}]({work.url}) - {work.people}, `{work.tag}`",
            )[form]
            page.paper(work, line, tells="url year venue", topic=[topic])
            if loose:
                page.put("")
        page.put("")
    _end(page, chance)
    return page


def survey_tables(chance: random.Random) -> Page:
    """A table under each heading; cells that repeat are left empty; `:---:` rows; code badges."""
    page, form = Page("README.md"), chance.randrange(3)
    topics, parts = _sections(chance)
    _start(page, chance, topics, "Embodied Perception")
    for topic, works in zip(topics, parts, strict=True):
        page.put(f"## {topic}", "")
        page.put((
            "| Year | Venue | Title | Paper | Code |\n|:---:|:---:|:---|:---:|:---:|",
            "|Title|Venue|Date|Code|Demo|\n|:--------|:--------:|:--------:|:--------:|:--------:|",
            "| **Paper** | **Publication** | **Links** |\n| --- | --- | --- |",
        )[form])  # fmt: skip
        last = 0
        for work in sorted(works, key=lambda one: -one.year):
            code = f"[Github]({work.code})" if chance.random() < 0.5 else "-"
            year = "" if work.year == last else str(work.year)
            if form == 0:
                page.paper(
                    work,
                    f"| {year} | {work.venue} | {work.title} | [link]({work.url}) | {code} |",
                    tells="url year",
                    topic=[topic],
                )
                last = work.year
            elif form == 1:
                star = f"![Star](https://img.shields.io/github/stars/ex/{work.number}.svg?style=social&label=Star) <br> "
                page.paper(
                    work, f"| {star}[**{work.title}**]({work.url}) <br> | {work.venue} | {work.year}-{1 + work.number % 12:02d}-0{1 + work.number % 9} | {code} | Local Demo |",
                    tells="url year", topic=[topic],
                )  # fmt: skip
            else:
                page.paper(
                    work,
                    f"| {work.title}<br>{work.people} | {work.tag} | [pdf]({work.url}) [code]({work.code}) |",
                    tells="url year venue",
                    topic=[topic],
                )
        page.put("")
    _end(page, chance)
    return page


def nested_topics(chance: random.Random) -> Page:
    """Subjects as bullets, papers as bullets below, two or three levels deep, indented as it came."""
    page, step = Page("papers.md"), chance.choice(("  ", "    ", "\t"))
    topics, parts = _sections(chance)
    page.put("# Papers worth reading", "")
    bold = chance.random() < 0.5
    for topic, works in zip(topics, parts, strict=True):
        page.put(f"- **{topic}**" if bold else f"- {topic}")
        inner = chance.choice(("", "Datasets and benchmarks", "Classics"))
        for n, work in enumerate(works):
            depth, path = step, [topic]
            if inner and n * 2 >= len(works):
                if (n - 1) * 2 < len(works):
                    page.put(f"{step}- **{inner}**" if bold else f"{step}- {inner}")
                depth, path = step * 2, [topic, inner]
            venue = f" ({work.tag})" if n % 2 else ""
            page.paper(
                work,
                f"{depth}- [{work.title}]({work.url}){venue}",
                tells="url year venue" if venue else "url",
                topic=path,
            )
    return page


def emoji_keys(chance: random.Random) -> Page:
    """Pictures say what a link is: "📄 [Title](..) · 💻 [code](..) · 🎬 [video](..)"."""
    page = Page("README.md")
    topics, parts = _sections(chance)
    page.put(
        "# 🧠 Paper collection", "", "Legend: 📄 paper · 💻 code · 🎬 video · ⭐ must read", ""
    )
    form = chance.randrange(2)
    for topic, works in zip(topics, parts, strict=True):
        page.put(f"## {chance.choice(('🤖', '👁️', '🗣️', '📈'))} {topic}", "")
        for work in works:
            star = "⭐ " if chance.random() < 0.3 else ""
            more = f" · 💻 [code]({work.code})" if chance.random() < 0.5 else ""
            video = (
                f" · 🎬 [video](https://youtu.be/x{work.number}abc)"
                if chance.random() < 0.3
                else ""
            )
            line = (
                f"- {star}📄 [{work.title}]({work.url}) ({work.year}){more}{video}",
                f"- {star}**{work.title}** ({work.tag}) · 📄 [paper]({work.url}){more}{video}",
            )[form]
            page.paper(work, line, tells="url year venue" if form else "url year", topic=[topic])
        page.put("")
    return page


def details_by_year(chance: random.Random) -> Page:
    """Sections that fold: <details><summary>; the years are no subjects."""
    page = Page("README.md")
    topics, parts = _sections(chance)
    page.put("# Reading archive", "", "<!-- generated by scripts/build.py, do not edit -->", "")
    for topic, works in zip(topics, parts, strict=True):
        page.put(f"## {topic}", "")
        year = 0
        for work in sorted(works, key=lambda one: -one.year):
            if work.year != year:
                page.put(
                    *(["</details>", ""] if year else []),
                    "<details>" if year else "<details open>",
                    f"<summary>{work.year}</summary>",
                    "",
                )
                year = work.year
            page.paper(
                work,
                f"- [{work.title}]({work.url}), {work.et_al}, {work.tag}",
                tells="url year venue",
                topic=[topic],
            )
        page.put("", "</details>", "")
    return page


def reference_links(chance: random.Random) -> Page:
    """Links by reference, some with titles in quotes; footnotes; definitions at the end."""
    page = Page("reading.md")
    topics, parts = _sections(chance)
    page.put("# What to read", "", "Entries with a dagger[^d] are long.", "")
    ends = ["", "[^d]: More than forty pages, better not on a train."]
    for topic, works in zip(topics, parts, strict=True):
        page.put(topic, "-" * len(topic), "")
        for n, work in enumerate(works, 1):
            form = chance.randrange(2)
            dagger = "[^d]" if chance.random() < 0.2 else ""
            line = (
                f"{n}. [{work.title}][p{work.number}]{dagger}"
                if form
                else f"{n}. {work.title}{dagger} ([pdf][p{work.number}], [code][c{work.number}])"
            )
            page.paper(work, line, tells="url", topic=[topic])
            ends += [
                f'[p{work.number}]: {work.url} "{work.venue}"'
                if n % 3 == 0
                else f"[p{work.number}]: <{work.url}>"
            ]
            ends += [] if form else [f"[c{work.number}]: {work.code}"]
        page.put("")
    page.put(*ends)
    return page
