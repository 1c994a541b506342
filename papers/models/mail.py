"""Mails: what was to be sent to whom, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField
from papers.models.change_counts import counts_nothing
from papers.models.sealed import SealedTextField


@counts_nothing
class Mail(models.Model):
    """One mail to one address, from its writing to its delivery.

    The row is what a background job locks while it talks to the mail server, so that a mail is
    handed over once, whatever happens to the workers. `key` names an occasion ("the digest of
    week 47 for this member") for which at most one mail is ever written. The text holds links that
    let a person in: it is encrypted until the mail is gone, and then wiped.
    """

    key = models.CharField(max_length=200, blank=True, editable=False)
    to = models.EmailField()
    subject = LineField(max_length=300)
    template = models.CharField(max_length=120, editable=False)
    text = SealedTextField(blank=True, editable=False)
    html = SealedTextField(blank=True, editable=False)
    unsubscribe_url = models.CharField(
        max_length=500, blank=True, editable=False, help_text=_("One-click unsubscribe link.")
    )
    message_id = models.CharField(max_length=255, unique=True, editable=False)
    written_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    problem = LineField(max_length=500, blank=True, help_text=_("Last error."))

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~Q(key=""), name="one_mail_per_occasion"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(refused_at__isnull=True),
                name="a_mail_is_not_both_sent_and_refused",
            ),
        ]
        indexes = [models.Index(fields=["-written_at", "-id"], name="mail_newest")]

    def __str__(self) -> str:
        return f"{self.subject} ({self.to})"

    @property
    def is_done(self) -> bool:
        """Sent, or refused for good; nothing more is to be tried."""
        return self.sent_at is not None or self.refused_at is not None
