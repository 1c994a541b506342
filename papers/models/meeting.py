"""Meetings: when the group comes together, and what is on the agenda."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField
from papers.models.change_counts import Apart, counts_apart, counts_changes
from papers.models.row_names import say
from papers.text import addresses
from papers.text.slots import Slot


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Adjectives for rows of meetings."""

    def scheduled(self) -> MeetingQuerySet:
        """Not cancelled."""
        return self.filter(cancelled_at__isnull=True)

    def coming(self, at: datetime) -> MeetingQuerySet:
        """Those that are still ahead or go on just now, the next one first."""
        ahead = self.scheduled().filter(held_at__isnull=True)
        return ahead.filter(Q(starts_at__gte=at) | Q(opened_at__isnull=False))

    def of(self, slot: Slot) -> MeetingQuerySet:
        """The one that an address names."""
        return self.filter(day=slot.day, number=slot.number)


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Adjectives for rows of agendas."""

    def timed(self) -> AgendaItemQuerySet:
        """Those with minutes of their own: papers that a question gathers have the question's."""
        return self.filter(question__isnull=True)


@counts_changes()
class MeetingSeries(models.Model):
    """The rule by which meetings come back: weekday and time of day in the lab's time zone.

    `skipped` are days on which the group does not meet. Meetings are rows of their own, made
    ahead by `meetings.actions.plan_series`; one that was moved or cancelled stays so.
    """

    class Weekday(models.IntegerChoices):
        """As Python counts them."""

        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    title = LineField(max_length=200, blank=True)
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    time = models.TimeField(help_text=_("In the lab's time zone."))
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=60)
    every_weeks = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField(help_text=_("First meeting on or after this date."))
    place = LineField(max_length=300, blank=True)
    link = models.URLField(max_length=2000, blank=True)
    rotates_lead = models.BooleanField(_("rotate the lead"), default=False)
    skipped = ArrayField(models.DateField(), default=list, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = _("meeting series")
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lte=6, every_weeks__gte=1, every_weeks__lte=52),
                name="a_series_has_a_weekday_and_an_interval",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=1440), name="a_series_fits_a_day"
            ),
        ]

    def __str__(self) -> str:
        return _("%(title)s, %(weekday)s at %(time)s") % {
            "title": self.title or _("Reading group"),
            "weekday": self.get_weekday_display(),
            "time": f"{self.time:%H:%M}",
        }


