"""Background jobs: thin doors to actions, found and run by `manage.py procrastinate worker`."""

from __future__ import annotations

from datetime import timedelta

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from papers import mail
from papers.accounts import account_mails, mailing
from papers.accounts.joining import actions as joining
from papers.api.door.actions import forget_old_answers
from papers.api.webhooks.actions import delivering as webhooks
from papers.caching import validators
from papers.claims.actions.expiry import expire_claims, remind_claimants
from papers.digest.actions.closing import close_due_issues
from papers.digest.actions.mailing import send_digests
from papers.digest.chat import actions as chat
from papers.events import NOTIFYING, NOTIFYING_LOCK
from papers.exporting.archives.actions import making as archives
from papers.files.actions import remove_unused
from papers.importing.intake.actions import jobs
from papers.importing.trackers.actions import fetching
from papers.lab_changes.actions import forget_former_webhooks
from papers.lookups.actions import asking
from papers.meetings.series.actions.planning import plan_coming_meetings
from papers.notifications.actions.emails import send_notification_emails
from papers.notifications.actions.notifying import create_notifications
from papers.records.actions.undoing import forget_journals
from papers.search.index.actions import REFRESHING, refresh_in_steps
from papers.topics.actions.listings import forget_removed_listings
from papers.writing.actions import forget_old_keys, forget_old_texts
from papers.zotero.actions import syncing as zotero

MAIL_TRIES = RetryStrategy(max_attempts=8, exponential_wait=4)
"""Again after 4 s, 16 s, 1 min, 4 min, 17 min, 1 h, 5 h, 18 h: a weekend's outage is seen out."""

POST_TRIES = RetryStrategy(max_attempts=7, exponential_wait=4)
"""Again after 4 s up to 5 h."""

STALLED_AFTER = 8.0
"""Seconds without a heartbeat after which a worker counts as dead; it beats every 2 s (settings).
With a look every 5 s the work of one that was killed goes on within 15 s."""

RETURNING, TELLING = "papers.return_stalled_jobs", "papers.tell_webhooks"

DELETE_DONE = """
    DELETE FROM procrastinate_jobs WHERE task_name = ANY(%(names)s) AND status = 'succeeded'
"""
"""For tasks that run so often that their rows would outnumber all others."""

MOST_ATTEMPTS = 20
"""Retries and returns together; a job that takes every worker down with it is given up."""

AT_A_TIME = 20
"""Messages of one job: with ten seconds each, a slow server holds a worker for three minutes."""

KEEP_DONE, KEEP_FAILED = timedelta(days=7), timedelta(days=60)


@app.task(name=mail.DELIVERY, retry=MAIL_TRIES)
def deliver_mail(pk: int) -> None:
    """Hand one mail to the mail server."""
    mail.hand_over(pk=pk)


@app.task(name=account_mails.WRITING, retry=RetryStrategy(max_attempts=4, exponential_wait=4))
def write_account_mail(kind: str, login: str, member: int | None) -> None:
    """Write the mail that somebody asked for, if there is an account to write to."""
    with transaction.atomic():
        mailing.write_account_mail(kind=kind, login=login, member=member, at=timezone.now())


@app.task(name=joining.JOINING, retry=RetryStrategy(max_attempts=4, exponential_wait=4))
def send_join_invitation(link: int, name: str, email: str) -> None:
    """Write the mail to one who asked to join."""
    with transaction.atomic():
        joining.send_join_invitation(link=link, name=name, email=email, at=timezone.now())


@app.task(name=chat.POSTING, retry=POST_TRIES)
def post_to_chat(pk: int) -> None:
    """Hand one issue to one chat room."""
    chat.deliver_post(pk=pk, at=timezone.now())


@app.task(name=webhooks.DELIVERING)
def deliver_webhooks(pk: int) -> None:
    """Hand an endpoint its messages that are due; what is left comes with the next job."""
    for _number in range(AT_A_TIME):
        if not webhooks.deliver_next(pk=pk, at=timezone.now()):
            break


@app.task(name=webhooks.SENDING)
def send_webhook(pk: int) -> None:
    """Send one message, because a curator said so."""
    webhooks.send_once(pk=pk, at=timezone.now())


@app.task(name=asking.ASKING)
def answer_lookup(pk: int) -> None:
    """Ask other services about one work."""
    asking.answer_lookup(pk=pk, at=timezone.now())


@app.task(name=zotero.SYNCING)
def sync_zotero(pk: int) -> None:
    """Bring one Zotero library and the lab's papers into step."""
    zotero.sync_library(pk=pk, at=timezone.now())


@app.task(name=fetching.FETCHING)
def fetch_issues(pk: int) -> None:
    """Read the issues of one repository."""
    fetching.fetch_issues(pk=pk, at=timezone.now())


@app.task(name=jobs.TASK, lock="imports")
def carry_out_import(pk: int, by: int) -> None:
    """Read, take in or take back one big document."""
    jobs.run_requested(pk=pk, by=by, at=timezone.now())


@app.task(name=archives.TASK, lock="archives")
def make_archive(pk: int) -> None:
    """Write the archive that a curator asked for."""
    archives.run_archive(pk=pk, at=timezone.now())


