"""Where the words of a search stand in a text: segments to mark, and the passage worth showing.

Pure: no Django. A segment is plain text; whoever shows it escapes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from papers.search.language.query_tree import And, Node, Or, Phrase, Query, Term, Word
from papers.search.language.search_fields import FIELDS, Values
from papers.search.results import Segment
from papers.text import tokens

PASSAGE = 240
LEAD = 60

Span = tuple[int, int, str]
"""Start, end, and the wanted word that stands there."""


@dataclass
class Marker:
    """Finds the words of one search in texts."""

    stems: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    starts: set[str] = field(default_factory=set)
    runs: set[str] = field(default_factory=set)
    _quick: re.Pattern[str] | None = None

    @classmethod
    def of(cls, query: Query, *, typing: bool = False) -> Marker:
        """The marker of what a query asks for; what it takes away is not marked."""
        marker = cls()
        nodes = list(_wanted(query.root))
        for node in nodes:
            marker._add(node, prefix=typing and node is nodes[-1])
        marker._compile()
        return marker

    def __bool__(self) -> bool:
        return bool(self.stems or self.names or self.starts or self.runs)

    def mark(self, text: str) -> tuple[Segment, ...]:
        """The whole text with its matching words marked."""
        return _cut(text, self._spans(text), 0, len(text))

    def may_match(self, text: str) -> bool:
        """Whether a closer look is worth it; most texts are told apart by one quick search."""
        return not text.isascii() or bool(self._quick and self._quick.search(text))

    def passage(self, text: str, width: int = PASSAGE) -> tuple[Segment, ...]:
        """The part of the text with the most different matches; nothing if nothing matches."""
        if not self.may_match(text):
            return ()
        text = " ".join(text.split())
        spans = self._spans(text)
        if not spans:
            return ()
        first = _densest(spans, width - LEAD)
        start = _word_start(text, max(0, spans[first][0] - LEAD))
        end = _word_end(text, start + width)
        inside = [span for span in spans if span[0] >= start and span[1] <= end]
        segments = _cut(text, inside, start, end)
        before = (Segment("… "),) if start else ()
        after = (Segment(" …"),) if end < len(text) else ()
        return (*before, *segments, *after)

    def _add(self, node: Word | Phrase | Term, *, prefix: bool) -> None:
        text = node.value if isinstance(node, Term) else node.text
        found = list(tokens.tokens(text))
        prefix = prefix or (isinstance(node, Word) and node.prefix) or text.endswith("*")
        for token in found:
            if token.cjk:
                self.runs.update(
                    [token.text] if isinstance(node, Phrase) else tokens.pieces(token.text)
                )
            elif prefix and token is found[-1]:
                self.starts.add(token.text)
            elif isinstance(node, Term) and node.field == "author":
                self.names.add(token.text)
            elif not tokens.is_stop_word(token.text):
                self.stems.add(tokens.stem(token.text))

    def _compile(self) -> None:
        # A word's stem begins like the word but for its last letter (happy, happi).
        begins = {stem[:-1] if len(stem) > 2 else stem for stem in self.stems}
        begins |= self.names | self.starts
        ascii_begins = sorted(begin for begin in begins if begin.isascii())
        self._quick = (
            re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, ascii_begins))})[a-z0-9]*", re.I)
            if ascii_begins
            else None
        )

    def _spans(self, text: str) -> list[Span]:
        if not self:
            return []
        if text.isascii():
            return list(self._quick_spans(text))
        return [span for token in tokens.tokens(text) for span in self._in_token(token)]

    def _quick_spans(self, text: str) -> Iterator[Span]:
        for found in self._quick.finditer(text) if self._quick else ():
            word = self._wanted(found.group().lower())
            if word:
                yield found.start(), found.end(), word

    def _in_token(self, token: tokens.Token) -> Iterator[Span]:
        if not token.cjk:
            word = self._wanted(token.text)
            if word:
                yield token.start, token.end, word
            return
        places = sorted(
            (found.start(), found.end(), run)
            for run in self.runs
            for found in re.finditer(re.escape(run), token.text)
        )
        if len(token.text) != token.end - token.start:
            places = [(0, token.end - token.start, places[0][2])] if places else []
        last = 0
        for start, end, run in places:
            if end > last:
                yield token.start + max(start, last), token.start + end, run
                last = end

    def _wanted(self, word: str) -> str:
        stem = tokens.stem(word)
        if stem in self.stems:
            return stem
        if word in self.names:
            return word
        return next((start for start in self.starts if word.startswith(start)), "")


def _wanted(node: Node) -> Iterator[Word | Phrase | Term]:
    match node:
        case Word() | Phrase():
            yield node
        case Term() if FIELDS[node.field].values is Values.WORDS:
            yield node
        case And() | Or():
            for part in node.parts:
                yield from _wanted(part)


def _densest(spans: list[Span], width: int) -> int:
    """The span from which a window of this width sees the most different words."""
    best, best_seen, end = 0, 0, 0
    seen: dict[str, int] = {}
    for first, span in enumerate(spans):
        while end < len(spans) and spans[end][1] - span[0] <= width:
            seen[spans[end][2]] = seen.get(spans[end][2], 0) + 1
            end += 1
        if len(seen) > best_seen:
            best, best_seen = first, len(seen)
        if end > first:
            seen[span[2]] -= 1
            if not seen[span[2]]:
                del seen[span[2]]
        else:
            end = first + 1
    return best


def _cut(text: str, spans: list[Span], start: int, end: int) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    last = start
    for at, stop, _ in spans:
        if at > last:
            segments.append(Segment(text[last:at]))
        segments.append(Segment(text[at:stop], is_match=True))
        last = stop
    if last < end:
        segments.append(Segment(text[last:end]))
    return tuple(segments)


def _word_start(text: str, at: int) -> int:
    """Not in the middle of a word, if a space is near."""
    if at == 0:
        return 0
    space = text.find(" ", at, at + 30)
    return space + 1 if space >= 0 else at


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", at - 30, at)
    return space if space >= 0 else at
