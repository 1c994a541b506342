"""Telling chat rooms of a closed issue: each room once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from papers import access
from papers.digest.chat.chat_client import NotPosted, post_json
from papers.digest.chat.messages import FORMATS, Bulletin
from papers.digest.queries.issues import read_for_rooms
from papers.events import record
from papers.lab_changes.actions import keep_former, take_former
from papers.models import DigestIssue, Event, Member, Webhook, WebhookPost
from papers.moments import say_issue
from papers.outgoing import check_address
from papers.text.weeks import Week

POSTING = "papers.post_to_chat"
"""The job's name; papers.tasks binds it."""

KEEP_TRYING = timedelta(days=3)
LOST_AFTER = timedelta(minutes=10)


class RoomKnown(Exception):
    """The address is there already."""


def add_webhook(*, name: str, format: str, url: str, by: Member, at: datetime) -> Webhook:  # noqa: A002
    """Tell this room of every issue from now on. Raises RoomKnown or outgoing.AddressRefused."""
    check_address(url)
    with transaction.atomic():
        room, is_new = Webhook.objects.get_or_create(
            url=url,
            defaults={
                "name": name, "format": Webhook.Format(format), "added_by": by, "added_at": at,
            },
        )  # fmt: skip
        if not is_new:
            raise RoomKnown(_("%(name)s already uses this address.") % {"name": room.name})
        _note("added", room, by=by, at=at)
    return room


def remove_webhook(*, webhook: Webhook, by: Member, at: datetime) -> None:
    """Tell this room no more; its address is forgotten after 30 days."""
    with transaction.atomic():
        if Webhook.objects.filter(pk=webhook.pk).delete()[0]:
            was = {name: getattr(webhook, name) for name in ("name", "format", "url")}
            keep_former(_note("removed", webhook, by=by, at=at), webhook, was, {})


def return_webhook(*, event: Event, by: Member, at: datetime) -> None:
    """Tell a removed room of every issue from now on. Raises NotReturned, RoomKnown or
    outgoing.AddressRefused."""
    with transaction.atomic():
        was, _now = take_former(event)
        add_webhook(name=was["name"], format=was["format"], url=was["url"], by=by, at=at)


def _note(act: str, room: Webhook, *, by: Member, at: datetime) -> Event:
    data = {"act": f"channel-{act}", "endpoint": room.name}
    return record(Event.Kind.LAB_CHANGED, by=by, at=at, data=data)


def list_rooms() -> list[tuple[Webhook, WebhookPost | None]]:
    """The rooms, each with its newest post: how it went stands there."""
    newest: dict[int, WebhookPost] = {}
    for post in WebhookPost.objects.order_by("written_at", "pk").select_related("issue"):
        newest[post.webhook_id] = post
    return [(room, newest.get(room.pk)) for room in Webhook.objects.all()]


def write_posts(issue: DigestIssue, at: datetime) -> None:
    """A post for every room, in the transaction that closes the issue."""
    for room in Webhook.objects.all():
        post, is_new = WebhookPost.objects.get_or_create(
            webhook=room, issue=issue, defaults={"written_at": at}
        )
        if is_new:
            _queue(post)


def send_lost_posts(*, at: datetime) -> int:
    """Queue those posts again that nothing will deliver any more, for KEEP_TRYING; how many."""
    rows = WebhookPost.objects.filter(posted_at=None, refused_at=None)
    rows = rows.filter(written_at__gte=at - KEEP_TRYING, written_at__lt=at - LOST_AFTER)
    jobs = ProcrastinateJob.objects.filter(task_name=POSTING, status__in=["todo", "doing"])
    held = {args.get("pk") for args in jobs.values_list("args", flat=True)}
    return sum(_queue(post) for post in rows if post.pk not in held)


def deliver_post(*, pk: int, at: datetime) -> None:
    """Hand one post to its server unless that was done; raises NotPosted to be retried.

    The row stays locked meanwhile, as that of a mail does: two workers with the same job post
    once. One killed between the server's answer and our commit posts again: chat servers know
    no message ids, so here twice is possible where never would be the other choice.
    """
    with transaction.atomic():
        rows = WebhookPost.objects.select_for_update(of=("self",))
        post = rows.select_related("webhook", "issue").filter(pk=pk).first()
        if post is None or post.is_done:
            return
        problem = _post(post)
        if problem is None:
            post.posted_at = at
        elif problem.is_final:
            post.refused_at = at
        post.problem = str(problem)[:500] if problem else ""
        post.save(update_fields=["posted_at", "refused_at", "problem"])
    if problem is not None and not problem.is_final:
        raise problem


def make_bulletin(issue: DigestIssue) -> Bulletin:
    """What a room is told."""
    lab, week = access.get_lab(), Week(issue.year, issue.week)
    return Bulletin(
        lab=lab.name,
        title=say_issue(week),
        url=f"{settings.SITE_URL}{issue.get_absolute_url()}",
        site_url=settings.SITE_URL,
        digest=read_for_rooms(issue),
        note=issue.note,
        has_words=not lab.independent_reviews,
    )


def _post(post: WebhookPost) -> NotPosted | None:
    body = FORMATS[post.webhook.format](make_bulletin(post.issue))
    try:
        post_json(post.webhook.url, body)
    except NotPosted as problem:
        return problem
    return None


def _queue(post: WebhookPost) -> bool:
    try:
        with transaction.atomic():
            app.configure_task(POSTING, queueing_lock=f"post-{post.pk}").defer(pk=post.pk)
    except AlreadyEnqueued:
        return False
    return True
