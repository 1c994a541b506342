"""Texts that are being typed into forms, kept until the forms are sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from papers.fields import LineField
from papers.models.change_counts import counts_nothing
from papers.models.row_names import say


@counts_nothing
class TextDraft(models.Model):
    """What a member has typed into one form and not sent yet; nobody else ever sees it.

    `place` is the address that the form is sent to. `version` grows with each save and with each
    time that the form is sent (`fields` is empty then): a save that names an older one is stale.
    No page shows this table: a script fetches it.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="text_drafts"
    )
    place = LineField(max_length=300)
    fields = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "place"], name="one_text_draft_per_form")
        ]

    def __str__(self) -> str:
        return f"Text of {say(self, 'member')}"
