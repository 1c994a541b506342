"""Bring lists and tables, written as most people write them, into python-markdown's stricter shape.

python-markdown nests a list only at four blanks, and begins a list or a table only after an
empty line. Members write as on code-hosting sites: nested at two blanks, directly under the
sentence that introduces the list.
"""

import re
from collections.abc import Iterator

ITEM = re.compile(r"(?P<mark>[-*+]|[0-9]{1,9}[.)])(?P<gap>[ ]++)(?=[^ ])")
RULE = re.compile(r"(?:[-*_][ ]*+){3,}+$")
QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
DEEPEST_QUOTE = 5


def shape(text: str) -> str:
    """Return the text with lists nested by four blanks and with empty lines where needed."""
    lines = text.expandtabs(4).split("\n")
    return "\n".join(_within_quotes(_before_tables(lines), 0))


def _before_tables(lines: list[str]) -> list[str]:
    shaped: list[str] = []
    for line in lines:
        head_follows = len(shaped) > 1 and "|" in shaped[-1] and _rules_a_table(line)
        if head_follows and shaped[-2].strip():
            shaped.insert(-1, "")
        shaped.append(line)
    return shaped


def _rules_a_table(line: str) -> bool:
    return "-" in line and "|" in line and not line.strip("|:- ")


def _within_quotes(lines: list[str], depth: int) -> Iterator[str]:
    """Shape what stands in quotes by itself, and the rest."""
    plain: list[str] = []
    quoted: list[str] = []
    for line in lines:
        margin = QUOTE.match(line) if depth < DEEPEST_QUOTE else None
        if margin:
            yield from _lists(plain)
            plain = []
            quoted.append(line[margin.end() :])
        else:
            yield from _quoted(quoted, depth)
            quoted = []
            plain.append(line)
    yield from _lists(plain)
    yield from _quoted(quoted, depth)


def _quoted(lines: list[str], depth: int) -> Iterator[str]:
    for line in _within_quotes(lines, depth + 1) if lines else ():
        yield f"> {line}"


def _lists(lines: list[str]) -> Iterator[str]:
    """Shape the lists among lines that stand in no quote."""
    levels: list[tuple[int, int]] = []  # of each open item: the columns of its mark and its text
    numbered: list[bool] = []  # of each open list: whether it is numbered
    after = ""
    for line in lines:
        text = line.lstrip(" ")
        indent = len(line) - len(text)
        item = None if RULE.match(text) else ITEM.match(text)
        if item and (levels or indent < 4):
            if not levels and after.strip() and _interrupts(item):
                yield ""
            opened = _open_item(levels, indent, item)
            if _changes_kind(numbered, len(levels), item) and after:
                yield ""
            yield opened + text[item.end() :]
        else:
            if levels and not indent and after and text.endswith(":"):
                levels.clear()  # a label below a list begins anew
                yield ""
            _close_items(levels, indent, text, after)
            yield _continued(levels, indent, text)
        after = text


def _interrupts(item: re.Match[str]) -> bool:
    """Say whether this begins a list within a paragraph; a line may also begin with a year."""
    return not item["mark"][0].isdigit() or item["mark"][:-1] == "1"


def _open_item(levels: list[tuple[int, int]], indent: int, item: re.Match[str]) -> str:
    while levels and indent < min(levels[-1][1], levels[-1][0] + 2):
        levels.pop()
    blanks = " " * 4 * len(levels)
    levels.append((indent, indent + item.end()))
    return f"{blanks}{item['mark'].replace(')', '.')} "


def _changes_kind(numbered: list[bool], depth: int, item: re.Match[str]) -> bool:
    """Note the kind of the list at this depth; True when another kind of list begins there."""
    is_numbered = item["mark"][0].isdigit()
    known = numbered[:depth]
    numbered[:] = [*known[: depth - 1], is_numbered]
    return len(known) == depth and known[-1] != is_numbered


def _close_items(levels: list[tuple[int, int]], indent: int, text: str, after: str) -> None:
    """Leave the items that this line does not belong to; only an empty line before it ends them."""
    if text and not after:
        while levels and indent < min(levels[-1][1], levels[-1][0] + 2):
            levels.pop()
    elif not indent and text.startswith("#"):
        levels.clear()


def _continued(levels: list[tuple[int, int]], indent: int, text: str) -> str:
    if not text or not levels:
        return " " * indent + text
    return " " * (4 * len(levels) + max(0, indent - levels[-1][1])) + text
