"""Notifications: what members follow, what they are told, how soon, and their private feeds."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField
from papers.models.change_counts import counts_changes, counts_nothing
from papers.models.row_names import say


class Pace(models.TextChoices):
    """How soon a mail tells of something."""

    ONCE = "once", _("Immediately")
    DAILY = "daily", _("Daily")
    WEEKLY = "weekly", _("Weekly")
    NEVER = "never", _("Off")


@counts_changes()
class Follow(models.Model):
    """A member wants to hear of a paper, a topic with those below it, a member or a search."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows"
    )
    paper = models.ForeignKey(
        "papers.Paper", on_delete=models.CASCADE, null=True, related_name="followers"
    )
    topic = models.ForeignKey(
        "papers.Topic", on_delete=models.CASCADE, null=True, related_name="followers"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="followers"
    )
    search = LineField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["by", "paper", "topic", "member", "search"],
                name="one_follow_per_member_and_subject",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(paper__isnull=False, topic__isnull=True, member__isnull=True, search="")
                | Q(paper__isnull=True, topic__isnull=False, member__isnull=True, search="")
                | Q(paper__isnull=True, topic__isnull=True, member__isnull=False, search="")
                | Q(paper__isnull=True, topic__isnull=True, member__isnull=True) & ~Q(search=""),
                name="a_follow_has_one_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{say(self, 'by')} follows"


@counts_nothing
class Notification(models.Model):
    """A member is told of one event, once, for the first reason that holds.

    `mailed_at` is set in the transaction that writes the mail, so that no event is mailed twice.
    """

    class Why(models.TextChoices):
        """What made it her business, the most personal first."""

        MENTION = "mention", _("Mentioned you")
        REPLY = "reply", _("Replied to you, or commented on your work")
        REVIEW = "review", _("News about a paper you reviewed or claimed")
        TURN = "turn", _("Your turn or task")
        PAPER = "paper", _("You follow this paper")
        TOPIC = "topic", _("You follow this topic")
        MEMBER = "member", _("You follow this person")
        SEARCH = "search", _("You follow this search")

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    event = models.ForeignKey(
        "papers.Event", on_delete=models.CASCADE, related_name="notifications"
    )
    why = models.CharField(max_length=7, choices=Why)
    at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "event"], name="one_notification_per_member_and_event"
            )
        ]
        indexes = [
            models.Index(fields=["member", "-at", "-id"], name="notification_newest"),
            models.Index(
                fields=["member"], name="notification_unread", condition=Q(read_at__isnull=True)
            ),
            models.Index(
                fields=["member"], name="notification_unmailed", condition=Q(mailed_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"Event {say(self, 'event')} for {say(self, 'member')}"


@counts_nothing
class NotificationChoice(models.Model):
    """How soon a member wants mail of one kind of notice; without a row the default holds."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_choices"
    )
    why = models.CharField(max_length=7, choices=Notification.Why)
    pace = models.CharField(max_length=6, choices=Pace)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "why"], name="one_choice_per_member_and_kind")
        ]

    def __str__(self) -> str:
        return f"{self.why} {self.pace} for {say(self, 'member')}"


@counts_nothing
class NotificationMark(models.Model):
    """How far the events were read to make notifications; one row.

    Transactions may commit later than they began, so reading starts again a while before `at`; a
    notice that is there is not made twice.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_mark")]

    def __str__(self) -> str:
        return f"Told up to {self.at:%Y-%m-%d %H:%M}"


@counts_nothing
class FeedToken(models.Model):
    """What stands for a member in the address of a feed or calendar; only its hash is kept."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_token"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"Feeds of {say(self, 'member')}"
