"""The label at the beginning of a line: "Authors: ...", "**Summary**", "presented by Ann"."""

import re

from papers.importing.reading.entries.who_reads import split_people
from papers.importing.reading.labels.meanings import Meaning, is_fact, meaning_of, section_meant
from papers.importing.reading.outline.document import Line
from papers.text.wording import words

_PLAIN_LABEL = re.compile(r"^([^\s:：][^:：\n]{0,40}?)\s*[:：]\s*(?!//)(.*)$")
_BOLD_LABEL = re.compile(
    r"^(?:[-*]\s+)?(?:\*{1,3}|_{1,3}(?=\w))(.{1,60}?)(?:\*{1,3}|(?<=\w)_{1,3}(?!\w)|"
    r"(?<=[:：])_{1,3})"
)
_SAID_BY = re.compile(
    r"^[*_(\[]{0,3}(?:(?:discussion|session|talk|paper)\s+)?(presented|led|lead|moderated|chaired|chosen|picked|suggested|proposed|reviewed|"
    r"summari[sz]ed|hosted|vorgestellt|präsentiert|ausgewählt|présentée?s?|proposée?s?|"
    r"presentad[oa]s?|propuest[oa]s?)\s+(?:by|von|par|por)\s+([^:：\[\]]{2,60}?)[*_)\].]{0,3}$",
    re.IGNORECASE,
)

type Label = tuple[Meaning | None, str, Line]
"""What a label means, its wording, and the rest of its line."""


def read_label(line: Line, *, bold_only: bool = True) -> Label | None:
    """The label at the beginning of a line: meaning, wording and the rest of the line.

    A label of unknown wording counts where the whole document uses it in one sense. Bold text
    counts when it ends in a colon or is a known label; plain text must be a known one.
    """
    if line.learned is not None:
        name, _, value = line.text.replace("：", ":").partition(":")
        return line.learned, name.strip(" *_"), Line(line.number, value.strip(" *_"))
    if found := _BOLD_LABEL.match(line.text):
        said, is_title = _bold_label(line, found)
        if said or is_title:
            return said
    first = next((piece for piece in line.pieces if piece.text.strip()), None)
    if first is not None and first.is_link and not first.bare:
        return None
    if found := _PLAIN_LABEL.match(line.text):
        meaning = meaning_of(found[1])
        if meaning == "critique" and _EXTENT.search(found[2]) and len(words(found[2])) < 12:
            meaning = "aside"  # "Comments: 9 pages, 5 figures", as preprints have it.
        if meaning and (not bold_only or is_fact(meaning) or found[1][:1].isupper()):
            return meaning, found[1].strip(), Line(line.number, found[2].strip())
    if (found := _SAID_BY.match(line.text)) and split_people(found[2]):
        return "member", found[1], Line(line.number, found[2])
    return None


def _bold_label(line: Line, found: re.Match[str]) -> tuple[Label | None, bool]:
    """The label that a line begins with in bold letters, and whether it begins with a title that
    only looks like one: "**Review: a title**, by Ann Lee".
    """
    name = found[1].strip()
    after = line.text[found.end() :]
    whole = _PLAIN_LABEL.match(name)
    meant = meaning_of(whole[1]) if whole and whole[2] else None
    if whole and meant and not words(after):
        # "**Presenter: Ann**" is a label with its value, all of it bold.
        return (
            meant,
            whole[1].strip(),
            Line(line.number, f"{whole[2]}{after}".strip(" *_")),
        ), False
    meaning = meaning_of(name)
    colon = name.endswith((":", "：")) or after.lstrip().startswith((":", "："))
    if (colon and len(name.split()) <= 8) or (meaning and _opens(after)):
        return (meaning, name.strip(" :："), Line(line.number, after.strip(" :："))), False
    return None, section_meant(meant) is not None


_EXTENT = re.compile(r"\b\d+\s+(?:pages?|pp|figures?|tables?)\b", re.IGNORECASE)


def _opens(after: str) -> bool:
    """A bold known word is a label only before a break, a bracket or a dash: "**Review** (...)"."""
    return not after.strip() or after.lstrip()[0] in "([:：-–—"
