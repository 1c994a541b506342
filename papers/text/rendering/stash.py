"""Take out of a text what Markdown must not touch: code, formulas and bare addresses.

Each is replaced by a mark, OPEN number CLOSE, which Markdown carries along as plain characters.
After Markdown has built its tree, `dressing` puts every item back where its mark arrived.
All of it runs in time linear in the text (but for a logarithm), whatever the text.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

OPEN, CLOSE = "\ufdd0", "\ufdd1"  # never characters in Unicode, so no text can mean them
MARK = re.compile(f"{OPEN}([0-9]+){CLOSE}")


class Kind(Enum):
    """What an item holds."""

    FENCE = "a block of code"
    CODE = "code within a line"
    FORMULA = "a formula within a line"
    DISPLAY = "a formula on lines of its own"
    ADDRESS = "a bare web address"


@dataclass(frozen=True, slots=True)
class Stashed:
    """One piece taken out: its content, and its source exactly as typed."""

    kind: Kind
    content: str
    source: str
    language: str = ""


def stash(text: str) -> tuple[str, list[Stashed]]:
    """Return the text with marks, and the stashed in the order of their numbers."""
    stashed: list[Stashed] = []
    text = "\n".join(_without_fences(text.split("\n"), stashed))
    return _without_spans(text, stashed), stashed


def restore_sources(
    text: str, stashed: list[Stashed], show: Callable[[str], str] = lambda source: source
) -> str:
    """Return the text as typed: for the places where an item means nothing, as in a link."""
    return MARK.sub(lambda mark: show(_source(int(mark[1]), stashed)), text)


def _source(number: int, stashed: list[Stashed]) -> str:
    return stashed[number].source if number < len(stashed) else ""


def _mark(item: Stashed, stashed: list[Stashed]) -> str:
    stashed.append(item)
    return f"{OPEN}{len(stashed) - 1}{CLOSE}"


# Fenced code, line by line: at any depth of quotes and lists, unclosed up to the end of its quote.

FENCE = re.compile(
    r"(?P<quote>(?:[ ]{0,3}>)*+)(?P<indent>[ \t]*+(?:(?:[-*+]|[0-9]{1,9}[.)])[ ]++)?)"
    r"(?P<fence>`{3,}+|~{3,}+)(?P<info>[^`]*+)"
)
LANGUAGE = re.compile(r"[\s{.]*+([A-Za-z0-9_+#-]{1,30})")


def _without_fences(lines: list[str], stashed: list[Stashed]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        opening = FENCE.fullmatch(lines[at])
        if opening is None:
            yield lines[at]
            at += 1
            continue
        end, inner = _read_fence(lines, at + 1, opening)
        quote, indent = opening["quote"], opening["indent"]
        item = Stashed(
            Kind.FENCE, "\n".join(inner), "\n".join(lines[at:end]), _language(opening["info"])
        )
        yield from () if indent.strip() else (quote,)
        yield f"{quote}{' ' if quote and not indent else ''}{indent}{_mark(item, stashed)}"
        yield quote
        at = end


def _read_fence(lines: list[str], at: int, opening: re.Match[str]) -> tuple[int, list[str]]:
    """Return the number of the line after the fence, and the lines of code inside it."""
    depth = opening["quote"].count(">")
    margin = re.compile(rf"(?:[ ]{{0,3}}>){{{depth}}}[ ]{{0,{len(opening['indent'])}}}")
    fence = opening["fence"]
    inner: list[str] = []
    while at < len(lines):
        within = margin.match(lines[at])
        if within is None:
            return at, inner
        line = lines[at][within.end() :]
        at += 1
        if _closes(line, fence):
            return at, inner
        inner.append(line)
    return at, inner


def _closes(line: str, fence: str) -> bool:
    run = line.strip(" \t")
    return len(run) >= len(fence) and not run.strip(fence[0])


def _language(info: str) -> str:
    found = LANGUAGE.match(info)
    return found[1].lower() if found else ""


# Code, formulas and addresses within paragraphs.

INSIDE = r"\\[^\n{stop}]|\n(?![ \t]*+\n)"
SPAN = re.compile(
    r"(?=[\\`$<hH])(?:"
    + "|".join(
        (
            r"\\\((?P<round>(?:[^\\\n]|" + INSIDE.format(stop="()") + r")++)\\\)",
            r"\\\[(?P<square>(?:[^\\\n]|" + INSIDE.format(stop=r"\[\]") + r")++)\\\](?![(\[:])",
            r"\\(?P<escaped>.)",
            r"(?P<ticks>`++)",
            r"\${3,}+",
            r"\$\$(?P<double>(?:[^$\\\n]|\$(?!\$)|" + INSIDE.format(stop="") + r")++)\$\$",
            r"\$(?!\s)(?P<single>(?:[^$\\\n`]|" + INSIDE.format(stop="") + r")++)(?<!\s)\$",
            r"<(?P<pointed>(?i:https?)://[^\s<>]++)>",
            r"(?<![A-Za-z0-9_@/.])(?P<bare>(?i:https?)://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]++)",
        )
    )
    + ")"
)
BLANK_LINE = re.compile(r"\n[ \t]*+\n")
QUOTE_MARGIN = re.compile(r"\n[ ]{0,3}(?:>[ ]?)++")
SHELL = re.compile(r"\{?[A-Z_]{2,}")  # $HOME/bin:$PATH is no formula


def _without_spans(text: str, stashed: list[Stashed]) -> str:
    ticks = _Ticks(text)
    pieces: list[str] = []
    done = 0
    while found := SPAN.search(text, done):
        pieces.append(text[done : found.start()])
        replaced, done = _replace(found, ticks, stashed)
        pieces.append(replaced)
    return "".join(pieces) + text[done:]


def _replace(found: re.Match[str], ticks: "_Ticks", stashed: list[Stashed]) -> tuple[str, int]:
    """Return what stands in the text instead of this match, and where to read on."""
    kind = found.lastgroup
    if kind == "ticks":
        return ticks.replace(found, stashed)
    if kind == "escaped":
        return ("$" if found["escaped"] == "$" else found[0]), found.end()
    if kind == "bare":
        return _replace_address(found, stashed)
    if kind == "pointed":
        item = Stashed(Kind.ADDRESS, found["pointed"], found[0])
        return _mark(item, stashed), found.end()
    return _replace_formula(found, kind, stashed)


def _replace_formula(
    found: re.Match[str], kind: str | None, stashed: list[Stashed]
) -> tuple[str, int]:
    if kind is None:
        return found[0], found.end()
    if _is_no_formula(found, kind):
        return found[0][0], found.start() + 1
    shown = Kind.FORMULA if kind in {"round", "single"} else Kind.DISPLAY
    content = _unquoted(found[kind], found).strip()
    return _mark(Stashed(shown, content, found[0]), stashed), found.end()


def _is_no_formula(found: re.Match[str], kind: str) -> bool:
    content = found[kind]
    if kind == "single":
        after = found.string[found.end() : found.end() + 3]
        is_price = after[:1].isdigit() and "\\" not in content  # $5-$6, but not 3$\times$3
        return is_price or bool(SHELL.match(content) and SHELL.match(after))
    if kind == "square":  # an escaped bracket: \[1\], \[ \], \[x\]
        return content.strip(" xX0123456789,-") == ""
    return not content.strip()


def _unquoted(content: str, found: re.Match[str]) -> str:
    """Drop the margin of a quote from the further lines of a formula that stands in it."""
    if "\n" not in content:
        return content
    line = found.string.rfind("\n", 0, found.start()) + 1
    if not found.string[line : line + 4].lstrip(" ").startswith(">"):
        return content
    return QUOTE_MARGIN.sub("\n", content)


def _replace_address(found: re.Match[str], stashed: list[Stashed]) -> tuple[str, int]:
    address = _without_stops(found["bare"])
    if address.endswith("://"):
        return found[0], found.end()
    end = found.start() + len(address)
    return _mark(Stashed(Kind.ADDRESS, address, address), stashed), end


def _without_stops(address: str) -> str:
    """Leave out the punctuation that ends the sentence rather than the address."""
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end and (
        address[end - 1] in "?!.,:;*_~'\"$" or (address[end - 1] == ")" and surplus > 0)
    ):
        surplus -= address[end - 1] == ")"
        end -= 1
    return address[:end]


class _Ticks:
    """Finds where code within a line ends: at the next run of as many backticks."""

    def __init__(self, text: str) -> None:
        self._runs: dict[int, list[int]] = defaultdict(list)
        for run in re.finditer("`++", text):
            self._runs[len(run[0])].append(run.start())
        self._breaks = [found.start() for found in BLANK_LINE.finditer(text)]

    def replace(self, found: re.Match[str], stashed: list[Stashed]) -> tuple[str, int]:
        length = len(found[0])
        closing = self._next(self._runs[length], found.end())
        if closing is None or closing > (self._next(self._breaks, found.end()) or closing):
            return "\\`" * length, found.end()  # no end: so Markdown need not look for it again
        source = found.string[found.start() : closing + length]
        content = _unquoted(found.string[found.end() : closing], found).replace("\n", " ")
        return _mark(Stashed(Kind.CODE, _trimmed(content), source), stashed), closing + length

    @staticmethod
    def _next(places: list[int], after: int) -> int | None:
        at = bisect_right(places, after - 1)
        return places[at] if at < len(places) else None


def _trimmed(code: str) -> str:
    """Take one blank off each side, as `` `` ` `` `` needs it."""
    if code.strip() and code[0] == code[-1] == " ":
        return code[1:-1]
    return code
