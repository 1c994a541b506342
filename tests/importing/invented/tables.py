"""Tables with columns in many orders."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.importing.invented.documents import GREETINGS, Document
from tests.importing.invented.works import TOPICS, Paper, make_papers

COLUMNS: dict[str, tuple[tuple[str, ...], str, Callable[[Paper, int], str]]] = {
    "title": (("Title", "Paper", "Paper Title", "论文", "Topic"), "", lambda p, n: p.title),
    "linked": (("Paper", "Title", "Article", "論文"), "url", lambda p, n: f"[{p.title}]({p.url})"),
    "link": (("Link", "PDF", "URL", "链接"), "url", lambda p, n: f"[link]({p.url})"),
    "bare": (("Link", "URL", "arXiv"), "url", lambda p, n: p.url),
    "authors": (("Authors", "Author(s)", "作者"), "", lambda p, n: p.people),
    "venue": (("Venue", "Conference", "Publication", "会议"), "venue year", lambda p, n: p.tag),
    "year": (("Year", "Date", "年份"), "year", lambda p, n: str(p.year)),
    "reader": (
        ("Presenter", "Speaker", "Who", "Lead", "分享人", "발표자"),
        "reader",
        lambda p, n: p.reader,
    ),
    "day": (
        ("Date", "When", "日期", "Meeting date"),
        "",
        lambda p, n: f"2021-{n % 12 + 1:02d}-{n % 27 + 1:02d}",
    ),
    "notes": (("Notes", "Comments", "Slides"), "", lambda p, n: f"[slides](slides/{n}.pdf)"),
    "number": (("#", "No."), "", lambda p, n: str(n)),
}


def _columns(chance: random.Random) -> tuple[list[str], list[str], set[str]]:
    kinds = [chance.choice(("linked", "title"))]
    if kinds[0] == "title":
        kinds.append(chance.choice(("link", "bare")))
    for extra, odds in (
        ("authors", 0.5),
        ("venue", 0.4),
        ("reader", 0.5),
        ("day", 0.4),
        ("notes", 0.3),
        ("number", 0.3),
    ):
        if chance.random() < odds:
            kinds.append(extra)
    if "venue" not in kinds and "day" not in kinds and chance.random() < 0.4:
        kinds.append("year")
    chance.shuffle(kinds)
    heads, tells = [], set()
    for kind in kinds:
        names, said, _ = COLUMNS[kind]
        name = chance.choice(names)
        while name in heads:
            name = chance.choice(names) + " "
        heads.append(name)
        tells |= set(said.split())
    return kinds, heads, tells


def table(chance: random.Random) -> Document:
    """Tables in Markdown, with outer bars or without, in HTML, as CSV or TSV."""
    kinds, heads, tells = _columns(chance)
    papers = make_papers(chance, chance.randrange(5, 20))
    rows = [[COLUMNS[kind][2](paper, n) for kind in kinds] for n, paper in enumerate(papers, 1)]
    form = chance.choice(("bars", "bare", "html", "csv", "semicolons", "tsv"))
    if form in ("csv", "semicolons", "tsv"):
        import csv
        import io

        out = io.StringIO()
        writer = csv.writer(out, delimiter={"csv": ",", "semicolons": ";", "tsv": "\t"}[form])
        writer.writerow(heads)
        writer.writerows(rows)
        text = out.getvalue()
        name = "papers.tsv" if form == "tsv" else "papers.csv"
        return Document(
            name,
            ("\ufeff" if form == "semicolons" else "") + text,
            papers,
            frozenset(tells),
            f"table/{form}",
        )
    head = [
        f"# {chance.choice(('Schedule', 'Papers', 'Seminar'))}",
        "",
        chance.choice(GREETINGS),
        "",
    ]
    if chance.random() < 0.5:
        topic = chance.choice(TOPICS)
        head += [f"## {topic}", ""]
        for paper in papers:
            paper.topic = [topic]
    if form == "html":
        import re

        def cell(text: str) -> str:
            return re.sub(r"\[([^\]]*)\]\(([^)]*)\)", r'<a href="\2">\1</a>', text)

        body = ["<table>", "<tr>" + "".join(f"<th>{h}</th>" for h in heads) + "</tr>"]
        body += ["<tr>" + "".join(f"<td>{cell(c)}</td>" for c in row) + "</tr>" for row in rows] + [
            "</table>"
        ]
    elif form == "bars":
        body = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
        body += ["| " + " | ".join(row) + " |" for row in rows]
    else:
        body = [" | ".join(heads), " | ".join(["---"] * len(heads))] + [
            " | ".join(row) for row in rows
        ]
    return Document(
        "README.md", "\n".join(head + body) + "\n", papers, frozenset(tells), f"table/{form}"
    )
