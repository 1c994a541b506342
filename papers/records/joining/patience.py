"""Acts that lock rows of many tables: they wait shortly, step back, and try again."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected, LockNotAvailable

from papers.importing.intake.applying.actions.locking import ImportsBusy, lock_imports
from papers.models import Paper, SearchDoc

TRIES = 6
WAIT = "300ms"
"""Shorter than the second after which PostgreSQL ends one of two that wait for each other: the
member who is saving a review meanwhile never is the one who loses.
"""


class Busy(Exception):
    """Somebody else holds these rows for longer: an import, another merge."""

    def __init__(self) -> None:
        super().__init__(
            _("Another import or merge is running. Nothing changed. Please try again in a minute.")
        )


def run_patiently[Made](work: Callable[[], Made]) -> Made:
    """Do the work in one transaction, with no import and no other such work beside it.

    Raises Busy.
    """
    for _attempt in range(TRIES):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = '{WAIT}'")
                lock_imports()
                return work()
        except ImportsBusy:
            continue
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
                raise
    raise Busy


def lock_papers(keys: Collection[int]) -> dict[int, Paper]:
    """These papers as they stand: until the end of the transaction nobody adds anything to one.

    Their rows in the search index come first. Whoever publishes or comments holds that row before
    the paper is asked for, and so is never waited for by one who holds the paper.
    """
    docs = SearchDoc.objects.select_for_update().filter(paper__in=keys).order_by("paper")
    list(docs.values_list("paper"))
    rows = Paper.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    return {paper.pk: paper for paper in rows}
