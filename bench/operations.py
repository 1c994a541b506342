"""What is measured, and the ratios to the floor that it should keep."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from papers.bench.words import COMMON, RARE


@dataclass(frozen=True)
class Operation:
    """One request. `ratio` and `growth` (1,000 to 100,000 papers) are what it may cost; 0: told
    for comparison. Before each request somebody saves a draft; with `is_new` somebody changes
    what all pages show, so that none is kept from before.
    """

    name: str
    path: str
    contains: str
    ratio: float = 0
    growth: float = 0
    most_queries: int = 8
    headers: dict[str, str] = field(default_factory=dict)
    is_post: bool = False
    is_new: bool = False


FRAGMENT = {"HX-Request": "true", "HX-Target": "results"}
ROW = '<li class="row"'

READS = (
    Operation("catalogue page", "/papers/", ROW, 1.5, 1.15),
    Operation("catalogue fragment", "/papers/", ROW, 1.1, 1.15, headers=FRAGMENT),
    Operation("search, rare word", f"/papers/?q={RARE}", ROW, 1.3, 1.3),
    Operation("search, common word", f"/papers/?q={COMMON}", ROW, 1.6, 1.5),
    Operation("filter by topic", "/papers/?q=topic:topic-3", ROW, 1.5, 1.2),
    Operation("filter by state", "/papers/?q=is:reviewed", ROW, 1.5, 1.2),
    Operation("paper page, 3 reviews", "/papers/{paper}/", 'id="review-', 0.8, 1.1, 10),
    Operation("my desk", "/", "Desk", 1.2, 1.15, 12),
    Operation("digest page", "/digest/{week}/", "Digest", 1.5, 1.1, 10),
)

OPERATIONS = (
    *READS,
    *(replace(one, name=f"{one.name}, after a change", is_new=True) for one in READS),
    Operation("paper page, never opened", "/papers/{unseen}/", 'id="review-', 0.8, 1.1, 10),
    Operation("publish a review", "/papers/{free}/review/", "", 0.6, 1.1, 12, is_post=True),
)
