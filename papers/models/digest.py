"""Issues of the digest, and the chat rooms that are told of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField
from papers.models.change_counts import counts_changes, counts_nothing
from papers.models.row_names import say
from papers.text import addresses


class DigestIssueQuerySet(models.QuerySet["DigestIssue"]):
    """Adjectives for rows of issues."""

    def closed(self) -> DigestIssueQuerySet:
        """Those whose content stands for good."""
        return self.filter(closed_at__isnull=False)


@counts_changes()
class DigestIssue(models.Model):
    """The digest of one ISO week, once a curator wrote a note for it or it was closed.

    `content` is `digest.snapshot.make_snapshot(digest)` at closing: an issue never changes.
    Who may read which line is asked anew each time it is shown.
    """

    year = models.PositiveSmallIntegerField()
    week = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    note_html = models.TextField(blank=True, editable=False)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    content = models.JSONField(default=dict, editable=False)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = DigestIssueQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-week"]
        constraints = [
            models.UniqueConstraint(fields=["year", "week"], name="one_issue_per_week"),
            models.CheckConstraint(
                condition=Q(week__gte=1, week__lte=53), name="a_week_of_a_year_is_one_to_53"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, content={})
                | Q(closed_at__isnull=False) & ~Q(content={}),
                name="a_closed_issue_has_content",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-W{self.week:02}"

    def get_absolute_url(self) -> str:
        """The issue's page."""
        return addresses.digest(self)


@counts_nothing
class Webhook(models.Model):
    """An address of a chat room to which each closed issue is posted."""

    class Format(models.TextChoices):
        """Whose messages it understands."""

        SLACK = "slack", _("Slack")
        MATTERMOST = "mattermost", _("Mattermost")
        DISCORD = "discord", _("Discord")

    name = LineField(max_length=100)
    format = models.CharField(max_length=10, choices=Format)
    url = models.URLField(_("address"), max_length=500, unique=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


@counts_nothing
class WebhookPost(models.Model):
    """One issue for one chat room, from its closing until the room's server took it."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="posts")
    issue = models.ForeignKey(DigestIssue, on_delete=models.CASCADE, related_name="posts")
    written_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    problem = LineField(max_length=500, blank=True, help_text=_("Last error."))

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "issue"], name="one_post_per_webhook_and_issue"
            )
        ]

    def __str__(self) -> str:
        return f"{say(self, 'issue')} for {say(self, 'webhook')}"

    @property
    def is_done(self) -> bool:
        """Taken, or refused for good."""
        return self.posted_at is not None or self.refused_at is not None
