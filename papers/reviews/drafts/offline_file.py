"""A review as one Markdown file, to write away from the web and to bring back. Pure."""

from __future__ import annotations

import re

from papers.reviews.drafts.content import CHOICE_FIELDS, ReviewContent, Stamp
from papers.text.sections import TEXTS

HEADINGS = {one.key: one.label for one in TEXTS}
"""In English whatever the language of the page: a file is read again by anybody."""

MARK = re.compile(r"^<!-- (?:section: (\w+)|(\w+): (.*?)) -->\s*$")
"""Only our own marks divide a file: a heading that the author wrote stays text."""


def write_review(title: str, content: ReviewContent, stamp: Stamp) -> str:
    """The file: marks that reading needs, headings for the eye, and the text as it is."""
    lines = [f"# {title}", "", f"<!-- stamp: {stamp} -->"]
    lines += [f"<!-- {name}: {getattr(content, name)} -->" for name in CHOICE_FIELDS]
    for name, heading in HEADINGS.items():
        lines += ["", f"<!-- section: {name} -->", f"## {heading}", "", getattr(content, name)]
    return "\n".join(lines).rstrip() + "\n"


def read_review(text: str) -> tuple[ReviewContent, Stamp]:
    """What a file holds and on which version it was written.

    A text without our marks is taken whole as the summary, and what stands above the first mark
    goes there too, so that nothing is lost.
    """
    found: dict[str, list[str]] = {}
    facts: dict[str, str] = {}
    above: list[str] = []
    section = ""
    for line in text.replace("\r\n", "\n").lstrip("\ufeff").split("\n"):
        mark = MARK.match(line)
        if mark and mark[1] in HEADINGS:
            section = mark[1]
            found[section] = []
        elif mark and mark[2] in {"stamp", *CHOICE_FIELDS}:
            facts[mark[2]] = mark[3]
        elif section:
            found[section].append(line)
        else:
            above.append(line)
    if not found:
        return ReviewContent(summary=text.strip()), Stamp()
    texts = {name: _strip_heading(lines, HEADINGS[name]) for name, lines in found.items()}
    rest = "\n".join(above[1:] if above[0].startswith("# ") else above).strip()  # without the title
    if rest:
        texts["summary"] = f"{rest}\n\n{texts.get('summary', '')}".strip("\n")
    choices = {name: facts.get(name, "") for name in CHOICE_FIELDS}
    content = ReviewContent(**texts, **choices)  # type: ignore[arg-type]
    return content, Stamp.parse(facts.get("stamp", "")) or Stamp()


def _strip_heading(lines: list[str], heading: str) -> str:
    rest = [*lines]
    if rest and rest[0].strip() == f"## {heading}":
        rest = rest[1:]
    return "\n".join(rest).strip("\n")
