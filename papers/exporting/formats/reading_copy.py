"""The lab's pages as a folder that opens without a server, for the day on which the server ends.

`index.html` has the topics, `papers/` a page for each paper with its reviews, `members/` one for
each reading list. Every link is relative, nothing is fetched from elsewhere. Formulas are set by
KaTeX as MathML, which needs neither its fonts nor its styles; without scripts their TeX stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path

from papers.exporting.formats.lists import EntryRecord, ListRecord, MemberRecord, ReviewRecord
from papers.exporting.formats.markdown_lists import list_addresses
from papers.exporting.formats.paper_records import PaperRecord
from papers.text.sections import PARTS
from papers.text.titles import title_slug

FOLDER = Path(__file__).parents[1] / "copy"
KATEX = Path(__file__).parents[3] / "static" / "vendor" / "katex" / "katex.min.js"
FORMULA = 'class="arithmatex"'
_HREF = re.compile(r' href="(?P<page>/(?P<kind>papers|members)/(?P<name>[^/"]+)[^"]*|/[^"]*)"')
_IMAGE = re.compile(r"<img\b[^>]*>")
_ALT = re.compile(r'\balt="([^"]*)"')


def list_copy(whole: ListRecord) -> Iterator[tuple[str, Iterable[str]]]:
    """The files of the folder, from the index on."""
    pages = {f"/papers/{paper}": get_page_name(one) for paper, one in whole.papers.items()}
    pages |= {f"/members/{one.handle}": f"members/{one.handle}.html" for one in whole.members}
    yield "index.html", _write_page(whole.title, whole.title, "", _write_index(whole))
    for paper, record in whole.papers.items():
        body = _write_paper(whole, paper, pages)
        yield get_page_name(record), _write_page(record.title, whole.title, "../", body)
    for member in whole.members:
        body = _write_member(whole, member)
        yield f"members/{member.handle}.html", _write_page(member.name, whole.title, "../", body)
    yield "style.css", [(FOLDER / "style.css").read_text()]
    yield "math.js", [(FOLDER / "math.js").read_text()]
    if any(_has_formula(review) for some in whole.reviews.values() for review in some):
        yield "katex.js", [KATEX.read_text()]


def get_page_name(record: PaperRecord) -> str:
    """Where the page of a paper stands in the folder."""
    return f"papers/{record.id}-{title_slug(record.title)}.html"


def _has_formula(review: ReviewRecord) -> bool:
    return any(FORMULA in html for html in review.html.values())


def _write_page(title: str, lab: str, up: str, body: Iterable[str]) -> Iterator[str]:
    """A page around its body; KaTeX is loaded only by pages with a formula."""
    inner = "".join(body)
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{escape(title)}</title>\n<link rel="icon" href="data:,">\n'
        f'<link rel="stylesheet" href="{up}style.css">\n'
    )
    if FORMULA in inner:
        for name in ("katex.js", "math.js"):
            yield f'<script src="{up}{name}" defer></script>\n'
    yield "</head>\n<body>\n"
    yield f'<nav><a href="../index.html">{escape(lab)}</a></nav>\n' if up else ""
    yield f'<main>\n<h1 dir="auto">{escape(title)}</h1>\n{inner}</main>\n</body>\n</html>\n'


def _write_index(whole: ListRecord) -> Iterator[str]:
    numbers = {id(topic): number for number, (topic, _) in enumerate(whole.walk(), 1)}
    reviews = sum(map(len, whole.reviews.values()))
    yield f'<p class="meta">Papers: {len(whole.papers)}. Reviews: {reviews}.</p>\n'
    if whole.members:
        people = ", ".join(
            f'<a href="members/{escape(one.handle)}.html">{escape(one.name)}</a>'
            for one in whole.members
        )
        yield f'<p class="meta">Reading lists: {people}</p>\n'
    if numbers:
        yield '<ul class="contents">\n'
        for topic, depth in whole.walk():
            link = f'<a href="#topic-{numbers[id(topic)]}" dir="auto">{escape(topic.name)}</a>'
            yield f'<li class="depth-{min(depth, 4)}">{link}</li>\n'
        yield "</ul>\n"
    yield from _write_rows(whole, map(EntryRecord, whole.loose), "")
    for topic, depth in whole.walk():
        level = min(depth, 3) + 2
        place = f'id="topic-{numbers[id(topic)]}" dir="auto"'
        yield f"<h{level} {place}>{escape(topic.name)}</h{level}>\n"
        yield f'<p dir="auto">{escape(topic.description)}</p>\n' if topic.description else ""
        yield from _write_rows(whole, topic.entries, "")


def _write_rows(whole: ListRecord, entries: Iterable[EntryRecord], up: str) -> Iterator[str]:
    rows = "".join(_write_row(whole, one, up) for one in entries)
    if rows:
        yield f'<ul class="papers">\n{rows}</ul>\n'


def _write_row(whole: ListRecord, entry: EntryRecord, up: str) -> str:
    record = whole.papers[entry.paper]
    link = f'<a href="{up}{get_page_name(record)}" dir="auto">{escape(record.title)}</a>'
    said = len(whole.reviews.get(entry.paper, ()))
    facts = [_tell_authors(record, 3), record.venue, str(record.year or "")]
    facts += [f"reviews: {said}"] if said else []
    meta = " · ".join(escape(one) for one in facts if one)
    note = f'<div class="note" dir="auto">{escape(entry.note)}</div>' if entry.note else ""
    return f'<li>{link}<div class="meta" dir="auto">{meta}</div>{note}</li>\n'


def _tell_authors(record: PaperRecord, most: int) -> str:
    names = ", ".join(record.authors[:most])
    return f"{names} et al." if len(record.authors) > most else names or record.group


def _write_paper(whole: ListRecord, paper: int, pages: Mapping[str, str]) -> Iterator[str]:
    record = whole.papers[paper]
    day = record.published_on.isoformat() if record.published_on else str(record.year or "")
    for text in (", ".join(record.authors), record.group):
        yield f'<p class="meta" dir="auto">{escape(text)}</p>\n' if text else ""
    facts = " · ".join(escape(one) for one in (record.venue, day) if one)
    yield f'<p class="meta">{facts}</p>\n' if facts else ""
    links = "".join(
        f'<li><a href="{escape(url)}">{escape(url)}</a></li>\n' for url in list_addresses(record)
    )
    yield f'<ul class="links">\n{links}</ul>\n' if links else ""
    topics = ", ".join(map(escape, record.topics))
    yield f'<p class="meta">Topics: {topics}</p>\n' if topics else ""
    yield f'<p class="note" dir="auto">{escape(record.note)}</p>\n' if record.note else ""
    if record.abstract:
        yield f'<h2>Abstract</h2>\n<p class="abstract" dir="auto">{escape(record.abstract)}</p>\n'
    for review in whole.reviews.get(paper, ()):
        yield from _write_review(review, pages)
    outcomes = whole.outcomes.get(paper, ())
    yield "<h2>Our experiments</h2>\n" if outcomes else ""
    for outcome in outcomes:
        who = f" ({escape(outcome.owner)})" if outcome.owner else ""
        yield f'<h3 dir="auto">{escape(outcome.title)}</h3>\n<p class="meta">'
        yield f'{escape(outcome.state)}{who}</p>\n<p class="abstract" dir="auto">'
        yield f"{escape(outcome.text)}</p>\n"


def _write_review(review: ReviewRecord, pages: Mapping[str, str]) -> Iterator[str]:
    """A review with the HTML that the lab shows, which was made safe when it was written."""
    on = review.published_on.isoformat() if review.published_on else ""
    verdict = f"Verdict: {review.verdict}" if review.verdict else ""
    facts = " · ".join(escape(one) for one in (on, verdict) if one)
    if review.orcid:
        link = f'<a href="{escape(review.orcid_url)}">ORCID {escape(review.orcid)}</a>'
        facts = " · ".join(filter(None, [facts, link]))
    yield f"<article>\n<h2>Review by {escape(review.reviewer)}</h2>\n"
    yield f'<p class="meta">{facts}</p>\n' if facts else ""
    if takeaway := review.texts.get("takeaway", "").strip():
        yield f'<blockquote dir="auto">{escape(takeaway)}</blockquote>\n'
    for section in PARTS:
        if html := review.html.get(section.key, ""):
            yield f'<section class="part {section.word}">\n<h3>{section.label}</h3>\n'
            yield f'<div dir="auto">{_lead_inside(html, pages)}</div>\n</section>\n'
    yield "</article>\n"


def _write_member(whole: ListRecord, member: MemberRecord) -> Iterator[str]:
    yield f'<p class="meta">@{escape(member.handle)}</p>\n'
    for shelf in member.shelves:
        yield f'<h2 dir="auto">{escape(shelf.topic)}</h2>\n' if shelf.topic else ""
        yield from _write_rows(whole, map(EntryRecord, shelf.papers), "../")


def _lead_inside(html: str, pages: Mapping[str, str]) -> str:
    """Links to pages of the lab lead to those of the folder; what is not here is no link."""

    def change(found: re.Match[str]) -> str:
        page = pages.get(f"/{found['kind']}/{found['name']}")
        return f' href="../{page}"' if page else ""

    return _IMAGE.sub(lambda image: "".join(_ALT.findall(image[0])[:1]), _HREF.sub(change, html))
