"""Finish the tree that Markdown built: put back what was stashed, judge links, demote headings."""

import re
from collections.abc import Iterator
from html import escape, unescape
from xml.etree.ElementTree import Element

from papers.text import addresses
from papers.text.rendering import allowed_html
from papers.text.rendering.name_references import REFERENCE
from papers.text.rendering.stash import MARK, Kind, Stashed, restore_sources

PIECE = re.compile(f"{MARK.pattern}|{REFERENCE.pattern}")
HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}
WRAPPED = re.compile(r" *[\x00-\x1f][\x00-\x20]*")
"""Where a line ends within an address, as mail programs wrap long ones."""

TASK = re.compile(r"\[([ xX])\][ \n]")

type Piece = str | Element


def postprocess(root: Element, stashed: list[Stashed]) -> None:
    """Change the tree in place."""
    waiting = [(root, False)]
    while waiting:
        element, in_link = waiting.pop()
        _postprocess_element(element, stashed)
        in_link = in_link or element.tag == "a"
        if element.tag == "code":  # indented; the library has escaped it
            element.text = restore_sources(element.text or "", stashed, as_shown)
            continue
        children = list(element)
        waiting += [(child, in_link) for child in children]
        _postprocess_text(element, children, stashed, in_link)


def _postprocess_element(element: Element, stashed: list[Stashed]) -> None:
    for name, value in element.items():
        element.set(name, restore_sources(unescape(value), stashed))
    if element.tag in HEADINGS:
        element.tag = HEADINGS[element.tag]
    elif element.tag == "a":
        _judge_link(element)
    elif element.tag == "img":
        _judge_image(element)
    elif element.tag == "li":
        _mark_task(element)


def _judge_link(link: Element) -> None:
    address = WRAPPED.sub("", link.get("href", "").strip())
    if address.startswith("<") and address.endswith(">"):
        address = address[1:-1]
    if not allowed_html.is_link(address):
        link.tag = "span"
        link.attrib.clear()
        return
    link.set("href", address)
    if allowed_html.leads_out(address):
        link.set("rel", allowed_html.REL)


def _judge_image(image: Element) -> None:
    """Keep an image of this site; make any other a link, so that no reader's browser fetches it."""
    address = image.get("src", "").strip()
    if allowed_html.is_own_image(address):
        image.set("loading", "lazy")
        return
    image.tag, image.text = "a", image.get("alt") or address
    image.attrib.clear()
    image.set("href", address)
    _judge_link(image)


def _mark_task(item: Element) -> None:
    """Show `[x]` at the head of a list item as a ticked box, a character and no form control."""
    head = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
    task = TASK.match(head.text or "")
    if task and head.text:
        item.set("class", "task-list-item")
        head.text = ("\u2610 " if task[1] == " " else "\u2611 ") + head.text[task.end() :]


def _postprocess_text(
    element: Element, children: list[Element], stashed: list[Stashed], in_link: bool
) -> None:
    """Split the texts of an element at stashed and references, and make these elements."""
    block = _lone_block(element, stashed)
    if block is not None:
        _become(element, block)
        return
    pieces = [*_pieces(element.text, element, stashed, in_link)]
    for child in children:
        tail, child.tail = child.tail, None
        pieces += [child, *_pieces(tail, element, stashed, in_link)]
    element.text = None
    del element[:]
    _fill(element, pieces)


def _lone_block(element: Element, stashed: list[Stashed]) -> Stashed | None:
    """Return the block of code or the formula that is all a paragraph holds."""
    mark = MARK.fullmatch((element.text or "").strip()) if element.tag == "p" else None
    if mark is None or len(element) or int(mark[1]) >= len(stashed):
        return None
    item = stashed[int(mark[1])]
    return item if item.kind in {Kind.FENCE, Kind.DISPLAY} else None


def _become(paragraph: Element, block: Stashed) -> None:
    if block.kind is Kind.DISPLAY:
        paragraph.tag, paragraph.text = "div", _readable(block)
        paragraph.set("class", "arithmatex")
    else:
        paragraph.tag, paragraph.text = "pre", None
        paragraph.append(_code(block))


def _pieces(
    text: str | None, parent: Element, stashed: list[Stashed], in_link: bool
) -> Iterator[Piece]:
    done = 0
    for found in PIECE.finditer(text or ""):
        yield found.string[done : found.start()]
        done = found.end()
        if found["handle"] or found["paper"]:
            yield found[0] if in_link else _reference(found)
        elif int(found[1]) < len(stashed):
            yield _shown(stashed[int(found[1])], parent, in_link)
    yield (text or "")[done:]


def _fill(element: Element, pieces: list[Piece]) -> None:
    """Write strings and elements, in order, into an empty element."""
    last: Element | None = None
    for piece in pieces:
        if isinstance(piece, Element):
            element.append(piece)
            last = piece
        elif last is None:
            element.text = (element.text or "") + piece
        else:
            last.tail = (last.tail or "") + piece


def _shown(item: Stashed, parent: Element, in_link: bool) -> Piece:
    """Return what an item looks like within a line."""
    if item.kind is Kind.ADDRESS:
        return item.content if in_link else _link(item.content, item.content)
    if item.kind in {Kind.FORMULA, Kind.DISPLAY}:
        formula = Element("span", {"class": "arithmatex"})
        formula.text = _readable(item)
        return formula
    if item.kind is Kind.FENCE and parent.tag in {"li", "blockquote", "div"}:
        block = Element("pre")
        block.append(_code(item))
        return block
    return _code(item)


def _code(item: Stashed) -> Element:
    code = Element("code", {"class": f"language-{item.language}"} if item.language else {})
    code.text = as_shown(item.content) + ("\n" if item.kind is Kind.FENCE else "")
    return code


def as_shown(typed: str) -> str:
    """Return the text so that it is shown as typed.

    The library writes an ampersand that seems to begin an entity (`&amp;`) as it is.
    """
    return escape(typed, quote=False)


def _readable(item: Stashed) -> str:
    """Return the formula as TeX between the brackets that js/math.js looks for."""
    opening, closing = ("\\[", "\\]") if item.kind is Kind.DISPLAY else ("\\(", "\\)")
    return as_shown(f"{opening}{item.content}{closing}")


def _reference(found: re.Match[str]) -> Element:
    if found["handle"]:
        return _link(addresses.member(found["handle"]), found[0])
    return _link(addresses.paper(int(found["paper"])), found[0])


def _link(address: str, text: str) -> Element:
    link = Element("a", {"href": address})
    link.text = text
    _judge_link(link)
    return link
