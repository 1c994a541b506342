"""What a message says of an event, and what curators see of deliveries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from papers import access
from papers.activity.sentences import name_subject, say_aside, say_event
from papers.api import queries as api
from papers.api.webhooks.webhook_kinds import TEST, name_kind
from papers.models import Event, Lab, WebhookDelivery, WebhookEndpoint

SHOWN = 50
"""Deliveries on an endpoint's page."""

type Values = dict[str, Any]

NAMED = (
    "by", "paper", "topic", "member", "meeting", "job", "review__member", "review__paper",
    "comment__author", "experiment__owner",
)  # fmt: skip


def make_message(delivery: WebhookDelivery, lab: Lab) -> Values | None:
    """The message as it is sent; None when there is nothing left that everybody may know."""
    if delivery.event_id is None:
        return make_test(delivery.written_at)
    rows = access.events_open_to_all(lab).select_related(*NAMED)
    event = rows.filter(pk=delivery.event_id).first()
    return describe_event(event, lab) if event else None


def make_test(at: datetime) -> Values:
    """What “Send a test” sends."""
    said = {"text": "This is a test.", "url": f"{settings.SITE_URL}/"}
    return {"type": TEST, "timestamp": _write_time(at), "data": said}


def describe_event(event: Event, lab: Lab) -> Values:
    """An event with the rows that it names, each as in the API, less what is closed to anybody."""
    title, url = name_subject(event)
    who = str(event.by) if event.by else ""
    sentence = say_event(event).format(who=who or "Someone", what=title or "a removed item")
    aside = say_aside(event)
    return {
        "type": name_kind(event.kind),
        "timestamp": _write_time(event.at),
        "data": {
            "text": f"{sentence} ({aside})" if aside else sentence,
            "url": _make_whole(url),
            "by": event.by.handle if event.by else None,
            **_list_rows(event, lab),
        },
    }


def _list_rows(event: Event, lab: Lab) -> Values:
    rows: Values = {}
    if event.paper:
        rows["paper"] = _pick(event.paper, "id", "title", "year") | {
            "url": _make_whole(event.paper.get_absolute_url())
        }
    if event.review and access.reviews_open_to_all(lab).filter(pk=event.review.pk).exists():
        rows["review"] = api.describe_review(event.review)
    # Comments and experiments that are closed to anybody have no event here.
    if event.comment:
        rows["comment"] = api.describe_comment(event.comment)
    if event.experiment:
        rows["experiment"] = api.describe_experiment(event.experiment)
    if event.meeting:
        rows["meeting"] = _pick(
            event.meeting, "id", "day", "number", "starts_at", "title", "place"
        ) | {"url": _make_whole(event.meeting.get_absolute_url())}
    if event.topic:
        rows["topic"] = _pick(event.topic, "id", "name", "path")
    if event.member:
        rows["member"] = event.member.handle
    if "week" in event.data:
        rows["week"] = event.data["week"]
    return rows


def _pick(row: Any, *names: str) -> Values:
    return {"id": row.pk} | {name: getattr(row, name) for name in names}


def _make_whole(url: str) -> str:
    return f"{settings.SITE_URL}{url}" if url else ""


def _write_time(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def list_endpoints() -> list[tuple[WebhookEndpoint, WebhookDelivery | None]]:
    """Every endpoint with its latest attempt; two queries."""
    tried = WebhookDelivery.objects.exclude(tried_at=None)
    latest = tried.order_by("endpoint_id", "-tried_at", "-pk").distinct("endpoint_id")
    by_endpoint = {one.endpoint_id: one for one in latest}
    rows = WebhookEndpoint.objects.select_related("added_by")
    return [(one, by_endpoint.get(one.pk)) for one in rows]


def list_deliveries(endpoint: WebhookEndpoint) -> list[tuple[WebhookDelivery, str]]:
    """The latest messages, each with the name of its kind; one query."""
    rows = endpoint.deliveries.select_related("event").order_by("-pk")[:SHOWN]
    return [(one, name_kind(one.event.kind) if one.event else TEST) for one in rows]
