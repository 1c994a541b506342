"""Comments: Markdown on a paper, a review or an experiment, with one level of replies."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Comment(models.Model):
    """One remark. Deleting leaves its place, so that replies keep their sense."""

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
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

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
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk} by {self.author_id}"
