"""Messages: writing one for each event and endpoint, and handing them over in order.

What a program is told of is a row before it is sent, and its id never changes: a worker that was
killed between the server's answer and our commit sends the same id again, and the receiver knows
it. Each endpoint's messages go out one after the other; one that is refused holds back those
behind it until it was taken, or given up.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from papers import access
from papers.api.webhooks.actions.endpoints import turn_off
from papers.api.webhooks.queries import make_message
from papers.api.webhooks.signing import make_headers
from papers.models import Event, WebhookDelivery, WebhookEndpoint
from papers.outgoing import AddressRefused, NoAnswer, send_request

DELIVERING, SENDING = "papers.deliver_webhooks", "papers.send_webhook"
"""The jobs' names; papers.tasks binds them."""

GAPS = (
    timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30),
    timedelta(hours=2), timedelta(hours=5), timedelta(hours=12),
)  # fmt: skip
"""Until the next attempt after each refusal; after the last one, some 20 hours later, the message
is given up and the endpoint turned off."""

GONE = 410
"""“Do not send me anything any more.”"""

LOOK_BACK = timedelta(minutes=10)
"""Longer than any transaction lasts: an event may be written after later ones."""

KEPT_FOR = timedelta(days=30)


def write_deliveries(*, at: datetime) -> int:
    """A message for each endpoint and each new event of a kind that it chose; how many."""
    number = 0
    for endpoint in WebhookEndpoint.objects.filter(off_at=None):
        with transaction.atomic():
            number += _write_for(endpoint, at)
    return number


def queue_due(*, at: datetime) -> int:
    """Have the worker hand over what is due, a job for each endpoint; how many."""
    waiting = WebhookDelivery.objects.waiting().filter(endpoint__off_at=None)
    first = waiting.order_by("endpoint_id", "pk").distinct("endpoint_id")
    return sum(_queue(one.endpoint_id) for one in first if one.due_at <= at)


def deliver_next(*, pk: int, at: datetime) -> bool:
    """Hand over the oldest waiting message of an endpoint; whether to go on with the next one."""
    waiting = WebhookDelivery.objects.waiting().filter(endpoint=pk, endpoint__off_at=None)
    first = waiting.order_by("pk").first()
    if first is None or first.due_at > at:
        return False
    with transaction.atomic():
        delivery = _lock(first.pk)
        if delivery is None or delivery.delivered_at or delivery.ended_at:
            return False
        _attempt(delivery, at)
        if delivery.delivered_at:
            WebhookEndpoint.objects.filter(pk=pk).update(failures=0)
        elif delivery.ended_at is None:
            _plan_next(delivery, at)
    return delivery.delivered_at is not None or delivery.ended_at is not None


def send_once(*, pk: int, at: datetime) -> None:
    """Send one message by itself, on a curator's word; whatever comes back, it is noted only."""
    with transaction.atomic():
        delivery = _lock(pk)
        if delivery is not None:
            _attempt(delivery, at)
            if delivery.event_id is None and not delivery.delivered_at:
                delivery.ended_at = at
                delivery.save(update_fields=["ended_at"])


def send_test(*, endpoint: WebhookEndpoint, at: datetime) -> WebhookDelivery:
    """A message that is about nothing, at once, also to an endpoint that is turned off."""
    with transaction.atomic():
        # Waits for nobody and holds nobody up: it counts as given up until it is taken.
        delivery = WebhookDelivery.objects.create(
            endpoint=endpoint, written_at=at, due_at=at, ended_at=at
        )
        send_again(delivery=delivery)
    return delivery


def send_again(*, delivery: WebhookDelivery) -> None:
    """Send this message once more, with the id that it has."""
    _defer(SENDING, f"webhook-message-{delivery.pk}", delivery.endpoint_id, delivery.pk)


def forget_old_deliveries(*, at: datetime) -> int:
    """Delete messages of more than 30 days ago; how many."""
    return WebhookDelivery.objects.filter(written_at__lt=at - KEPT_FOR).delete()[0]


def _write_for(endpoint: WebhookEndpoint, at: datetime) -> int:
    rows = Event.objects.filter(at__gt=endpoint.read_until - LOOK_BACK, at__lte=at)
    rows = rows.filter(at__gt=endpoint.since, kind__in=endpoint.kinds)
    known = endpoint.deliveries.filter(event__in=rows.order_by()).values("event")
    new = rows.exclude(pk__in=known).order_by("at", "pk")
    made = WebhookDelivery.objects.bulk_create(
        [WebhookDelivery(endpoint=endpoint, event=one, written_at=at, due_at=at) for one in new],
        ignore_conflicts=True,
    )
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(read_until=at)
    return len(made)


def _lock(pk: int) -> WebhookDelivery | None:
    """The row, which nobody else sends meanwhile; None when somebody does, or it is gone."""
    rows = WebhookDelivery.objects.select_for_update(of=("self",), skip_locked=True)
    return rows.select_related("endpoint").filter(pk=pk).first()


def _attempt(delivery: WebhookDelivery, at: datetime) -> None:
    """Send it once and note what came back."""
    lab = access.get_lab()
    with translation.override("en"):
        message = make_message(delivery, lab)
    if message is None:
        delivery.ended_at = at
        delivery.problem = _("Not sent: what happened was deleted or closed to someone since.")
    else:
        body = json.dumps(message, cls=DjangoJSONEncoder, ensure_ascii=False).encode()
        delivery.status, delivery.problem = _send(delivery, body, at)
        delivery.attempts, delivery.tried_at = delivery.attempts + 1, at
        if not delivery.problem:
            delivery.delivered_at, delivery.ended_at = at, None
    delivery.save()


def _send(delivery: WebhookDelivery, body: bytes, at: datetime) -> tuple[int | None, str]:
    """The code of the answer, and what was wrong; nothing where it was taken."""
    endpoint = delivery.endpoint
    if not endpoint.secret:
        return None, _("The signing secret can't be read any more. Create a new one.")
    headers = make_headers(
        endpoint.secret, key=delivery.key, timestamp=int(at.timestamp()), body=body
    )
    try:
        answer = send_request("POST", endpoint.url, body=body, headers=headers)
    except (AddressRefused, NoAnswer) as problem:
        return None, str(problem)[:500]
    if 200 <= answer.status < 300:
        return answer.status, ""
    return answer.status, _("The server answered %(status)s.") % {"status": answer.status}


def _plan_next(delivery: WebhookDelivery, at: datetime) -> None:
    """When it is tried again; the last refusal, and 410, turn the endpoint off."""
    endpoint = delivery.endpoint
    endpoint.failures += 1
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(failures=endpoint.failures)
    if delivery.status == GONE or endpoint.failures > len(GAPS):
        delivery.ended_at = at
        turn_off(endpoint=endpoint, by=None, at=at, problem=delivery.problem)
    else:
        delivery.due_at = at + GAPS[endpoint.failures - 1]
    delivery.save(update_fields=["due_at", "ended_at"])


def _queue(endpoint: int) -> bool:
    return _defer(DELIVERING, f"webhook-{endpoint}", endpoint, endpoint)


def _defer(task: str, queueing_lock: str, endpoint: int, pk: int) -> bool:
    """One job of an endpoint runs at a time."""
    job = app.configure_task(task, lock=f"webhook-{endpoint}", queueing_lock=queueing_lock)
    try:
        with transaction.atomic():
            job.defer(pk=pk)
    except AlreadyEnqueued:
        return False
    return True
