"""Making the demo lab or an empty one, and clearing the demo away again."""

from __future__ import annotations

from datetime import datetime

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.core.management.color import no_style
from django.db import connection, transaction

from papers.demo.building import Builder
from papers.models import Event, Lab, Member, Paper


class NotADemo(Exception):
    """The database holds a real lab."""


def is_empty() -> bool:
    """Nobody and nothing is here yet."""
    return not (Member.objects.exists() or Paper.objects.exists())


def is_demo() -> bool:
    """What is here was made by `make_demo`; members may have added to it."""
    return Event.objects.filter(kind=Event.Kind.LAB_CHANGED, data__demo=True).exists()


def make_demo(*, password: str, at: datetime) -> None:
    """Make the lab in an empty database. Raises NotADemo when something is there."""
    with transaction.atomic():
        if not is_empty():
            raise NotADemo
        Builder(at, make_password(password)).build()


def make_empty_lab(*, password: str, at: datetime) -> Member:
    """Make the first curator of an empty database, whom the desk shows the first steps.

    Raises NotADemo when something is there.
    """
    with transaction.atomic():
        if not is_empty():
            raise NotADemo
        Lab.objects.get_or_create(pk=1)
        return Member.objects.create_superuser("curator", password, name="Curator", joined_at=at)


def renew_demo(*, password: str, at: datetime) -> None:
    """Put a fresh demo in place of the one that is here. Raises NotADemo over anything else."""
    with transaction.atomic():
        if not is_empty() and not is_demo():
            raise NotADemo
        _clear()
        Builder(at, make_password(password)).build()


def _clear() -> None:
    tables = [model._meta.db_table for model in apps.get_app_config("papers").get_models()]
    statements = connection.ops.sql_flush(
        no_style(), tables, reset_sequences=True, allow_cascade=True
    )
    connection.check_constraints()  # what is deferred would stand in the way of emptying
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
