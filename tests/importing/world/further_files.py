"""Further kinds of pages: files of programs, and lists in other languages."""

from __future__ import annotations

import csv
import io
import random
from datetime import date, timedelta

from tests.importing.world.page import Page
from tests.importing.world.works import NAMES, make_works


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
