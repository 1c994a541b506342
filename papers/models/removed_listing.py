"""What stood with a paper under a topic, for the time in which the removal can be undone."""

from __future__ import annotations

from django.db import models

from papers.models.change_counts import counts_nothing
from papers.models.row_names import say


@counts_nothing
class RemovedListing(models.Model):
    """A listing as it was when a curator took it away; its event says who, when and which.

    No page shows this table: the removal's undo reads it, and 30 days later it is forgotten.
    """

    event = models.OneToOneField(
        "papers.Event", on_delete=models.CASCADE, related_name="removed_listing"
    )
    position = models.PositiveIntegerField()
    note = models.TextField(blank=True)
    added_by = models.ForeignKey(
        "papers.Member", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Removed by {say(self, 'event')}"
