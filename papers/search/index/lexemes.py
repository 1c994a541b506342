"""How words are written into the index and asked for: lexemes that say who wrote them.

Pure: no Django. A lexeme is `voice/word`. The *voice* tells who may see it:

    ""   the paper itself: title, authors, topics, venue, notes
    b/   its abstract
    r/   published reviews
    q/   what followed from reviews: comments on them, experiments out of them
    k/   what the lab said besides: comments on the paper, experiments from meetings

A query asks for every word under each voice that the member may hear. Words of some parts are
written a second time, so that a field finds them: `t/` title, `a/` authors, `v/` venue, and of
reviews `s/` summary, `c/` critique, `f/` follow-up. The series that a venue is stands as a whole
under `v/=`. PostgreSQL's four weights could not tell these
apart, are needed for ranking, and make each match read the whole row (350 ms instead of 4 for
a common word at 100,000 papers).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from papers.text import tokens
from papers.text.sections import SECTIONS

PAPER = ("", "b/")
REVIEWS = "r/"
AFTER_REVIEWS = "q/"
TALK = "k/"
SECTION_LEXEMES = {one.word: one.lexeme for one in SECTIONS}

NOTHING = "'n/'"
"""A query that no paper answers: no word is empty."""

_LAST_POSITION = 16_383
_POSITIONS = 255
_SIZE_LIMIT = 900_000


class Lexemes:
    """Collects the lexemes of one paper and prints them as a `tsvector`.

    `met` are the words, as they stand, of the paper itself.
    """

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}
        self.met: set[str] = set()
        self._next = 1
        self._size = 0

    def add(self, text: str, weight: str, *voices: str) -> None:
        """File the words of a text under the voices, with the weight A to D."""
        found = tokens.split(text)
        for word, is_cjk in found:
            if is_cjk:
                self._add_run(word, weight, voices)
            else:
                self._add_word(word, weight, voices)
        self._next += 10
        if voices[0] in PAPER:
            self.met.update(word for word, is_cjk in found if not is_cjk)

    def add_identifier(self, value: str) -> None:
        """File an identifier as one word."""
        self._put(_escaped(f"i/{value[:1000]}"), 1, "A")

    def add_series(self, name: str) -> None:
        """File the series of a venue as one word."""
        self._put(_escaped(_series(name)), 1, "B")

    def print(self) -> str:
        """The text of the `tsvector`."""
        return " ".join([f"'{key}':{','.join(at)}" for key, at in self._places.items()])

    def _add_word(self, word: str, weight: str, voices: Sequence[str]) -> None:
        lexeme = tokens.term(word)
        for voice in voices:
            if voice == "a/":
                self._put(filed(word, voice), self._next, weight)
            elif lexeme:
                self._put(voice + lexeme, self._next, weight)
        self._next += 1

    def _add_run(self, run: str, weight: str, voices: Sequence[str]) -> None:
        pairs = tokens.pairs(run)
        for at, character in enumerate(run):
            for voice in voices:
                self._put(voice + character, self._next + at, weight)
                if at < len(pairs) and len(run) > 1:
                    self._put(voice + pairs[at], self._next + at, weight)
        self._next += len(run)

    def _put(self, lexeme: str, position: int, weight: str) -> None:
        places = self._places.get(lexeme)
        if places is None:
            cost = len(lexeme.encode()) + 16
            if self._size + cost > _SIZE_LIMIT:
                return
            self._size += cost
            places = self._places[lexeme] = []
        if len(places) < _POSITIONS and self._size < _SIZE_LIMIT:
            self._size += 2
            places.append(f"{min(position, _LAST_POSITION)}{weight}")


def filed(word: str, voice: str) -> str:
    """The lexeme under which a folded word is filed, or "" for one too common to be filed.

    Names are filed as they are: `He` is an author, and `Banks` is not a bank.
    """
    if voice == "a/":
        return voice + word[: tokens.WORD_LIMIT]
    stem = tokens.term(word)
    return voice + stem if stem else ""


def words_query(text: str, voices: Sequence[str], *, prefix: bool = False) -> str:
    """A `tsquery` for one word as typed; what punctuation cut apart must stand side by side.

    Returns "" where the text holds only words that are too common to be filed.
    """
    found = list(tokens.tokens(text))
    latin = [token.text for token in found if not token.cjk]
    pieces = [piece for token in found if token.cjk for piece in tokens.pieces(token.text)]
    wanted = [_any(_adjacent(_run_steps(piece), voice) for voice in voices) for piece in pieces]
    if latin:
        wanted.append(_latin(latin, voices, prefix=prefix and not found[-1].cjk))
    return join(wanted, "&")


def phrase_query(text: str, voices: Sequence[str]) -> str:
    """A `tsquery` for these words in this order, side by side."""
    steps: list[tuple[int, str, bool]] = []
    at = 0
    for token in tokens.tokens(text):
        if token.cjk:
            steps += [(at + n, pair, True) for n, pair, _ in _run_steps(token.text)]
            at += len(token.text)
        else:
            steps.append((at, token.text, False))
            at += 1
    return _any(_adjacent(steps, voice) for voice in voices)


def names_query(text: str, voice: str, *, prefix: bool = False) -> str:
    """A `tsquery` for all words of a name, in any order."""
    found = list(tokens.tokens(text))
    wanted: list[str] = []
    for token in found:
        if token.cjk:
            wanted.append(_adjacent(_run_steps(token.text), voice))
        elif prefix and token is found[-1]:
            wanted.append(f"{_quoted(voice + token.text)}:*")
        else:
            wanted.append(_operand(filed(token.text, voice)))
    return join(wanted, "&")


def identifier_query(value: str) -> str:
    """A `tsquery` for an identifier."""
    return _quoted(f"i/{value[:1000]}")


def series_query(name: str) -> str:
    """A `tsquery` for a series."""
    return _quoted(_series(name))


def _series(name: str) -> str:
    return f"v/={name.casefold()}"


def join(queries: Iterable[str], sign: str) -> str:
    """Queries joined by `&` or `|`; empty ones ask for nothing and fall away."""
    wanted = [query for query in queries if query]
    return wanted[0] if len(wanted) == 1 else f"({sign.join(wanted)})" if wanted else ""


def _any(queries: Iterable[str]) -> str:
    return join(queries, "|")


def _latin(words: list[str], voices: Sequence[str], *, prefix: bool) -> str:
    if prefix and len(words) == 1:
        return _any(_starting(words[0], voice) for voice in voices)
    steps = [(at, word, False) for at, word in enumerate(words)]
    return _any(_adjacent(steps, voice) for voice in voices)


def _starting(word: str, voice: str) -> str:
    """Words that start so. The stem filed for a longer word may be shorter than what is typed
    (`diffusio` is on its way to `diffus`), so a few shorter stems count too."""
    word = word[: tokens.WORD_LIMIT]
    if len(word) < 3:
        return _operand(voice + word)
    shorter = {word[:end] for end in range(max(4, len(word) - 4), len(word))}
    exact = sorted(shorter | {tokens.stem(word)})
    return _any([f"{_quoted(voice + word)}:*", *(_operand(voice + stem) for stem in exact)])


def _run_steps(run: str) -> list[tuple[int, str, bool]]:
    return [(at, pair, True) for at, pair in enumerate(tokens.pairs(run))]


def _adjacent(steps: Iterable[tuple[int, str, bool]], voice: str) -> str:
    """The steps at these distances from each other, under one voice."""
    query, last = "", 0
    for at, text, is_cjk in steps:
        lexeme = voice + text if is_cjk else filed(text, voice)
        if not lexeme:
            continue
        if query:
            distance = at - last
            query += "<->" if distance == 1 else f"<{distance}>"
        query += _quoted(lexeme)
        last = at
    return f"({query})" if "<" in query else query


def _operand(lexeme: str) -> str:
    return _quoted(lexeme) if lexeme else ""


def _quoted(lexeme: str) -> str:
    return f"'{_escaped(lexeme)}'"


def _escaped(lexeme: str) -> str:
    """Identifiers may hold anything; words have no quotes."""
    return lexeme.replace("\\", "\\\\").replace("'", "''")
