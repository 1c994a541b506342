"""Papers like this one: under its topics, read by its reviewers, with the rare words of its title.

Four statements at any size. Each topic, reviewer and word brings its newest few papers; those that
come up most often are then compared in full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils.translation import ngettext

from papers import access
from papers.models import Lab, Paper, SearchDoc, SearchWord
from papers.search.index import lexemes
from papers.text import tokens

MOST = 5
_NEWEST = 200
_COMPARED = 40
_LEGS = 6
"""So many topics, reviewers and words of a paper bring others."""

_RARE = 300
"""A word that more papers have says little; and papers with a word are not cut to the newest."""

_WORDS_OF_TITLES = """
    analysis approach architecture based beyond data deep effectiveness effective efficient
    efficiently evaluation exploring fast framework from general good improved improving large
    learning method methods model models network networks neural novel paper performance
    perspective problem rethinking revisiting robust scale simple small strong study survey
    system systems towards training understanding using what when without work works
"""
_COMMON = frozenset(_WORDS_OF_TITLES.split())
"""Words that titles of this field share without having anything in common."""

_TOPIC, _REVIEWER, _WORD = 3, 1, 2
_MOST_REVIEWERS = 3


@dataclass(frozen=True, slots=True)
class Similar:
    """A paper like another, and why in a few words."""

    title: str
    url: str
    why: str


def list_similar(paper: Paper, viewer: access.Viewer, lab: Lab) -> list[Similar]:
    """The papers most like this one, the nearest first."""
    papers = access.papers_visible_to(viewer, lab)
    here = _compare(papers.filter(pk=paper.pk), viewer, lab).first()
    if here is None:
        return []
    words = _pick_rare(_read_words(here.title))
    near = _find_near(here, words, viewer, lab)
    others = _compare(papers.filter(pk__in=near), viewer, lab)
    found = [(_score(here, other, words), other) for other in others]
    found.sort(key=lambda one: (one[0], one[1].pk), reverse=True)
    return [
        Similar(str(other), other.get_absolute_url(), _explain(here, other, words))
        for score, other in found[:MOST]
        if score
    ]


def _compare(papers: QuerySet[Paper], viewer: access.Viewer, lab: Lab) -> QuerySet[Any]:
    """Papers with their topics and reviewers beside them."""
    listings = access.listings_visible_to(viewer, lab).filter(paper=OuterRef("pk")).order_by("pk")
    reviews = access.reviews_known_to(viewer, lab).filter(paper=OuterRef("pk")).order_by("pk")
    return (
        papers.filter(archived_at__isnull=True)
        .only("title", "slug")
        .annotate(
            under=ArraySubquery(listings.values("topic")),
            readers=ArraySubquery(reviews.values("member")),
        )
    )


def _find_near(here: Any, words: dict[str, str], viewer: access.Viewer, lab: Lab) -> list[int]:
    """Keys of the papers that come up most often beside this one; one statement."""
    listings = access.listings_visible_to(viewer, lab)
    reviews = access.reviews_known_to(viewer, lab)
    legs: list[Any] = [_newest(listings.filter(topic=key)) for key in here.under[:_LEGS]]
    legs += [_newest(reviews.filter(member=key)) for key in here.readers[:_LEGS]]
    legs += [
        SearchDoc.objects.filter(words__matches=query).values_list("paper_id")
        for word in words
        if (query := lexemes.words_query(word, ("t/",)))
    ]
    if not legs:
        return []
    rows = legs[0].union(*legs[1:], all=True).order_by() if len(legs) > 1 else legs[0]
    tally = Counter(key for (key,) in rows)
    tally.pop(here.pk, None)
    return [key for key, _ in tally.most_common(_COMPARED)]


def _newest(rows: QuerySet[Any]) -> Any:
    return rows.order_by("-paper_id").values_list("paper_id")[:_NEWEST]


def _pick_rare(words: dict[str, str]) -> dict[str, str]:
    """The rarest words of a title; what was not counted yet is rare."""
    known = SearchWord.objects.filter(word__in=words).values_list("word", "papers")
    often = dict(known) if words else {}
    rare = [word for word in words if often.get(word, 1) <= _RARE]
    rare.sort(key=lambda word: often.get(word, 1))
    return {word: words[word] for word in rare[:_LEGS]}


def _read_words(title: str) -> dict[str, str]:
    """The words of a title that may tell it from others, and how they stand there."""
    found: dict[str, str] = {}
    for token in tokens.tokens(title):
        if token.cjk:
            found.update({piece: piece for piece in tokens.pieces(token.text) if len(piece) > 1})
        elif len(token.text) > 3 and not (tokens.is_stop_word(token.text) or token.text in _COMMON):
            found.setdefault(token.text, title[token.start : token.end].lower())
    return found


def _share_words(other: Any, words: dict[str, str]) -> list[str]:
    stems = {tokens.stem(word) for word, is_cjk in tokens.split(other.title) if not is_cjk}
    folded = tokens.fold(other.title)
    return [
        shown
        for word, shown in words.items()
        if tokens.stem(word) in stems or (not word.isascii() and word in folded)
    ]


def _score(here: Any, other: Any, words: dict[str, str]) -> int:
    readers = min(_count_shared(here.readers, other.readers), _MOST_REVIEWERS)
    return (
        _TOPIC * _count_shared(here.under, other.under)
        + _REVIEWER * readers
        + _WORD * len(_share_words(other, words))
    )


def _explain(here: Any, other: Any, words: dict[str, str]) -> str:
    """ "same topic, 2 reviewers, sharpness"."""
    topics = _count_shared(here.under, other.under)
    readers = _count_shared(here.readers, other.readers)
    said = [
        ngettext("same topic", "%(n)s shared topics", topics) % {"n": topics} if topics else "",
        _say_reviewers(readers) if readers else "",
        *_share_words(other, words)[: 1 if topics and readers else 2],
    ]
    return ", ".join(part for part in said if part)


def _say_reviewers(number: int) -> str:
    return ngettext("same reviewer", "%(n)s shared reviewers", number) % {"n": number}


def _count_shared(one: Iterable[int], other: Iterable[int]) -> int:
    return len(set(one) & set(other))
