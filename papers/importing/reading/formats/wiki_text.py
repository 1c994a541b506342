"""AsciiDoc and MediaWiki, whose headings are marked with "=": each line as the Markdown that says
the same, so that one reader follows.
"""

import re

_HEADING = re.compile(r"^(={1,6})\s*(?!=)(\S.*?)\s*=*\s*$")
_ITEM = re.compile(r"^\s*(\*{1,5}|-|\.{1,5}|#{1,5})\s*(?<=[\s*#])(?:\[[ xX*]\]\s+)?(?=[^\s*#.-])")
_LINK = re.compile(r"(?:link:)?((?:https?://|(?<=link:))[^\s\[\]<>]+)\[([^\[\]\n]*)\]")
_BRACKETED_LINK = re.compile(r"(?<!\[)\[((?:https?:)?//[^\s\[\]]+)\s+([^\[\]\n]+)\](?!\()")
_QUOTES = re.compile(r"'{2,3}(?=\S)([^'\n]{1,300}?)'{2,3}")
_SETTING = re.compile(
    r"^(?:![\w-]+|:[\w-]+!?:.*|\[[^\[\]]*\]|//.*|\+|={4,}|\*{4,}|_{4,}|-{4,})\s*$"
)
_STRONG = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,300}?)(?<=\S)\*(?![\w*])")
_TABLE = re.compile(r"^\|={3,}\s*$")


def is_wiki_text(text: str, name: str) -> bool:
    """By its name, or by several of its headings where Markdown's are none."""
    if name.lower().endswith((".adoc", ".asciidoc", ".asc", ".wiki", ".mediawiki")):
        return True
    headings = re.findall(r"^==+ ?[^\s=].*$", text[:50_000], re.MULTILINE)
    return len(headings) > 1 and not re.search(r"^##+ |^---\s*$|\]\(", text, re.MULTILINE)


def wiki_as_markdown(text: str) -> str:
    """The same lines as Markdown; front matter stays as it is."""
    lines = text.split("\n")
    front = lines.index("---", 1) + 1 if lines[0] == "---" and "---" in lines[1:] else 0
    found = lines[:front]
    row = 0  # Of the table that is open; 0 outside of tables.
    for line in lines[front:]:
        if _TABLE.match(line):
            row = 0 if row else 1
            found.append("")
        elif row:
            found.append(_row(line, row))
            row += 1
        else:
            found.append(_line(line))
    return "\n".join(found)


def _row(line: str, number: int) -> str:
    """A row of a table; the blank line below the first row is the rule of its head."""
    if line.startswith("|"):
        return f"{_inline(line.rstrip())} |"
    return "| --- |" if number == 2 and not line.strip() else line


def _line(line: str) -> str:
    if heading := _HEADING.match(line):
        return f"{'#' * len(heading[1])} {_inline(heading[2])}"
    if _SETTING.match(line):
        return ""
    if item := _ITEM.match(line):
        mark = "1." if item[1][0] in ".#" else "-"
        return f"{'    ' * (len(item[1]) - 1)}{mark} {_inline(line[item.end() :])}"
    if line.startswith(".") and line[1:2].isalnum():
        return f"**{line[1:].strip()}**"
    return _inline(line)


def _inline(text: str) -> str:
    text = _BRACKETED_LINK.sub(r"[\2](\1)", _QUOTES.sub(r"**\1**", text))
    text = _LINK.sub(lambda found: f"[{found[2] or found[1]}]({found[1]})", text)
    return _STRONG.sub(r"**\1**", text)
