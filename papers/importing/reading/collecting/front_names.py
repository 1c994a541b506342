"""Days and names before and behind titles, settled in view of all entries of a document."""

from collections.abc import Sequence

from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.entries.fronts import FEW
from papers.importing.reading.labels.meanings import meaning_of
from papers.text.dates import find_date
from papers.text.venues import holds_venue
from papers.text.wording import is_aside, looks_like_name, names_no_subject, words


def settle_fronts(entries: Sequence[Entry]) -> None:
    """Days before titles as days of meetings, or of publication; names before plain titles as
    members, where they come again.
    """
    named = [entry for entry in entries if entry.lead_name]
    beside = [
        entry for entry in entries if entry.front and not entry.lead_name and _is_one(entry.remark)
    ]
    names = [entry.lead_name.casefold() for entry in named]
    names += [entry.remark.casefold() for entry in beside]
    names += [name.casefold() for entry in entries if entry.front for name in entry.members]
    again = len(set(names)) * 4 <= len(names) * 3 and len(names) * 2 >= len(entries)
    if len(names) >= FEW and again and len(set(names)) > 1:
        for entry in named:
            is_usual = names.count(entry.lead_name.casefold()) > 1
            is_short = len(words(entry.lead_name)) < FEW
            if entry.title.startswith(entry.lead_name) and (is_usual or is_short):
                entry.members.append(entry.lead_name)
                entry.title = entry.title[len(entry.lead.rstrip()) :].strip(" :：|–—-")
        for entry in beside:
            entry.members.append(entry.remark)
            entry.remark = ""
    _settle_last_names(entries)
    for entry in entries:
        found = find_date(entry.front) if entry.front else None
        if not entry.front:
            continue
        if found is None or entry.members or entry.year or entry.is_linked:
            entry.meeting = entry.meeting or entry.front
        else:
            entry.year, entry.on = found.year, found.on


def _settle_last_names(entries: Sequence[Entry]) -> None:
    """ "Mar 4: [Title](..) - Ann": names that come again behind titles are those of presenters."""
    open_ones = [entry for entry in entries if entry.front and not entry.members]
    named = [(entry, name) for entry in open_ones if (name := _last_name(entry))]
    names = {name.casefold() for _, name in named}
    again = len(names) * 4 <= len(named) * 3
    sure = sum(bool(entry.front and entry.members) for entry in entries)
    if len(named) + sure >= FEW and (again or len(named) * 5 >= len(open_ones) * 4):
        for entry, name in named:
            entry.members.append(name)
            entry.remark = "" if entry.remark == name else entry.remark
            entry.cited_rest = "" if entry.cited_rest == name else entry.cited_rest
            entry.bracket = "" if entry.bracket == name else entry.bracket
            entry.authors = () if entry.authors == (name,) else entry.authors


def _last_name(entry: Entry) -> str:
    for text in (entry.remark, entry.cited_rest, entry.bracket):
        if text and looks_like_name(text) and len(words(text)) <= FEW:
            return text
    return entry.authors[0] if len(entry.authors) == 1 and not entry.venues else ""


def settle_known_names(entries: Sequence[Entry]) -> None:
    """ "Title (Ann)": a remark that is the name of somebody who presents elsewhere, or that comes
    again behind titles, names who reads this one.
    """
    known = {name.casefold() for entry in entries for name in entry.members}
    open_ones = [
        (entry, where, name)
        for entry in entries
        if not entry.members
        for where in ("bracket", "remark")
        if (name := getattr(entry, where).strip(" ()[]@")) and _is_one(name)
    ]
    names = [name.casefold() for _, _, name in open_ones]
    again = len(set(names)) * 3 <= len(names) * 2 and len(names) * 2 >= len(entries)
    is_sure = len(names) >= FEW and again and len(set(names)) > 1
    for entry, where, name in open_ones:
        if not entry.members and (name.casefold() in known or is_sure):
            entry.members.append(name)
            setattr(entry, where, "")


def _is_one(name: str) -> bool:
    """A short name that is no word of lists: "Ann", not "Optional"."""
    return (
        looks_like_name(name)
        and len(words(name)) <= FEW
        and name[:1] == name[:1].upper()
        and not names_no_subject(name)
        and not is_aside(name)
        and meaning_of(name) is None
        and not holds_venue(name)
        and not any(char.isdigit() for char in name)
        and not any(word.isupper() and len(word) > 1 for word in words(name))
    )
