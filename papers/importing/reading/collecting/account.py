"""What became of every line and word: stored in a field of a draft, or left out with a reason.

Words of three letters and more are looked for in the fields of the drafts that a line belongs to;
what is found nowhere is a span that is shown as left out. So no word can vanish without being told,
whatever the reader makes of it.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Any, cast

from papers.importing.reading.drafts.understood import (
    FactSpan,
    LeftOut,
    LineFate,
    MemberDraft,
    PaperDraft,
    PatternDraft,
    TopicDraft,
)
from papers.importing.reading.labels.meanings import meaning_of_key
from papers.importing.reading.outline.document import Outline

WORD = re.compile(r"[^\W\d_]{3,}")
_TAG = re.compile(r"<[^<>]*>|&#?\w{2,8};|\{[:.#][^{}]*\}")
_COMMENT = re.compile(r"^\s*(?:<!--|#\+|\.\. |%)")
_LABEL = re.compile(r"^[\s\-*+>|#\d.]*[*_]{0,3}([^\s:：*_][^:：*]{0,40}?)[*_]{0,3}\s*[:：]")
_KEY = re.compile(r"^\s*(?:- )?[\"']?([\w .-]{1,40}?)[\"']?\s*[:=]\s")

MOST_SPANS = 50_000
"""Spans that are told one by one."""


def words_of(text: str) -> list[str]:
    """The words that are accounted for: three letters and more, folded."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return WORD.findall(text.casefold())


class Accountant:
    """Knows the words of every draft and the lines that each covers."""

    def __init__(
        self, outline: Outline, papers: Sequence[PaperDraft], topics: Sequence[TopicDraft],
        members: Sequence[MemberDraft], title: str, description: str,
    ) -> None:  # fmt: skip
        self.outline = outline
        self.papers = papers
        self.common = _words([title, description, *(m.name for m in members)])
        for topic in topics:
            self.common |= _words([*topic.path, topic.description])
        self.own: dict[int, set[str]] = {}
        self.at: list[tuple[int, ...]] = [()] * (len(outline.lines) + 2)
        for number, paper in enumerate(papers):
            for place in paper.each_place:
                for line in range(place.line, min(place.last_line, len(outline.lines)) + 1):
                    if number not in self.at[line]:
                        self.at[line] = (*self.at[line], number)

    def left_out(self) -> Iterator[LeftOut]:
        """Spans of words that no draft holds, line by line."""
        for number, line in enumerate(self.outline.lines, 1):
            if not line or line.isspace():
                continue
            kept = self.common.union(*map(self._own, self.at[number]))
            yield from self._spans(number, line, kept)

    def _own(self, paper: int) -> set[str]:
        """The words of a paper; cached for the last few only."""
        if paper not in self.own:
            if len(self.own) > 64:
                self.own.clear()
            self.own[paper] = _words(_strings(self.papers[paper]))
        return self.own[paper]

    def _spans(self, number: int, line: str, kept: set[str]) -> Iterator[LeftOut]:
        """Neighboring words that are missing are one span."""
        start = end = -1
        tags = [found.span() for found in _TAG.finditer(line)]
        for found in WORD.finditer(line):
            word = found[0].casefold()
            missing = word not in kept and any(one not in kept for one in words_of(found[0]))
            if missing and start < 0:
                start, end = found.start(), found.end()
            elif missing:
                end = found.end()
            elif start >= 0:
                yield self._span(number, line, tags, start, end)
                start = -1
        if start >= 0:
            yield self._span(number, line, tags, start, end)

    def _span(
        self, number: int, line: str, tags: list[tuple[int, int]], start: int, end: int
    ) -> LeftOut:
        """`tags` are all of the line, once for its spans: a data file may be one long line."""
        before = bisect_right(tags, start, key=itemgetter(0))
        if (before and end <= tags[before - 1][1]) or _COMMENT.match(line):
            reason = "markup"
        else:
            reason = self._reason(number, line, start, end)
        return LeftOut(number, start + 1, end + 1, line[start:end], reason)

    def _reason(self, number: int, line: str, start: int, end: int) -> str:
        for pattern in (_LABEL, _KEY):
            found = pattern.match(line)
            if found and found.start(1) <= start and end <= found.end(1):
                return "label"
        fate = self.outline.fates.get(number, "")
        if fate in ("contents", "head", "heading", "setting"):
            return fate
        if "](" in line[max(0, start - 300) : start] and not self.at[number]:
            return "contents" if "](#" in line else "unclear"
        if self.at[number]:
            return (
                "file"
                if re.search(r"\]\(<?[^)]*$", line[max(0, start - 2_000) : start])
                else _reason_of_key(line)
            )
        return "unclear" if not self.outline.used[number] else "setting"

    def fates(
        self, topics: Sequence[TopicDraft], members: Sequence[MemberDraft]
    ) -> tuple[LineFate, ...]:
        """What became of each line that holds anything; neighbors of one fate together."""
        named = {topic.line: ("topic", " / ".join(topic.path)) for topic in topics}
        named |= {member.line: ("member", member.name) for member in members if member.line}
        reviews = {
            unit.line: n for n, p in enumerate(self.papers) if p.review for unit in p.review.units
        }
        found: list[LineFate] = []
        first, end, before = 0, 0, None
        for number, line in enumerate(self.outline.lines, 1):
            if not line or line.isspace():
                continue
            fate = self._fate(number, named, reviews)
            if fate == before and number == end:
                end += 1
                continue
            if before:
                found.append(LineFate(first, end - 1, *before))
            first, end, before = number, number + 1, fate
        if before:
            found.append(LineFate(first, end - 1, *before))
        return tuple(found)

    def _fate(
        self, number: int, named: dict[int, tuple[str, str]], reviews: dict[int, int]
    ) -> tuple[str, int, str]:
        if at := self.at[number]:
            paper = self.papers[at[0]]
            opens = any(place.line == number for place in paper.each_place)
            if opens or number not in reviews:
                return "paper", at[0], ""
            is_review = paper.review is not None and not paper.review.is_note
            return ("review" if is_review else "note"), at[0], ""
        if number in named:
            role, ref = named[number]
            return role, -1, ref
        fate = self.outline.fates.get(number, "")
        if fate in ("meeting", "title", "text", "heading"):
            return fate, -1, ""
        return ("text" if self.outline.used[number] and not fate else "left out"), -1, ""


