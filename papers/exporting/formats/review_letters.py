"""One review as Markdown, and as a letter to the authors or a post for PREreview; in English."""

from __future__ import annotations

from papers.exporting.formats.lists import ReviewRecord
from papers.exporting.formats.markdown_lists import escape, list_addresses, make_body
from papers.exporting.formats.paper_records import PaperRecord
from papers.text.sections import PARTS


def write_review(paper: PaperRecord, review: ReviewRecord) -> str:
    """The review under its paper's title, with who wrote it and when."""
    day = f", {review.published_on:%Y-%m-%d}" if review.published_on else ""
    facts = [", ".join(paper.authors), paper.venue, str(paper.year or "")]
    choices = [
        f"{name}: {value}"
        for name, value in (("Verdict", review.verdict), ("Read", review.depth))
        if value
    ]
    lines = [
        f"# {escape(paper.title)}",
        ". ".join(escape(fact) for fact in facts if fact),
        "\n".join(f"<{url}>" for url in list_addresses(paper)),
        f"Review by {escape(review.reviewer)}{day}",
        f"<{review.orcid_url}>" if review.orcid_url else "",
        ". ".join(choices),
        _quote(review.texts.get("takeaway", "")),
        *_list_sections(review, level=2),
    ]
    return "\n\n".join(line for line in lines if line) + "\n"


def write_letter(paper: PaperRecord, review: ReviewRecord, url: str) -> str:
    """What a reviewer may send to the authors, or post on PREreview; `url` is where it is read."""
    names = " and ".join(filter(None, [", ".join(paper.authors[:-1]), *paper.authors[-1:]]))
    lines = [
        f"Dear {names or 'authors'},",
        f"our reading group discussed your paper “{paper.title}”. Here is my review of it.",
        review.texts.get("takeaway", "").strip(),
        *_list_sections(review, level=3),
        f"The review can be read at {url}" if url else "",
        "I would be glad to hear what you think.",
        "\n".join(filter(None, [review.reviewer, review.orcid_url])),
    ]
    return "\n\n".join(line for line in lines if line) + "\n"


def _list_sections(review: ReviewRecord, *, level: int) -> list[str]:
    return [
        f"{'#' * level} {section.label}\n\n{make_body(text)}"
        for section in PARTS
        if (text := review.texts.get(section.key, "").strip())
    ]


def _quote(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.strip().split("\n")) if text.strip() else ""
