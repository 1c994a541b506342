"""The whole way from Markdown to safe HTML, in this process and without limits of its own.

Call it through `papers.text.markdown`, which bounds its time and memory.
"""

import re
from collections.abc import Callable
from hashlib import sha256

from papers.text.rendering import grammar
from papers.text.rendering.preprocess import shape
from papers.text.rendering.sanitising import clean
from papers.text.rendering.stash import stash
from papers.text.rendering.tidying import tidy

# Nobody means these, and python-markdown takes minutes over them. The bound does not rest on this
# list; it saves the time of finding out.
HOPELESS = re.compile(r"(?:!?\[[^\[\]\n]?){200}|(?:[ ]{0,3}>){100}")


class HopelessError(ValueError):
    """A text that need not even be tried."""


def render(data: bytes) -> str:
    """Return safe HTML for a text in UTF-8: what the sandbox runs."""
    return to_html(data.decode())


def warm_up() -> None:
    """Have all the machinery load that a text may need."""
    to_html("# Warm\n\n*up* $x$ [^1]\n\n[^1]: `now`")


def to_html(text: str, clean: Callable[[str], str] = clean) -> str:
    """Return safe HTML. May raise and may take long: the caller bounds it."""
    text = tidy(text)
    if HOPELESS.search(text):
        raise HopelessError
    name = sha256(text.encode()).hexdigest()[:8]
    rest, stashed = stash(text)
    return clean(grammar.read(shape(rest), stashed, name))
