"""Access for programs: tokens, and the answers of requests that may arrive twice."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField
from papers.models.change_counts import counts_nothing
from papers.models.row_names import say


@counts_nothing
class ApiToken(models.Model):
    """What stands for a member in the requests of a program; only its hash is stored.

    A token never gives more than its member may do at that moment; `scopes` takes away from it.
    `account_hash` is what sessions carry too: a new password, and leaving, end both.
    """

    class Scope(models.TextChoices):
        """What a token is good for, from harmless to consequential."""

        READ = "read", _("Read what I can see")
        DRAFT = "draft", _("Write my drafts")
        WRITE = "write", _("Add papers, claim, comment, vote and propose experiments")
        PUBLISH = "publish", _("Publish reviews in my name")

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = LineField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    account_hash = models.CharField(max_length=64, editable=False)
    scopes = ArrayField(models.CharField(max_length=7, choices=Scope))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name


@counts_nothing
class ApiAnswer(models.Model):
    """The answer to a request with an `Idempotency-Key`; a second arrival gets it again."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_answers"
    )
    key = models.CharField(max_length=64)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    location = models.CharField(max_length=2000, blank=True)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return f"Answer {self.status} for {say(self, 'member')}"
