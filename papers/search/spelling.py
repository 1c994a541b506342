"""Mending a search that found nothing: words that no paper has become words that papers have.

Only words of titles, names and abstracts are known here, so a suggestion can never tell what
stands in a review.
"""

from __future__ import annotations

from dataclasses import replace

from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from papers.models import SearchWord
from papers.search.language.query_tree import And, Node, Not, Or, Phrase, Query, Term, Word
from papers.text import tokens

_CANDIDATES = 3_000
_WORD_FIELDS = {"title", "abstract", "author"}


def suggest(query: Query) -> Query | None:
    """The query with unknown words mended, or None if none can be."""
    wanted = {word for text in _texts(query.root) for word in tokens.words(text)}
    unknown = [word for word in sorted(wanted) if len(word) >= 4 and word.isascii()]
    known = set(SearchWord.objects.filter(word__in=unknown).values_list("word", flat=True))
    mended = {word: _nearest(word) for word in unknown if word not in known}
    changes = {word: better for word, better in mended.items() if better}
    return replace(query, root=_change(query.root, changes)) if changes else None


def complete_word(start: str, limit: int) -> list[str]:
    """Known words that start so, the most frequent first."""
    folded = tokens.fold(start)
    if len(folded) < 2:
        return []
    rows = SearchWord.objects.filter(word__gte=folded, word__lt=folded + "\U0010ffff")
    return list(rows.order_by("-papers", "word").values_list("word", flat=True)[:limit])


def _nearest(word: str) -> str:
    """The known word nearest to this: same first letter, at most two slips."""
    rows = (
        SearchWord.objects.filter(word__gte=word[0], word__lt=word[0] + "\U0010ffff")
        .annotate(length=Length("word"))
        .filter(length__gte=len(word) - 2, length__lte=len(word) + 2)
        .order_by("-papers")
        .values_list("word", flat=True)[:_CANDIDATES]
    )
    slips = 1 if len(word) < 6 else 2
    found = process.extractOne(word, list(rows), scorer=OSA.distance, score_cutoff=slips)
    return str(found[0]) if found else ""


def _texts(node: Node) -> list[str]:
    match node:
        case Word() | Phrase():
            return [node.text]
        case Term():
            return [node.value] if node.field in _WORD_FIELDS else []
        case Not():
            return []
        case And() | Or():
            return [text for part in node.parts for text in _texts(part)]


def _change(node: Node, changes: dict[str, str]) -> Node:
    match node:
        case Word() | Phrase():
            return replace(node, text=_spell(node.text, changes))
        case Term() if node.field in _WORD_FIELDS:
            return replace(node, value=_spell(node.value, changes))
        case And() | Or():
            return replace(node, parts=tuple(_change(part, changes) for part in node.parts))
        case _:
            return node


def _spell(text: str, changes: dict[str, str]) -> str:
    pieces, last = [], 0
    for token in tokens.tokens(text):
        if token.text in changes:
            pieces += [text[last : token.start], changes[token.text]]
            last = token.end
    return "".join([*pieces, text[last:]])
