"""Addresses of programs that are told of events, and each message on its way there."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField
from papers.models.change_counts import counts_nothing
from papers.models.row_names import say
from papers.models.sealed import SealedTextField


@counts_nothing
class WebhookEndpoint(models.Model):
    """A program that hears of the kinds of events that a curator chose.

    It is told of what happened after `since`; events up to `read_until` were looked at. `failures`
    counts refused attempts in a row, tests aside. With `off_at` it is told nothing.
    """

    name = LineField(max_length=100)
    url = models.URLField(_("address"), max_length=500, unique=True)
    secret = SealedTextField(editable=False)
    kinds = ArrayField(models.CharField(max_length=24))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField()
    since = models.DateTimeField()
    read_until = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    off_at = models.DateTimeField(null=True)
    problem = LineField(max_length=500, blank=True, help_text=_("Why it was turned off."))

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def host(self) -> str:
        """The server; the rest of the address may hold secrets."""
        return urlsplit(self.url).netloc


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    """Adjectives for rows of deliveries."""

    def waiting(self) -> WebhookDeliveryQuerySet:
        """Neither taken nor given up."""
        return self.filter(delivered_at=None, ended_at=None)


def draw_key() -> str:
    """A message's id, which stays the same however often it is sent."""
    return f"msg_{secrets.token_urlsafe(18)}"


@counts_nothing
class WebhookDelivery(models.Model):
    """One event for one endpoint, until its server took it. It holds no text: what is said is read
    from the event when it is sent. Without an event it is a test.
    """

    endpoint = models.ForeignKey(
        WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries"
    )
    event = models.ForeignKey(
        "papers.Event", on_delete=models.CASCADE, null=True, related_name="deliveries"
    )
    key = models.CharField(max_length=40, unique=True, default=draw_key, editable=False)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True, help_text=_("Last answer code."))
    problem = LineField(max_length=500, blank=True, help_text=_("Last error."))
    delivered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = _("webhook deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "event"],
                condition=Q(event__isnull=False),
                name="one_delivery_per_endpoint_and_event",
            )
        ]
        indexes = [
            models.Index(
                fields=["endpoint", "id"],
                condition=Q(delivered_at=None, ended_at=None),
                name="webhook_delivery_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} for {say(self, 'endpoint')}"
