"""Webhooks as they were before a curator's act, for the time in which it can be undone."""

from __future__ import annotations

from django.db import models

from papers.models.change_counts import counts_nothing
from papers.models.row_names import say
from papers.models.sealed import SealedTextField


@counts_nothing
class FormerWebhook(models.Model):
    """What an act changed about a webhook; its event says who, when and which.

    Addresses and secrets of webhooks open doors: no page or log shows this table, the undo of the
    act reads it, and 30 days later it is forgotten.
    """

    event = models.OneToOneField(
        "papers.Event", on_delete=models.CASCADE, related_name="former_webhook"
    )
    values = SealedTextField(editable=False)

    def __str__(self) -> str:
        return f"Changed by {say(self, 'event')}"
