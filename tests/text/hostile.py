"""Hostile texts: what a member, or a list taken in, might hold to run script or reach outside.

Each tries to call `hit()` or `alert()`, or to make the reader's browser ask `evil.test`.
Gathered from what Markdown renderers, sanitisers, htmx and KaTeX were seen to let through.
"""

from tests.text.hostile_html import HANDLERS, HTMX, MUTATIONS, SCRIPTS
from tests.text.hostile_markdown import EXTENSIONS, LINK_SHAPES, MATH, SCHEME_TRICKS


def _in_links() -> list[str]:
    return [f"[x]({address})" for address in SCHEME_TRICKS]


def _in_other_places() -> list[str]:
    """Each trick once more: pointed, referred to, as an image, written as HTML, or bare."""
    shapes = ("<{}>", "[x][r]\n\n[r]: {}", "![x]({})", '<a href="{}">x</a>', "see {} there")
    return [shapes[n % len(shapes)].format(trick) for n, trick in enumerate(SCHEME_TRICKS)]


HOSTILE = [
    *SCRIPTS,
    *HANDLERS,
    *_in_links(),
    *_in_other_places(),
    *LINK_SHAPES,
    *MUTATIONS,
    *HTMX,
    *MATH,
    *EXTENSIONS,
]
