"""YAML front matter of a page: a schedule of papers, or the facts of the one paper of the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from papers.importing.reading.drafts import Problem
from papers.importing.reading.entries import read_entry
from papers.importing.reading.entry import Entry
from papers.importing.reading.facts import read_fact, split_people
from papers.importing.reading.labels import Meaning, is_fact, meaning_of
from papers.importing.reading.document import Line, Outline
from papers.importing.reading.pieces import read_pieces
from papers.text.dates import names_a_time
from papers.text.identifiers import find_urls, is_paper_url
from papers.text.wording import is_unready, looks_like_name

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEYS: dict[str, Meaning] = {
    "title": "title", "paper_title": "title", "paper title": "title", "name": "title",
    "paper": "link", "paper_url": "link", "paper_link": "link", "paperurl": "link", "link": "link",
    "url": "link", "pdf": "link", "arxiv": "link", "doi": "link", "href": "link", "links": "link",
    "authors": "authors", "author": "authors", "venue": "venue", "conference": "venue",
    "journal": "venue", "publication": "venue", "presenter": "member", "presenters": "member",
    "speaker": "member", "speakers": "member", "reviewer": "member", "reviewers": "member",
    "lead": "member", "leader": "member", "discussant": "member", "host": "member",
    "facilitator": "member", "reader": "member", "tags": "tags", "keywords": "tags",
    "categories": "tags", "category": "tags", "topics": "tags", "topic": "tags", "year": "date",
    "published": "date", "code": "code", "github": "code", "issueurl": "code", "issue_url": "code",
    "slides": "code", "video": "code", "summary": "summary", "tldr": "takeaway",
    "abstract": "summary", "notes": "summary", "comment": "critique", "comments": "critique",
}  # fmt: skip
MOST_VALUES = 200_000
"""Values of front matter that are read."""
DEEPEST = 40
"""Brackets within brackets in front matter at most."""

_BRACKETS = re.compile(r"[\[\]{}]")
_STACKED = re.compile(
    r"^[ \t]*+(?:[-?:][ \t]++){40}|^[ \t]{200}|[^\n]{20000}|[&*!]\w++(?:\s*+[&*!]\w++){40}", re.M
)
_TANGLED = (
    "The front matter is nested too deeply to be read and was left out. Write plain keys and "
    "values, and lists of them."
)


@dataclass(slots=True)
class Record:
    """One mapping of the front matter: keys with their values and lines."""

    start: int
    end: int
    values: list[tuple[str, Line]] = field(default_factory=list)

    def means(self, meaning: Meaning) -> list[Line]:
        """The values of the keys with this meaning, in order."""
        return [line for key, line in self.values if _meaning(key) == meaning]


@dataclass(slots=True)
class Front:
    """The page's own record, and the records of lists in it."""

    page: Record
    listed: list[Record] = field(default_factory=list)


def _meaning(key: str) -> Meaning | None:
    """What a key says. A bare "date" is that of the page or the meeting, not of the paper."""
    if key.casefold() in ("date", "day", "time"):
        return None
    return _KEYS.get(key.casefold()) or meaning_of(key)


