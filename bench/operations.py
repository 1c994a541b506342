"""What is measured, and the ratios to the floor that it should keep."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from papers.bench.words import COMMON, RARE


@dataclass(frozen=True)
class Operation:
    """One request. `ratio` and `growth` (1,000 to 100,000 papers) are what it may cost; 0: told
    for comparison. Of ten requests `changes` come after somebody wrote: a comment, after which all
    pages are made anew, or with `is_counted` a review, which changes the figures of all lists too.
    An `is_again` request names the answer it has (`If-None-Match`) and is answered 304.
    """

    name: str
    path: str
    contains: str
    ratio: float = 0
    growth: float = 0
    most_queries: int = 8
    headers: dict[str, str] = field(default_factory=dict)
    is_post: bool = False
    is_again: bool = False
    is_counted: bool = False
    changes: int = 10


FRAGMENT = {"HX-Request": "true", "HX-Target": "results"}
ROW = '<li class="row"'

READS = (
    Operation("catalogue page", "/papers/", ROW, 1.3, 1.15),
    Operation("catalogue fragment", "/papers/", ROW, 1.1, 1.15, headers=FRAGMENT),
    Operation("search, rare word", f"/papers/?q={RARE}", ROW, 1.5, 1.15),
    Operation("search, common word", f"/papers/?q={COMMON}", ROW, 2.0, 1.15),
    Operation("filter by topic", "/papers/?q=topic:topic-3", ROW, 1.3, 1.15),
    Operation("filter by state", "/papers/?q=is:reviewed", ROW, 1.3, 1.15),
    Operation("topic page", "/topics/topic-3/", "<h1", 1.3, 1.15),
    Operation("paper page, 3 reviews", "/papers/{paper}/", 'id="review-', 1.0, 1.15, 10),
    Operation("my desk", "/", "Desk", 1.2, 1.15, 12),
    Operation("digest page", "/digest/{week}/", "Digest", 1.5, 1.15, 10),
)

COUNTING = {"catalogue page", "search, common word", "filter by state", "topic page"}
"""Pages whose figures are cached until a table changes that they count."""

OPERATIONS = (
    *READS,
    Operation("paper page, never opened", "/papers/{unseen}/", 'id="review-', 1.2, 1.15, 10),
    Operation("publish a review", "/papers/{free}/review/", "", 1.0, 1.15, 12, is_post=True),
    *(
        replace(one, name=f"{one.name}, 304", contains="", ratio=0.2, is_again=True, changes=0)
        for one in READS
    ),
    *(replace(one, name=f"{one.name}, busy lab", ratio=0, changes=4) for one in READS[:1]),
    *(
        replace(one, name=f"{one.name}, after a review", ratio=0, is_counted=True)
        for one in READS
        if one.name in COUNTING
    ),
)