@counts_changes()
class Meeting(models.Model):
    """One meeting of the reading group; `starts_at` is an instant, shown in the lab's time zone.

    It is planned, then opened by its lead, then held. `series_on` is the day that the series
    gave it, also when the meeting was moved since: no second one is made for that day.
    `record_number` counts the versions of the minutes. `sent_agenda` is what the last of
    `sent_count` agenda emails said (`meetings/mailing`), to tell what changed since.
    """

    title = LineField(max_length=200, blank=True)
    day = models.DateField(help_text=_("In the lab's time zone; part of the page's address."))
    number = models.PositiveSmallIntegerField(
        default=1, help_text=_("Which of the day's meetings it is; part of the page's address.")
    )
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=60)
    place = LineField(max_length=300, blank=True)
    link = models.URLField(max_length=2000, blank=True)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="meetings_led",
    )
    series = models.ForeignKey(
        MeetingSeries, on_delete=models.SET_NULL, null=True, blank=True, related_name="meetings"
    )
    series_on = models.DateField(null=True, blank=True, editable=False)
    record = models.TextField(_("minutes"), blank=True)
    record_html = models.TextField(blank=True, editable=False)
    record_number = models.PositiveIntegerField(default=0, editable=False)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    sent_at = models.DateTimeField(_("agenda emailed"), null=True, blank=True)
    sent_count = models.PositiveSmallIntegerField(default=0, editable=False)
    sent_agenda = models.JSONField(default=dict, blank=True, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    current = models.ForeignKey(
        "papers.AgendaItem", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    current_since = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "number"], name="one_meeting_per_day_and_number"
            ),
            models.UniqueConstraint(
                fields=["series", "series_on"], name="one_meeting_per_day_of_a_series"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=1440), name="a_meeting_fits_a_day"
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="meeting_order")]

    def __str__(self) -> str:
        day = date_format(self.day, "DATE_FORMAT")
        return gettext("%(name)s on %(day)s") % {"name": self.name, "day": day}

    def get_absolute_url(self) -> str:
        """The meeting's page."""
        return addresses.meeting(self.day, self.number)

    @property
    def slot(self) -> Slot:
        """What its addresses name."""
        return Slot(self.day, self.number)

    @property
    def name(self) -> str:
        """The title, or what every reading group is called."""
        return self.title or gettext("Reading group")

    @property
    def ends_at(self) -> datetime:
        """When it is planned to be over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_going_on(self) -> bool:
        """Opened and not closed yet."""
        return self.opened_at is not None and self.held_at is None

    @property
    def is_over(self) -> bool:
        """Held or cancelled: its agenda stands."""
        return self.held_at is not None or self.cancelled_at is not None


@counts_changes()
@counts_apart(Apart.AGENDAS)
class AgendaItem(models.Model):
    """A paper, an experiment or a question on a meeting's agenda: who presents it, how long.

    A question (an item with a title) may gather papers: these are rows with `question` set and
    no minutes of their own, voted on and discussed with it. `reasons` says why the packer chose
    an item: `[["votes", "3 votes"], ...]`. Verdicts of a phase are hidden until the lead shows
    them.
    """

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
    title = LineField(max_length=300, blank=True, help_text=_("For discussion items."))
    question = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="gathered"
    )
    presenter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="presentations",
    )
    minutes = models.PositiveSmallIntegerField(default=20)
    position = models.PositiveSmallIntegerField(default=0)
    reasons = models.JSONField(default=list, blank=True)
    before_shown_at = models.DateTimeField(null=True, blank=True)
    after_shown_at = models.DateTimeField(null=True, blank=True)
    record = models.TextField(_("minutes taken"), blank=True)
    record_html = models.TextField(blank=True, editable=False)
    record_number = models.PositiveIntegerField(default=0, editable=False)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    discussed_at = models.DateTimeField(null=True, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        # A question comes before the papers that it gathers, which have its position.
        ordering = ["position", F("question_id").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paper__isnull=False) | Q(experiment__isnull=False) | ~Q(title=""),
                name="an_agenda_item_names_its_subject",
            ),
            models.UniqueConstraint(
                fields=["meeting", "paper"], name="one_agenda_item_per_paper_and_meeting"
            ),
            models.UniqueConstraint(
                fields=["meeting", "experiment"],
                name="one_agenda_item_per_experiment_and_meeting",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=1440, question__isnull=True)
                | Q(minutes=0, question__isnull=False),
                name="an_item_fits_a_day",
            ),
        ]
        indexes = [models.Index(fields=["paper", "discussed_at"], name="agenda_of_paper")]

    def __str__(self) -> str:
        """Its subject and meeting; a closed experiment keeps its name to itself."""
        subject = say(self, "paper") if self.paper_id else self.title or gettext("An experiment")
        return f"{subject}, {say(self, 'meeting')}"

    def give_to(self, member: int | None) -> None:
        """Let this member present; why the former one was chosen is no reason any more.

        The caller saves `presenter` and `reasons`.
        """
        self.presenter_id = member
        self.reasons = [one for one in self.reasons if one[0] not in ("turn", "presenter")]

    @property
    def may_gather(self) -> bool:
        """A question that is still ahead: papers can be put under it."""
        is_subject = self.paper_id is None and self.experiment_id is None
        return is_subject and self.question_id is None and self.discussed_at is None

    def get_shown_at(self, phase: str) -> datetime | None:
        """Since when the verdicts of a phase are open to all."""
        return self.before_shown_at if phase == "before" else self.after_shown_at
