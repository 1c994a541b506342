"""What the sandbox runs for members' texts; `sandboxed` is the site's side."""

from papers.text import differences, merging, points
from papers.text.rendering import stages
from papers.text.text_results import Piece


def compare(_: bytes, old: str, new: str) -> list[Piece]:
    """What changed between two texts."""
    return differences.compare(old, new)


def join(_: bytes, one: str, two: str) -> str:
    """Both texts in one."""
    return differences.join(one, two)


def merge(_: bytes, base: str, theirs: str, mine: str) -> str | None:
    """Both changes of `base` in one text, None where they clash."""
    return merging.merge(base, theirs, mine)


def split_points(_: bytes, critique: str) -> list[str]:
    """The points of a critique."""
    return points.split_points(critique)


def render(data: bytes) -> str:
    """Safe HTML for a text in UTF-8."""
    return stages.render(data)


def warm_up() -> None:
    """Have all the machinery load that a text may need."""
    stages.warm_up()
    points.split_points("- one\n- two")
