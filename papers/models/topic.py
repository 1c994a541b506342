"""Topics: a tree of subjects, and listings, which stand a paper under a topic."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField
from papers.models.change_counts import Apart, counts_apart, counts_changes
from papers.models.row_names import say
from papers.text import addresses


class StartsWith(Func):
    """PostgreSQL's `starts_with(text, beginning)`; the beginning is no pattern."""

    function = "starts_with"
    output_field = models.BooleanField()


def is_below(path: str) -> StartsWith:
    """Whether a topic stands below this path."""
    return StartsWith(F("path"), Concat(Value(path), Value("/")))


class TopicQuerySet(models.QuerySet["Topic"]):
    """Adjectives for rows of topics."""

    def under(self, path: str) -> TopicQuerySet:
        """The topic at this path and everything below it."""
        return self.filter(Q(path=path) | is_below(path))

    def along(self, path: str) -> TopicQuerySet:
        """The topics from the root down to this path, outermost first (breadcrumbs)."""
        steps = path.split("/")
        return self.filter(
            path__in=["/".join(steps[:n]) for n in range(1, len(steps) + 1)]
        ).order_by("depth")


@counts_changes()
@counts_apart(Apart.TOPICS)
class Topic(models.Model):
    """A node of the tree.

    `path` repeats the slugs from the root (`theory/training-sgd`): one query finds a topic by its
    address or everything below it. Only `catalogue.actions` writes it.
    """

    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    name = LineField(max_length=300)
    slug = models.SlugField(max_length=120, allow_unicode=True)
    path = models.CharField(max_length=1000, unique=True, editable=False)
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    position = models.PositiveIntegerField(default=0, help_text=_("Order among its siblings."))
    description = models.TextField(blank=True)
    description_html = models.TextField(blank=True, editable=False)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                F("parent"),
                Lower("slug"),
                name="one_topic_per_slug_and_parent",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("pk")), name="a_topic_is_not_its_own_parent"
            ),
        ]
        indexes = [
            models.Index(fields=["path"], name="topic_path_prefix", opclasses=["text_pattern_ops"]),
            models.Index(fields=["parent", "position"], name="topic_siblings"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The topic's page."""
        return addresses.topic(self.path)


@counts_changes()
class TopicAddress(models.Model):
    """An address that a topic had before it was renamed, moved or merged: it leads to the topic.

    Topics below it moved with it: their old addresses begin with this one.
    """

    path = models.CharField(max_length=1000, unique=True)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="former_addresses")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = _("topic addresses")

    def __str__(self) -> str:
        return self.path


@counts_changes()
@counts_apart(Apart.TOPICS)
class Listing(models.Model):
    """A paper under a topic: its position there and an optional note or quote."""

    paper = models.ForeignKey("papers.Paper", on_delete=models.CASCADE, related_name="listings")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="listings")
    position = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True)
    note_html = models.TextField(blank=True, editable=False)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "paper"], name="one_listing_per_paper_and_topic"
            )
        ]
        indexes = [models.Index(fields=["topic", "position"], name="listing_order")]

    def __str__(self) -> str:
        return f"{say(self, 'paper')} under {say(self, 'topic')}"
