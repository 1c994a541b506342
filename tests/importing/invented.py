"""Invented documents of every shape that groups keep lists in, each with what a careful reader finds there.

Titles and persons are made up. A document is a container (topics, members, days, flat), one style of entries for each of
its lists, and what stands around: a greeting, a table of contents, a part about contributing. The truth has the form that
the measure of real lists has.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

FIRST = [
    "Ann",
    "Bo",
    "Cy",
    "Dana",
    "Erik",
    "Fatima",
    "Goran",
    "Hanna",
    "Ivo",
    "Jun",
    "Katja",
    "Lars",
    "Mina",
    "Noor",
    "Otto",
    "Paula",
    "Quirin",
    "Rosa",
    "Samir",
    "Tove",
]
LAST = [
    "Arnesen",
    "Bergström",
    "Castell",
    "Dvorak",
    "Ekman",
    "Falk",
    "Garnier",
    "Holm",
    "Ibarra",
    "Jansson",
    "Keller",
    "Lindqvist",
    "Marek",
    "Novak",
    "Olsen",
    "Petrov",
]
READERS = [
    "Amara",
    "Benno",
    "Chiara",
    "Dmitri",
    "Elif",
    "Femke",
    "Gideon",
    "Hiroko",
    "Ines",
    "Jamal",
]
HEADS = [
    "Sparse",
    "Robust",
    "Scalable",
    "Implicit",
    "Causal",
    "Bayesian",
    "Contrastive",
    "Adaptive",
    "Recursive",
    "Probabilistic",
    "Latent",
    "Modular",
]
NOUNS = [
    "Embeddings",
    "Kernels",
    "Policies",
    "Graphs",
    "Representations",
    "Priors",
    "Diffusion",
    "Retrieval",
    "Segmentation",
    "Calibration",
    "Routing",
    "Memory",
]
TAILS = (
    "for Noisy Sensors", "in Large Language Models", "under Distribution Shift", "with Limited Supervision", "at Scale",
    "through Self-Play", "without Gradients", "on Resource-Constrained Devices", "from Few Examples", "via Tensor Networks",
)  # fmt: skip
OPENINGS = (
    "",
    "",
    "",
    "Towards ",
    "Rethinking ",
    "Learning ",
    "On the Limits of ",
    "What Makes ",
    "A Study of ",
)
COLON = ("", "", "", "OmniNet: ", "FastFlow: ", "Beyond Accuracy: ", "T-Rex: ")
VENUES = ["NeurIPS", "ICML", "ICLR", "CVPR", "ACL", "EMNLP", "KDD", "AAAI", "SIGIR", "OSDI"]
JOURNALS = (
    "Journal of Invented Results",
    "Transactions on Imaginary Systems",
    "Annals of Possible Worlds",
)
TOPICS = (
    "Language Models", "Computer Vision", "Reinforcement Learning", "Optimization", "Graph Learning", "Robotics",
    "Privacy", "Speech", "Systems", "Theory of Generalization", "Recommender Systems", "Medical Imaging",
)  # fmt: skip
NOTES = (
    "The idea is neat, but the evaluation is limited to small data.", "They show that the bound is loose in practice.",
    "This paper proposes a simple baseline that works well.", "We should try this on our own sensors next month.",
)  # fmt: skip


@dataclass
class Paper:
    """A made-up work."""

    title: str
    authors: list[str]
    year: int
    venue: str
    url: str
    arxiv: str
    reader: str
    note: str
    topic: list[str] = field(default_factory=list)
    line: int = 0

    @property
    def people(self) -> str:
        """The authors as running text."""
        *others, last = self.authors
        return f"{', '.join(others)} and {last}" if others else last

    @property
    def tag(self) -> str:
        """Venue with year."""
        return f"{self.venue} {self.year}"


def make_paper(chance: random.Random, number: int) -> Paper:
    """One work that nobody wrote; the number keeps titles apart."""
    title = f"{chance.choice(OPENINGS)}{chance.choice(COLON)}{chance.choice(HEADS)} {chance.choice(NOUNS)} {chance.choice(TAILS)}"
    if number % 3 == 0:
        title = f"{chance.choice(HEADS)} {chance.choice(NOUNS)} and {chance.choice(HEADS)} {chance.choice(NOUNS)} {chance.choice(TAILS)}"
    authors = [
        f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(chance.randrange(2, 5))
    ]
    year = chance.randrange(2012, 2024)
    arxiv = f"{year % 100:02d}{chance.randrange(1, 13):02d}.{10000 + number * 7 % 80000:05d}"
    url = chance.choice((f"https://arxiv.org/abs/{arxiv}", f"https://arxiv.org/pdf/{arxiv}.pdf"))
    return Paper(
        title, list(dict.fromkeys(authors)), year, chance.choice(VENUES), url, arxiv,
        chance.choice(READERS), chance.choice(NOTES),
    )  # fmt: skip


@dataclass(frozen=True)
class Style:
    """How one entry is written, and which facts it tells."""

    name: str
    write: Callable[[Paper, int], str]
    tells: frozenset[str]
    block: bool = False


def _style(
    name: str, tells: str, write: Callable[[Paper, int], str], *, block: bool = False
) -> Style:
    return Style(name, write, frozenset(tells.split()), block)


def _inverted(paper: Paper) -> str:
    first, *others = paper.authors
    given, family = first.rsplit(" ", 1)
    return f"{family}, {given}" + (", et al" if others else "")


def _apa(paper: Paper) -> str:
    names = [f"{n.rsplit(' ', 1)[1]}, {n[0]}." for n in paper.authors]
    return ", ".join(names[:-1]) + (", & " if len(names) > 1 else "") + names[-1]


BULLETS = (
    _style("linked", "url", lambda p, n: f"- [{p.title}]({p.url})"),
    _style("linked, facts", "url year venue", lambda p, n: f"- [{p.title}]({p.url}), {p.people}, {p.tag}."),
    _style("labels", "url", lambda p, n: f"- {p.title} [[pdf]]({p.url}) [[code]](https://github.com/x/y{n})"),
    _style("bold", "url year venue", lambda p, n: f"- **{p.title}** ([paper]({p.url})) - *{p.tag}*"),
    _style("mla", "url year venue", lambda p, n: f'- {_inverted(p)}. "{p.title}." {p.tag}. [link]({p.url})'),
    _style("apa", "url year", lambda p, n: f"- {_apa(p)} ({p.year}). {p.title}. *{JOURNALS[n % 3]}*. {p.url}"),
    _style("venue bracket", "url year venue", lambda p, n: f"- {p.title} ({p.tag}) {p.url}"),
    _style("numbered dash", "url year", lambda p, n: f"{n}. {p.title} - {p.people} ({p.year}) [PDF]({p.url})"),
    _style("bars", "url year", lambda p, n: f"* {p.tag} | [{p.title}]({p.url}) | {p.people}"),
    _style("checkbox", "url", lambda p, n: f"- [ ] {p.title}: {p.url}"),
    _style("venue first", "url year", lambda p, n: f"- [{p.venue}'{p.year % 100:02d}] [{p.title}]({p.url})"),
    _style("code venue", "url year venue", lambda p, n: f"- `{p.tag}` **{p.title}** [pdf]({p.url})"),
    _style("acl", "url year", lambda p, n: f"- {p.people}. {p.year}. {p.title}. In *Proceedings of {p.venue}*. [pdf]({p.url})"),
    _style("et al", "url year", lambda p, n: f"- {p.authors[0]} et al., {p.year}. {p.title}. [Link]({p.url})"),
    _style("id in words", "arxiv", lambda p, n: f"- {p.title} (arXiv:{p.arxiv})"),
    _style("colon authors", "url", lambda p, n: f"- {p.people.replace(' and ', ', ')}: **{p.title}**. {p.url}"),
    _style("year first", "url year", lambda p, n: f"- ({p.year}) {p.title}. {p.authors[0]} et al. [[Paper]({p.url})]"),
    _style("next line", "url", lambda p, n: f"- {p.title}\n  {p.url}"),
    _style(
        "nested facts", "url year venue note",
        lambda p, n: f"- **{p.title}**\n  - Authors: {p.people}\n  - Link: {p.url}\n  - Venue: {p.tag}\n  - Notes: {p.note}",
    ),  # fmt: skip
    _style("nested notes", "url note", lambda p, n: f"- [{p.title}]({p.url})\n  - {p.note}"),
    _style("reader bracket", "url reader", lambda p, n: f"- [{p.title}]({p.url}) (presented by {p.reader})"),
    _style("html", "url year venue", lambda p, n: f'- <a href="{p.url}">{p.title}</a> <i>({p.tag})</i><br>{p.people}'),
    _style("slanted authors", "url year venue", lambda p, n: f"- [{p.title}]({p.url})  \n  *{p.people}*, {p.tag}"),
)  # fmt: skip

HEADED = (
    _style("heading labels", "url year venue note", lambda p, n: (
        f"### {p.title}\n**Authors**: {p.people}  \n**Link**: {p.url}  \n**Venue**: {p.tag}\n\n{p.note}\n"), block=True),
    _style("heading linked", "url year venue note", lambda p, n: f"### [{p.title}]({p.url})\n*{p.people}, {p.tag}*\n\n- {p.note}\n", block=True),
    _style("heading numbered", "url note", lambda p, n: f"### {n}. {p.title}\n[paper]({p.url})\n\n{p.note}\n", block=True),
    _style("bold block", "url note", lambda p, n: f"**{n}. {p.title}**\n\n{p.people}\n\n{p.url}\n\n{p.note}\n", block=True),
    _style("paragraph", "url", lambda p, n: f"[{p.title}]({p.url})\n\n{p.people}\n", block=True),
    _style("labelled lines", "url reader", lambda p, n: (
        f"**Paper:** [{p.title}]({p.url})\n\n**Presenter:** {p.reader}\n"), block=True),
)  # fmt: skip

LATER = (
    _style("by", "url year venue", lambda p, n: f"- {p.title}, by {p.people} ({p.tag}) [link]({p.url})"),
    _style("linked, dashes", "url year", lambda p, n: f"- [{p.title}]({p.url}) - {p.people}. {p.venue}, {p.year}"),
    _style("star", "url year venue", lambda p, n: f"- [{p.title}]({p.url}) ({p.tag}) [[code](https://github.com/a/b{n})] :star:"),
    _style("breaks", "url year venue", lambda p, n: f"- **[{p.title}]({p.url})** <br> {p.people} <br> *{p.tag}*"),
    _style("slanted title", "url year venue", lambda p, n: f"- *{p.title}*, {p.people}, {p.tag}. [[PDF]]({p.url})"),
    _style("authors, slanted", "url year venue", lambda p, n: f"{n}. {p.people}. *{p.title}*. {p.tag}. {p.url}"),
    _style("commas", "url year", lambda p, n: f"+ {p.title}, [arXiv]({p.url}), {p.year}"),
    _style("venue dash", "url year venue", lambda p, n: f"- {p.tag} - {p.title} - [paper]({p.url})"),
    _style("emoji", "url year", lambda p, n: f"- 📄 [{p.title}]({p.url}) by {p.authors[0]} et al. ({p.venue}, {p.year})"),
    _style("dashes", "url year venue", lambda p, n: f"* [x] **{p.title}** – {p.people} – {p.tag} – [arXiv:{p.arxiv}]({p.url})"),
    _style("many links", "url", lambda p, n: (
        f"- {p.title} ([paper]({p.url}), [slides](x{n}.pdf), [video](https://www.youtube.com/watch?v=a{n}))")),
    _style("below", "url year venue note", lambda p, n: f"- [{p.title}]({p.url})  \n  {p.people}  \n  {p.tag}\n\n  > {p.note}\n"),
    _style("reference", "url", lambda p, n: f"- [{p.title}][r{n}]"),
    _style("tag last", "url", lambda p, n: f"- {p.title} <{p.url}> `#todo`"),
    _style("reader first", "url reader", lambda p, n: f"- {p.reader}: [{p.title}]({p.url})"),
    _style("read by", "url reader", lambda p, n: f"- {p.title} [[link]({p.url})] - @{p.reader}"),
    _style("chinese", "url reader", lambda p, n: f"- 《{p.title}》[论文]({p.url}) 分享人：{p.reader}"),
    _style("cvf", "url year venue", lambda p, n: f"- **{p.title}**, {p.people}, *{p.tag}*. [[Paper]]({p.url}) [[Project]](https://x{n}.github.io/)"),
)  # fmt: skip

LATER_HEADED = (
    _style("heading tag", "url year venue note", lambda p, n: (
        f"#### {p.title} ({p.tag})\n\n[[paper]({p.url})] [[code](https://github.com/a/c{n})]\n\n- {p.note}\n"), block=True),
    _style("heading bullets", "url year venue note", lambda p, n: (
        f"### {n}. {p.title}\n\n- **Authors**: {p.people}\n- **Published**: {p.tag}\n- **URL**: {p.url}\n- **Summary**: {p.note}\n"),
        block=True),
    _style("pairs", "url", lambda p, n: f"{p.title}\n{p.url}\n", block=True),
    _style("quoted", "url note", lambda p, n: f"**[{p.title}]({p.url})**\n\n> {p.note}\n", block=True),
    _style("title colon", "url reader note", lambda p, n: (
        f"Title: {p.title}\n\nURL: {p.url}\n\nReviewer: {p.reader}\n\nSummary: {p.note}\n\n---\n"), block=True),
)  # fmt: skip

GREETINGS = (
    "We are a reading group that meets every week. Everybody is welcome to join us.",
    "A curated list of papers that we read in our lab. Pull requests are welcome!",
    "",
)
ENDS = (
    "## Contributing\n\nPlease open a [pull request](https://github.com/a/b/pulls) and follow these steps:\n\n"
    "1. Fork the repository.\n2. Add your paper to the list.\n3. Run `make check`.\n",
    "## License\n\nThis list is under [CC0](https://creativecommons.org/publicdomain/zero/1.0/).\n",
    "",
    "",
)


@dataclass
class Document:
    """A document with its truth; `name` ends as its format does."""

    name: str
    text: str
    papers: list[Paper]
    tells: frozenset[str]
    kind: str

    def truth(self) -> dict[str, Any]:
        """What a careful reader writes down, as the measure wants it."""
        return {"file": self.name, "entries": [self._entry(paper) for paper in self.papers]}

    def _entry(self, paper: Paper) -> dict[str, Any]:
        has_id = "url" in self.tells or "arxiv" in self.tells
        return {
            "line": paper.line,
            "kind": "paper",
            "title": paper.title,
            "title_as_written": paper.title,
            "urls": [paper.url] if "url" in self.tells else [],
            "arxiv_id": paper.arxiv if has_id else None,
            "year": paper.year if "year" in self.tells else None,
            "venue_tags": [paper.tag] if "venue" in self.tells else [],
            "topics": [paper.topic] if paper.topic else [],
            "members": [paper.reader] if "reader" in self.tells else [],
            "review": "note" in self.tells,
        }


def _papers(chance: random.Random, count: int) -> list[Paper]:
    papers, seen = [], set()
    while len(papers) < count:
        paper = make_paper(chance, chance.randrange(10_000))
        if paper.title not in seen:
            seen.add(paper.title)
            papers.append(paper)
    return papers


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
    papers = _papers(chance, chance.randrange(6, 24))
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
    papers = _papers(chance, chance.randrange(5, 20))
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


def data(chance: random.Random) -> Document:
    """Data files: a list of records, or groups of them."""
    papers = _papers(chance, chance.randrange(4, 14))
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
    papers = _papers(chance, chance.randrange(6, 16))
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


def schedule(chance: random.Random) -> Document:
    """Meetings: days over labelled lines, or one line for each."""
    papers = _papers(chance, chance.randrange(4, 12))
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


MAKERS = (markdown, markdown, markdown, table, table, data, other, schedule)


def meetings(chance: random.Random) -> Document:
    """Schedules in forms that were invented after the reader could read the others."""
    papers = _papers(chance, chance.randrange(5, 12))
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


LATER_MAKERS = (later, later, later, meetings)


def make_later(seed: int) -> Document:
    """Documents of the second kind."""
    chance = random.Random(seed)
    return LATER_MAKERS[seed % len(LATER_MAKERS)](chance)


def make(seed: int) -> Document:
    """The document of this number: the same for ever."""
    chance = random.Random(seed)
    return MAKERS[seed % len(MAKERS)](chance)
