"""Reading XML that a stranger wrote: no entities, no fetching, bounded depth. Pure."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from papers.lookups.found_work import Unreadable

DEEPEST = 100
LARGEST = 200_000
"""Elements of one answer."""


def read_xml(data: bytes) -> Element:
    """The root of a document, names as "{namespace}name". Raises Unreadable.

    A document type may be named, as PubMed does; declarations in it are refused, so nothing can
    be multiplied or fetched.
    """
    builder, parser = TreeBuilder(), expat.ParserCreate(namespace_separator="}")
    depth = count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > DEEPEST or count > LARGEST:
            raise Unreadable("The document is too deep or too large.")
        builder.start(_write(name), attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_write(name))

    def refuse(*_: Any) -> None:
        raise Unreadable("The document declares entities.")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = parser.UnparsedEntityDeclHandler = refuse
    parser.ElementDeclHandler = parser.AttlistDeclHandler = parser.NotationDeclHandler = refuse
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, AssertionError, ValueError) as problem:
        raise Unreadable("The answer is not XML.") from problem


def _write(name: str) -> str:
    return f"{{{name}" if "}" in name else name
