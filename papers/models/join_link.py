"""Join links: one link for many, by which each asks for an invitation to their own address."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from papers.fields import LineField
from papers.models.change_counts import counts_nothing
from papers.models.member import Member


class JoinLinkQuerySet(models.QuerySet["JoinLink"]):
    """Adjectives for rows of join links."""

    def open(self, at: datetime) -> JoinLinkQuerySet:
        """Those that still let somebody ask."""
        return self.filter(revoked_at=None, ends_at__gt=at, uses__lt=F("most_uses"))


@counts_nothing
class JoinLink(models.Model):
    """A link with an end and a limit; only the token's hash is kept. A use is an account opened."""

    name = LineField(max_length=100, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    role = models.CharField(max_length=10, choices=Member.Role)
    most_uses = models.PositiveSmallIntegerField()
    uses = models.PositiveSmallIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, related_name="join_links"
    )
    created_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = JoinLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(uses__lte=F("most_uses")), name="a_join_link_is_not_used_more_often"
            ),
            models.CheckConstraint(
                condition=Q(role__in=("reader", "member")), name="a_join_link_makes_no_curator"
            ),
        ]

    def __str__(self) -> str:
        return f"Join link {self.name or self.pk} until {self.ends_at:%Y-%m-%d}"
