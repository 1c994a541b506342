"""Imports: what was brought, what was understood, and what it made, so that it can be undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField
from papers.models.change_counts import counts_nothing
from papers.models.row_names import say
from papers.models.sealed import SealedTextField
from papers.text import addresses


@counts_nothing
class ImportJob(models.Model):
    """One document brought to the lab: its source as it came, and what became of it.

    `plan` is what the parser understood beyond the items: topics, members, repairs, problems.
    `choices` are the roles that the member gave to patterns and to single lines (`line:12`);
    `account` says what became of each line (`reading.packing.pack_account`); `original` holds the
    bytes where they are not just the text of `source`: an archive, another encoding.
    `made` names the rows that applying it created (`[["paper", 7], ...]`), which undoing removes.
    """

    class State(models.TextChoices):
        """Shown, applied, undone, or holding nothing that could be read."""

        PREVIEW = "preview", _("Preview")
        APPLIED = "applied", _("Imported")
        UNDONE = "undone", _("Undone")
        REFUSED = "refused", _("Failed")

    class Work(models.TextChoices):
        """What the worker was asked to do with a big document and has not done yet."""

        READ = "read", _("Reading")
        APPLY = "apply", _("Importing")
        UNDO = "undo", _("Undoing")

    name = LineField(max_length=300, help_text=_('File name, or "pasted text".'))
    shape = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64, editable=False, help_text=_("SHA-256 of the source."))
    source = models.TextField(editable=False)
    original = models.BinaryField(default=bytes, blank=True, editable=False)
    plan = models.JSONField(default=dict, editable=False)
    choices = models.JSONField(default=dict, blank=True, editable=False)
    account = models.JSONField(default=dict, blank=True, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEW)
    work = models.CharField(max_length=10, choices=Work, blank=True, editable=False)
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="imports"
    )
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    made = models.JSONField(default=list, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["preview", "refused"], applied_at__isnull=True)
                | Q(state="applied", applied_at__isnull=False)
                | Q(state="undone", undone_at__isnull=False),
                name="an_import_is_dated",
            )
        ]
        indexes = [models.Index(fields=["by", "-created_at"], name="import_by_member")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The import's page: preview, result or what was undone."""
        return addresses.import_job(self.pk)

    @property
    def status_label(self) -> str:
        """How it stands, in words: what is being done to it, else its state."""
        return str(self.Work(self.work).label if self.work else self.State(self.state).label)


@counts_nothing
class ImportItem(models.Model):
    """One entry of a document: a paper as understood, or a problem with its line.

    `key` is stable over repeated imports of the same document; `data` is the draft as JSON;
    `moved` says which bullets a member put into which section, so that they stay there when the
    document is read again.
    `sameness` is what a member said of it and of `compared`. `is_joined` marks an entry that was
    put to a paper that was there; `left` holds what it says otherwise than that paper, by field:
    `{"year": [2019, 2021]}` is the document's and the library's.
    """

    class Kind(models.TextChoices):
        """What stands at that line."""

        PAPER = "paper", _("Paper")
        PROBLEM = "problem", _("Problem")

    class Sameness(models.TextChoices):
        """Whether an entry is the paper with which it was compared."""

        SAME = "same", _("Same paper")
        DIFFERENT = "different", _("Different papers")

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PAPER)
    key = models.CharField(max_length=200)
    line = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    data = models.JSONField(default=dict)
    message = models.TextField(blank=True)
    is_excluded = models.BooleanField(default=False)
    moved = models.JSONField(default=dict, blank=True, editable=False)
    paper = models.ForeignKey(
        "papers.Paper",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="import_items",
    )
    sameness = models.CharField(max_length=9, choices=Sameness, blank=True, editable=False)
    compared = models.ForeignKey(
        "papers.Paper",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    is_joined = models.BooleanField(default=False, editable=False)
    left = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["job", "key"], name="one_import_item_per_key")
        ]

    def __str__(self) -> str:
        return f"Line {self.line} of import {say(self, 'job')}"


@counts_nothing
class IssueFetch(models.Model):
    """Issues of a repository on their way: the worker reads them and makes an import of them.

    `server` is the origin of the API. The token is forgotten as soon as the issues are here.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Here")
        FAILED = "failed", _("Failed")

    server = LineField(max_length=300)
    repository = LineField(max_length=200)
    token = SealedTextField(blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    problem = LineField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="issue_fetches"
    )
    asked_at = models.DateTimeField()
    job = models.ForeignKey(ImportJob, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name_plural = _("issue fetches")

    def __str__(self) -> str:
        return self.repository
