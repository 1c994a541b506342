"""One line of Markdown as a row of pieces: text, links, code, bold and slanted runs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from papers.text.identifiers import is_paper_url, is_web_url, url_spans, with_scheme

LONGEST_LINE = 8_000
"""Characters of one line that are read as Markdown; a longer one is plain text with addresses."""

_BROKEN_LINK = re.compile(r"\[([^\[\]]{1,300})\]+\)?\(<?([^()<>\n]{0,500})>?\)")
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
        return tuple(read_addresses(Piece(line)))
    tokens: list[Token] = []
    _PARSER.inline.parse(line, _PARSER, {}, tokens)
    return tuple(_split(_merge(_flatten(tokens))))


def _flatten(tokens: list[Token]) -> list[Piece]:
    """Tokens of inline Markdown as pieces; HTML within it counts like its Markdown."""
    flat = _Flat()
    for token in tokens:
        flat.take(token)
    return flat.pieces


class _Flat:
    """Collects pieces; remembers which styles and which link are open."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.strong = self.slanted = self.raised = 0
        self.url: str | None = None

    def take(self, token: Token) -> None:
        """Add one token."""
        match token.type:
            case "strong_open" | "strong_close":
                self.strong += token.nesting
            case "em_open" | "em_close":
                self.slanted += token.nesting
            case "link_open":
                self._open(str(token.attrGet("href") or ""))
            case "link_close":
                self.url = None
            case "html_inline":
                self._tag(token.content)
            case "image":
                self._image(str(token.attrGet("src") or ""), token.content)
            case _:
                text = "\n" if token.type.endswith("break") else token.content
                self._add(text, code=token.type == "code_inline")

    def _open(self, url: str) -> None:
        self.url = unwrap(url)
        self._add("")

    def _image(self, url: str, said: str) -> None:
        """A badge without words of its own says what is painted on it: "NeurIPS 2017"."""
        if said.strip() and self.url is None and is_paper_url(url):
            self.pieces.append(Piece(said, url))  # "![Title](https://arxiv.org/abs/..)"
        found = None if said.strip() or self.url is not None else _BADGE.search(url)
        text = unquote(found[1]) if found else ""
        told = " ".join(re.sub(r"(?<!-)-(?!-)|_", " ", text).replace("--", "-").split())
        self._add(told, code=bool(told))

    def _add(self, text: str, *, code: bool = False) -> None:
        if self.raised:
            text = text.translate(_RAISED)
        self.pieces.append(Piece(text, self.url, self.strong > 0, self.slanted > 0, code))

    def _tag(self, tag: str) -> None:
        found = _TAG.match(tag)
        if not found:
            return
        name, step = found[1].lower(), -1 if tag.startswith("</") else 1
        if name in ("b", "strong", "summary"):
            self.strong = max(0, self.strong + step)
        elif name in ("i", "em"):
            self.slanted = max(0, self.slanted + step)
        elif name == "sup":
            self.raised = max(0, self.raised + step)
        elif name == "a":
            href = _HREF.search(tag)
            if step < 0 or href is None:
                self.url = None
            else:
                self._open(unescape(href[1] or href[2] or href[3] or ""))
        elif name in ("br", "td", "th", "li", "p", "div"):
            self._add("\n")


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_BADGE = re.compile(r"^https?://img\.shields\.io/badge/([^/?#]{3,40}?)-[\w%]+(?:\.svg)?(?:[?#]|$)")
_REDIRECT = re.compile(r"https?://(?:www\.)?google\.[a-z.]+/url\?(?:[^#]*&)?(?:q|url)=([^&#]+)")


def unwrap(url: str) -> str:
    """An address without the redirect that an office program wraps around it."""
    found = _REDIRECT.match(url)
    return unquote(found[1]) if found else url


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


def split_pieces(pieces: list[Piece]) -> list[Piece]:
    """Runs of a format other than Markdown, with bare addresses and neighbours joined."""
    merged = _merge(pieces)
    found: list[Piece] = []
    for piece in merged:
        if piece.is_link:
            bare = piece.text.strip() == piece.url
            style = piece.strong, piece.slanted
            found.append(Piece(piece.text, piece.url, *style, False, bare))
        else:
            found.extend([piece] if piece.code else read_addresses(piece))
    return found


_SPECIAL = re.compile(r"([\\`*\[\]<]|(?<!\w)_|_(?!\w))")


def escape(text: str) -> str:
    """Text as Markdown that shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text)


def markdown_of(pieces: Iterable[Piece]) -> str:
    """Pieces as the Markdown that makes them."""
    return "".join(map(_markdown, pieces))


def _markdown(piece: Piece) -> str:
    text = piece.text
    if not text.strip():
        return text
    if piece.bare and piece.url:
        return piece.url
    lead = text[: len(text) - len(text.lstrip())]
    tail = text[len(text.rstrip()) :]
    body = f"`{text.strip()}`" if piece.code else escape(text.strip())
    if piece.strong:
        body = f"**{body}**"
    if piece.slanted:
        body = f"*{body}*"
    if piece.url is not None:
        body = (
            f"[{body}](<{piece.url}>)"
            if re.search(r"[\s()]", piece.url)
            else f"[{body}]({piece.url})"
        )
    return f"{lead}{body}{tail}"


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
    if "](" not in piece.text and "])(" not in piece.text:
        return read_addresses(piece)
    parts: list[Piece] = []
    end = 0
    for found in _BROKEN_LINK.finditer(piece.text):
        parts.extend(read_addresses(_cut(piece, end, found.start())))
        parts.append(Piece(found[1], found[2].strip(), piece.strong, piece.slanted))
        end = found.end()
    return parts + read_addresses(_cut(piece, end, len(piece.text)))


def read_addresses(piece: Piece) -> list[Piece]:
    """Plain text with the addresses in it as links."""
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


def said(text: str) -> str:
    """What a line of Markdown says, without addresses and what links are called."""
    return plain(piece for piece in read_pieces(text) if not piece.is_link)


def only_links(pieces: tuple[Piece, ...]) -> bool:
    """Whether a line holds nothing but links (and punctuation between them)."""
    rest = "".join(piece.text for piece in pieces if not piece.is_link)
    return any(piece.is_link for piece in pieces) and not any(char.isalnum() for char in rest)


def only_addresses(pieces: tuple[Piece, ...]) -> bool:
    """Whether a line holds nothing but bare web addresses."""
    return only_links(pieces) and all(piece.bare for piece in pieces if piece.is_link)
