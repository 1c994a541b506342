"""Cut text into the words that search compares: folded, stemmed, and CJK as character pairs.

One cutter serves the index, the query and the marking of matches, so the three cannot disagree.
That is why the stemming is done here and not by the database: PostgreSQL's own parser reads
`and/or` as a file path and `-5` as a number, and differs between locale providers.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from Stemmer import Stemmer

WORD_LIMIT = 40
"""Characters of a word that are compared; longer words are cut on both sides alike."""

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HIRAGANA = "\u3041-\u3096\u3099\u309a\u309d-\u309f"
KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc"
CJK = HAN + HIRAGANA + KATAKANA + HANGUL
# Marks that stand inside a word but are not letters to `\w`: accents, Hebrew and Arabic points,
# the vowel signs of the Indic scripts and Thai.
MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff\u0e31-\u0e4e"

SILENT = "\u00ad\u200b-\u200d\u2060\ufeff"
"""Signs that nobody sees: a word goes on across them, and is compared without them."""

_RUN = re.compile(rf"(?P<cjk>[{CJK}]+)|[^\W_{CJK}](?:[^\W_{CJK}]|[{MARKS}{SILENT}])*")
_ASCII = re.compile("[a-z0-9]+")
_PIECE = re.compile(rf"[{HAN}]+|[{HIRAGANA}]+|[{KATAKANA}]+|[{HANGUL}]+")
_ACCENT = re.compile(f"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f{SILENT}]")
# Letters that Unicode does not take apart into a letter and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)

STOP_WORDS = frozenset(
    [
        "i",
        "me",
        "my",
        "myself",
        "we",
        "our",
        "ours",
        "ourselves",
        "you",
        "your",
        "yours",
        "yourself",
        "yourselves",
        "he",
        "him",
        "his",
        "himself",
        "she",
        "her",
        "hers",
        "herself",
        "it",
        "its",
        "itself",
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
        "what",
        "which",
        "who",
        "whom",
        "this",
        "that",
        "these",
        "those",
        "am",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "have",
        "has",
        "had",
        "having",
        "do",
        "does",
        "did",
        "doing",
        "a",
        "an",
        "the",
        "and",
        "but",
        "if",
        "or",
        "because",
        "as",
        "until",
        "while",
        "of",
        "at",
        "by",
        "for",
        "with",
        "about",
        "against",
        "between",
        "into",
        "through",
        "during",
        "before",
        "after",
        "above",
        "below",
        "to",
        "from",
        "up",
        "down",
        "in",
        "out",
        "on",
        "off",
        "over",
        "under",
        "again",
        "further",
        "then",
        "once",
        "here",
        "there",
        "when",
        "where",
        "why",
        "how",
        "all",
        "any",
        "both",
        "each",
        "few",
        "more",
        "most",
        "other",
        "some",
        "such",
        "no",
        "nor",
        "not",
        "only",
        "own",
        "same",
        "so",
        "than",
        "too",
        "very",
        "s",
        "t",
        "can",
        "will",
        "just",
        "don",
        "should",
        "now",
    ]
)

# Korean particles hang on the word without a space; the longer are tried first.
_PARTICLES = re.compile(
    "(?:에서|으로|에게|까지|부터|처럼|보다|은|는|이|가|을|를|의|에|로|와|과|도|만)$"
)

_stem = Stemmer("english").stemWord
_stem_lock = threading.Lock()


class Token(NamedTuple):
    """A word as it stands in the text (`start`, `end`) and as it is compared (`text`)."""

    start: int
    end: int
    text: str
    cjk: bool


def fold(text: str) -> str:
    """The text without width, case, accents and silent signs; kana keep their voice marks."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text).casefold()
    bare = _ACCENT.sub("", apart).translate(_LETTERS)
    return unicodedata.normalize("NFKC", bare)


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order, folded, with the place where each stands.

    Words are cut at `WORD_LIMIT`, as in the index; so the caches of stems hold no long texts.
    """
    for found in _RUN.finditer(text):
        folded = fold(found.group())
        is_cjk = found.lastgroup == "cjk"
        if folded:
            word = folded if is_cjk else folded[:WORD_LIMIT]
            yield Token(found.start(), found.end(), word, is_cjk)


def split(text: str) -> list[tuple[str, bool]]:
    """The folded words of a text and whether each is a CJK run: what the index needs, quicker."""
    if text.isascii():
        return [(word[:WORD_LIMIT], False) for word in _ASCII.findall(text.lower())]
    return [(token.text, token.cjk) for token in tokens(text)]


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return [word for word, _ in split(text)]


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The stem under which an English word is filed; other words come back as they are."""
    cut = word[:WORD_LIMIT]
    if not cut.isascii() or not cut.isalpha():
        return cut
    # The stemmer keeps the word it works on in itself, and the server has threads.
    with _stem_lock:
        return str(_stem(cut))


@lru_cache(maxsize=1 << 17)
def term(word: str) -> str:
    """The stem of a word, or "" for one too common to be filed."""
    return "" if word in STOP_WORDS else stem(word)


def is_stop_word(word: str) -> bool:
    """Whether the word is so common in English that nobody searches for it."""
    return word in STOP_WORDS


def pairs(run: str) -> list[str]:
    """The overlapping pairs of a CJK run; a single character stands for itself."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def pieces(run: str) -> list[str]:
    """The parts of a CJK run worth searching for, cut where the script changes.

    Japanese writes its content words in kanji and katakana and joins them with hiragana, so the
    hiragana is left out unless there is nothing else. Korean words lose their particle.
    """
    found = [_without_particle(piece) for piece in _PIECE.findall(run)]
    content = [piece for piece in found if not "\u3041" <= piece[0] <= "\u309f"]
    return content or found or [run]


def _without_particle(piece: str) -> str:
    if len(piece) < 3 or not "\uac00" <= piece[0] <= "\ud7a3":
        return piece
    return _PARTICLES.sub("", piece) if len(_PARTICLES.sub("", piece)) >= 2 else piece


def is_cjk(text: str) -> bool:
    """Whether the text holds any Chinese, Japanese or Korean character."""
    return re.search(f"[{CJK}]", text) is not None
