"""Exports: keys under which papers are cited, secret addresses, and archives being made."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField, LongLineField
from papers.models.change_counts import counts_changes, counts_nothing
from papers.models.row_names import say


@counts_changes()
class CitationKey(models.Model):
    """The key of a paper in BibTeX: given once, and the same for good, whatever is corrected later.

    `stem` says family name, year and first word; `number` tells papers with the same stem apart.
    """

    paper = models.OneToOneField(
        "papers.Paper", on_delete=models.CASCADE, related_name="citation_key"
    )
    stem = LineField(max_length=120, editable=False)
    number = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["stem", "number"], name="citation_keys_differ")
        ]

    def __str__(self) -> str:
        return f"{self.stem}-{self.number}" if self.number > 1 else self.stem


@counts_nothing
class BibliographyLink(models.Model):
    """A secret address at which programs fetch a topic, a search or the whole lab as `.bib`.

    It shows what its member may see. Only the token's hash is kept.
    """

    class Format(models.TextChoices):
        """How the file is written."""

        BIBTEX = "bibtex", _("BibTeX")
        BIBLATEX = "biblatex", _("biblatex")

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bibliography_links"
    )
    topic = models.ForeignKey(
        "papers.Topic", on_delete=models.CASCADE, null=True, related_name="bibliography_links"
    )
    search = LineField(max_length=300, blank=True)
    format = models.CharField(max_length=8, choices=Format, default=Format.BIBTEX)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(topic__isnull=True) | Q(search=""),
                name="a_bibliography_has_one_subject",
            )
        ]

    def __str__(self) -> str:
        return f"Bibliography of {say(self, 'by')}"


@counts_nothing
class ReviewLink(models.Model):
    """A secret address at which a reader outside the lab reads one published review.

    Its author alone makes it and takes it back. Only the token's hash is kept.
    """

    review = models.OneToOneField(
        "papers.Review", on_delete=models.CASCADE, related_name="outside_link"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"Address of review {say(self, 'review')}"


@counts_nothing
class ArchiveJob(models.Model):
    """One archive of the lab, made in the background; `name` is its file once it is whole."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    rows_done = models.PositiveBigIntegerField(default=0)
    rows_total = models.PositiveBigIntegerField(default=0)
    name = LineField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    error = LongLineField(blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"Archive of {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def is_running(self) -> bool:
        """Asked for and not finished."""
        return self.state in (self.State.WAITING, self.State.RUNNING)
