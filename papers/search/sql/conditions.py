"""From the tree of a search to a condition on the index, as one viewer may see it.

Words become one `tsquery`, fields become Django conditions. Whatever a viewer may not read is not
asked for: the voices of her words (`search.lexemes`) and the querysets of `access` see to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Q

from papers import access
from papers.models import Lab, SearchDoc
from papers.search.index import lexemes
from papers.search.language.query_tree import And, Node, Not, Or, Phrase, Query, Term, Word
from papers.search.language.remarks import Remark
from papers.search.sql.filters import Filters
from papers.text import identifiers, tokens
from papers.text.series import read_series

_TEXT_FIELDS = {"title": "t/", "abstract": "b/"}
_NAME_FIELDS = {"author": "a/", "venue": "v/"}


@dataclass(frozen=True)
class Words:
    """A `tsquery`, and the same as it is heard on papers whose reviews are closed to the viewer."""

    heard: str
    closed: str


@dataclass(frozen=True)
class Condition:
    """What must hold of a paper: words of its own and conditions on its columns.

    `title` asks for all words in the title; `reads_words` says that words are looked for at all,
    be it inside the filters.
    """

    words: Words | None = None
    filters: Q = field(default_factory=Q)
    closed: Sequence[int] = ()
    title: str = ""
    reads_words: bool = False
    remarks: tuple[Remark, ...] = ()

    def matches(self, words: Words | None) -> Q:
        """Papers with these words."""
        if words is None:
            return Q()
        heard = Q(words__matches=words.heard)
        if not self.closed:
            return heard
        hidden = Q(pk__in=self.closed)
        return (heard & ~hidden) | (hidden & Q(words__matches=words.closed))

    @property
    def whole(self) -> Q:
        """Words and filters as one condition."""
        return self.filters & self.matches(self.words)


def make_condition(query: Query, *, by: access.Viewer, lab: Lab, today: date) -> Condition:
    """Read a query as this viewer."""
    filters = Filters(by, lab, today)
    filters.resolve(list(_terms(query.root)))
    builder = _Builder(filters, access.list_closed_papers(by, lab), _visibility_prefixes(by))
    return replace(builder.build(query.root), remarks=tuple(filters.remarks))


def relax(query: Query) -> Query:
    """The same filters, but any of the words instead of all.

    Words that were written together in a CJK run come apart into its pairs of characters.
    """
    root = query.root
    parts = root.parts if isinstance(root, And) else (root,)
    loose = [part for part in parts if isinstance(part, Word | Phrase)]
    pieces = [piece for part in loose for piece in _apart(part.text)]
    rest = [part for part in parts if not isinstance(part, Word | Phrase)]
    words = tuple(Word(one) for one in dict.fromkeys(pieces) if not tokens.is_stop_word(one))
    if not words:
        return query
    group: Node = Or(words) if len(words) > 1 else words[0]
    return replace(query, root=And((group, *rest)) if rest else group)


def _apart(text: str) -> Iterator[str]:
    for token in tokens.tokens(text):
        yield from tokens.pairs(token.text) if token.cjk else [token.text]


def _visibility_prefixes(by: access.Viewer) -> tuple[str, ...]:
    said = (lexemes.REVIEWS, lexemes.AFTER_REVIEWS, lexemes.TALK)
    return (*lexemes.PAPER, *said) if access.get_member(by) else (*lexemes.PAPER, said[0])


def _terms(node: Node) -> Iterator[Term]:
    match node:
        case Term():
            yield node
        case Not():
            yield from _terms(node.part)
        case And() | Or():
            for part in node.parts:
                yield from _terms(part)


def _has_words(node: Node) -> bool:
    match node:
        case Word() | Phrase():
            return True
        case Not():
            return _has_words(node.part)
        case And() | Or():
            return any(_has_words(part) for part in node.parts)
    return False


class _Builder:
    """`None` stands for no condition: words too common to be filed ask for nothing."""

    def __init__(self, filters: Filters, closed: Sequence[int], voices: Sequence[str]) -> None:
        self.filters = filters
        self.voices = tuple(voices)
        self.closed_voices = tuple(v for v in voices if v in {*lexemes.PAPER, lexemes.TALK})
        self.condition = Condition(closed=closed)
        self.reads_words = False

    def build(self, root: Node) -> Condition:
        scope = self._scope(root)
        parts = root.parts if isinstance(root, And) else (root,)
        parts = tuple(part for part in parts if not (scope and _is_in(part)))
        words: list[Words] = []
        filters = Q()
        for part in parts:
            built = self._build(part, scope)
            if isinstance(built, Words):
                words.append(built)
            elif built is not None:
                filters &= built
        wanted = _join(words, "&")
        return replace(
            self.condition,
            words=wanted,
            filters=filters,
            title="" if scope else self._in_title(parts),
            reads_words=self.reads_words or wanted is not None,
        )

    def _build(self, node: Node, scope: tuple[str, ...]) -> Words | Q | None:
        match node:
            case Phrase() if common := _find_common(node.text):
                return Q(paper__title__icontains=common)
            case Word() | Phrase():
                return self._words(node, scope)
            case Term():
                return self._term(node)
            case Not():
                return self._not(node, scope)
            case And():
                return self._and(node, scope)
            case Or():
                return self._or(node, scope)

    def _words(self, node: Word | Phrase, scope: tuple[str, ...]) -> Words | None:
        heard = _written(node, scope or self.voices)
        if not heard:
            return None
        closed = lexemes.NOTHING if scope else _written(node, self.closed_voices)
        return Words(heard, closed)

    def _term(self, term: Term) -> Words | Q | None:
        if term.field in _TEXT_FIELDS:
            voice, is_phrase = _TEXT_FIELDS[term.field], " " in term.value
            if is_phrase and (common := _find_common(term.value)):
                return Q(paper__title__icontains=common)
            part = Phrase(term.value) if is_phrase else Word(term.value, term.value.endswith("*"))
            query = _written(part, (voice,))
        elif term.field == "venue" and (series := read_series(term.value)).is_known:
            query = lexemes.series_query(series.name)
            if series.year:
                return self._combine([Words(query, query), Q(year=series.year)], "&")
        elif term.field in _NAME_FIELDS:
            prefix = term.value.endswith("*")
            query = lexemes.names_query(term.value, _NAME_FIELDS[term.field], prefix=prefix)
        else:
            return self.filters.condition(term)
        return Words(query, query) if query else None

    def _not(self, node: Not, scope: tuple[str, ...]) -> Words | Q | None:
        built = self._build(node.part, scope)
        if isinstance(built, Words):
            return Words(f"!{built.heard}", f"!{built.closed}")
        return built if built is None else ~built

    def _and(self, node: And, scope: tuple[str, ...]) -> Words | Q | None:
        own = self._scope(node)
        parts = [part for part in node.parts if not (own and _is_in(part))]
        return self._combine([self._build(part, own or scope) for part in parts], "&")

    def _or(self, node: Or, scope: tuple[str, ...]) -> Words | Q | None:
        return self._combine([self._build(part, scope) for part in node.parts], "|")

    def _combine(self, built: Sequence[Words | Q | None], sign: str) -> Words | Q | None:
        words = _join([part for part in built if isinstance(part, Words)], sign)
        filters = [part for part in built if isinstance(part, Q)]
        if not filters:
            return words
        whole = self._as_filter(words) if words else filters.pop()
        for other in filters:
            whole = whole & other if sign == "&" else whole | other
        return whole

    def _as_filter(self, words: Words) -> Q:
        """Words as keys found by the index: beside other conditions under an `or`, PostgreSQL
        would read every row's words."""
        self.reads_words = True
        return Q(pk__in=SearchDoc.objects.filter(self.condition.matches(words)).values("pk"))

    def _scope(self, node: Node) -> tuple[str, ...]:
        """The sections to which `in:` confines the words beside it."""
        if not isinstance(node, And) or not any(_has_words(part) for part in node.parts):
            return ()
        named = [part.value for part in node.parts if isinstance(part, Term) and part.field == "in"]
        return tuple(lexemes.SECTION_LEXEMES[value] for value in named)

    def _in_title(self, parts: Sequence[Node]) -> str:
        plain = [part for part in parts if isinstance(part, Word | Phrase)]
        return lexemes.join((_written(part, ("t/",)) for part in plain), "&")


