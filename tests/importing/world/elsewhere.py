"""More formats and languages: keyed data, Org and HTML lists, Portuguese, Italian, Chinese, Japanese, Korean."""

from __future__ import annotations

import json
import random

from tests.importing.world.page import Page
from tests.importing.world.works import TOPICS, make_works


def yaml_by_date(chance: random.Random) -> Page:
    """A mapping from days to what is read."""
    page, form = Page("schedule.yaml"), chance.randrange(2)
    for n, work in enumerate(make_works(chance, 15)):
        day = f"2023-{1 + n % 12:02d}-{1 + n:02d}"
        head = f"{day}:" if form else f'"{day}":'
        page.paper(
            work,
            head,
            f"  title: {json.dumps(work.title, ensure_ascii=False)}",
            f"  speaker: {work.reader}",
            f"  link: {work.url}",
            members=[work.reader],
        )
    return page


def json_by_id(chance: random.Random) -> Page:
    """JSON by identifier, as programs dump it."""
    page = Page("papers.json")
    works = make_works(chance, 15)
    page.put("{")
    for n, work in enumerate(works):
        own = {
            "paperTitle": work.title,
            "authorList": work.people,
            "pdfUrl": work.url,
            "publicationYear": work.year,
            "presentedBy": work.reader,
        }
        page.paper(
            work,
            f'  "p{n}": {json.dumps(own, ensure_ascii=False)}{"," if n + 1 < len(works) else ""}',
            tells="url year",
            members=[work.reader],
        )
    page.put("}")
    return page


def toml_topics(chance: random.Random) -> Page:
    """TOML: a table for each subject with an array of papers."""
    page = Page("reading.toml")
    topics, works = chance.sample([t for t in TOPICS if t.isascii()], 3), make_works(chance, 15)
    for n, topic in enumerate(topics):
        for work in works[5 * n : 5 * n + 5]:
            page.paper(
                work,
                f'[["{topic}"]]',
                f"title = {json.dumps(work.title, ensure_ascii=False)}",
                f'url = "{work.url}"',
                f'venue = "{work.tag}"',
                "",
                tells="url year venue",
                topic=[topic],
            )
    return page


def org_lists(chance: random.Random) -> Page:
    """Org: nested lists under headlines, or a table."""
    page, form = Page("notes.org"), chance.randrange(2)
    page.put("#+title: Reading", "")
    topics, works = chance.sample(TOPICS, 3), make_works(chance, 15)
    for n, topic in enumerate(topics):
        page.put(f"* {topic}", "")
        if form:
            page.put("| Title | Year | Link |", "|-------+------+------|")
        for work in works[5 * n : 5 * n + 5]:
            page.paper(
                work,
                f"| {work.title} | {work.year} | [[{work.url}][pdf]] |"
                if form
                else f"- {work.title}, {work.et_al}, {work.year} [[{work.url}][pdf]]",
                tells="url year",
                topic=[topic],
            )
        page.put("")
    return page


def html_nested(chance: random.Random) -> Page:
    """HTML: subjects as list items over lists of papers."""
    page = Page("reading.html")
    page.put(
        "<!doctype html>",
        "<html><head><title>Reading</title></head><body>",
        "<h1>Reading</h1>",
        "<ul>",
    )
    topics, works = chance.sample(TOPICS, 3), make_works(chance, 15)
    for n, topic in enumerate(topics):
        page.put(f"<li><b>{topic.replace('&', '&amp;')}</b>", "  <ul>")
        for work in works[5 * n : 5 * n + 5]:
            page.paper(
                work,
                f'    <li><a href="{work.url}">{work.title}</a> ({work.et_al}, {work.year})</li>',
                tells="url year",
                topic=[topic],
            )
        page.put("  </ul></li>")
    page.put("</ul>", "</body></html>")
    return page


def portuguese_group(chance: random.Random) -> Page:
    """Grupo de leitura: data, apresentador, artigo."""
    page, form = Page("README.md"), chance.randrange(2)
    page.put("# Grupo de leitura", "", "Encontros às terças-feiras, 14h, na sala 302.", "")
    if form:
        page.put("| Data | Apresentador | Artigo |", "| --- | --- | --- |")
    for n, work in enumerate(make_works(chance, 15), 1):
        if form:
            page.paper(
                work,
                f"| {n:02d}/03/2023 | {work.reader} | [{work.title}]({work.url}) |",
                members=[work.reader],
            )
        else:
            page.put(f"### {n} de março de 2023", "")
            page.paper(
                work,
                f"**Artigo:** [{work.title}]({work.url})  ",
                f"**Apresentador:** {work.reader}",
                "",
                members=[work.reader],
            )
    return page


