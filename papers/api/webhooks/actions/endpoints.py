"""Endpoints: adding, changing, turning off and on, removing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from papers import access
from papers.api.webhooks.signing import draw_secret
from papers.events import record
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
        if WebhookEndpoint.objects.count() >= MOST:
            raise EndpointRefused(_("%(n)s webhooks is the limit. Remove one first.") % {"n": MOST})
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
) -> None:  # fmt: skip
    """Another name, address or choice of kinds; what waits goes to the new address.

    Raises EndpointRefused or outgoing.AddressRefused.
    """
    check_address(url)
    with transaction.atomic():
        _lock_list()
        if url != endpoint.url:
            _check_new(url)
        endpoint.name, endpoint.url, endpoint.kinds = name, url, list(kinds)
        endpoint.save(update_fields=["name", "url", "kinds"])
        _note("changed", endpoint, by=by, at=at)


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
    """Forget the address, its secret and its deliveries."""
    with transaction.atomic():
        if WebhookEndpoint.objects.filter(pk=endpoint.pk).delete()[0]:
            _note("removed", endpoint, by=by, at=at)


def _lock_list() -> None:
    """One endpoint is added or moved at a time."""
    Lab.objects.select_for_update().filter(pk=access.get_lab().pk).first()


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
) -> None:  # fmt: skip
    data = {"act": f"webhook-{act}", "endpoint": endpoint.name}
    record(Event.Kind.LAB_CHANGED, by=by, at=at, data=data | ({"told": list(told)} if told else {}))
