"""Lists in Markdown, schedules and minutes."""

from __future__ import annotations

import random

from tests.importing.invented.documents import ENDS, GREETINGS, Document
from tests.importing.invented.styles import BULLETS, HEADED, LATER, LATER_HEADED, Style
from tests.importing.invented.works import READERS, TOPICS, make_papers


def later(chance: random.Random) -> Document:
    """Like `markdown`, in styles that were invented after the reader could read the others."""
    return markdown(chance, LATER + LATER_HEADED)


def markdown(chance: random.Random, styles: tuple[Style, ...] = BULLETS + HEADED) -> Document:
    """A README: topics, members, days or nothing over entries of one style."""
    style = chance.choice(styles)
    container = chance.choice(
        ("topics", "topics", "nested", "members", "days", "years", "flat", "details", "bold")
    )
    if style.block and container in ("details", "bold", "nested"):
        container = "topics"
    papers = make_papers(chance, chance.randrange(6, 24))
    lines = [
        f"# {chance.choice(('Reading Group', 'Paper List', 'Awesome Papers', 'Journal Club'))}",
        "",
    ]
    if greeting := chance.choice(GREETINGS):
        lines += [greeting, ""]
    tells = set(style.tells)
    groups = [papers[i : i + 4] for i in range(0, len(papers), 4)]
    names = chance.sample(TOPICS, len(groups)) if len(groups) <= len(TOPICS) else list(TOPICS)
    if container in ("topics", "nested") and chance.random() < 0.4:
        lines += [
            "## Contents",
            "",
            *(f"- [{n}](#{n.lower().replace(' ', '-')})" for n in names[: len(groups)]),
            "",
        ]
    if container == "nested":
        lines += ["## Foundations", ""]
    readers = chance.sample(READERS, min(len(groups), len(READERS)))
    form = chance.choice(("{}", "@{}", "{}'s list", "Proposed by {}"))
    number = 0
    for position, group in enumerate(groups):
        lines += _head(container, position, names, readers, form if container == "members" else "")
        for paper in group:
            number += 1
            if container in ("topics", "details", "bold"):
                paper.topic = [names[position % len(names)]]
            elif container == "nested":
                paper.topic = ["Foundations", names[position % len(names)]]
            elif container == "members" and form != "{}":
                paper.reader = readers[position % len(readers)]
                tells.add("reader")
            paper.line = len("\n".join(lines).split("\n")) + 1
            lines.append(style.write(paper, number))
        lines.append("</details>" if container == "details" else "")
        lines.append("")
    if style.name == "reference":
        lines += [f"[r{n}]: {paper.url}" for n, paper in enumerate(papers, 1)] + [""]
    if end := chance.choice(ENDS):
        lines += [end]
    return Document(
        "README.md", "\n".join(lines), papers, frozenset(tells), f"{container}/{style.name}"
    )


def _head(
    container: str, position: int, names: list[str], readers: list[str], form: str
) -> list[str]:
    name = names[position % len(names)]
    match container:
        case "topics":
            return [f"## {name}", ""]
        case "nested":
            return [f"### {name}", ""]
        case "members":
            form = form if form != "{}" else "@{}"
            return [f"## {form.format(readers[position % len(readers)])}", ""]
        case "days":
            return [f"## {12 + position} May 2021", ""]
        case "years":
            return [f"## {2020 + position}", ""]
        case "details":
            return [f"<details>\n<summary>{name}</summary>", ""]
        case "bold":
            return [f"**{name}**", ""]
    return []


def schedule(chance: random.Random) -> Document:
    """Meetings: days over labelled lines, or one line for each."""
    papers = make_papers(chance, chance.randrange(4, 12))
    form = chance.randrange(6)
    lines = ["# Seminar", "", chance.choice(GREETINGS), "", "## Past meetings", ""]
    label = chance.choice(
        (
            ("Paper", "Presenter"),
            ("Title", "Speaker"),
            ("论文", "分享人"),
            ("논문", "발표자"),
            ("論文", "発表者"),
            ("Artikel", "Referent"),
        )
    )
    for n, paper in enumerate(papers, 1):
        day = f"{n + 3} March 2022"
        lines.append(
            (
                f"- **{day}**\n  - **{label[0]}:** [{paper.title}]({paper.url})\n  - **{label[1]}:** {paper.reader}",
                f"### {day}\n\n{label[1]}: {paper.reader}  \n{label[0]}: [{paper.title}]({paper.url})\n",
                f"- {day}: [{paper.title}]({paper.url}) ({label[1]}: {paper.reader})",
                f"**{day}** - {paper.reader}\n\n[{paper.title}]({paper.url})\n",
                f"- 2022-03-{n + 3:02d} - {paper.reader} - [{paper.title}]({paper.url})",
                f"* {day}\n\n  - {label[0]}: {paper.title} ([link]({paper.url}))\n  - {label[1]}: {paper.reader}\n  - Room: G12\n",
            )[form]
        )
    return Document(
        "README.md",
        "\n".join(lines),
        papers,
        frozenset({"url", "reader"}),
        f"schedule/{form}/{label[0]}",
    )


def meetings(chance: random.Random) -> Document:
    """Schedules in forms that were invented after the reader could read the others."""
    papers = make_papers(chance, chance.randrange(5, 12))
    form = chance.randrange(6)
    lines = ["# Seminar", "", chance.choice(GREETINGS), ""]
    tells = {"url", "reader"}
    if form == 0:
        lines += ["Week | Date | Presenter | Paper | Status", "--- | --- | --- | --- | ---"]
    for n, p in enumerate(papers, 1):
        lines += [
            (
                f"{n} | Mar {n + 1} | {p.reader} | [{p.title}]({p.url}) | done",
                f"### Week {n} (May {n + 1}, 2022) — Presenter: {p.reader}\n\n- [{p.title}]({p.url})\n",
                f"## 2022-05-{n + 1:02d}: {p.reader}\n\n{p.title}\n{p.url}\n",
                f"- {p.reader}\n  - [{p.title}]({p.url})",
                f"## {n}주차 ({p.reader})\n\n- [{p.title}]({p.url})\n",
                f"| 0{n}/03/2022 | {p.title} | {p.reader} |",
            )[form]
        ]
    if form == 0:
        lines += ["9 | Mar 30 | | No meeting (holiday) | ", "10 | Apr 6 | TBD | TBD | "]
    if form == 5:
        lines[4:4] = ["| Date | Paper | Presenter |", "|---|---|---|"]
        tells = {"reader"}
    if form == 3:
        lines[4:4] = ["## Who reads what", ""]
    return Document("README.md", "\n".join(lines), papers, frozenset(tells), f"meetings/{form}")
