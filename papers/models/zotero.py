"""Zotero group libraries: what was read there last, what stands here for it, and open questions.

Three states of each fact make it possible to tell who changed it: the paper's, the one in Zotero
(`remote`), and the one that both had when they last agreed (`base`).
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField
from papers.models.change_counts import counts_changes, counts_nothing
from papers.models.sealed import SealedTextField


@counts_changes()
class ZoteroLibrary(models.Model):
    """A group library that a curator connected. What it changes here is done in her name.

    `version` is the library's version up to which everything was read.
    """

    group = models.PositiveBigIntegerField(
        unique=True, help_text=_("The number in the address of the group.")
    )
    name = LineField(max_length=300, blank=True)
    key = SealedTextField()
    topic = models.ForeignKey(
        "papers.Topic", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sends_changes = models.BooleanField(default=False)
    sends_reviews = models.BooleanField(default=False)
    connected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    connected_at = models.DateTimeField()
    version = models.PositiveBigIntegerField(default=0)
    synced_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField()
    problem = LineField(max_length=300, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("Zotero library")
        verbose_name_plural = _("Zotero libraries")

    def __str__(self) -> str:
        return self.name or str(self.group)


@counts_changes()
class ZoteroCollection(models.Model):
    """A collection and the topic that it became."""

    library = models.ForeignKey(ZoteroLibrary, on_delete=models.CASCADE, related_name="collections")
    key = LineField(max_length=8)
    parent_key = LineField(max_length=8, blank=True)
    name = LineField(max_length=300)
    topic = models.ForeignKey(
        "papers.Topic", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["library", "key"], name="one_row_per_collection")
        ]

    def __str__(self) -> str:
        return self.name


@counts_changes()
class ZoteroItem(models.Model):
    """An item and the paper that it is here.

    `remote` is `papers.zotero.service.zotero_values.Item` as JSON; `base` maps each fact to the
    value on which both sides agreed, and `base_collections` the same for collections. An item that
    was linked and has no paper any more stands for one that was deleted here: it is not added
    again.
    """

    library = models.ForeignKey(ZoteroLibrary, on_delete=models.CASCADE, related_name="items")
    key = LineField(max_length=8)
    version = models.PositiveBigIntegerField()
    paper = models.ForeignKey(
        "papers.Paper", on_delete=models.SET_NULL, null=True, related_name="zotero_items"
    )
    linked_at = models.DateTimeField(null=True)
    remote = models.JSONField()
    base = models.JSONField(default=dict)
    base_collections = ArrayField(LineField(max_length=8), default=list)
    is_gone = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["library", "key"], name="one_row_per_item")]

    def __str__(self) -> str:
        return self.key


@counts_changes()
class ZoteroQuestion(models.Model):
    """Something that only a person can decide: both sides changed, or something was removed."""

    class Kind(models.TextChoices):
        """What is asked."""

        FACT = "fact", _("both changed")
        SAME = "same", _("same paper?")
        GONE = "gone", _("removed in Zotero")
        TOPIC = "topic", _("taken out of a collection")

    item = models.ForeignKey(ZoteroItem, on_delete=models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=5, choices=Kind)
    name = LineField(max_length=10, blank=True)
    other = models.ForeignKey("papers.Paper", on_delete=models.CASCADE, null=True, related_name="+")
    ours = models.JSONField(default=None, null=True)
    theirs = models.JSONField(default=None, null=True)
    asked_at = models.DateTimeField()
    answer = LineField(max_length=7, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "kind", "name"],
                condition=Q(answered_at__isnull=True),
                name="one_open_question_per_item_and_name",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


@counts_changes()
class ZoteroChange(models.Model):
    """One fact that went from one side to the other, with the value that it replaced."""

    item = models.ForeignKey(ZoteroItem, on_delete=models.CASCADE, related_name="changes")
    is_from_zotero = models.BooleanField()
    name = LineField(max_length=10)
    before = models.JSONField(default=None, null=True)
    after = models.JSONField(default=None, null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name


@counts_nothing
class ZoteroNote(models.Model):
    """The note that a review became. Its key is drawn here, so that sending twice makes one.

    `version` is 0 until Zotero has it; `digest` is that of the text which was sent. A note that
    somebody edited there is left alone from then on.
    """

    item = models.ForeignKey(ZoteroItem, on_delete=models.CASCADE, related_name="notes")
    review = models.ForeignKey(
        "papers.Review", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    key = LineField(max_length=8)
    version = models.PositiveBigIntegerField(default=0)
    digest = LineField(max_length=64, blank=True)
    is_edited_there = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "review"], name="one_note_per_item_and_review")
        ]

    def __str__(self) -> str:
        return self.key
