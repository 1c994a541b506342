"""Results kept for short texts.

What members send may be megabytes long. A cache bounded only in its number of entries would keep
thousands of such texts as keys, so longer ones are worked out anew each time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, cast

LONGEST = 500
"""Characters of a text whose result is kept: titles and addresses of real papers are shorter."""


def memoize[**P, R](
    maxsize: int, longest: int = LONGEST
) -> Callable[[Callable[Concatenate[str, P], R]], Callable[Concatenate[str, P], R]]:
    """Keep the last `maxsize` results of a pure function of a text; long texts are not kept."""

    def decorate(function: Callable[Concatenate[str, P], R]) -> Callable[Concatenate[str, P], R]:
        cached = lru_cache(maxsize)(function)
        kept = cast("Callable[Concatenate[str, P], R]", cached)

        @wraps(function)
        def call(text: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
            is_long = len(text) > longest or (
                args and any(isinstance(one, str) and len(one) > longest for one in args)
            )
            return function(text, *args, **kwargs) if is_long else kept(text, *args, **kwargs)

        return call

    return decorate