def _reason_of_key(line: str) -> str:
    found = _KEY.match(line) or _LABEL.match(line)
    return "setting" if found and meaning_of_key(found[1]) in ("aside", "meeting") else "rest"


def _strings(value: object) -> Iterator[str]:
    """Every text of a draft."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, date):
        yield f"{value:%B %b}"
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _strings(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in _texts_of(cast("Hashable", type(value))):
            yield from _strings(getattr(value, name))


@lru_cache(maxsize=64)
def _texts_of(kind: Any) -> tuple[str, ...]:
    """The fields of a draft that may hold text."""
    silent = (
        "source",
        "line",
        "last_line",
        "position",
        "year",
        "kind",
        "section",
        "depth",
        "marker",
        "key",
        "basis",
        "is_note",
    )
    return tuple(one.name for one in fields(kind) if one.name not in silent)


def _words(texts: Iterable[str]) -> set[str]:
    return set(words_of("\n".join(texts)))


def fact_spans(lines: Sequence[str], papers: Sequence[PaperDraft]) -> Iterator[FactSpan]:
    """Where each fact of each paper stands, found in the lines of the paper's places."""
    for number, paper in enumerate(papers):
        facts = list(_facts(paper))
        for place in paper.each_place:
            last = min(place.last_line, place.line + NEARBY, len(lines))
            for name, said in facts:
                yield from islice(_found(number, name, said, lines, place.line, last), 1)


NEARBY = 12
"""Lines below a title in which its facts are looked for."""


def _facts(paper: PaperDraft) -> Iterator[tuple[str, str]]:
    yield "title", paper.title
    for name, values in (
        ("authors", paper.authors), ("venue", paper.venue_tags), ("link", paper.urls),
        ("member", paper.members), ("year", (str(paper.year or ""),)),
    ):  # fmt: skip
        yield from ((name, said) for said in values if said)


def _found(
    paper: int, name: str, said: str, lines: Sequence[str], first: int, last: int
) -> Iterator[FactSpan]:
    for number in range(first, last + 1):
        column = lines[number - 1].find(said)
        if column >= 0:
            yield FactSpan(paper, name, number, column + 1, column + 1 + len(said))


__all__ = ["Accountant", "PatternDraft", "fact_spans", "words_of"]
