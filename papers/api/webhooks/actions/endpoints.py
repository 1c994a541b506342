"""Endpoints: adding, changing, turning off and on, removing, and bringing back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from papers import access
from papers.api.webhooks.signing import draw_secret
from papers.events import record
from papers.lab_changes.actions import NotReturned, keep_former, leave_out_empty, take_former
from papers.models import Event, Lab, Member, WebhookDelivery, WebhookEndpoint
from papers.outgoing import check_address

MOST = 20
"""Endpoints of a lab."""


class EndpointRefused(Exception):
    """The address is there already, or there are too many."""


def add_endpoint(
    *, name: str, url: str, kinds: Sequence[str], by: Member, at: datetime
) -> tuple[WebhookEndpoint, str]:
    """Tell this address of events from now on; also its secret, which is shown once.

    Raises EndpointRefused or outgoing.AddressRefused.
    """
    check_address(url)
    secret = draw_secret()
    with transaction.atomic():
        _lock_list()
        _check_room()
        _check_new(url)
        endpoint = WebhookEndpoint.objects.create(
            name=name, url=url, kinds=list(kinds), secret=secret, added_by=by, added_at=at,
            since=at, read_until=at,
        )  # fmt: skip
        _note("added", endpoint, by=by, at=at)
    return endpoint, secret


def change_endpoint(
    *, endpoint: WebhookEndpoint, name: str, url: str, kinds: Sequence[str], by: Member,
    at: datetime,
) -> bool:  # fmt: skip
    """Another name, address or choice of kinds; what waits goes to the new address. False when
    all is as it was.

    Raises EndpointRefused or outgoing.AddressRefused.
    """
    check_address(url)
    with transaction.atomic():
        _lock_list()
        was, now = _read(endpoint), {"name": name, "url": url, "kinds": list(kinds)}
        if was != now:
            _write(endpoint, now)
            keep_former(_note("changed", endpoint, by=by, at=at), endpoint, was, now)
    return was != now


def renew_secret(*, endpoint: WebhookEndpoint, by: Member, at: datetime) -> str:
    """A new secret, which signs from the next message on; the old one signs nothing more."""
    secret = draw_secret()
    with transaction.atomic():
        WebhookEndpoint.objects.filter(pk=endpoint.pk).update(secret=secret)
        _note("renewed", endpoint, by=by, at=at)
    return secret


def turn_on(*, endpoint: WebhookEndpoint, by: Member, at: datetime) -> None:
    """Send what waits, and tell of what happens from now on."""
    with transaction.atomic():
        rows = WebhookEndpoint.objects.filter(pk=endpoint.pk).exclude(off_at=None)
        if rows.update(off_at=None, problem="", failures=0, since=at, read_until=at):
            WebhookDelivery.objects.waiting().filter(endpoint=endpoint).update(due_at=at)
            _note("on", endpoint, by=by, at=at)


def turn_off(
    *, endpoint: WebhookEndpoint, by: Member | None, at: datetime, problem: str = ""
) -> None:
    """Tell it nothing until a curator turns it on. Without `by` the curators hear of it."""
    with transaction.atomic():
        rows = WebhookEndpoint.objects.filter(pk=endpoint.pk, off_at=None)
        if rows.update(off_at=at, problem=problem[:500]):
            told = [] if by else _list_curators()
            _note("off" if by else "failed", endpoint, by=by, at=at, told=told)


def remove_endpoint(*, endpoint: WebhookEndpoint, by: Member, at: datetime) -> None:
    """Send it nothing any more and forget its deliveries; address and secret go after 30 days."""
    with transaction.atomic():
        if WebhookEndpoint.objects.filter(pk=endpoint.pk).delete()[0]:
            was = _read(endpoint) | {"secret": endpoint.secret, "is_off": bool(endpoint.off_at)}
            keep_former(_note("removed", endpoint, by=by, at=at), endpoint, was, {})


def return_endpoint(*, event: Event, by: Member, at: datetime) -> None:
    """Undo a change or a removal: what happened meanwhile is not sent.

    Raises NotReturned or EndpointRefused.
    """
    with transaction.atomic():
        _lock_list()
        was, now = take_former(event)
        pk = was.pop("pk")
        endpoint = WebhookEndpoint.objects.filter(pk=pk).first()
        if (_read(endpoint) if endpoint else {}) != now:
            raise NotReturned
        if endpoint:
            _write(endpoint, was)
        else:
            endpoint = _bring_back(pk, was, by=by, at=at)
        _note("returned", endpoint, by=by, at=at)


def _bring_back(pk: int, was: dict[str, Any], *, by: Member, at: datetime) -> WebhookEndpoint:
    _check_room()
    _check_new(was["url"])
    off_at = at if was.pop("is_off") else None
    times = {"added_at": at, "since": at, "read_until": at, "off_at": off_at}
    return WebhookEndpoint.objects.create(pk=pk, **was, **times, added_by=by)


def _read(endpoint: WebhookEndpoint) -> dict[str, Any]:
    return {name: getattr(endpoint, name) for name in ("name", "url", "kinds")}


def _write(endpoint: WebhookEndpoint, values: Mapping[str, Any]) -> None:
    """Raises EndpointRefused when another one uses the address."""
    if values["url"] != endpoint.url:
        _check_new(values["url"])
    for name, value in values.items():
        setattr(endpoint, name, value)
    endpoint.save(update_fields=list(values))


def _lock_list() -> None:
    """One endpoint is added or moved at a time."""
    Lab.objects.select_for_update().filter(pk=access.get_lab().pk).first()


def _check_room() -> None:
    if WebhookEndpoint.objects.count() >= MOST:
        raise EndpointRefused(_("%(n)s webhooks is the limit. Remove one first.") % {"n": MOST})


def _check_new(url: str) -> None:
    known = WebhookEndpoint.objects.filter(url=url).first()
    if known:
        raise EndpointRefused(_("%(name)s already uses this address.") % {"name": known.name})


def _list_curators() -> list[int]:
    rows = Member.objects.active().filter(role=Member.Role.CURATOR)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _note(
    act: str, endpoint: WebhookEndpoint, *, by: Member | None, at: datetime,
    told: Sequence[int] = (),
) -> Event:  # fmt: skip
    data = {"act": f"webhook-{act}", "endpoint": endpoint.name, "told": list(told) or None}
    return record(Event.Kind.LAB_CHANGED, by=by, at=at, data=leave_out_empty(data))
