"""Known devices: browsers in which a member signed in before, by a signed cookie of their own.

The cookie lets nobody in. It says that whoever types a password here is not a stranger, so that a
stranger's wrong passwords do not slow the member down (`guarding`). It is void after a change of
the password and after the account was closed.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.crypto import salted_hmac

from papers.models import Member

COOKIE = "device"
KEPT_FOR = timedelta(days=400)
"""Browsers keep no cookie for longer."""

MOST_MEMBERS = 8
"""Members known in one browser; the one who signed in longest ago is forgotten first."""

LINK_FOR = timedelta(hours=1)
_SALT, _LINK_SALT = "papers.accounts.devices", "papers.accounts.devices.link"


class LinkClosed(Exception):
    """The link is older than an hour, was cut short, or the password has changed since."""


def find_device(request: HttpRequest, member: Member) -> str | None:
    """The name of this browser, if the member is known in it."""
    for pk, device, stamp in _read(request):
        if pk == member.pk and stamp == _get_stamp(member):
            return device
    return None


def set_device_cookie(request: HttpRequest, response: HttpResponseBase, member: Member) -> None:
    """Make the browser that gets this response known to the member."""
    others = [entry for entry in _read(request) if entry[0] != member.pk]
    device = find_device(request, member) or secrets.token_urlsafe(12)
    entries = [*others, (member.pk, device, _get_stamp(member))][-MOST_MEMBERS:]
    response.set_cookie(
        COOKIE,
        signing.dumps(entries, salt=_SALT),
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def make_device_url(member: Member) -> str:
    """The address that makes the browser in which it is opened known."""
    token = signing.dumps([member.pk, _get_stamp(member)], salt=_LINK_SALT)
    return f"{settings.SITE_URL}{reverse('account_device_link', kwargs={'token': token})}"


def read_device_link(token: str) -> Member:
    """Whose device it is. Raises LinkClosed."""
    try:
        pk, stamp = signing.loads(token, salt=_LINK_SALT, max_age=LINK_FOR)
        member: Member = Member.objects.active().get(pk=pk)
    except (signing.BadSignature, ValueError, TypeError, Member.DoesNotExist) as problem:
        raise LinkClosed from problem
    if stamp != _get_stamp(member):
        raise LinkClosed
    return member


def _read(request: HttpRequest) -> list[tuple[int, str, str]]:
    try:
        entries: list[Any] = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=KEPT_FOR
        )
    except signing.BadSignature:
        return []
    return [(pk, device, stamp) for pk, device, stamp in entries]


def _get_stamp(member: Member) -> str:
    """Changes with the password, and when the account is closed."""
    keyed = salted_hmac(_SALT, member.get_session_auth_hash(), algorithm="sha256")
    return keyed.hexdigest()[:20]
