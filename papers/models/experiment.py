"""Experiments: follow-ups that came out of reading, and what became of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField
from papers.models.change_counts import Apart, counts_apart, counts_changes
from papers.models.file import index_files
from papers.models.row_names import say
from papers.text import addresses
from papers.text.formulas import to_letters

FILE_TEXTS = ("plan", "outcome")
"""Columns that may show pictures."""


class ExperimentQuerySet(models.QuerySet["Experiment"]):
    """Adjectives for rows of experiments."""

    def current(self) -> ExperimentQuerySet:
        """Those that came from no review, or from one that is not deleted."""
        return self.filter(review__deleted_at__isnull=True)

    def closed(self) -> ExperimentQuerySet:
        """Those with an outcome, or dropped."""
        return self.filter(state__in=Experiment.CLOSED)

    def going(self) -> ExperimentQuerySet:
        """Ideas, plans and runs."""
        return self.exclude(state__in=Experiment.CLOSED)


@counts_changes()
@counts_apart(Apart.EXPERIMENTS)
class Experiment(models.Model):
    """One follow-up experiment from idea to outcome."""

    class State(models.TextChoices):
        """The columns of the board."""

        IDEA = "idea", _("Idea")
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Running")
        CONFIRMED = "confirmed", _("Confirmed")
        REFUTED = "refuted", _("Refuted")
        INCONCLUSIVE = "inconclusive", _("Inconclusive")
        DROPPED = "dropped", _("Dropped")

    CLOSED = (State.CONFIRMED, State.REFUTED, State.INCONCLUSIVE, State.DROPPED)

    title = LineField(max_length=300)
    hypothesis = models.TextField(blank=True)
    plan = models.TextField(_("plan"), blank=True)
    plan_html = models.TextField(blank=True, editable=False)
    cost = LineField(_("expected cost"), max_length=200, blank=True)
    risk = LineField(max_length=500, blank=True)
    paper = models.ForeignKey(
        "papers.Paper",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="experiments",
    )
    review = models.ForeignKey(
        "papers.Review",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="experiments",
    )
    meeting = models.ForeignKey(
        "papers.Meeting",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="experiments",
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="experiments_proposed",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="experiments",
    )
    state = models.CharField(max_length=12, choices=State, default=State.IDEA)
    position = models.PositiveIntegerField(default=0)
    outcome = models.TextField(blank=True)
    outcome_html = models.TextField(blank=True, editable=False)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField()
    moved_at = models.DateTimeField(help_text=_("Last status change."))
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ExperimentQuerySet.as_manager()

    class Meta:
        ordering = ["position", "-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="an_experiment_has_a_title"),
            models.CheckConstraint(
                condition=Q(
                    closed_at__isnull=False,
                    state__in=["confirmed", "refuted", "inconclusive", "dropped"],
                )
                | Q(closed_at__isnull=True, state__in=["idea", "planned", "running"]),
                name="a_closed_experiment_has_a_closing_time",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(outcome=""),
                name="a_closed_experiment_says_what_came_out",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "position", "-created_at"], name="experiment_column"),
            models.Index(fields=["paper"], name="experiment_of_paper"),
            models.Index(fields=["-created_at"], name="experiment_newest"),
            models.Index(fields=["-closed_at"], name="experiment_closed"),
            index_files("experiment_files", *FILE_TEXTS),
        ]

    def __str__(self) -> str:
        """The title as it is read: formulas as letters."""
        return to_letters(self.title)

    def get_absolute_url(self) -> str:
        """The experiment's page."""
        return addresses.experiment(self.pk)


@counts_changes()
class ExperimentLink(models.Model):
    """A run, a repository or a notebook of an experiment."""

    experiment = models.ForeignKey(Experiment, on_delete=models.CASCADE, related_name="links")
    url = models.URLField(max_length=2000)
    label = LineField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["experiment", "url"], name="one_link_per_experiment_and_url"
            )
        ]

    def __str__(self) -> str:
        return self.label or self.url


@counts_changes()
class Prediction(models.Model):
    """What a member expected before the outcome: the chance that the hypothesis holds."""

    experiment = models.ForeignKey(Experiment, on_delete=models.CASCADE, related_name="predictions")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="predictions"
    )
    percent = models.PositiveSmallIntegerField(help_text=_("0 to 100."))
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["experiment", "member"], name="one_prediction_per_member_and_experiment"
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100), name="a_chance_is_a_percentage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} % by {say(self, 'member')}"
