"""The search language: any text in, a tree and remarks out; never an error.

Pure: no Django. The parser reads the text once from left to right with a stack of its own, so its
time is linear and nesting cannot exhaust Python's. `and` binds closer than `or`.

    attention -survey (topic:vision or topic:speech) year:>=2019 "long context" sort:year
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from papers.search.language.field_values import Refused, nearest_field, read_value
from papers.search.language.query_tree import (
    EVERYTHING,
    And,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Term,
    Word,
    both,
    either,
    negate,
)
from papers.search.language.remarks import Remark, Sentence, gettext_noop
from papers.search.language.search_fields import FIELDS
from papers.text import tokens

__all__ = ["And", "Not", "Or", "Parsed", "Phrase", "Query", "Remark", "Term", "Word", "parse"]

TEXT_LIMIT = 20_000
TERM_LIMIT = 64
PIECE_LIMIT = 200
DEPTH_LIMIT = 12
REMARK_LIMIT = 5

ONE_SIDED = gettext_noop("`or` needs a word on both sides; ignored.")

_QUOTES = '"“”„«»「」『』'
_LEX = re.compile(
    rf"""(?P<space>\s+)
    |(?P<minus>[-−－]+)(?=[^\s)）]|$)
    |(?P<open>[(（])
    |(?P<close>[)）])
    |(?:(?P<field>[A-Za-z][A-Za-z_-]*)[:：])?[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)(?P<end>[{_QUOTES}])?
    |(?P<piece>[^\s()（）{_QUOTES}]*?10\.\d{{4,9}}/(?:[^\s()（）{_QUOTES}]|\([^\s()（）{_QUOTES}]*\))+
      |[^\s()（）{_QUOTES}]+)  # a DOI holds its own parentheses
    """,
    re.VERBOSE,
)
_NAMED = re.compile(r"(?P<name>[A-Za-z][A-Za-z_-]*)[:：](?P<value>.*)", re.DOTALL)
_NOISE = re.compile(r"[-−－–—&+,.;:/*=|]+")


@dataclass(frozen=True)
class Parsed:
    """A query and what to say about it."""

    query: Query
    remarks: tuple[Remark, ...] = ()


def parse(text: str) -> Parsed:
    """Read a search as typed. What makes no sense is left out and remarked upon."""
    return _Parser(text[:TEXT_LIMIT].replace("\0", " ")).run()


@dataclass
class _Group:
    """A parenthesis being read: alternatives, each a list of parts."""

    negated: bool = False
    alternatives: list[list[Node]] = field(default_factory=lambda: [[]])

    def node(self) -> Node:
        node = either(both(parts) for parts in self.alternatives)
        return negate(node) if self.negated else node


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.stack = [_Group()]
        self.flattened = 0
        self.terms = 0
        self.negated = False
        self.sort = ""
        self.remarks: list[Remark] = []

    def run(self) -> Parsed:
        for found in self._pieces():
            self._take(found)
        if len(self.stack) > 1:
            self._remark(gettext_noop('Missing ")": added at the end.'))
        while len(self.stack) > 1:
            self._close()
        self._drop_empty_alternative()
        return Parsed(Query(self.stack[0].node(), self.sort), tuple(self.remarks))

    def _pieces(self) -> Iterator[re.Match[str]]:
        for found in _LEX.finditer(self.text):
            if self.terms >= TERM_LIMIT:
                self._remark(gettext_noop("Only the first %(n)s terms were used."), n=TERM_LIMIT)
                return
            yield found

    def _take(self, found: re.Match[str]) -> None:
        match found.lastgroup:
            case "space":
                pass
            case "minus":
                self.negated ^= len(found.group()) % 2 == 1
            case "open":
                self._open()
            case "close":
                self._close_or_remark()
            case "quoted" | "end":
                self._take_quoted(found)
            case _:
                self._take_piece(found)

    def _open(self) -> None:
        if len(self.stack) > DEPTH_LIMIT:
            self.flattened += 1
            self._remark(gettext_noop("Too many nested parentheses: the inner ones were ignored."))
            return
        self.stack.append(_Group(self._negation()))

    def _close_or_remark(self) -> None:
        if self.flattened:
            self.flattened -= 1
        elif len(self.stack) == 1:
            self._remark(gettext_noop('Extra ")" ignored.'))
        else:
            self._close()

    def _close(self) -> None:
        self._drop_empty_alternative()
        node = self.stack.pop().node()
        if node != EVERYTHING:
            self.stack[-1].alternatives[-1].append(node)

    def _drop_empty_alternative(self) -> None:
        self.negated = False
        alternatives = self.stack[-1].alternatives
        if len(alternatives) > 1 and not alternatives[-1]:
            alternatives.pop()
            self._remark(ONE_SIDED)

    def _take_quoted(self, found: re.Match[str]) -> None:
        if found["end"] is None:
            self._remark(gettext_noop("Missing closing quote: added at the end."))
        text = " ".join(found["quoted"].split())[:PIECE_LIMIT].strip()
        if found["field"]:
            self._take_field(found, found["field"], text)
        elif tokens.words(text):
            self._add(Phrase(text))

    def _take_piece(self, found: re.Match[str]) -> None:
        piece = found.group()
        if piece.casefold() == "or" or piece in {"|", "||"}:
            self._alternative()
        elif piece == "NOT":
            self.negated = not self.negated
        elif piece in {"AND", "&&"}:
            pass
        elif (named := _NAMED.fullmatch(piece)) and not named["value"].startswith("//"):
            self._take_field(found, named["name"], named["value"][:PIECE_LIMIT])
        else:
            self._take_word(piece)

    def _alternative(self) -> None:
        self.negated = False
        if self.stack[-1].alternatives[-1]:
            self.stack[-1].alternatives.append([])
        else:
            self._remark(ONE_SIDED)

    def _take_word(self, piece: str) -> None:
        text = piece[:PIECE_LIMIT].rstrip("*")
        if tokens.words(text):
            self._add(Word(text, prefix=piece[:PIECE_LIMIT].endswith("*")))
        elif not _NOISE.fullmatch(piece):
            pattern = gettext_noop("`%(text)s` has no searchable text; ignored.")
            self._remark(pattern, text=_short(piece))
            self.negated = False
        else:
            self.negated = False

    def _take_field(self, found: re.Match[str], name: str, value: str) -> None:
        known = FIELDS.get(name.casefold().replace("_", "-"))
        if known is None:
            self._take_unknown(found, name, value)
            return
        result = read_value(known, value)
        if isinstance(result, Refused):
            self._add_remark(Remark(result.sentence, self._corrected(found, result.suggestion)))
            self.negated = False
        elif known.name == "sort":
            self.sort, self.negated = result, False
        else:
            self._add(Term(known.name, result))

    def _take_unknown(self, found: re.Match[str], name: str, value: str) -> None:
        near = nearest_field(name)
        if found["piece"] and not value:
            self._take_word(found.group())
        elif not near:
            pattern = gettext_noop("Unknown filter `%(name)s:`; searching for it as text.")
            self._remark(pattern, name=_short(name))
            self._as_words(found)
        else:
            fixed = f'{near}:"{value}"' if found["quoted"] is not None else f"{near}:{value}"
            pattern = gettext_noop("Unknown filter `%(name)s:`. Did you mean `%(near)s:`?")
            sentence = Sentence(pattern, {"name": _short(name), "near": near})
            self._add_remark(Remark(sentence, self._corrected(found, fixed)))
            self._add_value(found, value)

    def _as_words(self, found: re.Match[str]) -> None:
        if found["quoted"] is None:
            self._take_word(found.group())
        else:
            self._add_value(found, " ".join(found["quoted"].split()))

    def _add_value(self, found: re.Match[str], value: str) -> None:
        """The value of a field that does not exist, as a phrase: it can hold anything."""
        if tokens.words(value):
            self._add(Phrase(value[:PIECE_LIMIT].strip()))
        self.negated = False

    def _add(self, node: Node) -> None:
        self.terms += 1
        self.stack[-1].alternatives[-1].append(negate(node) if self._negation() else node)

    def _negation(self) -> bool:
        negated, self.negated = self.negated, False
        return negated

    def _corrected(self, found: re.Match[str], fixed: str) -> str:
        if not fixed or len(self.remarks) >= REMARK_LIMIT:
            return ""
        return (self.text[: found.start()] + fixed + self.text[found.end() :]).strip()

    def _remark(self, pattern: str, **values: object) -> None:
        self._add_remark(Remark(Sentence(pattern, values)))

    def _add_remark(self, remark: Remark) -> None:
        if len(self.remarks) < REMARK_LIMIT and remark not in self.remarks:
            self.remarks.append(remark)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
