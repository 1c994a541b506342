"""XML as a tree with line numbers, by a parser that refuses what makes XML dangerous.

No entity is declared or fetched, no document type is read, and depth and number of elements are
bounded: "billion laughs" and its kin end in a sentence. Expat itself stays within the process that
is killed at its limits.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext as _

DEEPEST = 60
MOST_ELEMENTS = 2_000_000


class BrokenXML(Exception):
    """The text is no XML that is read here; the line, and why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line, self.why = line, why


@dataclass(slots=True)
class Node:
    """An element: its name without namespace, attributes likewise, children, and text."""

    name: str
    line: int
    end: int = 0
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text in it and below, as one."""
        parts: list[str] = []
        waiting: list[Node | str] = [self]
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                parts.append(one)
                continue
            for place in range(len(one.texts) - 1, -1, -1):
                if place < len(one.children):
                    waiting.append(one.children[place])
                waiting.append(one.texts[place])
        return "".join(parts).strip()

    def all(self, *names: str) -> Iterator["Node"]:
        """The children of these names."""
        return (child for child in self.children if child.name in names)

    def first(self, *path: str) -> "Node | None":
        """The first child of a name, and its first of the next one."""
        node: Node | None = self
        for name in path:
            node = next(node.all(name), None) if node else None
        return node

    def say(self, *path: str) -> str:
        """The text at the end of a path; empty without it."""
        found = self.first(*path)
        return found.text if found else ""


class _Builder:
    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self.root = Node("", 0, texts=[""])
        self.open = [self.root]
        self.number = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.number += 1
        if len(self.open) > DEEPEST or self.number > MOST_ELEMENTS:
            raise BrokenXML(self.parser.CurrentLineNumber, _("nested too deeply or too long"))
        plain = {_local(key): value for key, value in attributes.items()}
        node = Node(_local(name), self.parser.CurrentLineNumber, attributes=plain, texts=[""])
        self.open[-1].children.append(node)
        self.open[-1].texts.append("")
        self.open.append(node)

    def end(self, name: str) -> None:
        self.open.pop().end = self.parser.CurrentLineNumber

    def say(self, text: str) -> None:
        self.open[-1].texts[-1] += text

    def refuse(self, *what: object) -> int:
        raise BrokenXML(self.parser.CurrentLineNumber, _("it declares entities, which aren't read"))


def read_xml(text: str) -> Node:
    """The outermost element. Raises BrokenXML with line and reason."""
    parser = expat.ParserCreate(namespace_separator=" ")
    builder = _Builder(parser)
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.say
    parser.EntityDeclHandler = builder.refuse
    parser.ExternalEntityRefHandler = builder.refuse
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(_without_encoding(text), True)
    except expat.ExpatError as error:
        raise BrokenXML(error.lineno, expat.ErrorString(error.code)) from error
    if not builder.root.children:
        raise BrokenXML(1, _("it's empty"))
    return builder.root.children[0]


def _without_encoding(text: str) -> str:
    """The text was decoded before: what it says of its bytes holds no more."""
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith("<?xml"):
        head, sign, rest = text.partition("?>")
        return "\n" * head.count("\n") + rest if sign else text
    return text


def _local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(" ")[2]
