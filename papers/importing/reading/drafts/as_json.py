"""What was understood as one object of JSON, for the command that prints it."""

from typing import Any

from papers.importing.reading.drafts.review_text import ReviewDraft
from papers.importing.reading.drafts.understood import PaperDraft, Understood
from papers.text.identifiers import find_urls, identify


def as_json(understood: Understood) -> dict[str, Any]:
    """The object that `import_list --dry-run --json` prints."""
    return {
        "name": understood.name,
        "shape": understood.shape,
        "title": understood.title,
        "description": understood.description,
        "papers": [_paper_json(paper) for paper in understood.papers],
        "topics": [
            {"path": list(t.path), "line": t.line, "description": t.description}
            for t in understood.topics
        ],
        "members": [
            {"name": m.name, "line": m.line, "from": m.evidence} for m in understood.members
        ],
        "repairs": list(understood.repairs),
        "problems": [{"line": p.line, "message": p.message} for p in understood.problems],
        "unclaimed": [{"line": line, "text": text} for line, text in understood.unclaimed],
        "form": understood.form,
        "meetings": [
            {
                "on": m.on.isoformat() if m.on else None,
                "said": m.said,
                "line": m.line,
                "papers": list(m.papers),
                "members": list(m.members),
            }
            for m in understood.meetings
        ],
        "left_out": [
            {"line": o.line, "column": o.column, "text": o.text, "reason": o.reason}
            for o in understood.left_out
        ],
        "patterns": [
            {
                "id": p.id,
                "kind": p.kind,
                "example": p.example,
                "line": p.line,
                "count": p.count,
                "role": p.role,
                "roles": list(p.roles),
                "scores": dict(p.scores),
            }
            for p in understood.patterns
        ],
    }


def _paper_json(paper: PaperDraft) -> dict[str, Any]:
    return {
        "key": paper.key,
        "line": paper.line,
        "title": paper.title,
        "title_as_written": paper.title_as_written,
        "urls": _urls(paper),
        "arxiv_id": paper.arxiv_id or None,
        "doi": paper.doi or None,
        "openreview": paper.openreview or None,
        "authors": list(paper.authors),
        "group": paper.group,
        "year": paper.year,
        "published_on": paper.published_on.isoformat() if paper.published_on else None,
        "venue_tags": list(paper.venue_tags),
        "tags": list(paper.tags),
        "links": [{"kind": k.kind, "url": k.url, "label": k.label} for k in paper.links],
        "listings": [
            {"topic": list(one.topic), "line": one.line, "position": one.position, "note": one.note}
            for one in paper.listings
        ],
        "members": list(paper.members),
        "review": _review_json(paper.review),
        "note": paper.note,
        "abstract": paper.abstract,
        "meetings": list(paper.meetings),
        "cited": list(paper.cited),
    }


def _review_json(review: ReviewDraft | None) -> dict[str, Any] | None:
    if review is None:
        return None
    units = [
        {"line": u.line, "text": u.text, "section": u.section, "label": u.label}
        for u in review.units
    ]
    return {**review.texts(), "is_note": review.is_note, "bullets": units}


def _urls(paper: PaperDraft) -> list[str]:
    """Its addresses, those too that only repeat an identifier: a paper keeps these as such."""
    names = {name for name in (paper.arxiv_id, paper.doi) if name}
    said = (
        url
        for url in find_urls(paper.source)
        if names & {name for name in identify(url).named().values() if name}
    )
    return list(dict.fromkeys((*paper.urls, *said)))
