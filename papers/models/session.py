"""Where members are signed in: Django's sessions, with what a member can recognize them by."""

from __future__ import annotations

from importlib import import_module
from random import SystemRandom

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

from papers.models.change_counts import counts_nothing


def draw_number() -> int:
    """What tells a member's sessions apart: random, so that it counts nothing."""
    return SystemRandom().randrange(1, 2**31)


@counts_nothing
class Session(AbstractBaseSession):
    """One browser's session; `member` is empty until somebody signs in.

    The key lets in whoever has it, so pages name a session by a random `number`. `used_at` is at
    most `accounts.sessions.store.NOTED_EVERY` behind.
    """

    number = models.PositiveIntegerField(default=draw_number, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="sessions"
    )
    agent = models.CharField(max_length=300, blank=True)
    began_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-used_at"]

    def __str__(self) -> str:
        return f"Session of {self.member_id} since {self.began_at:%Y-%m-%d}"

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """The store that reads and writes these rows."""
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store
