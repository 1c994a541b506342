"""What is no text of a Markdown document, set aside before it is parsed; every line stays in place.

Front matter, comments, pieces and lines of HTML, and the addresses of links by
reference, which people also write where Markdown does not take them: right below a paragraph or a
footnote.
"""

import re

from papers.importing.reading.outline.document import Outline

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FRONT = re.compile(
    r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)|"
    r"\A\s*\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)",
    re.DOTALL,
)
_TAGS = re.compile(
    r"\s*(?:</?(?:details|div|p|br|hr|center|ul|ol|span|summary|font|a|section|kbd)\b[^<>]*>\s*)+"
)
_TEMPLATE = re.compile(r"(?:\{%-?\s[^%]*%\}|\{\{<\s[^>]*>\}\})")
"""Commands of a site's generator: "{% include x %}", "{{< details >}}"."""
_BLOCK_TAG = re.compile(r"^[ \t]*<(table|ul|ol|h[1-6]|dl)\b", re.IGNORECASE | re.MULTILINE)
_REFERENCE = re.compile(
    r"^ {0,3}\[([^\[\]^][^\[\]]{0,200})\]:[ \t]*(?:<([^<>\n]{1,2000})>|(\S*[/.#]\S*))"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$"
)
_BULLET = re.compile(r"( *)([-*+]|\d{1,9}[.)]) +(?=\S)")
LONGEST_HTML = 20_000
"""Lines of one piece of HTML at most."""
LARGEST_FRONT = 2_000_000
"""Characters of front matter that are looked at."""


_JOINED_HEADING = re.compile(r"^(#{2,6})(?=[^\W\d_])", re.MULTILINE)


def part_headings(text: str) -> str:
    """Headings whose marks touch their words, with a blank between: "##Papers"."""
    return _JOINED_HEADING.sub(r"\1 ", text)


_STARRED = re.compile(r"^\*(\d{1,3}[.)] +)(?=[^*\n]+$)", re.MULTILINE)


def bare_numbers(text: str) -> str:
    """Numbers of a list without the star that marks some of them: "*2. Title"."""
    return _STARRED.sub(r"\1", text)


def even_bullets(text: str) -> str:
    """Bullets indented more than the one above, but less than its text, in line with it, or with
    its text where one of them is numbered; Markdown may take them for text of the one above. All
    bullets right below a heading may be indented.
    """
    lines = text.split("\n")
    above: list[tuple[int, int, bool, int]] = []
    in_code = is_below_heading = False
    for number, line in enumerate(lines):
        in_code ^= line.lstrip().startswith(("```", "~~~"))
        found = _BULLET.match(line)
        if line[:1].strip() and not found:
            above, is_below_heading = [], line.startswith("#")
        if in_code or not found:
            continue
        indent, is_numbered = len(found[1]), found[2][:1].isdigit()
        while above and above[-1][0] > indent:
            above.pop()
        start, inside, was_numbered, shift = above[-1] if above else (indent, indent, False, 0)
        shift = -indent if is_below_heading and not above else shift
        if start < indent < inside:
            shift += (start if is_numbered == was_numbered else inside) - indent
        elif above and start == indent:
            above.pop()
        lines[number] = " " * (indent + shift) + line[indent:]
        above.append((indent, found.end(), is_numbered, shift))
    return "\n".join(lines)


def cut_references(text: str, outline: Outline) -> tuple[str, dict[str, str]]:
    """The text without lines that give a link by reference its address, and these, by name in
    capitals.
    """
    links: dict[str, str] = {}
    if "]:" not in text:
        return text, links
    lines = text.split("\n")
    in_code = False
    for number, line in enumerate(lines):
        in_code ^= line.lstrip().startswith(("```", "~~~"))
        if in_code or "]:" not in line or not (found := _REFERENCE.match(line)):
            continue
        links.setdefault(" ".join(found[1].split()).upper(), found[2] or found[3])
        outline.use(number + 1)
        lines[number] = ""
    return "\n".join(lines), links


def cut_html(text: str) -> tuple[str, list[tuple[int, str]]]:
    """Tables, lists and headings in HTML, each left as a mark on its first line."""
    if "<" not in text or not _BLOCK_TAG.search(text):
        return text, []
    lines = text.split("\n")
    inserts: list[tuple[int, str]] = []
    number, in_code = 0, False
    budget = [4 * len(lines)]
    while number < len(lines):
        line = lines[number]
        in_code ^= line.lstrip().startswith(("```", "~~~"))
        found = None if in_code else _BLOCK_TAG.match(line)
        if not found:
            number += 1
            continue
        end = _html_end(lines, number, found[1].lower(), budget)
        inserts.append((number + 1, "\n".join(lines[number : end + 1])))
        indent = line[: len(line) - len(line.lstrip())]
        lines[number : end + 1] = [
            f"{indent}\ue000{len(inserts) - 1}\ue000",
            *[""] * (end - number),
        ]
        number = end + 1
    return "\n".join(lines), inserts


def _html_end(lines: list[str], start: int, tag: str, budget: list[int]) -> int:
    """The line on which the tag that opens here is closed; a tag never closed ends at a blank line.

    `budget` counts the lines that may still be looked at, so that tags left open cost linear time.
    """
    depth, opens, closes = 0, re.compile(rf"<{tag}\b", re.I), re.compile(rf"</{tag}\s*>", re.I)
    for number in range(start, min(len(lines), start + min(LONGEST_HTML, budget[0]))):
        budget[0] -= 1
        depth += len(opens.findall(lines[number])) - len(closes.findall(lines[number]))
        if depth <= 0:
            return number
    return next((n for n in range(start, len(lines)) if not lines[n].strip()), len(lines)) - 1


def cut_front(text: str, outline: Outline) -> str:
    """Set the YAML between two lines of three hyphens aside, leaving blank lines for it."""
    found = _FRONT.match(text)
    group = 1 if found and found[1] is not None else 2
    sign = "=" if group == 2 else ":"
    if not found or not re.search(rf"^\w[\w -]*{sign}", found[group], re.MULTILINE):
        return text
    outline.front = found[group][:LARGEST_FRONT]
    outline.front_is_toml = group == 2
    outline.front_start = text[: found.start(group)].count("\n") + 1
    height = found[0].count("\n")
    outline.use(outline.front_start - 1, outline.front_start - 1)
    outline.use(outline.front_start + found[group].count("\n") + 1)
    return "\n" * height + text[found.end() :]


def blank_comments(text: str, outline: Outline) -> str:
    """Comments are nobody's text; their lines stay, empty."""

    def blank(found: re.Match[str]) -> str:
        first = text.count("\n", 0, found.start()) + 1
        height = found[0].count("\n")
        before = text.rfind("\n", 0, found.start()) + 1
        outline.use(first + bool(text[before : found.start()].strip()), first + height)
        return "\n" * height

    if text.count("<!--") > 2000:
        return text
    return _COMMENT.sub(blank, text) if "<!--" in text else text


def blank_tags(text: str, outline: Outline) -> str:
    """Lines of HTML tags alone ("<details>", "</div>") are layout, outside code."""
    if "<" not in text and "{%" not in text:
        return text
    lines = text.split("\n")
    in_code = False
    for number, line in enumerate(lines):
        in_code ^= line.lstrip().startswith(("```", "~~~"))
        if in_code:
            continue
        bare = _TEMPLATE.sub("", line)
        if _TAGS.fullmatch(bare) or (bare != line and not bare.strip()):
            outline.use(number + 1)
            bare = ""
        lines[number] = bare
    return "\n".join(lines)
