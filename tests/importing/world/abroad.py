"""Groups that write Japanese, Chinese, Korean, German, French or Spanish."""

from __future__ import annotations

import random

from tests.importing.world.page import Page
from tests.importing.world.works import make_works

_JA = ("田中", "佐藤", "鈴木", "高橋", "伊藤")
_ZH = ("王伟", "李娜", "张敏", "刘洋", "陈静")
_KO = ("김민수", "이서연", "박지훈", "최유진", "정하늘")
_JA_TOPICS = ("画像認識", "自然言語処理", "強化学習", "音声合成")
_ZH_TOPICS = ("目标检测", "图神经网络", "大语言模型", "推荐系统")
_KO_TOPICS = ("컴퓨터 비전", "자연어 처리", "강화 학습", "추천 시스템")


def japanese_rounds(chance: random.Random) -> Page:
    """輪読会: a heading a meeting with who is in charge, paper and slides."""
    page, form = Page("README.md"), chance.randrange(3)
    page.put(
        "# 論文輪読会",
        "",
        "毎週木曜日 18:00 から開催しています。参加自由です。",
        "",
        "## 開催記録",
        "",
    )
    for n, work in enumerate(make_works(chance, 15), 1):
        name = _JA[n % 5]
        page.put(
            (
                f"### 第{n}回 (2022/{1 + n % 12:02d}/1{n % 9})",
                f"### 2022年{1 + n % 12}月1{n % 9}日",
                f"### #{n} 2022-{1 + n % 12:02d}-1{n % 9}",
            )[form],
            "",
        )
        page.note(work, members=[name])
        page.put((
            f"- 担当: {name}\n- 論文: [{work.title}]({work.url})\n- 資料: [スライド](slides/{n}.pdf)",
            f"- 発表者：{name}\n- タイトル：{work.title}\n- リンク：{work.url}",
            f"**[{work.title}]({work.url})** (発表: {name})",
        )[form], "")  # fmt: skip
    return page


def japanese_survey(chance: random.Random) -> Page:
    """論文まとめ: subjects, linked titles, a line of summary or questions and answers below."""
    page, form = Page("survey.md"), chance.randrange(2)
    page.put("# 論文まとめ", "", "読んだ論文のメモです。", "")
    works = make_works(chance, 16)
    for n, topic in enumerate(_JA_TOPICS):
        page.put(f"## {topic}", "")
        for work in works[4 * n : 4 * n + 4]:
            if form:
                page.paper(
                    work,
                    f"- [{work.title}]({work.url}) ({work.tag})",
                    "  - ラベルなしで事前学習する手法を提案している。",
                    tells="url year venue review",
                    topic=[topic],
                )
            else:
                page.paper(
                    work,
                    f"### [{work.title}]({work.url})",
                    "",
                    f"- 著者: {work.people}",
                    f"- 会議: {work.tag}",
                    "- 概要: 少ないデータでも精度が落ちないことを示した。",
                    "- 感想: 実験が少ないのが気になる。",
                    "",
                    tells="url year venue review",
                    topic=[topic],
                )
        page.put("")
    return page


def chinese_table(chance: random.Random) -> Page:
    """A table with Chinese heads under numbered Chinese headings."""
    page, form = Page("README.md"), chance.randrange(2)
    page.put("# 论文阅读清单", "", "> 持续更新中，欢迎提 PR。", "", "[TOC]", "")
    works = make_works(chance, 20)
    for n, topic in enumerate(_ZH_TOPICS):
        page.put(f"## {'一二三四'[n]}、{topic}" if form else f"## {n + 1} {topic}", "")
        page.put(
            "| 标题 | 会议 | 年份 | 链接 | 备注 |\n| :-- | :-: | :-: | :-: | :-- |"
            if form
            else "|论文|作者|会议/期刊|代码|\n|---|---|---|---|"
        )
        for work in works[5 * n : 5 * n + 5]:
            row = (
                f"| {work.title} | {work.venue} | {work.year} | [PDF]({work.url}) | |"
                if form
                else f"|[{work.title}]({work.url})|{work.people}|{work.tag}|[代码]({work.code})|"
            )
            page.paper(work, row, tells="url year" if form else "url year venue", topic=[topic])
        page.put("")
    return page


def chinese_list(chance: random.Random) -> Page:
    """A numbered Chinese list with remarks, or meetings of a group."""
    page, form = Page("README.md"), chance.randrange(2)
    page.put("# 组会记录" if form else "# 论文笔记", "")
    works = make_works(chance, 16)
    if form:
        for n, work in enumerate(works):
            name = _ZH[n % 5]
            page.put(f"## 2023.{1 + n % 12}.{1 + n}", "")
            page.paper(
                work,
                f"- 论文：[{work.title}]({work.url})",
                f"- 汇报人：{name}",
                "- 地点：教三 201",
                "",
                members=[name],
            )
        return page
    for n, topic in enumerate(_ZH_TOPICS):
        page.put(f"### {topic}", "")
        for k, work in enumerate(works[4 * n : 4 * n + 4], 1):
            page.paper(
                work,
                f"{k}. **{work.title}** ({work.tag}) [[论文]]({work.url}) [[代码]]({work.code})",
                "   - 提出了一种新的预训练方法，实验比较充分。",
                tells="url year venue review",
                topic=[topic],
            )
        page.put("")
    return page


