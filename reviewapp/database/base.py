"""The engine: connecting brings the embedded server up.

So the settings can be read, and commands that need no data can run, without a database.
"""

from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base

from reviewapp.embedded import ensure_running


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks for the embedded server before each connection, and connects to wherever it is."""

    def get_connection_params(self) -> dict[str, Any]:
        """Called for a single connection, for a pool, and by the background worker."""
        params: dict[str, Any] = super().get_connection_params()
        return params | {"host": str(ensure_running(settings.VAR_DIR))}
