"""Fresh kinds of pages in other languages than English."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.importing.world.page import Page
from tests.importing.world.works import make_works


def chinese_numbers(chance: random.Random) -> Page:
    """ "3. 2023-05-02 张敏 《Title》 [论文](..) [PPT](..)"."""
    page, form = Page("README.md"), chance.randrange(2)
    page.put("# 讨论班", "", "## 安排", "")
    day = date(2023, 5, 2)
    for n, work in enumerate(make_works(chance, 15), 1):
        name = ("王伟", "李娜", "张敏")[n % 3]
        page.paper(
            work,
            f"{n}. {day:%Y-%m-%d} {name} 《{work.title}》 [论文]({work.url}) [PPT](ppt/{n}.pdf)"
            if form
            else f"- **{day.month}月{day.day}日** {name}：[{work.title}]({work.url})",
            members=[name],
        )
        day += timedelta(weeks=1)
    return page


def japanese_years(chance: random.Random) -> Page:
    """Years over entries with notes in Japanese."""
    page = Page("papers.md")
    page.put("# 読んだ論文リスト", "")
    works = sorted(make_works(chance, 16), key=lambda work: -work.year)
    year = 0
    for work in works:
        if work.year != year:
            year = work.year
            page.put("", f"## {year}年", "")
        talks = work.number % 2 == 0
        page.paper(
            work,
            f"- {work.title} ({work.tag}) [[論文]]({work.url})",
            tells="url year venue review" if talks else "url year venue",
        )
        if talks:
            page.put("  - 事前学習なしでも精度が出ることを示している。")
    return page


def french_seminar(chance: random.Random) -> Page:
    """Séminaire: dates in bold, orateur, titre, lien."""
    page, form = Page("seminaire.md"), chance.randrange(2)
    page.put("# Séminaire d'équipe", "", "Tous les mardis à 11 h, salle 203.", "")
    for n, work in enumerate(make_works(chance, 14), 1):
        page.paper(
            work,
            f"- **Mardi {n} octobre** : {work.reader}, [{work.title}]({work.url})"
            if form
            else f"* Le {n}/10/2023, {work.reader} présente [{work.title}]({work.url}).",
            members=[work.reader],
        )
    page.put("- **Mardi 31 octobre** : pas de séance (vacances)")
    return page


def german_table(chance: random.Random) -> Page:
    """Seminarplan: Datum, Vortragende, Thema, Literatur."""
    page = Page("plan.md")
    page.put(
        "# Seminarplan",
        "",
        "| Datum | Vortragende | Titel | Quelle | Betreuung |",
        "|---|---|---|---|---|",
    )
    for n, work in enumerate(make_works(chance, 14), 1):
        page.paper(
            work,
            f"| {n}. Nov. | {work.reader} | {work.title} | [{work.et_al[:-7]} {work.year}]({work.url}) | Haddad |",
            members=[work.reader],
        )
    return page
