"""Papers: bibliographic facts, the identifiers by which two records are one, and links."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField, LongLineField
from papers.models.change_counts import counts_changes
from papers.models.topic import Listing
from papers.text import addresses
from papers.text.formulas import to_letters


class PaperQuerySet(models.QuerySet["Paper"]):
    """Adjectives for rows of papers."""

    def under(self, path: str) -> PaperQuerySet:
        """Papers listed under the topic at this path or below it."""
        return self.filter(
            models.Exists(
                Listing.objects.filter(
                    Q(topic__path=path) | Q(topic__path__startswith=f"{path}/"),
                    paper=models.OuterRef("pk"),
                )
            )
        )

    def unarchived(self) -> PaperQuerySet:
        """Those that lists and searches show."""
        return self.filter(archived_at__isnull=True)

    def newest_first(self) -> PaperQuerySet:
        """The catalogue's default order; the key makes it total."""
        return self.order_by("-added_at", "-pk")


@counts_changes()
class Paper(models.Model):
    """One work: preprint and published version are one paper with several identifiers.

    `title_key` is `papers.text.titles.title_key(title)`: two records with one key are likely one
    paper, so it is indexed but not unique. An archived paper keeps its page and its work, and is
    left out of lists, search and the queue.
    """

    title = LongLineField()
    title_key = models.CharField(max_length=500, db_index=True, editable=False)
    slug = models.SlugField(max_length=80, allow_unicode=True, blank=True, editable=False)
    authors = ArrayField(
        LongLineField(), default=list, blank=True, help_text=_("One per line, in order.")
    )
    abstract = models.TextField(blank=True)
    abstract_html = models.TextField(blank=True, editable=False)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    venue = LineField(max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    group = LineField(
        max_length=300, blank=True, help_text=_('Research group, e.g. "Okafor group"')
    )
    note = LineField(max_length=1000, blank=True, help_text=_("Why the lab should read it."))
    slots = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("Reviewer slots; empty: the lab's default.")
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="papers_added",
    )
    added_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_paper_has_a_title"),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__gte=1400, year__lte=2200),
                name="a_year_is_a_year",
            ),
        ]
        indexes = [
            models.Index(fields=["-added_at", "-id"], name="paper_newest"),
            models.Index(fields=["year"], name="paper_year"),
            models.Index(fields=["venue"], name="paper_venue"),
        ]

    def __str__(self) -> str:
        """The title as it is read: formulas as letters."""
        return to_letters(self.title)

    def get_absolute_url(self) -> str:
        """The paper's page."""
        return addresses.paper(self.pk, self.slug)


@counts_changes()
class Identifier(models.Model):
    """A name under which a paper is known elsewhere, as `papers.text.identifiers` writes it."""

    class Kind(models.TextChoices):
        """Registries; a URL is an identifier when nothing better is known."""

        ARXIV = "arxiv", _("arXiv")
        DOI = "doi", _("DOI")
        OPENREVIEW = "openreview", _("OpenReview")
        URL = "url", _("URL")

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=12, choices=Kind)
    value = LineField(max_length=1000)

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="one_paper_per_identifier"),
            models.CheckConstraint(condition=~Q(value=""), name="an_identifier_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"

    @property
    def url(self) -> str:
        """Where the identifier leads."""
        prefix = {
            self.Kind.ARXIV: "https://arxiv.org/abs/",
            self.Kind.DOI: "https://doi.org/",
            self.Kind.OPENREVIEW: "https://openreview.net/forum?id=",
        }.get(self.Kind(self.kind), "")
        return prefix + self.value


@counts_changes()
class Link(models.Model):
    """Something to open beside the paper; kept exactly as it was written."""

    class Kind(models.TextChoices):
        """What one finds there."""

        PAPER = "paper", _("Paper")
        PDF = "pdf", _("PDF")
        CODE = "code", _("Code")
        PROJECT = "project", _("Project")
        DISCUSSION = "discussion", _("Discussion")

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PAPER)
    url = models.URLField(max_length=2000)
    label = LineField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "url"], name="one_link_per_paper_and_url")
        ]

    def __str__(self) -> str:
        return self.url
