"""What Zotero says of items and collections, and who changed what. Pure.

The fields are those of Zotero's Web API, version 3 (https://www.zotero.org/support/dev/web_api/v3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

FACTS = ("title", "authors", "year", "venue", "abstract")
"""What is kept equal on both sides."""

VENUES = (
    "publicationTitle", "proceedingsTitle", "conferenceName", "bookTitle", "repository",
    "university", "institution", "publisher", "websiteTitle", "blogTitle",
)  # fmt: skip
"""Where the kinds of items say where they appeared; the first that an item has."""

NOT_PAPERS = frozenset({"attachment", "note", "annotation"})


@dataclass(frozen=True, slots=True)
class Creator:
    """A person of an item; `name` alone for groups and names that are not in two parts."""

    role: str
    first: str = ""
    last: str = ""
    name: str = ""

    @property
    def said(self) -> str:
        """The name as the lab writes it."""
        return self.name or f"{self.first} {self.last}".strip()

    def as_zotero(self) -> dict[str, str]:
        """As the API takes it."""
        parts = {"name": self.name} if self.name else {}
        parts = parts or {"firstName": self.first, "lastName": self.last}
        return {"creatorType": self.role, **parts}


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the library; `names` are its DOI, address and whatever else may identify it."""

    key: str
    version: int
    type: str
    title: str
    creators: tuple[Creator, ...] = ()
    year: int | None = None
    venue: str = ""
    venue_field: str = ""
    abstract: str = ""
    names: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    is_trashed: bool = False

    @property
    def authors(self) -> list[str]:
        """Its authors; everybody where nobody is called one."""
        said = [one.said for one in self.creators if one.role == "author" and one.said]
        return said or [one.said for one in self.creators if one.said]

    @property
    def facts(self) -> dict[str, Any]:
        """The facts that both sides share."""
        return {name: getattr(self, name) for name in FACTS}

    def as_json(self) -> dict[str, Any]:
        """What a JSON column stores."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The reverse of `as_json`."""
        creators = tuple(Creator(**one) for one in data["creators"])
        lists = {name: tuple(data[name]) for name in ("names", "collections")}
        return cls(**{**data, **lists, "creators": creators})


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection; `parent` is the key of the one around it, or empty."""

    key: str
    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What one answer says; `count` rows of a list were in it.

    `written` and `failed` are by the place in the list that was sent: the new version, and the
    status with which Zotero refused.
    """

    items: tuple[Item, ...] = ()
    collections: tuple[Collection, ...] = ()
    versions: dict[str, int] = field(default_factory=dict)
    gone_items: tuple[str, ...] = ()
    gone_collections: tuple[str, ...] = ()
    written: dict[int, int] = field(default_factory=dict)
    failed: dict[int, int] = field(default_factory=dict)
    readable: tuple[str, ...] = ()
    writable: tuple[str, ...] = ()
    count: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The names of the facts to take from Zotero, to send there, and to ask about."""

    take: tuple[str, ...] = ()
    send: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()


def reconcile(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> Outcome:
    """Who changed what since both agreed.

    A change on one side goes to the other, unless it takes the last value away there: like a
    change on both sides, that is asked about. Without an agreed value, an empty one is filled.
    """
    take, send, ask = [], [], []
    for name in FACTS:
        mine, yours = ours[name], theirs[name]
        if is_same(mine, yours):
            continue
        is_mine_old = name in base and is_same(base[name], mine)
        is_yours_old = name in base and is_same(base[name], yours)
        if (is_mine_old and yours) or (not mine and not is_yours_old):
            take.append(name)
        elif is_yours_old or (not yours and not is_mine_old):
            send.append(name)
        else:
            ask.append(name)
    return Outcome(tuple(take), tuple(send), tuple(ask))


def is_same(one: Any, other: Any) -> bool:
    """Whether two values of a fact differ in blanks and line ends at most."""
    return bool(_flatten(one) == _flatten(other))


def _flatten(value: Any) -> Any:
    if isinstance(value, list):
        return [_flatten(one) for one in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def make_patch(item: Item, ours: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The fields of the API that bring these facts to Zotero."""
    patch: dict[str, Any] = {}
    for name in names:
        value = ours[name]
        if name == "authors":
            patch["creators"] = [one.as_zotero() for one in make_creators(item, value)]
        elif name == "year":
            patch["date"] = str(value or "")
        elif name == "venue":
            patch[item.venue_field or "publicationTitle"] = value
        else:
            patch["abstractNote" if name == "abstract" else name] = value
    return patch


def make_creators(item: Item, authors: list[str]) -> list[Creator]:
    """Creators with these authors; who stays keeps the parts of her name, editors stay too."""
    there = {one.said: one for one in item.creators if one.role == "author"}
    others = [one for one in item.creators if one.role != "author" and there]
    return [there.get(name) or _split(name) for name in authors] + others


def _split(name: str) -> Creator:
    first, _, last = name.rpartition(" ")
    return Creator("author", first, last) if first else Creator("author", name=last)
