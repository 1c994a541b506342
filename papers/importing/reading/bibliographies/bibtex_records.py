"""BibTeX and BibLaTeX files cut into records: fields as written, what is broken still read.

The grammar is BibTeX's own (https://www.bibtex.org/Format/): braces count wherever they stand, text
between the entries is comment, `@string` names are joined with `#`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_HEAD = re.compile(r"^[ \t]*@[ \t]*([A-Za-z]+)\s*+([{(])", re.MULTILINE)
_KEY = re.compile(r"\s*+([^\s,{}()=\"#%]*+)\s*+(?:,|(?=[})]|\Z))")
_MORE_KEY = re.compile(r"([^={}\"\n]{1,60}),(?=\s*[A-Za-z][\w-]*\s*=)")
_NAME = re.compile(r"[\s,]*+([A-Za-z][\w:.+/-]*+)\s*+=\s*+")
_NEXT_FIELD = re.compile(r"(?:,\s*+|\n[ \t,]*+)(?=[A-Za-z][\w:.+/-]*+\s*+=\s*+[{\"\w])")
_LINE_END = re.compile(r"\n|\Z")
_WORD = re.compile(r"[^\s,{}()=\"#%]++")
_JOIN = re.compile(r"\s*+#\s*+")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_ESCAPE = re.compile(r"\\.|[{}]", re.DOTALL)
_MONTHS = {
    name[:3].lower(): name
    for name in ("January", "February", "March", "April", "May", "June", "July", "August",
                 "September", "October", "November", "December")
}  # fmt: skip
MOST_LOST = 5
"""Values without an end after which the rest of an entry is given up: looking costs time."""

MOST_EXPANDED = 5_000_000
"""Characters that names of `@string` may add to a file: 20,000 entries with three of 80 each."""

LONGEST_NAMED = 10_000
"""Characters of one `@string` with the names in it filled in."""

DEEPEST_NAME = 20
"""Names built of names built of names at most."""

_FIELD_LINE = re.compile(r"\s*(?:@\s*\w+\s*[{(]|[\w-]+\s*=|[})])")


@dataclass(slots=True)
class Record:
    """One entry with its lines; `fields` by their names in lower case, without outer braces.

    `unfilled` is a name of `@string` that could not be filled in, since that would be too much.
    """

    kind: str
    key: str
    start: int
    end: int
    fields: dict[str, str] = field(default_factory=dict)
    is_whole: bool = True
    unfilled: str = ""


class _Names:
    """The names that `@string` gives to texts, and how much they may still add to the file."""

    def __init__(self) -> None:
        self._texts = dict(_MONTHS)
        self._depths: dict[str, int] = {}
        self._left = MOST_EXPANDED

    def fill_in(self, word: str) -> tuple[str, int] | None:
        """What a word stands for, and how deep it is built; None where that would be too much."""
        name = word.lower()
        text = self._texts.get(name)
        if text is None:
            return word, 0
        self._left -= len(text)
        return (text, self._depths.get(name, 0)) if self._left >= 0 else None

    def define(self, record: Record, depth: int) -> None:
        """Take a definition; one too long or too deep is marked, and gives its name no text."""
        for name, text in record.fields.items():
            if record.unfilled or depth > DEEPEST_NAME or len(text) > LONGEST_NAMED:
                record.unfilled = name
            else:
                self._texts[name], self._depths[name] = text, depth


def is_bibtex(text: str) -> bool:
    """Whether a text is a file of entries: one opens it, or most of its lines belong to some.

    A README that ends with an entry to cite it by is none.
    """
    head = _HEAD.search(text)
    if head is None:
        return False
    before = [line for line in text[: head.start()].split("\n") if line.strip()]
    if all(line.lstrip().startswith("%") for line in before):
        return True
    lines = [line for line in text[:200_000].split("\n") if line.strip()]
    if any(line.lstrip().startswith("```") for line in lines):
        return False
    return sum(bool(_FIELD_LINE.match(line)) for line in lines) * 2 > len(lines)


def count_entries(text: str) -> int:
    """How many entries a file seems to hold."""
    return sum(1 for _ in _HEAD.finditer(text))


def read_records(text: str) -> Iterator[Record]:
    """The entries of a file in their order; `@string` names stand for what they say.

    A definition that grows too large comes too, as a record that is `unfilled`.
    """
    names = _Names()
    heads = list(_HEAD.finditer(text))
    seen = line = 0
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        line += text.count("\n", seen, head.start())
        seen = head.start()
        kind = head[1].lower()
        if kind in ("comment", "preamble"):
            continue
        body = text[head.end() : following.start() if following else len(text)]
        record = Record(kind, "", line + 1, line + 1)
        inner = _Body(body, head[2], names)
        used = inner.read_into(record)
        record.end += text.count("\n", seen, head.end() + used)
        if kind == "string":
            names.define(record, inner.depth)
        if kind != "string" or record.unfilled:
            yield record


class _Body:
    """What stands behind the opening brace of an entry, up to where the next entry opens."""

    def __init__(self, text: str, opening: str, names: _Names) -> None:
        self.names = names
        self.depth = 0
        self.unfilled = ""
        # Files that escape single braces are balanced only without those.
        for self.braces in (_BRACE, _BRACE_OR_ESCAPE):
            end = self._find_end(text, "}" if opening == "{" else ")")
            if end >= 0:
                break
        self.is_closed = end >= 0
        self.text = text[:end] if self.is_closed else text.rstrip()

    def read_into(self, record: Record) -> int:
        """Read key and fields; returns how many characters belong to the entry."""
        at = 0
        if record.kind != "string" and (found := _KEY.match(self.text)):
            record.key, at = found[1], found.end()
            if (more := _MORE_KEY.match(self.text, at)) and not _NAME.match(self.text, at):
                record.key, at = f"{record.key},{more[1].strip()}", more.end()
        record.is_whole = self.is_closed
        lost = 0
        while lost < MOST_LOST and (found := _NAME.match(self.text, at)):
            value, at = self._value(found.end())
            if value is None:
                # Without an end it goes on to where the next field begins, or to the line's end.
                record.is_whole = False
                lost += 1
                further = _NEXT_FIELD.search(self.text, at) or _LINE_END.search(self.text, at)
                end = further.start() if further else len(self.text)
                value, at = self.text[at:end].strip(' \t{}",'), end
            record.fields.setdefault(found[1].lower(), value)
        if self.text[at:].strip(" \t\n,"):
            record.is_whole = False
        record.unfilled = self.unfilled
        return len(self.text)

    def _value(self, at: int) -> tuple[str | None, int]:
        """The value that begins here, None if it has no end, and where to go on."""
        parts = []
        while True:
            opening = self.text[at : at + 1]
            if opening == "{":
                end = self._find_end(self.text, "}", at + 1)
            elif opening == '"':
                end = self._find_end(self.text, '"', at + 1)
            elif word := _WORD.match(self.text, at):
                parts.append(self._fill_in(word[0]))
                at = end = word.end()
            else:
                return None, at
            if end < 0:
                return None, at
            if opening in ("{", '"'):
                parts.append(self.text[at + 1 : end])
                at = end + 1
            joined = _JOIN.match(self.text, at)
            if joined is None:
                return "".join(parts), at
            at = joined.end()

    def _fill_in(self, word: str) -> str:
        filled = self.names.fill_in(word)
        if filled is None:
            self.unfilled = self.unfilled or word
            return word
        text, depth = filled
        self.depth = max(self.depth, depth + (text is not word))
        return text

    def _find_end(self, text: str, closing: str, at: int = 0) -> int:
        """Where the closing sign stands outside further braces, -1 if nowhere."""
        depth = 0
        if closing == "}":
            for found in self.braces.finditer(text, at):
                if found[0] == "{":
                    depth += 1
                elif found[0] == "}":
                    depth -= 1
                    if depth < 0:
                        return found.start()
            return -1
        while (end := text.find(closing, at)) >= 0:
            depth += text.count("{", at, end) - text.count("}", at, end)
            if depth <= 0:
                return end
            at = end + 1
        return -1
