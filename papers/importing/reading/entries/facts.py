"""What stands around a title: links, members, tags, venue, date, group, authors, a remark."""

import re
from collections.abc import Sequence

from papers.importing.reading.entries.appearances import took_journal, took_source
from papers.importing.reading.entries.entry import Entry, take_citation
from papers.importing.reading.entries.who_reads import split_people
from papers.importing.reading.labels.meanings import meaning_of
from papers.importing.reading.links.label_links import (
    CITED_LINK,
    DATED_PREPRINT,
    YEAR_TAG,
    is_label_link,
    is_place,
)
from papers.importing.reading.outline.pieces import Piece, plain
from papers.text.citation_parts import names_and_source
from papers.text.dates import MONTH, day_end
from papers.text.identifiers import identify, is_paper_url, is_web_url
from papers.text.names import ET_AL, split_names
from papers.text.sources import called_after, named_venue, read_source
from papers.text.titles import without_emoji
from papers.text.venues import bracket_venue, find_venue, is_venue_tag, known_venue, venue_year
from papers.text.wording import is_sentence, looks_like_group, looks_like_name, words

HASHTAG = re.compile(r"(?<![\w&/#])#([^\W\d_][\w-]{1,40})")
_HANDLE = re.compile(r"(?<![\w.])@([A-Za-z][\w-]{0,38})")
BRACKET = re.compile(r"[(\[（]([^()\[\]（）]{2,60})[)\]）]")
_MEMBER_SAID = re.compile(
    r"(?:presenters?\s*:?|(?:presented|proposed|suggested|picked|chosen|reviewed|read|led)"
    r"\s*(?:by\s*:?|:))\s+"
    r"((?:[^,;().]|(?<=\b[A-Z])\.){2,40})|"
    r"(?:vorgestellt|präsentiert|vorgeschlagen|présentée?|proposée?|presentad[oa]|propuest[oa]|"
    r"apresentad[oa])\s+(?:von|par|por)\s+([^,;().]{2,40})|(?:担当|発表者?|발표자?)\s*[:：]\s*([^\s,、)）]{1,20})",
    re.IGNORECASE,
)
_TALK_OF = re.compile(
    r"\b(?:exposé|présentation|talk|vortrag|präsentation|charla|relazione)\s+"
    r"(?:(?:de|di|by|von)\s+|d['’])(?-i:([A-ZÀ-ÖØ-Þ][\w'’-]+(?:\s[A-ZÀ-ÖØ-Þ][\w.'’-]*)?))(?!\w)",
    re.IGNORECASE,
)
""" "exposé d'Inès", "Vortrag von Jonas Beck"."""
_GLUE = frozenset(
    """in by and of at the on from with to for spotlight oral poster preprint arxiv published
    accepted submitted best paper award workshop via see also journal conference proceedings
    proc""".split()  # noqa: SIM905
)
TRIM = " \t,.;:|/·—–-•()[]（），、。；：/*_&~"
_FAMILY = re.compile(rf"\s*([A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ][\w'’-]*),\s*{MONTH}((?:19|20)\d\d)[a-z]?\s*")
"""One family name and a year: "(Schmidhuber, 2014)"."""


def read_facts(entry: Entry, pieces: Sequence[Piece]) -> None:
    """Everything around a title: links, members, tags, date, group, authors, remark."""
    running: list[str] = []
    for position, piece in enumerate(pieces):
        if piece.is_link:
            _read_link(entry, piece, plain(pieces[:position]))
        elif piece.slanted and (
            took_journal(entry, piece.text)
            or took_source(entry, piece.text, plain(pieces[position + 1 :]))
        ):
            running.append(" , ")
        elif piece.code or (piece.slanted and is_venue_tag(piece.text)):
            tag = piece.text.strip(" .,")
            if YEAR_TAG.fullmatch(tag):
                entry.year = entry.year or int(tag)
                running.append(" , ")
                continue
            entry.add_venue(tag) if is_venue_tag(tag) else entry.tags.append(tag)
            running.append(" , ")
        else:
            running.append(piece.text)
    read_running(entry, "".join(running))


_LED_BY = re.compile(
    r"\b(?:presented|led|proposed|suggested|moderated)\s+by\s*:?\s*$|\b(?:speaker|presenter)\s*:\s*$",
    re.IGNORECASE,
)
""" "Discussion led by" before the link of a person."""


