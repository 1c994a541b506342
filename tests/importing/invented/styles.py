"""Styles in which a line of a list names a work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.importing.invented.works import JOURNALS, Paper


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
