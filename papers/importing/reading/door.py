"""The one door for documents: bytes in, everything understood out; never an exception."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from papers.importing.reading.bibliography import read_bibliography
from papers.importing.reading.bibtex import is_bibtex
from papers.importing.reading.bodies import read_body
from papers.importing.reading.decoding import Decoded, decode
from papers.importing.reading.drafts import MemberDraft, PaperDraft, Problem, TopicDraft, Understood
from papers.importing.reading.entry import Entry
from papers.importing.reading.file_names import member_by_name
from papers.importing.reading.front_matter import (
    list_entries,
    page_entry,
    read_front,
    use_settings,
    writers,
)
from papers.importing.reading.gathering import gather
from papers.importing.reading.items import hang_heading
from papers.importing.reading.markdown_lists import Walked, walk
from papers.importing.reading.document import Outline
from papers.importing.reading.formats.markdown import read_outline

MOST_OPEN_LINES = 30
"""Passages that nothing claimed which are reported one by one; the rest is counted."""


def understand(data: bytes, name: str) -> Understood:
    """Everything that a document says; `name` is its file name, with its folder if known."""
    return understand_text(decode(data), name)


def understand_text(decoded: Decoded, name: str) -> Understood:
    """Everything that a document says whose bytes were decoded before."""
    if decoded.problem:
        return Understood(name=name, problems=(decoded.problem,))
    if is_bibtex(decoded.text):
        return _understand_bibliography(decoded, name)
    outline = read_outline(decoded.text)
    entries, walked, members = _read(outline, name)
    gathered = list(gather(entries, outline))
    papers = tuple(one for one in gathered if isinstance(one, PaperDraft))
    found = [one for one in gathered if isinstance(one, Problem)]
    unclaimed = tuple(outline.unused())
    problems = [*outline.problems, *found, *_open_lines(unclaimed)]
    if not papers:
        problems.insert(0, _nothing())
    return Understood(
        name=name,
        shape=shape_of(papers, entries, outline),
        title=walked.title,
        description="\n\n".join(walked.description),
        papers=papers,
        topics=_topics(walked, papers),
        members=_members(members, papers),
        repairs=decoded.repairs,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
        unclaimed=unclaimed,
    )


def _understand_bibliography(decoded: Decoded, name: str) -> Understood:
    """Entries for reference managers: papers alone, under no topic and read by nobody."""
    entries, faults, outline = read_bibliography(decoded.text)
    gathered = list(gather(entries, outline))
    papers = tuple(one for one in gathered if isinstance(one, PaperDraft))
    problems = [*faults, *(one for one in gathered if isinstance(one, Problem))]
    if not papers and not problems:
        problems = [_nothing()]
    return Understood(
        name=name,
        shape="bibliography",
        papers=papers,
        repairs=decoded.repairs,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
    )


def _read(outline: Outline, name: str) -> tuple[list[Entry], Walked, list[MemberDraft]]:
    """The entries of front matter and body, and the members named by headings or the file."""
    front = read_front(outline)
    page = page_entry(front, outline) if front else None
    if page is not None:
        hang_heading(page, read_body(outline.root.blocks, outline, outline.root.subs))
        walked, entries = Walked(title=page.title), [page]
    else:
        listed = list(list_entries(front, outline)) if front else []
        walked = walk(outline)
        entries = [*listed, *walked.entries]
    if front:
        use_settings(front, outline)
    members = list(walked.members)
    if front and page is None and not any(entry.members for entry in entries):
        for name in writers(front):
            members.append(MemberDraft(name, outline.front_start, "front matter"))
            for entry in entries:
                entry.members.append(name)
    owner = (
        "" if members or any(entry.members for entry in entries) else _owner(outline, name, walked)
    )
    if owner and entries:
        members.append(MemberDraft(owner, 0, "file name"))
        for entry in entries:
            entry.members.append(owner)
    return entries, walked, members


def _owner(outline: Outline, name: str, walked: Walked) -> str:
    return member_by_name(name, "\n".join(outline.lines), walked.title)


def shape_of(papers: Sequence[PaperDraft], entries: Sequence[Entry], outline: Outline) -> str:
    """What kind of document it was, in one word for the preview."""
    if not papers:
        return "unknown"
    pages = sum(entry.is_paper_page for entry in entries)
    if any(paper.claims for paper in papers):
        return "members"
    if pages * 2 > len(entries):
        return "pages" if outline.front or any(paper.urls for paper in papers) else "notes"
    with_review = sum(paper.review is not None and not paper.review.is_note for paper in papers)
    return "notes" if with_review * 2 > len(papers) else "topics"


def _topics(walked: Walked, papers: Sequence[PaperDraft]) -> tuple[TopicDraft, ...]:
    """Every topic once, outer before inner, in source order; tags make topics too."""
    found: dict[tuple[str, ...], TopicDraft] = {}
    listed = [TopicDraft(one.topic, one.line) for paper in papers for one in paper.listings]
    for topic in [*walked.topics, *listed]:
        for depth in range(1, len(topic.path)):
            found.setdefault(topic.path[:depth], TopicDraft(topic.path[:depth], topic.line))
        known = found.get(topic.path)
        if topic.path and (known is None or not known.description):
            line = known.line if known else topic.line
            found[topic.path] = TopicDraft(topic.path, line, topic.description)
    return tuple(found.values())


def _members(named: Sequence[MemberDraft], papers: Sequence[PaperDraft]) -> tuple[MemberDraft, ...]:
    found = {member.name.casefold(): member for member in named}
    for paper in papers:
        for claim in paper.claims:
            found.setdefault(
                claim.member.casefold(), MemberDraft(claim.member, claim.line, "beside a paper")
            )
    return tuple(found.values())


def _nothing() -> Problem:
    return Problem(
        0,
        "No paper was found. A list needs one paper a line, for instance “- [Title](address)”, or "
        "a heading for each paper with its address or notes below it; a table needs a column "
        "“Title”.",
    )


def _open_lines(unclaimed: Sequence[tuple[int, str]]) -> Iterator[Problem]:
    """Lines of which nothing was made, neighbours together: no line is lost without a word."""
    together = groupby(enumerate(unclaimed), key=lambda pair: pair[1][0] - pair[0])
    runs = [[line for _, line in neighbours] for _, neighbours in together]
    for run in runs[:MOST_OPEN_LINES]:
        first, last = run[0][0], run[-1][0]
        where = f"Line {first}" if first == last else f"Lines {first} to {last}"
        text = run[0][1].strip()
        short = text if len(text) <= 80 else f"{text[:77]}..."
        yield Problem(
            first,
            f"{where} (“{short}”) will not be taken in: it is neither a paper nor text about one. "
            "Make it a heading to have a topic, or put it below the paper it belongs to.",
        )
    if len(runs) > MOST_OPEN_LINES:
        rest = runs[MOST_OPEN_LINES:]
        count = sum(len(run) for run in rest)
        yield Problem(
            rest[0][0][0], f"{count} more lines from line {rest[0][0][0]} on will not be taken in."
        )


def read_document(data: bytes, name: str, choices: object = None) -> Understood:
    return understand(data, name)