def _read_link(entry: Entry, piece: Piece, before: str) -> None:
    """A person's name in brackets that leads to a file of the same place is a member's."""
    url, text = piece.url or "", piece.text.strip(" []")
    opened = before.count("(") + before.count("（") - before.count(")") - before.count("）")
    inside = opened > 0 or before.rstrip().endswith((":", "："))
    if text.startswith("@") and looks_like_name(text):
        entry.members.append(text.lstrip("@"))
    elif is_place(text):
        entry.add_link(url)
        if YEAR_TAG.fullmatch(text):
            entry.year = entry.year or int(text)
        else:
            source = read_source(text)
            entry.add_venue(source.venue if DATED_PREPRINT.fullmatch(text) else text)
            entry.year = entry.year or source.year
    elif (entry.front and len(split_names(text)) == 1 and not is_paper_url(url)) or (
        _LED_BY.search(before) and looks_like_name(text) and len(words(text)) <= 4
    ):
        entry.members.append(text)
        entry.left_out.append(url)
    elif cited := CITED_LINK.fullmatch(text):
        entry.add_link(url)
        entry.authors = entry.authors or split_names(cited[1])
        entry.year = entry.year or int(cited[2])
        entry.add_venue(read_source(cited[3], is_sure=True).venue if cited[3] else "")
    elif inside and not is_web_url(url) and looks_like_name(text) and not is_label_link(piece):
        entry.members.append(text)
        entry.left_out.append(url)
    elif (
        not piece.bare
        and entry.authors
        and entry.year
        and not entry.venues
        and (venue := called_after(text, is_cited=True))
    ):
        # "Lee et al. (2020) Title. [Nature Plants, 36(6), 14.](..)"
        entry.add_link(url)
        entry.add_venue(venue)
        entry.left_words.append(text.removeprefix(venue))
    else:
        entry.add_link(url, "" if piece.bare else piece.text)


def read_running(entry: Entry, text: str) -> None:
    """The running text after a title, once links and tags are out of it."""
    text = without_emoji(text)
    entry.subjects.extend(HASHTAG.findall(text))
    text = HASHTAG.sub("", text)
    for talk in _TALK_OF.finditer(text):
        entry.members.append(talk[1])
        text = text.replace(talk[0], " , ", 1)
    text = _take_reader(entry, take_members(entry, text))
    for handle in _HANDLE.findall(text):
        entry.members.append(handle)
    text = _HANDLE.sub(" ", text)
    for found in BRACKET.finditer(text):
        text = _take_bracket(entry, text, found)
    while venue := find_venue(text):
        entry.add_venue(venue.tag)
        text = text[: venue.start] + " , " + text[venue.end :]
    while (named := named_venue(text)) and not entry.venues:
        entry.add_venue(named[0])
        entry.year = entry.year or venue_year(named[0])
        text = text[: named[1]] + " , " + text[named[2] :]
    text = entry.date_it(text)
    _read_rest(entry, text)


def _take_bracket(entry: Entry, text: str, found: re.Match[str]) -> str:
    """A text without a bracket that names a reader, an identifier or a venue."""
    told = names_and_source(found[1], is_sure=True)
    if told is not None and told.venue and told.year and not told.rest:
        take_citation(entry, told)
        return text.replace(found[0], " , ", 1)
    cited = CITED_LINK.fullmatch(found[1])
    names = split_names(cited[1]) if cited else ()
    one = _FAMILY.fullmatch(found[1])
    if one and not known_venue(one[1]):
        entry.authors = entry.authors or (one[1],)
        entry.year = entry.year or int(one[2])
        return text.replace(found[0], " , ", 1)
    is_whole = len(names) == 1 and " " in names[0] and not bracket_venue(found[1])
    if cited and names and (len(names) > 1 or is_whole or ET_AL.search(cited[1])):
        entry.authors = entry.authors or names
        entry.year = entry.year or int(cited[2])
        return text.replace(found[0], " , ", 1)
    label, colon, value = found[1].replace("：", ":").partition(":")
    if colon and meaning_of(label) == "member" and (people := split_people(value)):
        entry.members.extend(people)
        return text.replace(found[0], " , ", 1)
    if (ids := identify(found[1])) and len(found[1]) < 60 and not entry.ids:
        entry.ids = ids
        return text.replace(found[0], " , ", 1)
    if tag := bracket_venue(found[1]):
        entry.add_venue(tag)
        return text.replace(found[0], f" , {found[1].replace(tag, '')}", 1)
    return text


_READER = re.compile(
    r"(?:^|[—–-])\s*([A-ZÀ-ÖØ-Þ][^\W\d_]+(?: [A-ZÀ-ÖØ-Þ][\w.'’-]*)?),\s*([^,]{3,20})$"
)


