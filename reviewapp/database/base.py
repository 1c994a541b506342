"""The engine: connecting brings the embedded server up.

So the settings can be read, and commands that need no data can run, without a database.
"""

from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base
from django.db.utils import OperationalError

from reviewapp.database.limits import WAIT_SECONDS, Connection
from reviewapp.embedded import DatabaseUnavailable, ensure_running


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks for the embedded server before each connection, and connects to wherever it is."""

    def get_connection_params(self) -> dict[str, Any]:
        """Called for a single connection, for a pool, and by the background worker.

        In the web, OperationalError when the server does not answer soon.
        """
        params: dict[str, Any] = super().get_connection_params()
        seconds = WAIT_SECONDS if Connection.limit else None
        try:
            return params | {"host": str(ensure_running(settings.VAR_DIR, seconds))}
        except DatabaseUnavailable as reason:
            if seconds is None:
                raise
            raise OperationalError(str(reason)) from reason
