"""What is answered while the database is away or a disk is full: why, and what was typed.

Other faults get Django's page for a fault of ours.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from enum import Enum

import psycopg
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.views.defaults import server_error as show_fault

from reviewapp.embedded import DatabaseUnavailable

RETRY_SECONDS = 5
CONNECTION_CODES = ("08", "57P", "53300")
"""Codes of PostgreSQL: connection exceptions, shut down or starting, too many connections."""

NOT_SHOWN = ("csrf", "password", "key", "code", "token")
"""Fields with one of these words in their name are not shown back."""


class Outage(Enum):
    """Why nothing can be answered now: a heading and a sentence."""

    DATABASE = (
        _("The database does not answer"),
        _("What was saved is safe; this last step was not carried out. It is tried again as soon "
          "as you reload this page, and the database is usually back within a minute."),
    )  # fmt: skip
    DISK = (
        _("The server's disk is full"),
        _("What was saved is safe; this last step was not carried out, because there is no room "
          "left on the server's disk. Tell whoever runs this server; once there is room again, "
          "reload this page."),
    )  # fmt: skip


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for whatever went wrong (Django's `handler500`)."""
    outage = find_outage(sys.exception())
    if outage is None:
        return show_fault(request)
    title, sentence = outage.value
    context = {"title": title, "sentence": sentence, "typed": list_typed(request)}
    # Rendered without the request: its context asks the database.
    response = HttpResponse(render_to_string("503.html", context), status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def find_outage(problem: BaseException | None) -> Outage | None:
    """What kind of outage an exception comes from, if any."""
    for cause in _list_causes(problem):
        if isinstance(cause, psycopg.errors.DiskFull) or _is_full(cause):
            return Outage.DISK
        if isinstance(cause, psycopg.OperationalError) and _is_connection(cause):
            return Outage.DATABASE
        if isinstance(cause, (psycopg.InterfaceError, DatabaseUnavailable)):
            return Outage.DATABASE
    return None


def _list_causes(problem: BaseException | None) -> Iterator[BaseException]:
    while problem is not None:
        yield problem
        problem = problem.__cause__ or problem.__context__


def _is_full(cause: BaseException) -> bool:
    if isinstance(cause, DatabaseUnavailable):
        return os.strerror(errno.ENOSPC) in str(cause)
    return isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT)


def _is_connection(cause: psycopg.OperationalError) -> bool:
    """libpq's own errors, such as a connection that broke, bear no code of the server."""
    return cause.sqlstate is None or cause.sqlstate.startswith(CONNECTION_CODES)


def list_typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Name and text of each field of a form that was sent and has a text to lose."""
    try:
        sent: MultiValueDict[str, str] = request.POST
    except (OSError, ValueError):  # it did not arrive whole
        return []
    return [
        (name, text)
        for name, texts in sent.lists()
        for text in texts
        if text.strip() and not any(word in name.lower() for word in NOT_SHOWN)
    ]
