"""The address of a meeting's room as a code that a phone's camera reads."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe

MARGIN = 4
"""Light modules around the code, as ISO/IEC 18004 asks for."""


@lru_cache(maxsize=64)
def render_code(address: str) -> SafeString:
    """The code as a drawing, hidden from screen readers: the link around it has words."""
    # Not at the start of the process: the library loads readers of pictures, which nothing uses.
    from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]
    from qrcode.main import QRCode  # type: ignore[import-untyped]

    code = QRCode(error_correction=ERROR_CORRECT_M, border=MARGIN)
    code.add_data(address)
    matrix = code.get_matrix()
    side = len(matrix)
    markup = (
        f'<svg class="room-code" viewBox="0 0 {side} {side}" aria-hidden="true"'
        f' shape-rendering="crispEdges"><rect class="room-code-ground" width="{side}"'
        f' height="{side}"/><path d="{"".join(_draw(matrix))}"/></svg>'
    )
    return mark_safe(markup)  # noqa: S308 (nothing but numbers)


def _draw(matrix: list[list[bool]]) -> Iterator[str]:
    """The dark modules of each row, those side by side as one stroke."""
    for y, row in enumerate(matrix):
        for is_dark, run in groupby(enumerate(row), key=lambda cell: cell[1]):
            cells = list(run)
            if is_dark:
                yield f"M{cells[0][0]} {y}h{len(cells)}v1h-{len(cells)}z"