@app.task(name=REFRESHING, retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def refresh_index(papers: list[int]) -> None:
    """Bring the words of many papers into the search."""
    refresh_in_steps(papers)


# The week's work. What was done stands in rows, so one run after an outage catches up, and the
# queueing lock keeps a second one from waiting behind the first.


@app.periodic(cron="*/10 * * * *")
@app.task(name="papers.maintain_claims", queueing_lock="keep-claims", lock="keep-claims")
def maintain_claims(timestamp: int) -> None:
    """Remind claimants, and return to the pool what ran out."""
    remind_claimants(at=timezone.now())
    expire_claims(at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="papers.send_digests", queueing_lock="send-digests", lock="send-digests")
def close_and_send_digests(timestamp: int) -> None:
    """Close the issues whose hour has come and write their mails."""
    close_due_issues(at=timezone.now())
    send_digests(at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name=NOTIFYING, queueing_lock=NOTIFYING_LOCK, lock=NOTIFYING_LOCK)
def notify_members(timestamp: int) -> None:
    """Make notices of what happened, and write the mails that are due."""
    create_notifications(at=timezone.now())
    send_notification_emails(at=timezone.now())


@app.periodic(cron="* * * * * */10")
@app.task(name=TELLING, queueing_lock="tell-webhooks", lock="tell-webhooks")
def tell_webhooks(timestamp: int) -> None:
    """Write messages of what happened, and queue those that are due."""
    webhooks.write_deliveries(at=timezone.now())
    webhooks.queue_due(at=timezone.now())


@app.periodic(cron="15 * * * *")
@app.task(name="papers.plan_meetings", queueing_lock="plan-meetings", lock="plan-meetings")
def plan_meetings(timestamp: int) -> None:
    """Keep the calendar of the regular meeting filled ahead."""
    plan_coming_meetings(at=timezone.now())


@app.periodic(cron="25 * * * *")
@app.task(name="papers.send_lost", queueing_lock="send-lost", lock="send-lost")
def send_lost(timestamp: int) -> None:
    """Queue mails and posts again whose tries were used up while a server was away."""
    mail.send_lost(at=timezone.now())
    chat.send_lost_posts(at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="papers.sync_due_libraries", queueing_lock="sync-libraries")
def sync_due_libraries(timestamp: int) -> None:
    """Queue the Zotero libraries whose time has come."""
    zotero.queue_due_syncs(at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="papers.requeue_lookups", queueing_lock="requeue-lookups")
def requeue_lookups(timestamp: int) -> None:
    """Queue lookups again whose jobs were lost."""
    asking.requeue_lost_lookups(at=timezone.now())


@app.periodic(cron="* * * * * */5")
@app.task(name=RETURNING, queueing_lock="return-stalled-jobs", pass_context=True)
async def return_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Put jobs of killed workers back into the queue; give those up that kill every worker."""
    manager = context.app.job_manager
    await manager.connector.execute_query_async(DELETE_DONE, names=[RETURNING, TELLING])
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        try:
            if job.attempts < MOST_ATTEMPTS:
                await manager.retry_job(job)
                continue
        except UniqueViolation:
            pass  # The same work stands in the queue already, under the same lock.
        await manager.finish_job(job, Status.FAILED, delete_job=False)


@app.periodic(cron="30 3 * * *")
@app.task(name="papers.look_for_updates", queueing_lock="look-for-updates")
def look_for_updates(timestamp: int) -> None:
    """Ask about papers under discussion, each once a week."""
    asking.request_weekly_lookups(at=timezone.now())


@app.periodic(cron="40 4 * * *")
@app.task(name="papers.tidy_up", queueing_lock="tidy-up", pass_context=True)
async def tidy_up(context: JobContext, timestamp: int) -> None:
    """Forget finished jobs after a week and failed ones after two months."""
    manager = context.app.job_manager
    await manager.delete_old_jobs(nb_hours=int(KEEP_DONE.total_seconds() // 3600))
    await manager.delete_old_jobs(
        nb_hours=int(KEEP_FAILED.total_seconds() // 3600),
        include_failed=True,
        include_cancelled=True,
        include_aborted=True,
    )


@app.periodic(cron="50 4 * * *")
@app.task(name="papers.clear_sessions", queueing_lock="clear-sessions")
def clear_sessions(timestamp: int) -> None:
    """Forget sessions that have ended."""
    call_command("clearsessions")


@app.periodic(cron="55 * * * *")
@app.task(name="papers.fold_counts", queueing_lock="fold-counts")
def fold_counts(timestamp: int) -> None:
    """Add up what ended servers counted of the database's changes."""
    validators.fold_counts()


@app.periodic(cron="45 4 * * *")
@app.task(name="papers.forget_forms", queueing_lock="forget-forms")
def forget_forms(timestamp: int) -> None:
    """Forget which forms were sent after a week, texts left unsent after half a year, and what
    was removed from topics or changed about webhooks after a month."""
    forget_old_keys(at=timezone.now())
    forget_old_answers(at=timezone.now())
    forget_old_texts(at=timezone.now())
    webhooks.forget_old_deliveries(at=timezone.now())
    asking.forget_old_lookups(at=timezone.now())
    forget_removed_listings(at=timezone.now())
    forget_former_webhooks(at=timezone.now())


@app.periodic(cron="35 4 * * *")
@app.task(name="papers.remove_unused_files", queueing_lock="remove-unused-files")
def remove_unused_files(timestamp: int) -> None:
    """Remove pictures that no text has shown for 30 days, and files deleted that long ago."""
    remove_unused(at=timezone.now())


@app.periodic(cron="40 4 * * *")
@app.task(name="papers.forget_journals", queueing_lock="forget-journals")
def forget_removed(timestamp: int) -> None:
    """Forget what was merged or deleted more than 30 days ago: it is final."""
    forget_journals(at=timezone.now())
