"""The background worker at the instant that a test's clock shows.

The worker runs in the test's own thread and transaction: what is due is what procrastinate's own
deferrer finds in the crons of `papers.tasks`, locks are the rows and indexes of the queue, and a
job is the task itself. Only that a mail is handed over here rather than by the carrier, which
sees no transaction of ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.mail import mailers
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job
from procrastinate.periodic import PeriodicDeferrer
from procrastinate.utils import utcnow

from papers import mail, tasks
from tests.clock import Clock

LONGEST_SLEEP = timedelta(days=2)
"""A machine that slept for less than this makes up for every tick of the crons that it missed."""

HOUSEKEEPING = {
    task.name for task in (tasks.return_stalled_jobs, tasks.tidy_up, tasks.clear_sessions)
}
"""Jobs that tend the queue itself, whose clock is the database's, and sign-in sessions."""


@dataclass
class Worker:
    """Queues what the crons ask for, then runs what is due until nothing is."""

    clock: Clock
    done: Counter[str] = field(default_factory=Counter)

    def wake(self) -> None:
        """One look at the clock, as after a start: each periodic task is queued once, however
        many of its hours were missed."""
        for task, timestamp in self._list_due():
            with suppress(AlreadyEnqueued), transaction.atomic():
                task.configure().defer(timestamp=timestamp)
        waiting = ProcrastinateJob.objects.filter(status="todo").exclude(task_name=mail.DELIVERY)
        assert max(Counter(waiting.values_list("task_name", flat=True)).values()) == 1
        self.run()

    def run(self) -> None:
        """All jobs that are due, each as it would be run; a failed one is kept for its next try."""
        self._server = mailers.default
        while due := self._list_waiting():
            gone = [job.id for job in due if self._is_done(job)]
            _write("DELETE FROM procrastinate_jobs WHERE id = ANY(%s)", [gone])
        self._server.close()

    def _list_due(self) -> Iterator[tuple[Any, int]]:
        """The last tick of each cron."""
        deferrer = PeriodicDeferrer(app.periodic_registry, max_delay=LONGEST_SLEEP.total_seconds())
        for periodic, timestamp in deferrer.get_previous_tasks(self.clock.now().timestamp()):
            if periodic.task.name not in HOUSEKEEPING:
                yield periodic.task, timestamp

    def _list_waiting(self) -> list[Job]:
        """What is to be done now, in the order of the queue."""
        rows = ProcrastinateJob.objects.filter(status="todo")
        return [
            Job(
                id=row.pk, queue=row.queue_name, lock=row.lock, queueing_lock=row.queueing_lock,
                task_name=row.task_name, task_kwargs=row.args, attempts=row.attempts,
            )
            for row in rows.exclude(scheduled_at__gt=self.clock.now()).order_by("-priority", "pk")
        ]  # fmt: skip

    def _is_done(self, job: Job) -> bool:
        try:
            self._perform(job)
        except mail.MailNotSent as problem:
            self._keep(job, problem)
            return False
        self.done[job.task_name] += 1
        return True

    def _perform(self, job: Job) -> None:
        if job.task_name == mail.DELIVERY:
            mail.deliver_mail(**job.task_kwargs, at=self.clock.now(), server=self._server)
        else:
            app.tasks[job.task_name](**job.task_kwargs)

    def _keep(self, job: Job, problem: Exception) -> None:
        """Try again when the task's own rule says so; that rule counts from the queue's own now."""
        again = tasks.deliver_mail.get_retry_exception(problem, job)
        if again is None:
            _write("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [job.id])
            return
        wait = again.retry_decision.retry_at - utcnow()
        sql = (
            "UPDATE procrastinate_jobs SET attempts = attempts + 1, scheduled_at = %s WHERE id = %s"
        )
        _write(sql, [self.clock.now() + wait, job.id])


def _write(sql: str, values: list[Any]) -> None:
    """The queue's rows are written by SQL alone."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