def italian_list(chance: random.Random) -> Page:
    """Elenco di letture, with authors and year."""
    page = Page("letture.md")
    page.put("# Letture consigliate", "", "Elenco aggiornato ogni mese.", "")
    works = make_works(chance, 15)
    for n, topic in enumerate(("Visione artificiale", "Robotica", "Modelli linguistici")):
        page.put(f"## {topic}", "")
        for work in works[5 * n : 5 * n + 5]:
            page.paper(
                work,
                f"- {work.people} ({work.year}), *{work.title}*, {work.venue}. [link]({work.url})",
                tells="url year",
                topic=[topic],
            )
        page.put("")
    return page


def french_topics(chance: random.Random) -> Page:
    """Lectures par thème, with remarks in French."""
    page, form = Page("lectures.md"), chance.randrange(2)
    page.put("# Articles à lire", "", "N'hésitez pas à compléter la liste.", "")
    works = make_works(chance, 15)
    for n, topic in enumerate(
        ("Vision par ordinateur", "Apprentissage par renforcement", "Traitement du langage")
    ):
        page.put(f"## {topic}", "")
        for work in works[5 * n : 5 * n + 5]:
            talks = work.number % 2 == 0
            page.paper(
                work,
                f"- [{work.title}]({work.url}) ({work.tag})"
                if form
                else f"- **{work.title}** – {work.people}, {work.tag} [[lien]({work.url})]",
                tells="url year venue review" if talks else "url year venue",
                topic=[topic],
            )
            if talks:
                page.put(
                    "  - Les auteurs montrent que la méthode reste stable avec peu de données."
                )
        page.put("")
    return page


def chinese_brackets(chance: random.Random) -> Page:
    """Chinese marks: 【CVPR 2021】Title（链接：..）, 《Title》."""
    page, form = Page("README.md"), chance.randrange(3)
    page.put("# 文献整理", "", "按方向整理，方便大家查阅。", "")
    works = make_works(chance, 16)
    for n, topic in enumerate(("三维重建", "知识图谱", "语音识别", "模型压缩")):
        page.put(f"## {n + 1}. {topic}", "")
        for work in works[4 * n : 4 * n + 4]:
            page.paper(work, (
                f"- 【{work.tag}】[{work.title}]({work.url})",
                f"- 《{work.title}》，{work.tag}，[论文链接]({work.url})",
                f"- {work.title}（{work.tag}）：{work.url}",
            )[form], tells="url year venue", topic=[topic])  # fmt: skip
        page.put("")
    return page


def japanese_table(chance: random.Random) -> Page:
    """輪講の表: 日付, 発表者, 論文, 会議."""
    page, form = Page("README.md"), chance.randrange(2)
    page.put(
        "# 輪講",
        "",
        "毎週水曜 13:00 から。",
        "",
        "| 日付 | 発表者 | 論文 | 会議 |" if form else "|回|日程|担当者|タイトル|URL|",
        "| --- | --- | --- | --- |" if form else "|--|--|--|--|--|",
    )
    for n, work in enumerate(make_works(chance, 15), 1):
        name = ("山田", "中村", "小林")[n % 3]
        row = (
            f"| 4/{n} | {name} | [{work.title}]({work.url}) | {work.tag} |"
            if form
            else f"|{n}|2023年4月{n}日|{name}|{work.title}|{work.url}|"
        )
        page.paper(work, row, tells="url year venue" if form else "url", members=[name])
    return page


def korean_numbers(chance: random.Random) -> Page:
    """Korean numbered lists with presenters or links at the end."""
    page, form = Page("README.md"), chance.randrange(2)
    page.put("# 세미나 논문 목록", "", "매주 금요일에 한 편씩 읽습니다.", "")
    for n, work in enumerate(make_works(chance, 15), 1):
        name = ("김민수", "이서연", "박지훈")[n % 3]
        page.paper(
            work,
            f"{n}. {work.title} ({work.tag}) [[논문]]({work.url}) [[코드]]({work.code}) - 발표: {name}"
            if form
            else f"{n}. [{work.title}]({work.url}) / 발표자: {name} / 2023.04.{n:02d}",
            tells="url year venue" if form else "url",
            members=[name],
        )
    return page
