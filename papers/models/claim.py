"""Claims: a member takes a paper to review it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.models.change_counts import Apart, counts_apart, counts_changes
from papers.models.row_names import say


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Adjectives for rows of claims."""

    def open(self) -> ClaimQuerySet:
        """Not yet reviewed, released or expired."""
        return self.filter(ended_at__isnull=True)

    def leased(self) -> ClaimQuerySet:
        """Those that hold a slot of the paper and count against the member's limit."""
        return self.filter(due_on__isnull=False)

    def on_reading_lists(self) -> ClaimQuerySet:
        """Those that say who reads what: entries of reading lists, without a due day."""
        return self.filter(due_on__isnull=True)

    def due_by(self, day: date) -> ClaimQuerySet:
        """Open leases that end on this day or earlier."""
        return self.open().filter(due_on__lte=day)


@counts_changes()
@counts_apart(Apart.CLAIMS)
class Claim(models.Model):
    """A member takes a paper to review it.

    There are two kinds. A *lease* has a due day and occupies numbered places: `paper_slot` among
    the paper's slots and `member_slot` among the member's; a unique constraint on each makes it
    impossible to hand out more than there are, whatever happens at the same time. A *standing*
    claim comes from a list that the lab kept before ("Motokawa reads this"): it says who reads
    what, has no due day, holds no slot, and its owner turns it into a lease with one click.

    `topic` and `position` keep the place of the entry on the member's reading list.
    """

    class Ending(models.TextChoices):
        """How a claim ended."""

        REVIEWED = "reviewed", _("Reviewed")
        RELEASED = "released", _("Released")
        EXPIRED = "expired", _("Expired")

    paper = models.ForeignKey("papers.Paper", on_delete=models.CASCADE, related_name="claims")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims"
    )
    claimed_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    paper_slot = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    member_slot = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    extended_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    topic = models.ForeignKey(
        "papers.Topic", on_delete=models.SET_NULL, null=True, blank=True, related_name="claims"
    )
    position = models.PositiveIntegerField(default=0)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "member"],
                condition=Q(ended_at__isnull=True),
                name="one_open_claim_per_member_and_paper",
            ),
            models.UniqueConstraint(
                fields=["paper", "paper_slot"],
                condition=Q(ended_at__isnull=True),
                name="one_open_claim_per_slot_of_a_paper",
            ),
            models.UniqueConstraint(
                fields=["member", "member_slot"],
                condition=Q(ended_at__isnull=True),
                name="one_open_claim_per_slot_of_a_member",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True, paper_slot__isnull=True, member_slot__isnull=True)
                | Q(due_on__isnull=False, paper_slot__isnull=False, member_slot__isnull=False),
                name="a_lease_holds_a_slot_and_nothing_else_does",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="")
                | Q(ended_at__isnull=False, ending__in=["reviewed", "released", "expired"]),
                name="an_ended_claim_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "position"], name="claim_reading_list"),
            models.Index(fields=["due_on"], name="claim_due", condition=Q(ended_at__isnull=True)),
            models.Index(
                fields=["paper"], name="claim_open_paper", condition=Q(ended_at__isnull=True)
            ),
            models.Index(fields=["ended_at"], name="claim_ended"),
        ]

    def __str__(self) -> str:
        return f"{say(self, 'member')} claims {say(self, 'paper')}"

    @property
    def is_open(self) -> bool:
        """Not yet ended."""
        return self.ended_at is None

    @property
    def is_lease(self) -> bool:
        """Holds a slot until a due day; a standing claim does not."""
        return self.due_on is not None

    def is_overdue(self, today: date) -> bool:
        """Open past its due day."""
        return self.is_open and self.due_on is not None and self.due_on < today
