"""Plain text: indentation, numbering and labels show its structure; every line stays where it is.

A text is turned line by line into the Markdown that says the same, so that one reader follows.
"""

import re

from papers.text.dates import names_a_time

_MARKER = re.compile(r"^(\s*)(?:(\d{1,3})[.):]|[\[(](\d{1,3})[\])]|([-*+•●○▪◦‣·–—]))\s+(?=\S)")
_INDENT = re.compile(r"^\s+")
FEW, LEAST = 3, 4
"""Words of a label over indented titles at most, and of such a title at least."""
_COLON = re.compile(r"^\s*[^\W\d_][\w ]{0,20}:\s")
_LABEL = re.compile(r"^([^\s:：].{0,70}?)\s*[:：]\s*$")
_BRACKETED = re.compile(r"^\[([^\W\d_][^\[\]]{2,60})\]$")
_RULE = re.compile(r"^\s*([=\-~_*#])\1{3,}\s*$")
_FRAMED = re.compile(r"^\s*([=*#~_-]{1,5})\s+(\S.{0,80}?)\s+\1\s*$")
_CAPITALS = re.compile(r"^[^a-z\d]*[A-Z][^a-z]*[A-Z][^a-z]*$")
_MARKDOWN = re.compile(
    r"^ {0,3}#{1,6}\s+\S|\]\(\S|^\s*\|.*\|\s*$|^```|^\s*:?-{3,}:?\s*\|", re.MULTILINE
)


def is_plain(text: str, name: str) -> bool:
    """Whether a text file shows no sign of Markdown."""
    return name.lower().endswith((".txt", ".text")) and not _MARKDOWN.search(text)


def as_markdown(text: str) -> str:
    """The same lines as Markdown."""
    lines = [
        _INDENT.sub(lambda one: one[0].expandtabs(4), line).rstrip() for line in text.split("\n")
    ]
    out: list[str] = []
    for number, line in enumerate(lines):
        out.append(_line(lines, number, line))
    return "\n".join(out)


def _line(lines: list[str], number: int, line: str) -> str:
    following = lines[number + 1] if number + 1 < len(lines) else ""
    before = lines[number - 1] if number else ""
    if not line:
        return ""
    if _RULE.match(line):
        return "" if before.strip() else "---"
    if found := _FRAMED.match(line):
        return f"## {found[2]}"
    if _RULE.match(following) and following.strip()[0] in "=-~#" and not _MARKER.match(line):
        return f"{'#' if following.strip()[0] in '=#' else '##'} {line.strip()}"
    if (found := _BRACKETED.match(line)) and not before.strip() and not following.strip():
        return f"## {found[1]}"
    if found := _MARKER.match(line):
        indent = _indent(lines, number, len(found[1]))
        mark = f"{found[2] or found[3]}." if found[2] or found[3] else "-"
        return f"{indent}{mark} {line[found.end() :]}"
    if _below_label(lines, number):
        return f"- {line.strip()}"
    if head := _head(lines, number, line):
        return head
    return line if _in_item(lines, number) else line.strip()


def _head(lines: list[str], number: int, line: str) -> str:
    """A day or a short line over indented ones, or a label, as a heading; "" for others."""
    following = lines[number + 1] if number + 1 < len(lines) else ""
    is_over = line[0] != " " and bool(following) and _below_label(lines, number + 1)
    if is_over or _is_day(line, following, lines[number - 1] if number else ""):
        return f"### {line.strip(' :：')}"
    return f"### {line.strip(' :：')}:" if _is_head(lines, number, line) else ""


def _is_day(line: str, following: str, before: str) -> bool:
    """A day to the left of what is told of it."""
    is_over = following[:1] == " " and not before and line[0] != " "
    return is_over and names_a_time(line.strip(" :："))


def _is_head(lines: list[str], number: int, line: str) -> bool:
    """A label or a line in capitals, no deeper than what follows it."""
    if line[0] == " " or not (_LABEL.match(line) or (_CAPITALS.match(line) and len(line) < 60)):
        return False
    follows = next((one for one in lines[number + 1 : number + 4] if one), "")
    starts = (
        number == 0
        or not lines[number - 1]
        or bool(_MARKER.match(lines[number - 1]))
        or lines[number - 1][0] == " "
    )
    return (
        bool(follows)
        and starts
        and (follows[0] == " " or bool(_MARKER.match(follows)) or not lines[number + 1])
    )


def _below_label(lines: list[str], number: int) -> bool:
    """One of several lines further in below a short one, each with a title by itself."""
    first, last = number, number
    while first and lines[first - 1][:1] == " ":
        first -= 1
    while last + 1 < len(lines) and lines[last + 1][:1] == " ":
        last += 1
    block = lines[first : last + 1]
    head = lines[first - 1] if first else ""
    is_label = bool(head) and len(head.split()) <= FEW and not (first > 1 and lines[first - 2])
    indents = {len(line) - len(line.lstrip()) for line in block}
    is_even = len(block) > 1 and len(indents) == 1 and lines[number][:1] == " "
    return is_label and is_even and all(map(_may_be_title, block))


def _may_be_title(line: str) -> bool:
    is_long = len(line.split()) >= LEAST and line.lstrip()[:1].isupper()
    return is_long and "://" not in line and not _MARKER.match(line) and not _COLON.search(line)


def _indent(lines: list[str], number: int, width: int) -> str:
    """Four blanks for every level: how many items above stand further left."""
    levels: list[int] = []
    for line in lines[max(0, number - 60) : number]:
        if found := _MARKER.match(line):
            while levels and levels[-1] >= len(found[1]):
                levels.pop()
            levels.append(len(found[1]))
        elif line and line[0] != " ":
            levels.clear()
    return "    " * sum(level < width for level in levels)


def _in_item(lines: list[str], number: int) -> bool:
    for line in reversed(lines[max(0, number - 20) : number]):
        if _MARKER.match(line):
            return True
        if not line or line[0] != " ":
            return False
    return False