def _find_common(phrase: str) -> str:
    """A phrase of words that are all too common to be filed, such as "to be or not to be": it is
    looked up in titles as it stands. Empty for other phrases."""
    is_common = any(tokens.tokens(phrase)) and not lexemes.phrase_query(phrase, ("t/",))
    return " ".join(phrase.split()) if is_common else ""


def _is_in(node: Node) -> bool:
    return isinstance(node, Term) and node.field == "in"


def _written(node: Word | Phrase, voices: Sequence[str]) -> str:
    if isinstance(node, Phrase):
        return lexemes.phrase_query(node.text, voices)
    query = lexemes.words_query(node.text, voices, prefix=node.prefix)
    named = identifiers.identify(node.text)
    known = [value for value in (named.arxiv_id, named.doi, named.openreview) if value]
    if not query or not known:
        return query
    return lexemes.join([query, *map(lexemes.identifier_query, known)], "|")


def _join(parts: Sequence[Words], sign: str) -> Words | None:
    if not parts:
        return None
    return Words(
        lexemes.join((part.heard for part in parts), sign),
        lexemes.join((part.closed for part in parts), sign),
    )


def visible_docs(by: access.Viewer, lab: Lab) -> Q | None:
    """The rows of papers this viewer may see, as a condition; None for a viewer who sees none."""
    papers = access.papers_visible_to(by, lab)
    if papers.query.is_empty():
        return None
    return Q(paper__in=papers.values("pk")) if papers.query.where else Q()
