"""Lookups: what other services were asked about a work, and what became of it here."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField, LongLineField
from papers.models.change_counts import counts_changes, counts_nothing
from papers.models.row_names import say


@counts_nothing
class Lookup(models.Model):
    """One work under one of its names elsewhere, and what a service says of it.

    `facts` is `papers.lookups.found_work.Found` as JSON. While the state is "waiting" a job asks;
    a row that was answered is the cache of the answer.
    """

    class State(models.TextChoices):
        """How far the asking is."""

        WAITING = "waiting", _("waiting")
        FOUND = "found", _("found")
        MISSING = "missing", _("not found")
        FAILED = "failed", _("failed")

    kind = models.CharField(max_length=12)
    value = LineField(max_length=1000)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    service = LineField(max_length=20, blank=True)
    facts = models.JSONField(default=dict)
    problem = LineField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="one_lookup_per_work")
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"], name="lookup_waiting", condition=Q(state="waiting")
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


@counts_nothing
class LookupTurn(models.Model):
    """When a service may be asked again, by whichever worker; one row a service.

    `failures` in a row lengthen the pause before the next try.
    """

    service = LineField(max_length=20, primary_key=True)
    next_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("turn of a service")

    def __str__(self) -> str:
        return f"{self.service} from {self.next_at:%H:%M:%S}"


@counts_changes()
class PaperLookup(models.Model):
    """The lookup from which a paper is filled in, and how that went.

    `stand_in` is the title that the paper got while its own was not known. State, service and
    `next_try_at` repeat the lookup's, so that pages that show them know when they change.
    """

    class State(models.TextChoices):
        """What the paper's page says."""

        WAITING = "waiting", _("waiting")
        FILLED = "filled", _("filled in")
        DIFFERS = "differs", _("another title")
        MISSING = "missing", _("not found")
        FAILED = "failed", _("failed")

    paper = models.OneToOneField("papers.Paper", on_delete=models.CASCADE, related_name="lookup")
    lookup = models.ForeignKey(Lookup, on_delete=models.CASCADE, related_name="papers")
    stand_in = LongLineField(blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    service = LineField(max_length=20, blank=True)
    fields = ArrayField(models.CharField(max_length=20), default=list)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    filled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{say(self, 'paper')} from {say(self, 'lookup')}"


@counts_changes()
class PaperUpdate(models.Model):
    """Something that appeared about a paper after it was added: a version, or a notice.

    `name` is what tells it from others of its kind: "v3", or the DOI of the published version or
    notice.
    """

    class Kind(models.TextChoices):
        """What appeared."""

        VERSION = "version", _("new version")
        PUBLISHED = "published", _("published")
        RETRACTED = "retracted", _("retracted")
        CONCERN = "concern", _("expression of concern")
        CORRECTED = "corrected", _("corrected")

    paper = models.ForeignKey("papers.Paper", on_delete=models.CASCADE, related_name="updates")
    kind = models.CharField(max_length=9, choices=Kind)
    name = LineField(max_length=300)
    url = models.URLField(max_length=1000, blank=True)
    venue = LineField(max_length=300, blank=True)
    published_on = models.DateField(null=True)
    service = LineField(max_length=20)
    noticed_at = models.DateTimeField()

    class Meta:
        ordering = ["noticed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "kind", "name"], name="one_update_per_paper_kind_and_name"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
