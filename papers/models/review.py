"""Reviews: what a member thinks of a paper; drafts, the published text, and its versions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField
from papers.models.change_counts import Apart, counts_apart, counts_changes, counts_own_changes
from papers.models.file import index_files
from papers.models.row_names import say
from papers.text import addresses
from papers.text.sections import SECTIONS, TEXT_KEYS


class Verdict(models.TextChoices):
    """What the lab should do with the paper."""

    ADOPT = "adopt", _("Adopt")
    TRY = "try", _("Try")
    WATCH = "watch", _("Watch")
    SKIP = "skip", _("Skip")


class Depth(models.TextChoices):
    """How deeply the reviewer read."""

    SKIMMED = "skimmed", _("Skimmed")
    READ = "read", _("Read")
    WORKED_THROUGH = "worked through", _("Worked through")
    REPRODUCED = "reproduced", _("Reproduced")


class CountWords(models.Func):
    """The words of a text: a letter of Japanese, Chinese or Korean is half a word."""

    template = (
        "((regexp_count(%(expressions)s, '[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]') + 1) / 2"
        " + regexp_count(regexp_replace(%(expressions)s,"
        " '[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]', ' ', 'g'), '\\S+'))"
    )
    output_field = models.PositiveIntegerField()


def _count_words(column: str) -> models.GeneratedField:
    """The length of a section, which draws its bar in the spine of a paper."""
    return models.GeneratedField(
        expression=CountWords(column), output_field=models.PositiveIntegerField(), db_persist=True
    )


class ReviewText(models.Model):
    """The fields that draft, published review and version share.

    `guidance` is the wording of the lab's guiding questions as shown to the author:
    `{"summary": ["..."], ...}`, kept when the questions change later.
    """

    takeaway = models.TextField(blank=True, help_text=_("One sentence."))
    summary = models.TextField(blank=True)
    critique = models.TextField(blank=True)
    follow_up = models.TextField(_("follow-up experiments"), blank=True)
    questions = models.TextField(_("open questions"), blank=True)
    verdict = models.CharField(max_length=5, choices=Verdict, blank=True)
    depth = models.CharField(max_length=14, choices=Depth, blank=True)
    guidance = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """Which sections hold text: the mark on the rows of lists."""
        return [(one.key, bool(getattr(self, one.key).strip())) for one in SECTIONS]

    @property
    def is_blank(self) -> bool:
        """Nothing typed anywhere."""
        return not any(getattr(self, key).strip() for key in TEXT_KEYS)


class ReviewDraftQuerySet(models.QuerySet["ReviewDraft"]):
    """Adjectives for rows of drafts."""

    def current(self) -> ReviewDraftQuerySet:
        """Not discarded."""
        return self.filter(discarded_at__isnull=True)


@counts_own_changes
class ReviewDraft(ReviewText):
    """A member's unpublished text on a paper; nobody else ever sees it.

    It stands apart from Review so that unpublished words are never in a table that lists, search,
    feeds or exports read. `version` grows by one with each save, and `base_number` is the number
    of the published version that it continues (0: none): a save that names older ones is stale
    and is refused. `items` holds follow-ups as they are being written:
    `[{"title", "hypothesis", "plan", "cost", "risk"}, ...]`. A discarded draft can be brought
    back for 30 days. A locked one (`accounts.actions.draft_locks`) is discarded and read by nobody.
    """

    paper = models.ForeignKey("papers.Paper", on_delete=models.CASCADE, related_name="drafts")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    version = models.PositiveIntegerField(default=1)
    base_number = models.PositiveIntegerField(default=0)
    writer = models.CharField(max_length=40, blank=True, editable=False)
    turn = models.PositiveIntegerField(default=0, editable=False)
    items = models.JSONField(default=list, blank=True)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    discarded_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ReviewDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "paper"],
                condition=Q(discarded_at__isnull=True),
                name="one_draft_per_member_and_paper",
            )
        ]

    def __str__(self) -> str:
        return f"Draft of {say(self, 'member')} on {say(self, 'paper')}"


class ReviewQuerySet(models.QuerySet["Review"]):
    """Adjectives for rows of reviews."""

    def current(self) -> ReviewQuerySet:
        """Not deleted."""
        return self.filter(deleted_at__isnull=True)

    def main(self) -> ReviewQuerySet:
        """The one that its author goes on writing: one per member and paper, deleted or not."""
        return self.filter(beside="")


@counts_changes()
@counts_apart(Apart.DOCS)
class Review(ReviewText):
    """A published review: one per member and paper. Unpublished text is a ReviewDraft.

    The columns repeat the newest ReviewRevision, so that a page reads one row; `number` is its
    number. `*_html` is the rendered text of renderer `renderer`. After two papers were merged a
    member may have more than one review of what is one paper now: `beside` marks all but the one
    that she goes on writing.
    """

    class Beside(models.TextChoices):
        """Where a further review of the same member stands."""

        MAIN = "", _("The review")
        ASKED = "asked", _("Came with a merge; its author is asked")
        KEPT = "kept", _("Came with a merge and stays")

    paper = models.ForeignKey("papers.Paper", on_delete=models.CASCADE, related_name="reviews")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews"
    )
    contributors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="reviews_helped"
    )
    number = models.PositiveIntegerField(default=1)
    summary_html = models.TextField(blank=True, editable=False)
    critique_html = models.TextField(blank=True, editable=False)
    follow_up_html = models.TextField(blank=True, editable=False)
    questions_html = models.TextField(blank=True, editable=False)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    summary_words = _count_words("summary")
    critique_words = _count_words("critique")
    follow_up_words = _count_words("follow_up")
    published_at = models.DateTimeField(help_text=_("First publication."))
    changed_at = models.DateTimeField(help_text=_("Newest version."))
    deleted_at = models.DateTimeField(null=True, blank=True)
    beside = models.CharField(max_length=5, choices=Beside, blank=True, default="", editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "paper"],
                condition=Q(beside=""),
                name="one_review_per_member_and_paper",
            ),
            models.CheckConstraint(
                condition=~Q(**dict.fromkeys(TEXT_KEYS, "")),
                name="a_review_says_something",
            ),
        ]
        indexes = [
            models.Index(fields=["paper", "published_at"], name="review_of_paper"),
            models.Index(fields=["-published_at", "-id"], name="review_newest"),
            models.Index(fields=["member", "-published_at"], name="review_of_member"),
            index_files("review_files", *TEXT_KEYS),
        ]

    def __str__(self) -> str:
        return f"Review of {say(self, 'paper')} by {say(self, 'member')}"

    def get_absolute_url(self) -> str:
        """The review on its paper's page."""
        return addresses.review(self.paper_id, self.pk)

    @property
    def words(self) -> tuple[int, ...]:
        """The words of each section: its group in the spine of the paper."""
        return tuple(getattr(self, f"{one.key}_words") for one in SECTIONS)


@counts_changes()
class ReviewRevision(ReviewText):
    """One published version of a review; never changed."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="one_revision_per_number")
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of review {say(self, 'review')}"


@counts_changes()
class CritiquePoint(models.Model):
    """One point of a published critique, and whether its author still holds it.

    Points are the blocks of the critique's Markdown (`papers.text.points`); a point keeps its
    state as long as its words stand in the newest version.
    """

    class State(models.TextChoices):
        """What became of a point."""

        STANDING = "standing", _("Still holds")
        ANSWERED = "answered", _("Answered")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="points")
    text = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=9, choices=State, default=State.STANDING)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


@counts_changes()
class CritiqueQuestion(models.Model):
    """Asks a reviewer once whether her critique still stands, and why it is asked.

    The reason is a new version of the paper (`version`), or an experiment that came from the
    review and has closed.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="critique_questions")
    experiment = models.ForeignKey(
        "papers.Experiment", on_delete=models.CASCADE, null=True, related_name="+"
    )
    version = LineField(max_length=100, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "experiment", "version"],
                name="a_reviewer_is_asked_once_for_each_reason",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(experiment__isnull=False) | ~Q(version=""),
                name="a_critique_question_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Does the critique of review {say(self, 'review')} still stand?"
