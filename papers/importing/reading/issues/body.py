"""The text of an issue: headings and bold labels name facts of the paper or parts of a review."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from papers.importing.reading.drafts.review_text import Unit
from papers.importing.reading.issues.template_headings import meaning_of_heading
from papers.text.dates import find_date
from papers.text.identifiers import find_urls, is_paper_url
from papers.text.names import split_names
from papers.text.sections import TEXT_KEYS

LONGEST_HEADING = 90
_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.+?)\s*#*\s*$")
_BOLD = re.compile(r"^\s{0,3}(?:[-*+]\s+)?(?:\*\*|__)(.{1,90}?)(?:\*\*|__)\s*[:：]?\s*(.*)$")
_LABEL = re.compile(r"^\s{0,3}(?:[-*+]\s+)?([^\W\d_][^:：|*\[\]()<>]{0,40}?)\s*[:：]\s*(.*)$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_EMPTY = re.compile(r"<br\s*/?>|^\s*(?:-|\*|\.\.\.|…|なし|n/?a|\(yyyy/mm/dd\)|yyyy/mm/dd)\s*$",
                    re.IGNORECASE)  # fmt: skip
_FENCE = re.compile(r"^\s{0,3}(```|~~~)")
_BULLET = re.compile(r"^([-*+]|\d{1,2}[.)])\s+(.*)$")
_RELATION = re.compile(r"^(?:[-*+]\s*)?(?:[\w.-]*/?[\w.-]*#\d+|<?https?://\S+>?)[\s,、]*$")
_QUESTION = re.compile(r"(?:[?？]|(?<=[가-힣])까|か)[。.\s]*$")
_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*<?(https?://[^\s()<>]+(?:\([^\s()]*\))?)>?[^)]*\)")
_FACTS = {"link", "authors", "date", "venue", "code", "member"}


@dataclass(slots=True)
class IssueText:
    """What a text says of its paper. `urls` are the paper's own, `links` others with a label."""

    title: str = ""
    urls: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    date: str = ""
    year: int | None = None
    venues: list[str] = field(default_factory=list)
    member: str = ""
    units: list[Unit] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    has_review: bool = False
    takes_part: str = ""

    def join(self, other: "IssueText") -> None:
        """Go on with another text of the same author."""
        self.units += other.units
        self.urls += [one for one in other.urls if one not in self.urls]
        self.links += other.links
        self.notes += other.notes
        self.authors = self.authors or other.authors
        self.has_review = self.has_review or other.has_review


@dataclass(slots=True)
class _Part:
    """Lines below one heading."""

    heading: str
    meaning: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip("\n")


def read_issue_text(body: str, line: int = 0) -> IssueText:
    """Facts and parts of a review; text before the first heading is summary if it says much."""
    found = IssueText()
    for part in _cut(_COMMENT.sub("", body)):
        lines = [each for each in part.lines if not _EMPTY.fullmatch(each.strip())]
        text = "\n".join(_EMPTY.sub("", each) if "<br" in each else each for each in lines)
        if part.meaning in _FACTS:
            _take_fact(found, part.meaning, text)
        elif text.strip():
            _take_part(found, part, text.strip("\n"), line)
    if not found.urls:
        _find_paper(found, body)
    return found


def _cut(body: str) -> Iterator[_Part]:
    part = _Part("", "")
    inside = ""
    for line in body.split("\n"):
        if fence := _FENCE.match(line):
            inside = "" if inside == fence[1] else inside or fence[1]
        found = None if inside else _read_heading(line, part)
        if found is None:
            part.lines.append(line)
            continue
        yield part
        part = found
    yield part


def _read_heading(line: str, above: _Part) -> _Part | None:
    """A part that begins on this line; free headings belong to the part above them."""
    if found := _HEADING.match(line):
        heading, rest = found[2], ""
        if meaning := meaning_of_heading(heading):
            return _Part(heading, meaning)
        head, sign, rest = heading.partition(":")
        meaning = meaning_of_heading(head) if sign else ""
        return _Part(head, meaning, [rest]) if meaning else None
    if (found := _BOLD.match(line)) and (meaning := meaning_of_heading(found[1])):
        return _Part(found[1], meaning, [found[2]] if found[2] else [])
    if (found := _LABEL.match(line)) and (meaning := meaning_of_heading(found[1])):
        is_fact = meaning in _FACTS
        return _Part(found[1], meaning, [found[2]]) if is_fact and found[2] else None
    return None


