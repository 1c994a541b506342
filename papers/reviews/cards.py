"""The reviews of a paper as its pages show them: plain values, no reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from papers.models import Verdict
from papers.people import Person
from papers.rows.spine_svg import render_spine
from papers.rows.verdict_svg import render_agreement
from papers.text import addresses
from papers.text.sections import Section

VERDICT_RANK = {Verdict.SKIP: 0, Verdict.WATCH: 1, Verdict.TRY: 2, Verdict.ADOPT: 3}
"""The verdicts from no to yes; two or more steps apart is a disagreement."""


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """One part of a published review with its HTML, which is safe."""

    section: Section
    html: str


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """A published review as a page shows it; `components/review.html` reads it.

    `words` is its group in the spine of the paper; `is_quoted` says that the page shows the
    takeaway elsewhere.
    """

    id: int
    author: Person
    published_at: datetime
    changed_at: datetime
    number: int
    verdict: str
    depth: int
    depth_word: str
    takeaway: str
    parts: tuple[ReviewPart, ...]
    versions_url: str
    edit_url: str
    paper_id: int
    settled: list[dict[str, str]] = field(default_factory=list)
    is_asked: bool = False
    experiments: list[dict[str, str]] = field(default_factory=list)
    comments: int = 0
    discussion_url: str = ""
    helpers: str = ""
    is_beside: bool = False
    words: tuple[int, ...] = ()
    is_quoted: bool = False

    @property
    def critique_url(self) -> str:
        """Where the author marks her points."""
        has_critique = any(one.html for one in self.parts if one.section.key == "critique")
        return addresses.review_critique(self.id) if self.edit_url and has_critique else ""

    @property
    def url(self) -> str:
        """The review on its paper's page."""
        return addresses.review(self.paper_id, self.id)


@dataclass(frozen=True, slots=True)
class PaperReviews:
    """The reviews of one paper: those this viewer may read, and how many are closed to her.

    `may_open` says that publishing a review of her own opens them; a stranger waits for others.
    """

    cards: list[ReviewCard]
    hidden: int
    may_open: bool = True

    @property
    def spine_html(self) -> SafeString:
        """Three bars for each review."""
        return render_spine(tuple(card.words for card in self.cards))

    @property
    def agreement_html(self) -> SafeString:
        """The verdicts as one bar."""
        return render_agreement(card.verdict for card in self.cards)

    @property
    def disagreement(self) -> str:
        """A sentence when the verdicts are two or more steps apart, else nothing."""
        ranked = sorted((card for card in self.cards if card.verdict), key=rank_verdict)
        if not ranked or rank_verdict(ranked[-1]) - rank_verdict(ranked[0]) < 2:
            return ""
        low, high = ranked[0], ranked[-1]
        return _("The reviewers disagree: %(one)s says %(high)s, %(other)s says %(low)s.") % {
            "one": high.author.name,
            "high": Verdict(high.verdict).label.lower(),
            "other": low.author.name,
            "low": Verdict(low.verdict).label.lower(),
        }


def rank_verdict(card: ReviewCard) -> int:
    """From 0, skip, to 3, adopt."""
    return VERDICT_RANK[Verdict(card.verdict)]
