"""How long the web waits for the database: one that is away or silent costs seconds, not a thread.

A server that accepts and says nothing is noticed by no time-out of its own, nor by TCP; so
statements are limited here, on the client's side. Commands and the worker set no such limit.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool

WAIT_SECONDS = 2.0
"""For a connection: the pool has given one out by then, or the page is the one for an outage."""

CHECK_SECONDS = 1.0
"""For the answer to an empty statement, with which each request begins."""

STATEMENT_SECONDS = 10.0
"""For any other statement of a page; those on hot pages take milliseconds."""

CONNECTING: dict[str, Any] = {
    "connect_timeout": 2,  # s, the least that libpq knows
    "tcp_user_timeout": 5000,  # ms without acknowledgment of what was sent
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
}
"""Parameters of libpq; those of TCP have no effect on a socket in the file system."""

POOL: dict[str, Any] = {
    "timeout": WAIT_SECONDS,
    # Give up soon: the next request then tries at once, where a series of tries would double its
    # pauses up to minutes, and nobody be served although the database is back.
    "reconnect_timeout": WAIT_SECONDS,
}


class Connection(psycopg.Connection[Any]):
    """A connection whose statements end with OperationalError when no answer comes in time."""

    limit: float | None = None
    """Seconds; None for no limit, as in commands and the worker."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for the server, and give the connection up when that takes too long."""
        try:
            return super().wait(gen, interval, self.limit if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.close()  # whatever is asked next would wait again
            raise


def limit_statements() -> None:
    """From now on, in this process, as the web wants it."""
    Connection.limit = STATEMENT_SECONDS


def check_connection(connection: Connection) -> None:
    """Check one that the pool is about to give out; when it is dead, replace all that wait there.

    The pool alone would find them one by one, with a longer pause after each.
    """
    connection.limit = CHECK_SECONDS
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.OperationalError:
        if isinstance(pool := connection._pool, ConnectionPool):
            pool.drain()
        raise
    finally:
        del connection.limit