def _take_reader(entry: Entry, text: str) -> str:
    """A text without who reads and when at its end: "— Petra, 3 May"."""
    found = _READER.search(text.rstrip(" ."))
    day = found[2].strip() if found else ""
    if found is None or not day or day_end(day) != len(day) or entry.members:
        return text
    entry.members.append(found[1])
    entry.meeting = entry.meeting or day
    return text[: found.start()]


def take_members(entry: Entry, text: str) -> str:
    """A text without who presents: "Discussion led by Ann", "Speaker: Ann"."""
    for found in _MEMBER_SAID.finditer(text):
        if people := split_people(found[1] or found[2] or found[3]):
            entry.members.extend(people)
            text = text.replace(found[0], " ", 1)
    return _take_labelled(entry, text)


def settle_rest(entry: Entry) -> None:
    """Who presents a paper may stand behind its citation or in the bracket behind its title."""
    text = _take_labelled(entry, entry.cited_rest)
    for found in _MEMBER_SAID.finditer(text):
        entry.members.extend(split_people(found[1] or found[2] or found[3]))
    if (last := _LAST_BRACKET.search(entry.cited_rest)) and not entry.bracket:
        entry.bracket = last[1]
    said = _MEMBER_SAID.fullmatch(entry.bracket)
    if said and (people := split_people(said[1] or said[2] or said[3])):
        entry.members.extend(people)
        entry.bracket = ""


_LAST_BRACKET = re.compile(r"[(（]([^\d()（）]{2,30})[)）]$")
""" "*Ecology* 99:1201-1210. (Kim)"."""
_SAID = re.compile(r"([^\W\d_][\w ]{0,18}?)\s*[:：]\s*([^|;:：，,()（）\[\]]{1,40})")


_TALK = re.compile(
    r"presentation|presentación|apresentação|présentation|präsentation|presentazione|発表|발표|分享|"
    r"汇报|доклад",
    re.IGNORECASE,
)
"""What is called like the talk itself: behind it stands who gives it."""


def _take_labelled(entry: Entry, text: str) -> str:
    """A text without "Speaker: Ann" and the like, whatever the language of the label."""
    for found in _SAID.finditer(text) if ":" in text or "：" in text else ():
        is_talk = _TALK.fullmatch(found[1].strip()) and found[2].strip()[:1].isupper()
        if (meaning_of(found[1]) == "member" or is_talk) and (
            people := split_people(found[2].strip(" .-–—*_"))
        ):
            entry.members.extend(people)
            text = text.replace(found[0], " , ", 1)
    return text


def _read_rest(entry: Entry, text: str) -> None:
    """Who wrote it, or what the list's keeper says about it."""
    text = re.sub(r"\(\s*[,|/]*\s*\)|\[\s*[,|/]*\s*\]", " ", text)
    said = " ".join(text.split()).lstrip(TRIM).rstrip(TRIM.replace(".", ""))
    said = re.sub(r"[\s,]+\.$", "", said)
    text = said.strip(TRIM)
    if not text:
        return
    if names := split_names(text):
        entry.authors = entry.authors or names
        return
    if is_sentence(said) and not looks_like_group(text):
        entry.remark = f"{entry.remark}; {said}" if entry.remark else said
        return
    parts = [part.strip(TRIM) for part in text.split(",")]
    if len(parts) >= 3 and all(part and len(words(part)) <= 3 for part in parts):
        entry.tags.extend(parts)
        return
    if known_venue(text) and not entry.venues:
        entry.add_venue(text)
        return
    _sort_parts(entry, _cut_led_venue(entry, text))


def _sort_parts(entry: Entry, text: str) -> None:
    """A group, authors, and what remains to be said, part by part."""
    kept = []
    for part in re.split(r"[,;，、；]|\.\s|\s[-–—|]\s", text):
        part = re.sub(r"^(?:from|by)\s+", "", part.strip(TRIM), flags=re.IGNORECASE)
        if not part or all(word.casefold() in _GLUE for word in words(part)):
            continue
        if looks_like_group(part) and not entry.group:
            entry.group = part
        elif (names := split_names(part)) and not entry.authors:
            entry.authors = names
        else:
            kept.append(part)
    if kept:
        rest = ", ".join(kept)
        entry.remark = f"{entry.remark}; {rest}" if entry.remark else rest


_LED_VENUE = re.compile(r"(?:^|[,;])\s*[Ii]n\s+([A-Z][A-Za-z&-]*[A-Z])(?=\s*(?:$|[.,;]))")


def _cut_led_venue(entry: Entry, text: str) -> str:
    """A text without ", In ACL"."""
    found = _LED_VENUE.search(text)
    if found is None or not known_venue(found[1]):
        return text
    entry.add_venue(found[1])
    return f"{text[: found.start()]}{text[found.end() :]}"
