"""Counts that slow down guessing and mailing; a table of fixed size."""

from __future__ import annotations

from django.db import models

from papers.models.change_counts import counts_nothing


@counts_nothing
class Throttle(models.Model):
    """How full one count is, and when that was; it drains with time (`papers.throttle`).

    What is counted is hashed into `slot`, so that the table has at most SLOTS rows of a kind
    whatever strangers send, and holds neither names nor addresses.
    """

    SLOTS = 65_536

    kind = models.CharField(max_length=12)
    slot = models.PositiveIntegerField()
    level = models.FloatField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "slot"], name="one_count_per_kind_and_slot")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slot}"
