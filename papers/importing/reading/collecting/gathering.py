"""From entries to papers: the same paper at several places is one paper with several listings."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import ngettext

from papers.importing.reading.collecting.front_names import settle_fronts, settle_known_names
from papers.importing.reading.collecting.identity import Group, Grouping
from papers.importing.reading.drafts.review_text import ReviewDraft, Unit, join_units
from papers.importing.reading.drafts.understood import (
    APART,
    PLACE,
    ClaimDraft,
    ListingDraft,
    PaperDraft,
    PlaceDraft,
    Problem,
    TopicPath,
)
from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.entries.fronts import FEW
from papers.importing.reading.headings.year_headings import (
    settle_venue_headings,
    settle_year_headings,
)
from papers.importing.reading.items.bodies import FEW_WORDS
from papers.importing.reading.outline.document import Outline
from papers.text.dates import names_a_time
from papers.text.titles import title_key
from papers.text.wording import is_sentence, names_no_subject, words

MOST_CLASHES = 30
"""Papers with one address and different titles that are reported one by one."""


_TAIL_YEAR = re.compile(r"^(.*\w\W*)[\s,]+((?:19|20)\d\d)\W*$")


def settle_tails(entries: list[Entry]) -> None:
    """Where most titles end in a bare year, it is the year of the paper."""
    open_ones = [entry for entry in entries if entry.year is None]
    found = [(entry, tail) for entry in open_ones if (tail := _TAIL_YEAR.match(entry.title))]
    if len(found) >= 3 and len(found) * 2 >= len(open_ones):
        for entry, tail in found:
            entry.title, entry.year = tail[1].rstrip(" ,.-–("), int(tail[2])


def settle_prefixes(entries: list[Entry]) -> None:
    """Names before linked titles are members where they come again, or are first names alone; else
    authors.
    """
    named = [entry for entry in entries if entry.prefix_name]
    names = [entry.prefix_name.lstrip("@") for entry in named]
    if names and len(names) > FEW and names.count(names[0]) * 2 > len(entries):
        return  # One word before most titles labels them.
    again = len(set(names)) < len(names) or all(len(words(name)) == 1 for name in names)
    are_members = len(names) >= 3 and again and len(names) * 2 >= len(entries)
    for entry, name in zip(named, names, strict=True):
        if are_members or entry.prefix_name.startswith("@"):
            entry.members.append(name)
        else:
            entry.authors = entry.authors or (name,)


def find_apart(choices: Mapping[str, str] | None) -> frozenset[int]:
    """The lines of entries that somebody said are papers of their own (`{"place:12": "apart"}`)."""
    return frozenset(
        int(name.removeprefix(PLACE))
        for name, role in (choices or {}).items()
        if role == APART and name.removeprefix(PLACE).isdecimal()
    )


def gather(
    entries: list[Entry], outline: Outline, apart: Collection[int] = ()
) -> Iterator[PaperDraft | Problem]:
    """One draft for each paper, in the order of their first places; no title joins those `apart`
    to others.
    """
    settle_fronts(entries)
    settle_tails(entries)
    settle_prefixes(entries)
    settle_venue_headings(entries)
    settle_year_headings(entries)
    settle_known_names(entries)
    grouping = Grouping(apart)
    for entry in entries:
        grouping.add(entry)
    yield from grouping.problems[:MOST_CLASHES]
    if rest := grouping.problems[MOST_CLASHES:]:
        message = ngettext(
            "%(n)s more paper from line %(line)s on shares a link with another.",
            "%(n)s more papers from line %(line)s on share a link with others.",
            len(rest),
        ) % {"n": len(rest), "line": rest[0].line}
        yield Problem(rest[0].line, message)
    yield from _links_left_out(entries)
    are_notes = _keeps_notes(entries)
    places = _Places(entries, grouping.groups)
    keys: set[str] = set()
    for group in grouping.groups:
        yield _draft(group, outline, places, keys, are_notes=are_notes)


class _Places:
    """Places on reading lists and under topics, counted from 1 in source order.

    A paper has one place on a member's list, however often it stands there.
    """

    def __init__(self, entries: list[Entry], groups: list[Group]) -> None:
        paper = {id(entry): n for n, group in enumerate(groups) for entry in group.entries}
        taken: Counter[object] = Counter()
        self._found: dict[tuple[int, object], int] = {}
        seen: set[tuple[int | None, str]] = set()
        for entry in entries:
            keys: list[object] = list(_topics(entry))
            for member in dict.fromkeys(map(str.casefold, entry.members)):
                if (place := (paper.get(id(entry)), member)) not in seen:
                    seen.add(place)
                    keys.append(member)
            for key in keys:
                taken[key] += 1
                self._found[id(entry), key] = taken[key]

    def get(self, entry: Entry, key: TopicPath | str) -> int:
        """The place of an entry under a topic, or on the list of a member (in lower case)."""
        return self._found[id(entry), key]


def _keeps_notes(entries: list[Entry]) -> bool:
    """Whether a list is a notebook: its entries carry notes, not a quote here and there."""
    listed = [entry for entry in entries if not entry.is_paper_page]
    with_text = sum(len(entry.units) + is_sentence(entry.remark) >= 2 for entry in listed)
    return bool(listed) and with_text * 10 >= len(listed) * 4


def _draft(
    group: Group, outline: Outline, places: _Places, keys: set[str], *, are_notes: bool
) -> PaperDraft:
    first, entries = group.entries[0], group.entries
    links = list({link.url: link for entry in entries for link in entry.links}.values())
    own = [link.url for link in links if link.kind in ("paper", "pdf")]
    others = [link.url for link in links if link.url not in own]
    dated = next((entry for entry in entries if entry.year), first)
    return PaperDraft(
        key=_key(first, keys),
        line=first.line,
        last_line=first.last_line,
        title=first.title,
        title_as_written=first.written or first.title,
        urls=(*own, *others),
        arxiv_id=group.ids.arxiv_id,
        doi=group.ids.doi,
        openreview=group.ids.openreview,
        authors=next((entry.authors for entry in entries if entry.authors), ()),
        group=next((entry.group for entry in entries if entry.group), ""),
        year=dated.year,
        published_on=dated.on,
        venue_tags=tuple(dict.fromkeys(tag for entry in entries for tag in entry.venues)),
        tags=tuple(dict.fromkeys(tag for entry in entries for tag in entry.tags)),
        links=tuple(links),
        listings=tuple(one for entry in entries for one in _listings(entry, places)),
        claims=_claims(entries, places),
        review=_review(entries, are_notes=are_notes),
        note=next((entry.bracket for entry in entries if entry.bracket), ""),
        abstract=next((entry.abstract for entry in entries if entry.abstract), ""),
        source=outline.source(first.line, first.last_line),
        isbn=group.ids.isbn,
        meetings=tuple(dict.fromkeys(entry.meeting for entry in entries if entry.meeting)),
        cited=tuple(dict.fromkeys(entry.cited_rest for entry in entries if entry.cited_rest)),
        places=tuple(map(_place, entries, group.bases)) if len(entries) > 1 else (),
        said=tuple(dict.fromkeys(one for entry in entries for one in entry.said)),
        is_apart=group.bases[0] == "apart",
    )


def _place(entry: Entry, basis: str) -> PlaceDraft:
    return PlaceDraft(
        entry.line,
        entry.last_line,
        entry.title,
        entry.written,
        entry.authors,
        entry.year,
        tuple(entry.venues),
        tuple(link.url for link in entry.links),
        basis,
        entry.meeting,
        tuple(entry.members),
    )


def _key(entry: Entry, keys: set[str]) -> str:
    """A key that stays the same when the document is read again."""
    base = title_key(entry.title)[:150] or title_key(entry.written)[:150] or "untitled"
    key, number = base, 2
    while key in keys:
        key, number = f"{base}-{number}", number + 1
    keys.add(key)
    return key


def _listings(entry: Entry, places: _Places) -> list[ListingDraft]:
    note = _note(entry)
    return [
        ListingDraft(path, entry.line, places.get(entry, path), note) for path in _topics(entry)
    ]


def _topics(entry: Entry) -> list[TopicPath]:
    """The topics under which an entry stands; an empty path is none."""
    subjects: list[TopicPath] = [
        (tag,)
        for tag in entry.subjects
        if tag and not names_a_time(tag) and not names_no_subject(tag)
    ]
    if entry.subtopic:
        subjects[:1] = [(*next(iter(subjects), ()), entry.subtopic)]
    paths = [entry.topic] if entry.topic or not subjects else []
    return list(dict.fromkeys([*paths, *subjects]))


def _note(entry: Entry) -> str:
    """What the list's keeper says there, as Markdown."""
    if entry.is_paper_page:
        return ""
    parts = [entry.remark, join_units(entry.units)]
    return "\n\n".join(part for part in parts if part)


