"""Markdown to safe HTML: the one function through which every text of a member is shown.

What a text may use: CommonMark's basics, tables, fenced code, footnotes, task lists, ~~strike~~,
formulas ($x$, $$x$$, \\(x\\), \\[x\\]), bare addresses, @handle and #12 for a paper. Lines typed
below each other stay lines, unless an editor wrapped them. Headings are demoted by two, since the
page's own come first: `#` becomes h3, `##` h4, `###` h5, the rest h6.
Raw HTML is shown as typed. Images are shown from this site's /files/ alone; others become links.

Rendering never raises and is bounded whatever the text: by CPU time and memory in a helper
process, by LIMIT here. What exceeds it is shown as typed, below a note.
"""

import re
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from html import escape, unescape

from papers.sandbox.pool import Limits, NoResult, TooBusy
from papers.text.rendering.name_references import REFERENCE
from papers.text.rendering.prose import read_prose
from papers.text.rendering.stash import stash
from papers.text.rendering.tidying import tidy
from papers.text.sandboxed import RENDER, pool

RENDERER_VERSION = 5  # raise it when the same text gives other HTML; kept HTML is then made anew
LONGEST_TEXT = 200_000  # characters; a review of 100,000 with 300 formulas takes about 0.3 s
LIMIT = 0.9  # seconds for a text, waiting for a helper included
WAIT = 0.4  # seconds of it for a free helper at most; a preview holds a thread of the server
LARGEST_ANSWER = 4_000_000  # bytes; 200,000 characters of ordinary text make about 300,000

TANGLED = "This text is too tangled to be formatted, so it is shown as typed."
TOO_LONG = f"This text is longer than {LONGEST_TEXT:,} characters, so it is shown as typed."
BUSY = "This text could not be formatted just now, so it is shown as typed."


@dataclass(frozen=True, slots=True)
class Rendering:
    """A text as HTML; not final when another try, at a quieter time, may format it."""

    html: str
    is_final: bool = True


def render(text: str) -> str:
    """Return safe HTML for a Markdown text. Never raises; takes at most a second."""
    return render_once(text).html


def render_once(text: str) -> Rendering:
    """Return safe HTML, and whether to keep it: what is not final should be rendered again."""
    text = tidy(text)
    if not text.strip():
        return Rendering("")
    if len(text) > LONGEST_TEXT:
        return Rendering(_as_typed(text, TOO_LONG))
    prose = read_prose(text)
    return _render_in_helper(text) if prose is None else Rendering(prose)


def warm_up() -> None:
    """Start the helper ahead of the first text; a server calls it once it has forked."""
    pool.warm_up()


def mentions(text: str) -> set[str]:
    """Return the handles mentioned, as typed; not those within code, formulas and links."""
    return {found["handle"] for found in _references(text) if found["handle"]}


def plain(html: str) -> str:
    """Return the words of rendered HTML on one line, for excerpts and mails."""
    return " ".join(unescape(TAG.sub(_gap, html)).split())


TAG = re.compile(r"</?([a-z0-9]+)[^<>]*+>")
WITHIN_WORDS = {"a", "em", "strong", "del", "span", "code", "sup"}
LINK = re.compile(
    r"\[[^\[\]\n]*+\](?:\([^()\n]*+\)|\[[^\[\]\n]*+\])|^[ ]{0,3}\[[^\[\]\n]++\]:.*", re.M
)
ESCAPED = re.compile(r"\\[@#]")

_tangled: OrderedDict[bytes, None] = OrderedDict()


def _render_in_helper(text: str) -> Rendering:
    data = text.encode()
    digest = sha256(data).digest()
    if digest in _tangled:
        return Rendering(_as_typed(text, TANGLED))
    try:
        limits = Limits(cpu=seconds_for(len(data)), seconds=LIMIT, answer=LARGEST_ANSWER, wait=WAIT)
        return Rendering(pool.run(RENDER, limits, data))
    except TooBusy:
        return Rendering(_as_typed(text, BUSY), is_final=False)
    except NoResult:
        _cache_tangled(digest)
        return Rendering(_as_typed(text, TANGLED))


def seconds_for(size: int) -> float:
    """Return the CPU time a text of so many bytes may take; ordinary text needs a third of it."""
    return min(0.2 + size / 160_000, 0.7)


def _cache_tangled(digest: bytes) -> None:
    """Keep in mind what was tangled, so that a preview asking again and again costs nothing."""
    _tangled[digest] = None
    while len(_tangled) > 256:
        _tangled.popitem(last=False)


def _as_typed(text: str, note: str) -> str:
    return f"<p><em>{note}</em></p>\n<pre>{escape(text)}</pre>"


def _references(text: str) -> list[re.Match[str]]:
    rest, _ = stash(tidy(text))
    return list(REFERENCE.finditer(ESCAPED.sub(" ", LINK.sub(" ", rest))))


def _gap(tag: re.Match[str]) -> str:
    return "" if tag[1] in WITHIN_WORDS else " "
