"""A list as a plain HTML page, and as a folder for Jekyll or any other static host."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape

from papers.exporting.formats.lists import EntryRecord, ListRecord, ReviewRecord
from papers.exporting.formats.markdown_lists import escape as escape_markdown
from papers.exporting.formats.markdown_lists import (
    list_addresses,
    list_texts,
    make_body,
    write_entry,
)
from papers.exporting.formats.paper_records import PaperRecord
from papers.text.sections import PARTS
from papers.text.titles import title_slug

STYLE = (
    "body{font:17px/1.6 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;"
    "color-scheme:light dark}h1,h2,h3,h4{line-height:1.25}blockquote{border-left:3px solid;"
    "margin-left:0;padding-left:1rem}pre,code{font-size:.85em}pre{overflow-x:auto}"
)


def write_html(whole: ListRecord) -> Iterator[str]:
    """One page by topic, each paper with its links, facts, note and reviews; no script."""
    title = escape(whole.title)
    yield (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n"
    )
    yield from _write_items(whole, map(EntryRecord, whole.loose))
    for topic, depth in whole.walk():
        level = min(depth, 4) + 2
        yield f"<h{level}>{escape(topic.name)}</h{level}>\n"
        yield f"<p>{escape(topic.description)}</p>\n" if topic.description else ""
        yield from _write_items(whole, topic.entries)
    yield "</body>\n</html>\n"


def _write_items(whole: ListRecord, entries: Iterable[EntryRecord]) -> Iterator[str]:
    items = "".join(_write_item(whole, one) for one in entries)
    if items:
        yield f"<ul>\n{items}</ul>\n"


def _write_item(whole: ListRecord, entry: EntryRecord) -> str:
    record = whole.papers[entry.paper]
    first, *others = [*list_addresses(record), ""]
    title = escape(record.title)
    parts = [f'<a href="{escape(first)}">{title}</a>' if first else title]
    day = record.published_on.isoformat() if record.published_on else str(record.year or "")
    parts += [escape(one) for one in (record.group or ", ".join(record.authors), day) if one]
    parts += [f"<code>{escape(record.venue)}</code>"] if record.venue else []
    links = "".join(f' [<a href="{escape(url)}">link</a>]' for url in others if url)
    note = f"\n<p>{escape(entry.note)}</p>" if entry.note else ""
    reviews = "".join(map(_write_review, whole.reviews.get(entry.paper, ())))
    return f"<li>{', '.join(parts)}{links}{note}{reviews}</li>\n"


def _write_review(review: ReviewRecord) -> str:
    """A review with the HTML that the lab shows, which was made safe when it was written."""
    who = escape(review.reviewer)
    takeaway = review.texts.get("takeaway", "").strip()
    parts = [f"<blockquote>{escape(takeaway)}</blockquote>"] if takeaway else []
    for section in PARTS:
        if html := review.html.get(section.key, ""):
            parts.append(f"<p><strong>{section.label}</strong></p>\n{html}")
    inner = "\n".join(parts)
    return f"\n<details><summary>Review by {who}</summary>\n{inner}\n</details>\n"


def list_site(whole: ListRecord) -> Iterator[tuple[str, Iterable[str]]]:
    """The files of a folder for Jekyll: settings, an index by topic, and a page for each paper."""
    title = json.dumps(whole.title, ensure_ascii=False)
    yield "_config.yml", [f"title: {title}\nmarkdown: kramdown\n"]
    yield "index.md", _write_index(whole)
    for paper, record in whole.papers.items():
        yield get_page_name(record), _write_page(record, whole.reviews.get(paper, ()))


def get_page_name(record: PaperRecord) -> str:
    """Where the page of a paper stands in the folder."""
    return f"papers/{record.id}-{title_slug(record.title)}.md"


def _write_index(whole: ListRecord) -> Iterator[str]:
    yield f"---\nlayout: default\n---\n\n# {escape_markdown(whole.title)}\n"
    for paper in whole.loose:
        yield _write_index_entry(whole.papers[paper])
    for topic, depth in whole.walk():
        yield f"\n{'#' * (2 + min(depth, 4))} {escape_markdown(topic.name)}\n\n"
        yield f"{make_body(topic.description)}\n\n" if topic.description else ""
        for entry in topic.entries:
            yield _write_index_entry(whole.papers[entry.paper], entry)


def _write_index_entry(record: PaperRecord, entry: EntryRecord | None = None) -> str:
    page = get_page_name(record).removesuffix(".md")
    line, newline, rest = write_entry(record, entry).partition("\n")
    return f"{line} [[notes]({page}.html)]{newline}{rest}"


def _write_page(record: PaperRecord, reviews: Iterable[ReviewRecord]) -> Iterator[str]:
    front = {
        "layout": "default",
        "title": record.title,
        "authors": list(record.authors),
        "venue": record.venue,
        "year": record.year,
        "link": record.first_url,
        "topics": list(record.topics),
    }
    yield "---\n"
    for name, value in front.items():
        # JSON is YAML, and holds quotes, colons and line breaks without a mistake.
        yield f"{name}: {json.dumps(value, ensure_ascii=False)}\n" if value else ""
    yield f"---\n\n# {escape_markdown(record.title)}\n\n"
    yield "".join(f"<{url}>\n\n" for url in list_addresses(record))
    yield f"{make_body(record.abstract)}\n\n" if record.abstract else ""
    for review in reviews:
        yield f"## Review by {escape_markdown(review.reviewer)}\n\n"
        for name, text in list_texts(review):
            yield f"### {name}\n\n{text}\n\n"
