"""Tangled texts: repeated and nested so badly that a Markdown renderer may hang, raise or swell."""

from collections.abc import Callable

REPEATED = {
    "open brackets": "[",
    "open images": "![",
    "brackets with a word": "[a",
    "closed brackets": "[]",
    "open links": "[a](",
    "links in links": "[[a](b)",
    "empty links": "[[](",
    "links left at the title": '[a](b "',
    "pointed links left open": "[a](<b",
    "references": "[a][b]",
    "open references": "[a][",
    "definitions": "[a]: b\n",
    "definitions left open": "[a]:\n",
    "definitions with titles": '[a]: b "c\n',
    "footnotes": "[^1]",
    "open footnotes": "[^",
    "footnote definitions": "[^1]: a\n",
    "footnotes in footnotes": "[^1]: [^1]\n\n",
    "stars": "*",
    "stars and letters": "*a ",
    "double stars": "**a",
    "triple stars": "***a ",
    "stars both ways": "*a **b ",
    "stars and underlines": "*_",
    "underlines": "_",
    "underlined words": "_a ",
    "mixed emphasis": "**a *b __c _d ",
    "tildes": "~~a",
    "one tilde": "~",
    "backticks": "`",
    "backticks and letters": "`a``b```",
    "growing backticks": "`a ``",
    "fences": "```\n",
    "fences with names": "```a\n",
    "tilde fences": "~~~\n",
    "fences in quotes": "> ```\n",
    "fences in lists": "- ```\n",
    "quotes": ">",
    "quotes and blanks": "> ",
    "quotes on lines": "> a\n\n",
    "lists": "- ",
    "lists with stars": "* a\n",
    "numbers": "1. ",
    "numbers on lines": "1. a\n",
    "lists and quotes": "- > ",
    "quotes and lists": "> - ",
    "tasks": "- [ ] ",
    "hashes": "#",
    "headings": "# a\n",
    "hashes and blanks": "# ",
    "setext headings": "a\n=\n",
    "setext rules": "a\n---\n",
    "equals": "=\n",
    "rules": "---\n",
    "rules with blanks": "- - -\n",
    "pipes": "|",
    "cells": "|a",
    "table rules": "|-",
    "tables": "|a|\n|-|\n",
    "entities": "&amp;",
    "open entities": "&",
    "numbered entities": "&#1",
    "tags": "<a>",
    "open tags": "<a ",
    "open angles": "<",
    "attributes": "<a b=c ",
    "comments": "<!--",
    "comment ends": "<!-- a -->",
    "CDATA": "<![CDATA[",
    "instructions": "<?",
    "declarations": "<!a",
    "closing tags": "</a",
    "addresses": "https://a.b ",
    "addresses with brackets": "https://a.b/(((",
    "open addresses": "<https://a",
    "mail": "<a@b",
    "at signs": "@",
    "mentions": "@ada ",
    "papers": "#12 ",
    "dollars": "$",
    "dollars and letters": "$a ",
    "formulas": "$a$",
    "open displays": "$$a ",
    "round formulas": "\\(a",
    "square formulas": "\\[a",
    "backslashes": "\\",
    "escapes": "\\*",
    "blanks": " ",
    "lines": "\n",
    "blank lines": " \n",
    "tabs": "\t",
    "lines with breaks": "a  \n",
    "a word": "a",
    "words": "ab ",
    "Japanese": "\u65e5\u672c",
    "marks": "\ufdd0",
    "joined marks": "e\u0301\u0301",
    "stash marks": "\x02",
}


def _brackets(size: int) -> str:
    return "[" * (size // 2) + "]" * (size // 2)


def _links(size: int) -> str:
    return "[" * (size // 5) + "a" + "](b)" * (size // 5)


def _images(size: int) -> str:
    return "![" * (size // 6) + "a" + "](b)" * (size // 6)


def _emphasis(size: int) -> str:
    return "*a " * (size // 6) + " b*" * (size // 6)


def _strong(size: int) -> str:
    return "**a " * (size // 8) + " b**" * (size // 8)


def _rungs(line: str, step: str, size: int) -> str:
    """Go one step deeper on each line."""
    lines: list[str] = []
    used = 0
    while used < size:
        lines.append(step * len(lines) + line)
        used += len(lines[-1]) + 1
    return "\n".join(lines)


def _deep_list(size: int) -> str:
    return _rungs("- a", "    ", size)


def _shallow_list(size: int) -> str:
    return _rungs("- a", "  ", size)


def _deep_quote(size: int) -> str:
    return _rungs("a", "> ", size)


def _deep_numbers(size: int) -> str:
    return _rungs("1. a\n", "    ", size)


def _list_and_back(size: int) -> str:
    down = _rungs("- a", "  ", size // 2).split("\n")
    return "\n".join(down + down[::-1])


def _wide_table(size: int) -> str:
    return "|a" * (size // 6) + "\n" + "|-" * (size // 6) + "\n" + "|\n" * (size // 6)


def _table_of_code(size: int) -> str:
    return "|a|b|\n|-|-|\n" + "|`|`|\n" * (size // 6)


def _growing_ticks(size: int) -> str:
    return " ".join("`" * n for n in range(1, int((2 * size) ** 0.5)))


def _growing_stars(size: int) -> str:
    return "a".join("*" * n for n in range(1, int((2 * size) ** 0.5)))


def _many_definitions(size: int) -> str:
    return "\n".join(f"[{n}]: b" for n in range(size // 12)) + "[1]" * (size // 12)


def _many_footnotes(size: int) -> str:
    notes = size // 24
    return " ".join(f"[^{n}]" for n in range(notes)) + "".join(
        f"\n\n[^{n}]: a" for n in range(notes)
    )


def _one_footnote_often(size: int) -> str:
    return "[^1] " * (size // 5) + "\n\n[^1]: a"


def _long_line_then_rule(size: int) -> str:
    return "a" * size + "\n==="


def _blanks_then_word(size: int) -> str:
    return "a" + " " * size + "b"


def _blanks_in_heading(size: int) -> str:
    return "# a" + " #" * (size // 2) + " b"


def _open_fence_after_list(size: int) -> str:
    return "- a\n  ```\n" + "  b\n" * (size // 4)


def _formula_full_of_dollars(size: int) -> str:
    return "$" + "a\\$" * (size // 3) + "$"


def _link_with_long_title(size: int) -> str:
    return '[a](b "' + '"' * size + ")"


def _link_with_parentheses(size: int) -> str:
    return "[a](" + "(" * (size // 2) + ")" * (size // 2) + ")"


def _address_of_stops(size: int) -> str:
    return "https://a.b/" + ").,:" * (size // 4)


BUILT: list[Callable[[int], str]] = [
    *(_brackets, _links, _images, _emphasis, _strong),
    *(_deep_list, _shallow_list, _deep_quote, _deep_numbers, _list_and_back),
    *(_wide_table, _table_of_code, _growing_ticks, _growing_stars),
    *(_many_definitions, _many_footnotes, _one_footnote_often),
    *(_long_line_then_rule, _blanks_then_word, _blanks_in_heading, _open_fence_after_list),
    *(_formula_full_of_dollars, _link_with_long_title, _link_with_parentheses, _address_of_stops),
]


def shapes(size: int) -> dict[str, str]:
    """Return every shape at about this many characters, by name."""
    repeated = {name: piece * (size // len(piece)) for name, piece in REPEATED.items()}
    return repeated | {build.__name__.strip("_"): build(size) for build in BUILT}