def _claims(entries: list[Entry], places: _Places) -> tuple[ClaimDraft, ...]:
    claims: dict[str, ClaimDraft] = {}
    for entry in entries:
        for member in entry.members:
            if member.casefold() not in claims:
                place = places.get(entry, member.casefold())
                claims[member.casefold()] = ClaimDraft(member, entry.line, place, entry.topic)
    return tuple(claims.values())


def _review(entries: list[Entry], *, are_notes: bool) -> ReviewDraft | None:
    """The review text of all places; None if nobody says anything about the paper."""
    units: list[Unit] = []
    for entry in entries:
        if entry.remark and is_sentence(entry.remark):
            units.append(Unit(entry.line, entry.remark, "takeaway"))
        units.extend(entry.units)
    paged = any(entry.is_paper_page for entry in entries)
    is_said = units and any(one.kind == "review" for entry in entries for one in entry.said)
    few = is_said or (paged and sum(len(words(unit.text)) for unit in units) >= FEW_WORDS)
    if not few and not any(is_sentence(unit.text) for unit in units):
        return None
    own = are_notes or any(entry.is_paper_page or entry.members for entry in entries)
    return ReviewDraft(tuple(units), is_note=not own)


def _links_left_out(entries: list[Entry]) -> Iterator[Problem]:
    """One sentence for all links that lead to files beside the document."""
    found = [(entry.line, url) for entry in entries for url in entry.left_out]
    if found:
        line, url = found[0]
        yield Problem(
            line,
            ngettext(
                "The link on line %(line)s points to a local file (“%(url)s”) and was skipped. "
                "Use the full URL to keep it.",
                "%(n)s links point to local files (the first, on line %(line)s, to “%(url)s”) "
                "and were skipped. Use full URLs to keep them.",
                len(found),
            )
            % {"n": len(found), "line": line, "url": url[:80]},
        )
