"""A scaffold for a related-work section: what reviewers said of each paper, by topic, with credit.

As LaTeX with its bibliography, as Markdown for pandoc, and as a Word document. Meant to be
rewritten: it brings citation, takeaway and main critique together, in the reviewers' words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from papers.exporting.formats.bibtex import write_bibtex
from papers.exporting.formats.lists import ListRecord
from papers.exporting.formats.markdown_lists import escape as escape_markdown
from papers.exporting.formats.paper_records import PaperRecord
from papers.text.citing import escape as escape_tex

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
INTRO = "A scaffold from the lab's reviews: rewrite it in your own words, and credit the reviewers."
_BULLET = re.compile(r"^\s*(?:[-*+]|\d+[.)]|#{1,6})\s+")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_MARKS = re.compile(r"[*_`#>]+(?=\S)|(?<=\S)[*_`]+")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was said of a paper, and by whom; `kind` is empty for a takeaway."""

    kind: str
    text: str
    by: str


def list_remarks(whole: ListRecord, paper: int) -> Iterator[Remark]:
    """Takeaways, then the first point of each critique, then outcomes of our own experiments."""
    reviews = whole.reviews.get(paper, ())
    for review in reviews:
        text = review.texts.get("takeaway") or review.texts.get("summary", "")
        if said := get_first_point(text):
            yield Remark("", said, review.reviewer)
    for review in reviews:
        if said := get_first_point(review.texts.get("critique", "")):
            yield Remark("Critique", said, review.reviewer)
    for outcome in whole.outcomes.get(paper, ()):
        said = f"{outcome.title}: {outcome.state}. {get_first_point(outcome.text)}".strip()
        yield Remark("Our experiment", said, outcome.owner)


def get_first_point(text: str) -> str:
    """The first paragraph or bullet as one line of plain text; formulas stay."""
    for part in re.split(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)", text.strip()):
        plain = _LINK.sub(r"\1", _BULLET.sub("", part))
        pieces = re.split(r"(\$[^$]+\$)", plain)
        plain = "".join(one if n % 2 else _MARKS.sub("", one) for n, one in enumerate(pieces))
        if any(map(str.isalnum, plain)):
            return " ".join(plain.split())
    return ""


def list_groups(whole: ListRecord) -> Iterator[tuple[str, int, list[PaperRecord]]]:
    """Topics with depth and papers, each paper where it stands first; "" for those under none."""
    seen: set[int] = set()

    def take(papers: Iterable[int]) -> list[PaperRecord]:
        fresh = [paper for paper in dict.fromkeys(papers) if paper not in seen]
        seen.update(fresh)
        return [whole.papers[paper] for paper in fresh]

    for topic, depth in whole.walk():
        if topic.has_papers:
            yield topic.name, depth, take(one.paper for one in topic.entries)
    if rest := take(whole.loose):
        yield "", 0, rest


def list_tex(whole: ListRecord) -> Iterator[tuple[str, Iterable[str]]]:
    """The section and its bibliography."""
    yield "related-work.tex", _write_tex(whole)
    yield "references.bib", write_bibtex(whole.papers.values())


def _write_tex(whole: ListRecord) -> Iterator[str]:
    yield f"% {INTRO}\n\\section{{Related work}}\n"
    for name, depth, papers in list_groups(whole):
        command = "subsection" if depth == 0 else "subsubsection" if depth == 1 else "paragraph"
        yield f"\n\\{command}{{{escape_tex(name)}}}\n" if name else "\n"
        for paper in papers:
            yield f"\n{escape_tex(paper.title)}~\\cite{{{paper.key}}}.\n"
            for one in list_remarks(whole, paper.id):
                kind = f"{one.kind}: " if one.kind else ""
                credit = f" % {one.by}" if one.by else ""
                yield f"{kind}{escape_tex(one.text)}{credit}\n"
    names = ", ".join(sorted({one.reviewer for some in whole.reviews.values() for one in some}))
    if names:
        yield f"\n% \\section*{{Acknowledgments}} We thank {escape_tex(names)} for their reviews.\n"


def write_markdown(whole: ListRecord) -> Iterator[str]:
    """Markdown with citations as pandoc reads them."""
    yield f"# Related work\n\n<!-- {INTRO} -->\n"
    for name, depth, papers in list_groups(whole):
        yield f"\n{'#' * (2 + min(depth, 4))} {escape_markdown(name)}\n" if name else "\n"
        for paper in papers:
            yield f"\n{escape_markdown(paper.title)} [@{paper.key}].\n\n"
            for one in list_remarks(whole, paper.id):
                kind = f"**{one.kind}:** " if one.kind else ""
                yield f"- {kind}{one.text}{f' ({escape_markdown(one.by)})' if one.by else ''}\n"


def write_word(whole: ListRecord) -> Iterator[bytes]:
    """A Word document."""
    from docx import Document  # loads 3 MB, and few lists are written so

    document = Document()
    document.add_heading("Related work", 1)
    document.add_paragraph(INTRO, style="Intense Quote")
    for name, depth, papers in list_groups(whole):
        if name:
            document.add_heading(clean(name), min(depth + 2, 9))
        for paper in papers:
            line = document.add_paragraph()
            line.add_run(clean(paper.title)).bold = True
            line.add_run(clean(f" ({_cite(paper)}). {paper.first_url}".rstrip()))
            for one in list_remarks(whole, paper.id):
                item = document.add_paragraph(style="List Bullet")
                item.add_run(f"{one.kind}: " if one.kind else "").bold = True
                item.add_run(clean(one.text))
                item.add_run(clean(f" ({one.by})") if one.by else "").italic = True
    file = BytesIO()
    document.save(file)
    yield file.getvalue()


def _cite(paper: PaperRecord) -> str:
    first = paper.authors[0] if paper.authors else "n.a."
    others = " et al." if len(paper.authors) > 1 else ""
    return f"{first}{others}, {paper.year or 'n.d.'}"


def clean(text: str) -> str:
    """Without the signs that XML does not know."""
    return "".join(char for char in text if char.isprintable() or char in "\n\t")
