"""Data files, reStructuredText, Org and HTML."""

from __future__ import annotations

import json
import random
from typing import Any

from tests.importing.invented.documents import Document
from tests.importing.invented.works import TOPICS, Paper, make_papers


def data(chance: random.Random) -> Document:
    """Data files: a list of records, or groups of them."""
    papers = make_papers(chance, chance.randrange(4, 14))
    keys = {
        "title": chance.choice(("title", "paper_title", "name")),
        "url": chance.choice(("url", "link", "paper_link", "pdf")),
        "authors": chance.choice(("authors", "author_list")),
        "reader": chance.choice(("presenter", "speaker", "reviewer")),
        "venue": chance.choice(("venue", "conference", "journal")),
    }
    told = {"title", "url"} | {
        key for key in ("authors", "reader", "venue") if chance.random() < 0.6
    }
    tells = {"url"} | ({"reader"} & told) | ({"venue", "year"} if "venue" in told else set())

    def record(paper: Paper) -> dict[str, Any]:
        values: dict[str, Any] = {
            "title": paper.title,
            "url": paper.url,
            "authors": paper.authors,
            "reader": paper.reader,
            "venue": paper.tag,
        }
        return {keys[key]: values[key] for key in values if key in told}

    grouped = chance.random() < 0.5
    value: Any = [record(paper) for paper in papers]
    if grouped:
        names = chance.sample(TOPICS, 2)
        half = len(papers) // 2
        for position, paper in enumerate(papers):
            paper.topic = [names[position >= half]]
        value = [
            {"topic": names[0], "papers": value[:half]},
            {"topic": names[1], "papers": value[half:]},
        ]
    form = chance.choice(("yaml", "json", "toml"))
    if form == "json":
        text, name = (
            json.dumps(value, ensure_ascii=False, indent=chance.choice((None, 2))),
            "papers.json",
        )
    elif form == "yaml":
        import yaml

        text, name = (
            yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000),
            "papers.yml",
        )
    else:
        text, name = _toml(value, grouped=grouped), "papers.toml"
    return Document(
        name, text, papers, frozenset(tells), f"data/{form}/{'groups' if grouped else 'flat'}"
    )


def _toml(value: Any, *, grouped: bool) -> str:
    lines = []
    for one in value:
        if grouped:
            lines += ["[[topics]]", f"topic = {json.dumps(one['topic'])}", ""]
        for record in one["papers"] if grouped else [one]:
            lines.append("[[topics.papers]]" if grouped else "[[papers]]")
            lines += [
                f"{key} = {json.dumps(said, ensure_ascii=False)}" for key, said in record.items()
            ] + [""]
    return "\n".join(lines)


def other(chance: random.Random) -> Document:
    """The same lists in reStructuredText, Org, plain text and HTML."""
    papers = make_papers(chance, chance.randrange(6, 16))
    groups = [papers[i : i + 4] for i in range(0, len(papers), 4)]
    names = chance.sample(TOPICS, len(groups))
    for name, group in zip(names, groups, strict=True):
        for paper in group:
            paper.topic = [name]
    form = chance.choice(("rst", "org", "txt", "html"))
    lines: list[str] = []
    tells = {"url"}
    inner = chance.choice((0, 1, 2))
    if inner == 1 and form != "txt":
        tells |= {"year", "venue"}
    if form == "rst":
        lines = ["=======", "Reading", "=======", ""]
        for name, group in zip(names, groups, strict=True):
            lines += [name, "-" * len(name), ""]
            lines += [_rst(p, inner) for p in group] + [""]
        return Document("papers.rst", "\n".join(lines), papers, frozenset(tells), f"rst/{inner}")
    if form == "org":
        lines = ["#+TITLE: Reading", ""]
        for name, group in zip(names, groups, strict=True):
            lines += [f"* {name}", *(_org(p, inner) for p in group)]
        return Document("papers.org", "\n".join(lines), papers, frozenset(tells), f"org/{inner}")
    if form == "html":
        lines = [
            "<!DOCTYPE html>",
            "<html><head><title>Reading</title><style>p{}</style></head><body>",
            "<h1>Reading</h1>",
        ]
        for name, group in zip(names, groups, strict=True):
            lines += [f"<h2>{name}</h2>", "<ul>", *(_html(p, inner) for p in group), "</ul>"]
        return Document(
            "index.html",
            "\n".join([*lines, "</body></html>"]),
            papers,
            frozenset(tells),
            f"html/{inner}",
        )
    for name, group in zip(names, groups, strict=True):
        lines += [
            f"{name}:" if inner else name.upper(),
            *(f"  {n}. {p.title}: {p.url}" for n, p in enumerate(group, 1)),
            "",
        ]
    return Document("papers.txt", "\n".join(lines), papers, frozenset(tells), f"txt/{inner}")


def _rst(p: Paper, inner: int) -> str:
    return (
        f"* `{p.title} <{p.url}>`_", f"* {p.title}. *{p.people}*, {p.tag}. `pdf <{p.url}>`__", f"- **{p.title}** {p.url}",
    )[inner]  # fmt: skip


def _org(p: Paper, inner: int) -> str:
    return (
        f"- [[{p.url}][{p.title}]]", f"** {p.title}\n- authors: {p.people}\n- venue: {p.tag}\n- link: {p.url}", f"** TODO [[{p.url}][{p.title}]]",
    )[inner]  # fmt: skip


def _html(p: Paper, inner: int) -> str:
    return (
        f'<li><a href="{p.url}">{p.title}</a>', f'<li>{p.people}: <b>{p.title}</b>, {p.tag} [<a href="{p.url}">pdf</a>]</li>',
        f'<li><p><a href="{p.url}"><i>{p.title}</i></a><br/>{p.people}</p></li>',
    )[inner]  # fmt: skip