def korean_study(chance: random.Random) -> Page:
    """스터디: a table of days and presenters, or weeks as headings."""
    page, form = Page("README.md"), chance.randrange(2)
    page.put("# 논문 스터디", "", "매주 화요일 저녁 8시에 진행합니다.", "")
    if form:
        page.put("| 날짜 | 발표자 | 논문 | 자료 |", "| --- | --- | --- | --- |")
    for n, work in enumerate(make_works(chance, 15), 1):
        name = _KO[n % 5]
        if form:
            page.paper(
                work,
                f"| 2023.0{1 + n % 9}.1{n % 9} | {name} | [{work.title}]({work.url}) | [슬라이드](s/{n}.pdf) |",
                members=[name],
            )
        else:
            page.put(f"## {n}주차 (3/{n})", "")
            page.paper(
                work,
                f"- 논문: [{work.title}]({work.url})",
                f"- 발표자: {name}",
                f"- 발표자료: [링크](s/{n}.pdf)",
                "",
                members=[name],
            )
    return page


def korean_topics(chance: random.Random) -> Page:
    """A Korean list by subject with years and remarks."""
    page = Page("list.md")
    page.put("# 읽은 논문 정리", "")
    works = make_works(chance, 16)
    for n, topic in enumerate(_KO_TOPICS):
        page.put(f"## {topic}", "")
        for work in works[4 * n : 4 * n + 4]:
            page.paper(
                work,
                f"- [{work.title}]({work.url}) ({work.venue}, {work.year}) [[리뷰]](review/{work.number}.md)",
                tells="url year",
                topic=[topic],
            )
        page.put("")
    return page


def german_circle(chance: random.Random) -> Page:
    """Lesekreis: Termin, Referentin, Text; humanities' citations."""
    page, form = Page("lesekreis.md"), chance.randrange(2)
    page.put(
        "# Lesekreis Maschinelles Lernen",
        "",
        "Wir treffen uns jeden zweiten Mittwoch um 18 Uhr in Raum 114.",
        "",
        "## Termine",
        "",
    )
    for n, work in enumerate(make_works(chance, 15), 1):
        if form:
            page.put(f"### {n}. März 2023", "")
            page.paper(
                work,
                f"Referent: {work.reader}  ",
                f"Text: [{work.title}]({work.url})",
                "",
                members=[work.reader],
            )
        else:
            page.paper(
                work,
                f"- {n}.03.2023: {work.people}: *{work.title}*, {work.year} ([PDF]({work.url})), vorgestellt von {work.reader}",
                tells="url year",
                members=[work.reader],
            )
    page.put("", "### 30. März 2023", "", "Entfällt (Osterferien)")
    return page


def french_club(chance: random.Random) -> Page:
    """Groupe de lecture: dates, présentateur, liens; or subjects."""
    page, form = Page("lecture.md"), chance.randrange(2)
    page.put(
        "# Groupe de lecture",
        "",
        "Le groupe se réunit tous les lundis à 14 h en salle Condorcet.",
        "",
    )
    if form:
        page.put("| Date | Présentateur | Article | Lien |", "|---|---|---|---|")
    for n, work in enumerate(make_works(chance, 15), 1):
        if form:
            page.paper(
                work,
                f"| {n:02d}/03/2023 | {work.reader} | {work.title} | [pdf]({work.url}) |",
                members=[work.reader],
            )
        else:
            page.paper(
                work,
                f"* {n} mars 2023 – {work.reader} : [{work.title}]({work.url})",
                members=[work.reader],
            )
    return page


def spanish_club(chance: random.Random) -> Page:
    """Club de lectura: tabla con fecha, ponente, artículo y enlace, or labels."""
    page, form = Page("club.md"), chance.randrange(2)
    page.put("# Club de lectura de artículos", "", "Nos reunimos los viernes a las 16:00.", "")
    if form:
        page.put("| Fecha | Ponente | Artículo | Enlace |", "| :-- | :-- | :-- | :-- |")
    for n, work in enumerate(make_works(chance, 15), 1):
        if form:
            page.paper(
                work,
                f"| {n} de marzo | {work.reader} | {work.title} | [enlace]({work.url}) |",
                members=[work.reader],
            )
        else:
            page.put(f"## {n} de marzo de 2023", "")
            page.paper(
                work,
                f"- **Artículo:** [{work.title}]({work.url})",
                f"- **Autores:** {work.people}",
                f"- **Ponente:** {work.reader}",
                "",
                members=[work.reader],
            )
    return page
