"""Pages that were invented after the others and belong to the half that measures, all of them."""

from __future__ import annotations

import csv
import io
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


def zotero_csv(chance: random.Random) -> Page:
    """A library exported from Zotero."""
    page = Page("library.csv")
    heads = [
        "Key",
        "Item Type",
        "Publication Year",
        "Author",
        "Title",
        "Publication Title",
        "ISSN",
        "DOI",
        "Url",
        "Abstract Note",
        "Date",
        "Date Added",
        "Pages",
        "Volume",
        "Manual Tags",
    ]
    rows = [heads]
    for work in make_works(chance, 20):
        names = "; ".join(
            f"{name.split(' ', 1)[1]}, {name.split(' ', 1)[0]}" for name in work.authors
        )
        rows.append(
            [
                f"AB{work.number:06d}",
                "journalArticle",
                str(work.year),
                names,
                work.title,
                work.journal,
                "1234-5678",
                "",
                work.url,
                "",
                f"{work.year}-05",
                "2024-01-02 10:11:12",
                "1-12",
                "7",
                "",
            ]
        )
        page.note(work, tells="url year venue", venue=work.journal)
    for n, row in enumerate(rows):
        written = io.StringIO()
        csv.writer(written, lineterminator="", quoting=csv.QUOTE_ALL).writerow(row)
        page.put(written.getvalue())
        if n:
            page.entries[n - 1]["line"] = n + 1
    return page


def yaml_members(chance: random.Random) -> Page:
    """YAML by person."""
    page = Page("lists.yaml")
    works = make_works(chance, 16)
    for n, name in enumerate(chance.sample(NAMES, 4)):
        page.put(f"- member: {name}", "  papers:")
        for work in works[4 * n : 4 * n + 4]:
            page.paper(
                work,
                f"  - title: '{work.title.replace(chr(39), chr(39) * 2)}'",
                f'    url: "{work.url}"',
                f"    venue: '{work.tag}'",
                tells="url year venue",
                members=[name],
            )
    return page


def org_agenda(chance: random.Random) -> Page:
    """Org headings with timestamps and presenters, links below."""
    page, form = Page("seminar.org"), chance.randrange(2)
    page.put("#+TITLE: Seminar", "", "* Schedule")
    day = date(2023, 4, 4)
    for work in make_works(chance, 15):
        page.put(f"** <{day:%Y-%m-%d %a}> {work.reader}")
        page.paper(
            work,
            f"- [[{work.url}][{work.title}]]"
            if form
            else f"[[{work.url}][{work.title}]], {work.people}",
            members=[work.reader],
        )
        day += timedelta(weeks=1)
    return page


def html_divs(chance: random.Random) -> Page:
    """A page from a site builder: headings for days, paragraphs for the rest."""
    page = Page("group.html")
    page.put(
        "<html><head><title>Causality group</title></head><body><div class='main'>",
        "<h1>Causality reading group</h1>",
        "<p>Contact: Farah</p>",
    )
    day = date(2024, 1, 15)
    for work in make_works(chance, 15):
        page.put(
            f"<div class='talk'><h3>{day:%A}, {day:%B} {day.day}, {day.year}</h3>",
            f"<p><b>Presenter:</b> {work.reader}</p>",
        )
        page.paper(
            work,
            f'<p><b>Paper:</b> <a href="{work.url}">{work.title}</a> ({work.people})</p></div>',
            members=[work.reader],
        )
        day += timedelta(weeks=2)
    page.put("</div></body></html>")
    return page


def german_topics(chance: random.Random) -> Page:
    """Literaturliste nach Themen."""
    page, form = Page("literatur.md"), chance.randrange(2)
    page.put("# Literaturliste", "", "Bitte bis zur ersten Sitzung zwei Texte auswählen.", "")
    works = make_works(chance, 15)
    for n, topic in enumerate(("Bildverarbeitung", "Robotik", "Sprachmodelle")):
        page.put(f"## {topic}", "")
        for work in works[5 * n : 5 * n + 5]:
            page.paper(
                work,
                f"- {work.inverted} ({work.year}): {work.title}. [PDF]({work.url})"
                if form
                else f"* [{work.title}]({work.url}) ({work.et_al[:-7]} u. a., {work.year})",
                tells="url year",
                topic=[topic],
            )
        page.put("")
    return page


def japanese_questions(chance: random.Random) -> Page:
    """Several papers in one file, each with the questions of the lab's template."""
    page = Page("2023-05.md")
    page.put("# 2023年5月に読んだ論文", "")
    for work in make_works(chance, 12):
        page.paper(
            work,
            f"## {work.title}",
            "",
            f"[論文リンク]({work.url})",
            "",
            f"{work.people} ({work.tag})",
            "",
            "### どんなもの？",
            "",
            "少量のラベルで学習する手法を提案した。",
            "",
            "### 先行研究と比べてどこがすごい？",
            "",
            "計算量が半分になった。",
            "",
            "### 議論はある？",
            "",
            "実験データが小さいのが気になる。",
            "",
            "---",
            "",
            tells="url year venue review",
        )
    return page


def chinese_weeks(chance: random.Random) -> Page:
    """每周论文: weeks as headings, two or three papers each, with the person who shares."""
    page, form = Page("README.md"), chance.randrange(2)
    page.put("# 每周论文分享", "", "时间：每周五晚 7 点，腾讯会议。", "")
    works = make_works(chance, 16)
    for n in range(8):
        page.put(f"## 第{n + 1}周（2023.{3 + n // 4}.{1 + n}）", "")
        for work in works[2 * n : 2 * n + 2]:
            line = (
                f"- [{work.title}]({work.url}) 分享人：王伟"
                if form
                else f"- 王伟：[{work.title}]({work.url})，{work.tag}"
            )
            page.paper(work, line, tells="url" if form else "url year venue", members=["王伟"])
        page.put("")
    return page


def spanish_labels(chance: random.Random) -> Page:
    """Fichas: a heading a paper with labels in Spanish and a summary."""
    page = Page("fichas.md")
    page.put("# Fichas de lectura", "")
    for work in make_works(chance, 15):
        page.paper(
            work,
            f"## {work.title}",
            "",
            f"- **Autores:** {work.people}",
            f"- **Año:** {work.year}",
            f"- **Enlace:** {work.url}",
            "",
            "**Resumen:** El método es sencillo y funciona bien con pocos datos.",
            "",
            tells="url year review",
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
