"""Lists in Markdown, in the shapes that groups keep them in; our own import reads each again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from papers.exporting.formats.lists import EntryRecord, ListRecord, ReviewRecord, TopicRecord
from papers.exporting.formats.paper_records import PaperRecord
from papers.text.identifiers import arxiv_url, doi_url, is_web_url, openreview_url
from papers.text.sections import PARTS, TAKEAWAY

_MARKS = re.compile(r"([\\`*\[\]<>])")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t#]*$", re.MULTILINE)
_FENCE = re.compile(r"^\s*(?:```|~~~)", re.MULTILINE)
_REPOSITORY = re.compile(r"https?://(?:github|gitlab)\.com/[\w.-]+/[\w.-]+/?")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_KINDS = {"paper": "paper", "pdf": "pdf", "code": "code", "project": "project",
          "discussion": "discussion"}  # fmt: skip
DEEPEST = 5
"""Levels of topics that headings have room for below the title."""


def write_members(whole: ListRecord) -> Iterator[str]:
    """A: `### @Name`, `##### Topic`, then each title with its addresses on the lines below."""
    yield f"# {whole.title}\n\n## Lists\n"
    names = [member.name for member in whole.members]
    for member in whole.members:
        is_one = names.count(member.name) == 1
        yield f"\n### @{member.name if is_one else member.handle}\n"
        for shelf in sorted(member.shelves, key=lambda shelf: shelf.topic != ""):
            yield f"\n##### {escape(shelf.topic)}\n" if shelf.topic else "\n"
            for paper in shelf.papers:
                record = whole.papers[paper]
                urls = list_addresses(record)
                title = escape(record.title) if urls else _quote_title(record)
                yield "\n".join([f"- {title}", *urls]) + "\n"


def write_notes(whole: ListRecord) -> Iterator[str]:
    """B: a heading for each paper, its reviewer and link, then the sections of the review.

    One file holds at most one review of a paper: `list_notes` makes a file for each reviewer.
    """
    for paper, record in whole.papers.items():
        yield from _write_note(record, [*whole.reviews.get(paper, ())][:1])


def list_notes(whole: ListRecord) -> Iterator[tuple[str, Iterable[str]]]:
    """A file of notes for each reviewer, and one for the papers that nobody reviewed."""
    for handle, reviews in whole.list_reviewers().items():
        text = (part for one in reviews for part in _write_note(whole.papers[one.paper], [one]))
        yield f"{handle}.md", text
    rest = [one for paper, one in whole.papers.items() if not whole.reviews.get(paper)]
    if rest:
        yield "not-reviewed.md", (part for record in rest for part in _write_note(record, []))


def _write_note(record: PaperRecord, reviews: Sequence[ReviewRecord]) -> Iterator[str]:
    yield f"# {escape(record.title)}\n\n"
    yield "".join(f"Reviewed by: {_tell_reviewer(review)}\n\n" for review in reviews)
    yield "".join(f"{address}\n\n" for address in list_addresses(record))
    for review in reviews:
        for name, text in list_texts(review):
            yield f"## {name}\n\n{text}\n\n"


def _tell_reviewer(review: ReviewRecord) -> str:
    """The name; the handle where an import would not take the name for one."""
    return f"@{review.handle}" if _CJK.search(review.reviewer) else escape(review.reviewer)


def write_awesome(whole: ListRecord) -> Iterator[str]:
    """C: headings are the tree of topics, entries stand in its order with their notes."""
    yield f"# {whole.title}\n"
    entries = "".join(write_entry(whole.papers[paper]) for paper in whole.loose)
    yield f"\n{entries}" if entries else ""
    for topic, depth in whole.walk():
        yield f"\n{'#' * (2 + min(depth, DEEPEST - 1))} {escape(topic.name)}\n"
        if topic.description:
            yield f"\n{make_body(topic.description)}\n"
        entries = "".join(write_entry(whole.papers[one.paper], one) for one in topic.entries)
        yield f"\n{entries}" if entries else ""


def write_entry(record: PaperRecord, entry: EntryRecord | None = None) -> str:
    """One line for a paper, its note indented below."""
    first, *others = [*list_addresses(record), ""]
    if not first:  # with more beside it nothing would say that this is a title
        line = f"- {_quote_title(record)}"
    elif _REPOSITORY.fullmatch(first):  # a title that leads there would be that of a program
        line = f"- {_quote_title(record)} [[code]({first})]"
        line += "".join(f" [[{name}]({url})]" for name, url in _name_links(record, others) if url)
    else:
        day = record.published_on.isoformat() if record.published_on else str(record.year or "")
        facts = [
            escape(_tell_people(record)),
            day,
            f"`{record.venue.replace('`', ' ')}`" * bool(record.venue),
        ]
        line = ", ".join([f"- [{escape(record.title)}]({first})", *filter(None, facts)]) + "."
        line += "".join(f" [[{name}]({url})]" for name, url in _name_links(record, others) if url)
    note = entry.note.strip() if entry else ""
    indented = "".join(f"\n  {part}".rstrip() for part in note.split("\n")) if note else ""
    return f"{line}\n{indented}\n\n" if note else f"{line}\n"


def _quote_title(record: PaperRecord) -> str:
    """In quotation marks, by which an import knows a title without a link."""
    title = escape(record.title)
    is_whole = not {"“", "”"} & {*title} and not title.endswith(("?", "!"))
    return f"“{title}”" if is_whole else title


def _tell_people(record: PaperRecord) -> str:
    """The group, or else the authors; not one whose lone name an import would take for a note."""
    if record.group or len(record.authors) != 1:
        return record.group or ", ".join(record.authors)
    (name,) = record.authors
    return name if " " in name and not _CJK.search(name) else ""


def _name_links(record: PaperRecord, urls: Iterable[str]) -> Iterator[tuple[str, str]]:
    kinds = {quote_url(link.url): link for link in record.links}
    for url in urls:
        link = kinds.get(url)
        yield (escape(link.label or _KINDS.get(link.kind, "link")) if link else "link"), url


def write_jekyll(whole: ListRecord) -> Iterator[str]:
    """D: front matter, an index, then a numbered section for each paper with its first review."""
    fresh = _place_once(whole)
    placed = [*whole.loose, *(paper for topic, _ in whole.walk() for paper in fresh[id(topic)])]
    numbers = {paper: number for number, paper in enumerate(placed, 1)}
    yield f"---\nlayout: default\n---\n\n# {escape(whole.title)}\n\n"
    for paper, number in numbers.items():
        yield f"{number}. **{escape(whole.papers[paper].title)}**\n"
    yield "\n* * *\n"
    for paper in whole.loose:
        yield from _write_section(whole, paper, numbers[paper])
    for topic, depth in whole.walk():
        below = depth == 0 and any(fresh[id(one)] for one, _ in topic.walk())
        if below or fresh[id(topic)]:  # a bare heading would be read as a paper
            yield f"\n{'#' * (2 + min(depth, 1))} {escape(topic.name)}\n"
        for paper in fresh[id(topic)]:
            yield from _write_section(whole, paper, numbers[paper])


def _place_once(whole: ListRecord) -> dict[int, list[int]]:
    """The papers of each topic (by its identity) that stand under none before it."""
    seen = {*whole.loose}
    found: dict[int, list[int]] = {}
    for topic, _ in whole.walk():
        papers = dict.fromkeys(one.paper for one in topic.entries)
        found[id(topic)] = [paper for paper in papers if paper not in seen]
        seen.update(papers)
    return found


def _write_section(whole: ListRecord, paper: int, number: int) -> Iterator[str]:
    record = whole.papers[paper]
    yield f"\n#### **{number}. {escape(record.title)}**\n\n"
    links = ", ".join(f"[Paper link]({url})" for url in list_addresses(record))
    yield f"**Review**({links})\n\n" if links else "**Review**\n\n"
    for review in [*whole.reviews.get(paper, ())][:1]:
        for name, text in list_texts(review):
            yield f"{text}\n\n" if name == "Summary" else f"**{name}**\n\n{text}\n\n"


def list_texts(review: ReviewRecord) -> Iterator[tuple[str, str]]:
    """The texts of a review under the names by which an import knows them; summary first."""
    for section in (*PARTS, TAKEAWAY):
        if text := review.texts.get(section.key, "").strip():
            yield section.short, make_body(text)


def list_addresses(record: PaperRecord) -> list[str]:
    """Where it can be read, each address once; identifiers only where no link leads there."""
    urls = [record.first_url, *record.urls]
    for kind, make in (("arxiv", arxiv_url), ("doi", doi_url), ("openreview", openreview_url)):
        name = record.named(kind)
        if name and not any(name.lower() in url.lower() for url in urls):
            urls.append(make(name))
    return [quote_url(url) for url in dict.fromkeys(urls) if is_web_url(url)]


def quote_url(url: str) -> str:
    """An address that ends neither a link nor a line."""
    safe = url.replace(" ", "%20").replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
    if safe.count("(") != safe.count(")"):
        safe = safe.replace("(", "%28").replace(")", "%29")
    return safe


def escape(text: str) -> str:
    """One line in which no sign of Markdown acts."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def make_body(text: str) -> str:
    """A text below a heading: its own headings become bold lines, or they would open new papers."""
    text = text.replace("\r\n", "\n").strip()
    return text if _FENCE.search(text) else _HEADING.sub(r"**\1**", text)


def count_deep(topics: Iterable[TopicRecord]) -> int:
    """Topics deeper than headings go."""
    return sum(depth >= DEEPEST for topic in topics for _, depth in topic.walk())
