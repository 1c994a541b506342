"""Chat accounts that speak for members."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField
from papers.models.change_counts import counts_nothing


@counts_nothing
class ChatAccount(models.Model):
    """Whose commands those of a chat account are; the member said so while signed in.

    `team` and `user` are the server's own IDs. `account_hash` is what sessions carry too: a new
    password, and leaving, end the connection.
    """

    class Service(models.TextChoices):
        """Servers that send commands."""

        SLACK = "slack", _("Slack")
        MATTERMOST = "mattermost", _("Mattermost")

    service = models.CharField(max_length=10, choices=Service)
    team = LineField(max_length=64, blank=True)
    user = LineField(max_length=64)
    name = LineField(max_length=100, blank=True)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="chat_accounts"
    )
    account_hash = models.CharField(max_length=64, editable=False)
    connected_at = models.DateTimeField()

    class Meta:
        ordering = ["service", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "team", "user"], name="one_member_per_chat_account"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_service_display()}: {self.name or self.user}"
