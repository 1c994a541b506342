"""Comments: Markdown on a paper, a review or an experiment, their versions, and who read them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from papers.models.change_counts import counts_changes, counts_own_changes
from papers.models.file import index_files
from papers.models.row_names import say

FILE_TEXTS = ("body",)
"""Columns that may show pictures."""


class CommentQuerySet(models.QuerySet["Comment"]):
    """Adjectives for rows of comments."""

    def current(self) -> CommentQuerySet:
        """Not deleted."""
        return self.filter(deleted_at__isnull=True)

    def of_undeleted_reviews(self) -> CommentQuerySet:
        """Less those on a deleted review, and on experiments that came from one."""
        return self.filter(
            review__deleted_at__isnull=True, experiment__review__deleted_at__isnull=True
        )


@counts_changes()
class Comment(models.Model):
    """One remark. Deleting leaves its place, so that replies keep their sense.

    `number` counts its versions: a form that names an older one is stale. `resolved_at` closes
    the thread that a comment without `parent` opens.
    """

    paper = models.ForeignKey(
        "papers.Paper", on_delete=models.CASCADE, null=True, blank=True, related_name="comments"
    )
    review = models.ForeignKey(
        "papers.Review", on_delete=models.CASCADE, null=True, blank=True, related_name="comments"
    )
    experiment = models.ForeignKey(
        "papers.Experiment",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="comments",
    )
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments"
    )
    body = models.TextField()
    body_html = models.TextField(blank=True, editable=False)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    number = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paper__isnull=False, review__isnull=True, experiment__isnull=True)
                | Q(paper__isnull=True, review__isnull=False, experiment__isnull=True)
                | Q(paper__isnull=True, review__isnull=True, experiment__isnull=False),
                name="a_comment_stands_on_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("pk")), name="a_comment_does_not_answer_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["paper", "created_at"], name="comment_of_paper"),
            models.Index(fields=["author", "-created_at"], name="comment_of_author"),
            index_files("comment_files", *FILE_TEXTS),
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk} by {say(self, 'author')}"


@counts_changes()
class CommentRevision(models.Model):
    """An earlier text of a comment; never changed."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    body = models.TextField()
    body_html = models.TextField(blank=True, editable=False)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "number"], name="one_text_per_version_of_a_comment"
            )
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of comment {say(self, 'comment')}"


@counts_own_changes
class ReadMark(models.Model):
    """How far a member has read one discussion: what was written later is new to her."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="read_marks"
    )
    paper = models.ForeignKey(
        "papers.Paper", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    review = models.ForeignKey(
        "papers.Review", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    experiment = models.ForeignKey(
        "papers.Experiment", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "paper", "review", "experiment"],
                name="one_mark_per_member_and_discussion",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(paper__isnull=False, review__isnull=True, experiment__isnull=True)
                | Q(paper__isnull=True, review__isnull=False, experiment__isnull=True)
                | Q(paper__isnull=True, review__isnull=True, experiment__isnull=False),
                name="a_mark_stands_on_one_discussion",
            ),
        ]

    def __str__(self) -> str:
        return f"Read by {say(self, 'member')} until {self.read_at:%Y-%m-%d %H:%M}"