def _take_fact(found: IssueText, meaning: str, text: str) -> None:
    urls = [url for _, url in _LINK.findall(text)] or find_urls(text)
    plain = " ".join(_LINK.sub(r"\1", text).split()).strip(" -*")
    if meaning == "link":
        found.urls += [url for url in urls if url not in found.urls]
        names = [name for name, url in _LINK.findall(text) if name and name != url]
        found.title = found.title or next((name for name in names if len(name.split()) > 2), "")
    elif meaning == "code":
        found.links += [(url, "code") for url in urls]
        if plain and not urls:
            found.notes.append(plain)
    elif meaning == "authors" and plain:
        found.authors += split_names(plain) or _cut_people(text)
    elif meaning == "date" and (day := find_date(plain)):
        found.date, found.year = plain, day.year
    elif meaning == "venue" and plain and not urls:
        found.venues.append(plain[:200])
    elif meaning == "member" and plain:
        found.member = plain.lstrip("@")[:200]


def _cut_people(text: str) -> list[str]:
    """Names that no rule knows: by commas and lines, without affiliations in brackets."""
    bare = re.sub(r"[(（][^()（）]*[)）]", "", text)
    names = (one.strip(" -*・\t") for one in re.split(r"[,、，;\n]", bare))
    return [name for name in names if 1 < len(name) <= 60]


def _take_part(found: IssueText, part: _Part, text: str, line: int) -> None:
    if part.meaning == "context":
        found.notes.append(_flat(text))
        return
    if part.meaning == "reading":
        named = [(url, name or "related") for name, url in _LINK.findall(text)]
        found.links += named or [(url, "related") for url in find_urls(text)]
    if not part.heading:
        _take_beginning(found, text, line)
        return
    if part.meaning == "critique" and _RELATION.fullmatch(text.strip()):
        found.links += [(url, "related") for url in find_urls(text)]
        found.notes.append(_flat(text))
        return
    section = part.meaning if part.meaning in TEXT_KEYS else "summary"
    found.has_review = True
    for unit in _make_units(text, section, part.heading.strip(" #:："), line):
        is_asked = section == "follow_up" and _QUESTION.search(unit.text)
        found.units.append(
            Unit(unit.line, unit.text, "questions", unit.depth, unit.label, unit.marker)
            if is_asked
            else unit
        )


def _take_beginning(found: IssueText, text: str, line: int) -> None:
    """Text without a heading: links of the paper, then words about it."""
    rest: list[str] = []
    for each in text.split("\n"):
        urls = [url for _, url in _LINK.findall(each)] or find_urls(each)
        bare = _LINK.sub("", each)
        for url in find_urls(bare):
            bare = bare.replace(url, "")
        words = bare.strip(" -*<>:：|,")
        if urls and len(words) < 12 and any(map(is_paper_url, urls)):
            found.urls += [url for url in urls if is_paper_url(url) and url not in found.urls]
            found.links += [(url, "") for url in urls if not is_paper_url(url)]
            names = [name for name, _ in _LINK.findall(each) if len(name.split()) > 2]
            found.title = found.title or next(iter(names), "")
        elif urls and len(words) < 3:
            found.links += [(url, "") for url in urls]
        else:
            rest.append(each)
    left = "\n".join(rest).strip()
    if not left:
        return
    if len(left) >= 80 or "\n" in left:
        found.units += _make_units(left, "summary", "", line)
        found.has_review = True
    else:
        found.takes_part = left


def _make_units(text: str, section: str, label: str, line: int) -> Iterator[Unit]:
    """Bullets and paragraphs, each movable by itself; what is fenced stays together."""
    block: list[str] = []
    bullet, inside = "", False

    def close() -> Iterator[Unit]:
        said = "\n".join(block).strip("\n")
        if said.strip():
            depth = 1 if bullet else 0
            yield Unit(line, said, section, depth, label, bullet or "-")
        block.clear()

    for each in text.split("\n"):
        if _FENCE.match(each):
            inside = not inside
        found = None if inside else _BULLET.match(each)
        if found:
            yield from close()
            bullet = "-" if found[1] in "-*+" else found[1]
            block.append(found[2])
        elif not inside and not each.strip() and not bullet:
            yield from close()
        elif bullet and each.strip() and not each.startswith((" ", "\t")):
            yield from close()
            bullet = ""
            block.append(each)
        else:
            block.append(_dedent(each) if bullet else each)
    yield from close()


def _dedent(line: str) -> str:
    """A line below a bullet without the bullet's own indentation."""
    for blanks in ("    ", "\t", "  "):
        if line.startswith(blanks):
            return line.removeprefix(blanks)
    return line


def _find_paper(found: IssueText, body: str) -> None:
    """The paper's address where no heading says it: the first that leads to a paper."""
    known = {url for url, _ in found.links}
    first = next((url for url in find_urls(body) if is_paper_url(url) and url not in known), "")
    if first:
        found.urls.append(first)


def _flat(text: str) -> str:
    return " ".join(text.split())
