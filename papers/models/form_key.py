"""Forms that were sent, so that a second arrival gets the answer of the first."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from papers.fields import LineField
from papers.models.change_counts import counts_own_changes
from papers.models.row_names import say


@counts_own_changes
class FormKey(models.Model):
    """One form that a member sent, and where its answer led.

    `key` is a digest of the form's token, its address and what was typed: the same form with
    other words is another act. It counts as a change of its member's pages, so that no cached
    page comes back with a form that has been used.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="form_keys"
    )
    key = models.CharField(max_length=64)
    location = LineField(max_length=2000, blank=True)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "key"], name="one_act_per_form_sent")
        ]

    def __str__(self) -> str:
        return f"Form of {say(self, 'member')}"
