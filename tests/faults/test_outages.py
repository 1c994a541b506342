"""Which faults are told as an outage: those that pass by themselves or with room on a disk."""

from __future__ import annotations

import errno
import os

import psycopg
import pytest
from django.db.utils import OperationalError

from reviewapp.embedded import DatabaseUnavailable
from reviewapp.outages import Outage, find_outage


@pytest.mark.parametrize(
    ("cause", "outage"),
    [
        (psycopg.OperationalError("server closed the connection"), Outage.DATABASE),
        (psycopg.errors.AdminShutdown("shutting down"), Outage.DATABASE),
        (psycopg.errors.TooManyConnections("no slot left"), Outage.DATABASE),
        (psycopg.InterfaceError("the connection is closed"), Outage.DATABASE),
        (DatabaseUnavailable("It does not start."), Outage.DATABASE),
        (psycopg.errors.DiskFull("could not extend file"), Outage.DISK),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), Outage.DISK),
        (DatabaseUnavailable("It does not start: No space left on device"), Outage.DISK),
        (psycopg.errors.DeadlockDetected("deadlock"), None),
        (psycopg.errors.QueryCanceled("statement timeout"), None),
        (ValueError("a fault of ours"), None),
    ],
)
def test_an_outage_is_told_from_a_fault(cause: Exception, outage: Outage | None):
    problem = OperationalError("as Django wraps it")
    problem.__cause__ = cause
    assert find_outage(problem) is outage
