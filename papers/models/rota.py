"""The presenters' rota: who is away, and who asked whom to take a turn."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from papers.models.change_counts import counts_changes
from papers.models.row_names import say


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Adjectives for rows of absences."""

    def on(self, day: date) -> AbsenceQuerySet:
        """Those that hold on this day."""
        return self.filter(first_on__lte=day, last_on__gte=day)


@counts_changes()
class Absence(models.Model):
    """Days on which a member cannot present, both ends included."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences"
    )
    first_on = models.DateField()
    last_on = models.DateField()
    noted_at = models.DateTimeField()

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="an_absence_ends_after_it_began"
            ),
            models.UniqueConstraint(
                fields=["member", "first_on", "last_on"], name="one_absence_per_member_and_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{say(self, 'member')} away {self.first_on} to {self.last_on}"


@counts_changes()
class PresenterSwap(models.Model):
    """A presenter asks somebody else to take her turn, perhaps for one of his (`given`)."""

    class State(models.TextChoices):
        """What became of the question."""

        ASKED = "asked", _("Asked")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    item = models.ForeignKey("papers.AgendaItem", on_delete=models.CASCADE, related_name="swaps")
    given = models.ForeignKey(
        "papers.AgendaItem", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="swaps_asked"
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="swaps_received"
    )
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(state="asked"), name="one_open_swap_per_item"
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("to")), name="nobody_swaps_with_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{say(self, 'asked_by')} asks {say(self, 'to')} for item {say(self, 'item')}"
