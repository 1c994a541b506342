"""Meetings: when the group comes together, and what is on the agenda."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Meeting(models.Model):
    """One meeting of the reading group; `starts_at` is an instant, shown in the lab's time zone."""

    title = models.CharField(max_length=200, blank=True)
    day = models.DateField(help_text="In the lab's time zone; the address of its page.")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField("length in minutes", default=60)
    place = models.CharField(max_length=300, blank=True)
    link = models.URLField(max_length=2000, blank=True)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="meetings_led",
    )
    record = models.TextField("minutes taken", blank=True)
    record_html = models.TextField(blank=True, editable=False)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    held_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["starts_at"], name="one_meeting_at_a_time"),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=1440), name="a_meeting_fits_a_day"
            ),
        ]
        indexes = [models.Index(fields=["day"], name="meeting_day")]

    def __str__(self) -> str:
        return f"{self.title or 'Reading group'}, {self.day:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """The meeting's page."""
        return f"/meetings/{self.day:%Y-%m-%d}/"


class AgendaItem(models.Model):
    """A paper or an experiment on a meeting's agenda: who presents it and for how long."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    paper = models.ForeignKey(
        "papers.Paper", on_delete=models.CASCADE, null=True, blank=True, related_name="agenda_items"
    )
    experiment = models.ForeignKey(
        "papers.Experiment",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="agenda_items",
    )
    title = models.CharField(max_length=300, blank=True, help_text="For an item of another kind.")
    presenter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="presentations",
    )
    minutes = models.PositiveSmallIntegerField(default=20)
    position = models.PositiveSmallIntegerField(default=0)
    record = models.TextField("minutes taken", blank=True)
    record_html = models.TextField(blank=True, editable=False)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    discussed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paper__isnull=False) | Q(experiment__isnull=False) | ~Q(title=""),
                name="an_agenda_item_names_its_subject",
            ),
            models.UniqueConstraint(
                fields=["meeting", "paper"], name="one_agenda_item_per_paper_and_meeting"
            ),
        ]
        indexes = [models.Index(fields=["paper", "discussed_at"], name="agenda_of_paper")]

    def __str__(self) -> str:
        return f"Item {self.position} of {self.meeting_id}"