def read_front(outline: Outline) -> Front | None:
    """The records of the front matter; None if there is none, or if a problem says why not."""
    if not outline.front:
        return None
    if _is_tangled(outline.front):
        _leave_out(outline, Problem(outline.front_start, _TANGLED))
        return None
    try:
        node = yaml.compose(outline.front, Loader=_Loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        _leave_out(outline, Problem(_line_of(error, outline), _sentence(error, outline)))
        return None
    if not isinstance(node, yaml.MappingNode):
        return None
    return _read_page(node, outline.front_start)


def _leave_out(outline: Outline, problem: Problem) -> None:
    """One sentence stands for all lines of front matter that cannot be read."""
    outline.problems.append(problem)
    outline.use(outline.front_start, outline.front_start + outline.front.count("\n"))


def _is_tangled(text: str) -> bool:
    """Whether YAML is nested as no page is; the parser takes quadratic time over such text."""
    if _STACKED.search(text):
        return True
    depth = 0
    for bracket in _BRACKETS.finditer(text):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > DEEPEST:
            return True
    return False


def _line_of(error: Exception, outline: Outline) -> int:
    mark = getattr(error, "problem_mark", None)
    return outline.front_start + (mark.line if mark else 0)


def _sentence(error: Exception, outline: Outline) -> str:
    line = _line_of(error, outline)
    what = getattr(error, "problem", None) or "nested too deeply"
    return (
        f"The front matter cannot be read as YAML from line {line} on "
        f"({what}); it was left out. Quote values that hold a colon, and indent with blanks."
    )


def _read_page(node: yaml.MappingNode, offset: int) -> Front:
    front = Front(Record(offset, offset + node.end_mark.line))
    budget = MOST_VALUES
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        records = [one for one in _nodes(value) if isinstance(one, yaml.MappingNode)]
        if isinstance(value, yaml.SequenceNode) and records:
            for one in records[:budget]:
                front.listed.append(_record(one, offset))
            budget -= len(records)
        else:
            front.page.values.extend((name, line) for line in _lines(value, offset))
    return front


def _nodes(node: yaml.Node) -> list[yaml.Node]:
    return node.value if isinstance(node, yaml.SequenceNode) else [node]


def _record(node: yaml.MappingNode, offset: int) -> Record:
    last = offset + max(node.end_mark.line - 1, node.start_mark.line)
    record = Record(offset + node.start_mark.line, last)
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            record.values.extend((str(key.value), line) for line in _lines(value, offset))
    return record


def _lines(node: yaml.Node, offset: int) -> list[Line]:
    """The scalars of a value or of a list of values."""
    return [
        Line(offset + one.start_mark.line, str(one.value).strip())
        for one in _nodes(node)
        if isinstance(one, yaml.ScalarNode) and one.tag != "tag:yaml.org,2002:null"
    ]


def list_entries(front: Front, outline: Outline) -> Iterator[Entry]:
    """The papers of a schedule in the front matter."""
    for record in front.listed:
        titles = [line for line in record.means("title") if not is_unready(line.text)]
        if titles and _is_paper(record):
            outline.use(record.start, record.end)
            yield _entry(titles[0], record)


def _is_paper(record: Record) -> bool:
    """A record with a title is a paper if it says anything else that papers have."""
    said = {_meaning(key) for key, _ in record.values}
    return bool(said & {"link", "authors", "venue", "member"})


def _entry(title: Line, record: Record) -> Entry:
    entry = read_entry(read_pieces(_unmarked(title.text)), record.start, record.end)
    if not entry.title or len(entry.title) < len(title.text) - 12:
        entry.title = entry.written = title.text
    for key, line in record.values:
        if (meaning := _meaning(key)) not in (None, "title"):
            _take(entry, meaning, line)
    entry.line, entry.last_line = title.number, record.end
    return entry


def _unmarked(title: str) -> str:
    """A title in YAML is no Markdown: its stars and brackets are its own."""
    return re.sub(r"([\\`*_\[\]])", r"\\\1", title)


def _take(entry: Entry, meaning: Meaning | None, line: Line) -> None:
    if meaning == "member":
        entry.members.extend(split_people(line.text))
    elif meaning == "authors":
        entry.authors = entry.authors or _authors(line.text)
    elif meaning == "tags":
        entry.subjects.extend(t for t in [line.text.strip(" #")] if t and not names_a_time(t))
    elif is_fact(meaning):
        read_fact(entry, meaning, read_pieces(line.text))
    elif meaning == "takeaway":
        entry.remark = line.text


def _authors(text: str) -> tuple[str, ...]:
    """Names with institutions in brackets, between commas or semicolons."""
    bare = re.sub(r"\([^()]*\)", "", text)
    return tuple(
        part.strip() for part in re.split(r";|,|\band\b", bare) if part.strip()
    )[:100]  # fmt: skip


def page_entry(front: Front, outline: Outline) -> Entry | None:
    """The paper that a file is about, if its front matter says so: a title with an address."""
    record = front.page
    _tell_writer(record)
    titles = record.means("title")
    links = [line for line in record.means("link") if find_urls(line.text)]
    is_paper = any(is_paper_url(url) for line in links for url in find_urls(line.text))
    if not titles or not (is_paper or record.means("authors")) or front.listed:
        return None
    for _, line in record.values:
        outline.use(line.number)
    outline.use(record.start, record.end)
    entry = _entry(titles[0], record)
    entry.is_paper_page = True
    return entry


def _tell_writer(record: Record) -> None:
    """A page's one "author" is who wrote the page; the paper's authors are several."""
    record.values = [
        ("reviewer" if key.casefold() == "author" and _is_one(line.text) else key, line)
        for key, line in record.values
    ]


def _is_one(text: str) -> bool:
    return looks_like_name(text) and not re.search(r",|;|\band\b|et al", text)


def writers(front: Front) -> list[str]:
    """The members whom the page itself names."""
    return [name for line in front.page.means("member") for name in split_people(line.text)]


def use_settings(front: Front, outline: Outline) -> None:
    """Keys of the page itself (layout, permalink) are structure."""
    for _, line in front.page.values:
        outline.use(line.number)
    last = outline.front_start + outline.front.count("\n")
    for number in range(outline.front_start, last + 1):
        if re.match(r"\s*[\w-]+\s*:\s*(?:[|>][+-]?)?\s*$", outline.lines[number - 1]):
            outline.use(number)
