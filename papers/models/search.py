"""The search index, the words that occur in papers, and the searches that members keep."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import Lower
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField
from papers.models.change_counts import Apart, counts_apart, counts_changes, counts_nothing
from papers.models.row_names import say

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The day of the latest review of a paper without one: a value, so that it sorts."""


@counts_changes()
@counts_apart(
    Apart.DOCS,
    "added_at", "year", "venue", "topics", "reviewers", "reviewed_at", "spread",
)  # fmt: skip
@counts_apart(Apart.WORDS)
class SearchDoc(models.Model):
    """All that can be searched of one paper; `search.index` alone writes it.

    `words` holds the lexemes of the paper *and* of what the lab wrote about it, so that words in
    the title and in a review can be asked for together and ranked together. Who wrote a word
    stands in its lexeme (`search.lexemes`), and a query asks for the kinds that the member may
    see: switching independent reviews or public reading on or off needs no new index.

    The row is narrow on purpose: `words` always lives in the TOAST table (see the migration), so
    that 100,000 papers are read in 12 MB when a word is common. `topics` holds the ids of the
    topics and of all topics above them; `spread` is how far apart the verdicts are.
    """

    paper = models.OneToOneField(
        "papers.Paper", on_delete=models.CASCADE, primary_key=True, related_name="search_doc"
    )
    added_at = models.DateTimeField()
    year = models.PositiveSmallIntegerField(default=0)
    venue = LineField(max_length=300, blank=True)
    topics = ArrayField(models.BigIntegerField(), default=list)
    reviewers = ArrayField(models.BigIntegerField(), default=list)
    reviewed_at = models.DateTimeField(default=NEVER)
    spread = models.PositiveSmallIntegerField(default=0)
    words = SearchVectorField()

    class Meta:
        indexes = [
            # Waiting entries are read one by one by every search, so few may wait.
            GinIndex(fields=["words"], name="search_words", gin_pending_list_limit=512),
            GinIndex(fields=["topics"], name="search_topics"),
            GinIndex(fields=["reviewers"], name="search_reviewers"),
            models.Index(fields=["-added_at", "-paper"], name="search_newest"),
            models.Index(fields=["-year", "-added_at", "-paper"], name="search_by_year"),
            models.Index(fields=["-reviewed_at", "-added_at", "-paper"], name="search_by_review"),
        ]

    def __str__(self) -> str:
        return f"Search document of {say(self, 'paper')}"


@counts_nothing
class SearchWord(models.Model):
    """A word of titles, names and abstracts (never of reviews) for completing and mending.

    `papers` is how many papers have it, as last counted by `rebuild_search`.
    """

    word = models.CharField(max_length=40, primary_key=True, db_collation="C")
    papers = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.word


@SearchVectorField.register_lookup
class Matches(models.Lookup):
    """`words__matches="'gan' & 'vae'"`: the text is a finished tsquery and not parsed again."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """The match operator."""
        left, values = self.process_lhs(compiler, connection)
        return f"{left} @@ %s::tsquery", (*values, self.rhs)


@counts_changes()
class SavedSearch(models.Model):
    """A search that a member keeps under a name; nobody else's business."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = LineField(max_length=100)
    text = LineField(_("search"), max_length=2000)
    at = models.DateTimeField()

    class Meta:
        ordering = [Lower("name"), "pk"]
        verbose_name_plural = _("saved searches")
        constraints = [
            models.UniqueConstraint("by", Lower("name"), name="one_saved_search_per_name"),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(text=""),
                name="a_saved_search_has_a_name_and_a_text",
            ),
        ]

    def __str__(self) -> str:
        return self.name
