"""The worker's part of asking for a mail, done at once in the test's own process."""

from __future__ import annotations

from typing import Any

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from papers import tasks
from papers.accounts.account_mails import WRITING


def write_asked_mails() -> list[dict[str, Any]]:
    """Run the waiting jobs that write mails of accounts; what each was told."""
    jobs = ProcrastinateJob.objects.filter(task_name=WRITING).order_by("pk")
    told = list(jobs.values_list("args", flat=True))
    for args in told:
        tasks.write_account_mail(**args)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s", [WRITING])
    return told
