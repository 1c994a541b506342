"""What curators set for the whole lab: its name, limits, switches and guiding questions."""

from __future__ import annotations

from datetime import tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField
from papers.models.change_counts import counts_changes
from papers.text.sections import PARTS

LONGEST_ANNOUNCEMENT = 500

MAIL_COLORS = {
    "plum": "#75304f",
    "violet": "#5b3c8f",
    "petrol": "#1c5a6b",
    "umber": "#70452a",
    "slate": "#404f63",
}
"""The accents for mail programs, which read no stylesheet: those of static/css/lab.css in light."""


@counts_changes()
class Lab(models.Model):
    """The one lab of this installation. Read it through `access.get_lab()`.

    Days and numbers are those of product.md rule 3: 2 slots a paper, 3 open claims a member,
    a lease of 14 days.
    """

    class Accent(models.TextChoices):
        """The color of links and buttons; static/css/lab.css has each, in light and dark."""

        PLUM = "plum", _("Plum")
        VIOLET = "violet", _("Violet")
        PETROL = "petrol", _("Petrol")
        UMBER = "umber", _("Umber")
        SLATE = "slate", _("Slate")

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = LineField(max_length=120, default="Reading room")
    time_zone = models.CharField(max_length=64, default="UTC", help_text=_("IANA name."))
    paper_slots = models.PositiveSmallIntegerField(
        default=2, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    claim_limit = models.PositiveSmallIntegerField(
        default=3, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    lease_days = models.PositiveSmallIntegerField(
        default=14, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    grace_days = models.PositiveSmallIntegerField(
        default=7, help_text=_("Days before an overdue claim without a draft is released.")
    )
    digest_weekday = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        default=0,
        choices=[
            (0, _("Monday")),
            (1, _("Tuesday")),
            (2, _("Wednesday")),
            (3, _("Thursday")),
            (4, _("Friday")),
            (5, _("Saturday")),
            (6, _("Sunday")),
        ],
        help_text=_("Day last week's digest is sent. Leave empty to send manually."),
    )
    digest_hour = models.PositiveSmallIntegerField(
        default=8, validators=[MaxValueValidator(23)], help_text=_("In the lab's time zone.")
    )
    independent_reviews = models.BooleanField(
        default=False,
        help_text=_("Hide others' reviews of a paper from a member with an open claim."),
    )
    public_reading = models.BooleanField(
        default=False, help_text=_("Let anyone read papers, published reviews, topics and digests.")
    )
    accent = models.CharField(max_length=10, choices=Accent, default=Accent.PLUM)
    # By its key, so that a page can name the address of the logo without another query.
    logo = models.ForeignKey(
        "papers.File", on_delete=models.SET_NULL, to_field="key", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    logo_alt = LineField(max_length=200, blank=True)
    announcement = models.TextField(max_length=LONGEST_ANNOUNCEMENT, blank=True)
    announcement_until = models.DateField(null=True, blank=True, help_text=_("Last day, included."))

    class Meta:
        verbose_name = _("lab")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="there_is_one_lab"),
            models.CheckConstraint(
                condition=Q(paper_slots__gte=1, claim_limit__gte=1, lease_days__gte=1),
                name="limits_of_the_lab_are_at_least_one",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def mail_color(self) -> str:
        """The color of links and buttons in emails."""
        return MAIL_COLORS[self.accent]

    @property
    def zone(self) -> tzinfo:
        """The lab's time zone; UTC where this machine does not know its name."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo("UTC")


def list_sections() -> list[tuple[str, str]]:
    """The sections of a review by key and heading; a function, so that a new one needs no
    migration of this table."""
    return [(one.key, gettext(one.label)) for one in PARTS]


@counts_changes()
class GuidingQuestion(models.Model):
    """A question shown above a section of the editor; it guides, it is never required."""

    section = models.CharField(max_length=30, choices=list_sections)
    text = LineField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["section", "position", "pk"]

    def __str__(self) -> str:
        return self.text
