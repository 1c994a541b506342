"""One line of Markdown as a row of pieces: text, links, code, bold and slanted runs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from papers.text.identifiers import is_web_url, url_spans, with_scheme

LONGEST_LINE = 8_000
"""Characters of one line that are read as Markdown; a longer one is plain text with addresses."""

_BROKEN_LINK = re.compile(r"\[([^\[\]]{1,300})\]+\(<?([^()<>\n]{0,500})>?\)")
_TAG = re.compile(r"</?(\w+)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one style. `url` is None unless it is a link; a link may be empty."""

    text: str
    url: str | None = None
    strong: bool = False
    slanted: bool = False
    code: bool = False
    bare: bool = False

    @property
    def is_link(self) -> bool:
        """A link, wherever it leads."""
        return self.url is not None

    @property
    def is_web(self) -> bool:
        """A link out to the web, which a paper can keep."""
        return self.url is not None and is_web_url(self.url)


def make_parser() -> MarkdownIt:
    """Markdown as lists are written: tables, and neither indented code nor HTML blocks."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # A bullet indented by a tab too many is a bullet; text between HTML tags is text.
    parser.disable(["code", "html_block"])
    parser.core.ruler.disable(["inline"])
    # Addresses are kept exactly as they were written; what may be opened is decided later.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


_PARSER = make_parser()


@lru_cache(maxsize=4096)
def read_pieces(line: str) -> tuple[Piece, ...]:
    """The pieces of one line of inline Markdown."""
    if len(line) > LONGEST_LINE:
        return tuple(_split_addresses(Piece(line)))
    tokens: list[Token] = []
    _PARSER.inline.parse(line, _PARSER, {}, tokens)
    return tuple(_split(_merge(_flatten(tokens))))


def _flatten(tokens: list[Token]) -> list[Piece]:
    pieces: list[Piece] = []
    strong = slanted = 0
    url: str | None = None
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                slanted += token.nesting
            case "link_open":
                url = str(token.attrGet("href") or "")
                pieces.append(Piece("", url, bool(strong), bool(slanted)))
            case "link_close":
                url = None
            case "html_inline":
                strong += _bold_tag(token.content)
            case "image":
                pieces.append(Piece("", url, bool(strong), bool(slanted)))
            case _:
                text = " " if token.type.endswith("break") else token.content
                code = token.type == "code_inline"
                pieces.append(Piece(text, url, strong > 0, slanted > 0, code))
    return pieces


def _bold_tag(tag: str) -> int:
    found = _TAG.match(tag)
    if not found or found[1].lower() not in ("b", "strong"):
        return 0
    return -1 if tag.startswith("</") else 1


def _merge(pieces: list[Piece]) -> list[Piece]:
    """Join what belongs to one link or one run of the same style."""
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if (
            last
            and last.url == piece.url
            and ((piece.is_link and piece.text) or _alike(last, piece))
        ):
            text = last.text + piece.text
            style = last if last.text else piece
            merged[-1] = Piece(text, last.url, style.strong, style.slanted, style.code)
        else:
            merged.append(piece)
    return [piece for piece in merged if piece.text or piece.is_link]


def _alike(one: Piece, other: Piece) -> bool:
    return (
        one.url is None
        and one.strong == other.strong
        and one.slanted == other.slanted
        and not one.code
        and not other.code
    )


def _split(pieces: list[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        if piece.is_link:
            bare = piece.text == piece.url
            found.append(Piece(piece.text, piece.url, piece.strong, piece.slanted, False, bare))
        elif piece.code:
            found.append(piece)
        else:
            found.extend(_split_broken(piece))
    return found


def _split_broken(piece: Piece) -> list[Piece]:
    """Links that Markdown does not see as such: a bracket too many, blanks in the address."""
    if "](" not in piece.text:
        return _split_addresses(piece)
    parts: list[Piece] = []
    end = 0
    for found in _BROKEN_LINK.finditer(piece.text):
        parts.extend(_split_addresses(_cut(piece, end, found.start())))
        parts.append(Piece(found[1], found[2].strip(), piece.strong, piece.slanted))
        end = found.end()
    return parts + _split_addresses(_cut(piece, end, len(piece.text)))


def _split_addresses(piece: Piece) -> list[Piece]:
    if "://" not in piece.text and "www." not in piece.text:
        return [piece] if piece.text else []
    parts: list[Piece] = []
    end = 0
    for start, stop in url_spans(piece.text):
        parts.append(_cut(piece, end, start))
        written = piece.text[start:stop]
        parts.append(Piece(written, with_scheme(written), piece.strong, piece.slanted, bare=True))
        end = stop
    parts.append(_cut(piece, end, len(piece.text)))
    return [part for part in parts if part.text]


def _cut(piece: Piece, start: int, end: int) -> Piece:
    return Piece(piece.text[start:end], None, piece.strong, piece.slanted)


def plain(pieces: Iterable[Piece]) -> str:
    """The text of pieces without marks, blanks joined."""
    return " ".join("".join(piece.text for piece in pieces).split())


def only_links(pieces: tuple[Piece, ...]) -> bool:
    """Whether a line holds nothing but links (and punctuation between them)."""
    rest = "".join(piece.text for piece in pieces if not piece.is_link)
    return any(piece.is_link for piece in pieces) and not any(char.isalnum() for char in rest)


def only_addresses(pieces: tuple[Piece, ...]) -> bool:
    """Whether a line holds nothing but bare web addresses."""
    return only_links(pieces) and all(piece.bare for piece in pieces if piece.is_link)
